"""Word and OpenDocument texts: zips of XML parts."""
