"""What tells a report's page from others, and which build it shows."""

from __future__ import annotations

import re

REPORT = "report.html"
"""The report's name, in dist/ and in a release."""
BUILT = "tablewright-built"
"""The name of the meta tag that holds the hash of the datapackage.json that a report was made from."""
HEAD = 1 << 14
"""The meta tag stands in the first bytes of a page, so many at most."""

_META = re.compile(rf'<meta name="{BUILT}" content="([0-9a-f]{{64}})">'.encode())


def built_from(page: bytes) -> str | None:
    """The hash of the datapackage.json that a report, or its beginning, says that it was made from."""
    found = _META.search(page[:HEAD])
    return found[1].decode() if found else None
