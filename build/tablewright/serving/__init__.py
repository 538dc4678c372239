"""The review page's server: a project under review in memory, and the resources by which a page works on it."""
