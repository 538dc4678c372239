"""Whether a release's report is of that release, and shows no more of the documents than it may."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tablewright.package import DESCRIPTOR
from tablewright.records import Finding
from tablewright.releaserights import RIGHTS
from tablewright.reportmark import REPORT, built_from

_DATA = re.compile(r'<script type="application/json" id="([\w-]+)">(.*?)</script>', re.DOTALL)
_WHOLE = "get a whole copy"


def check_report(page: bytes | None, package: Mapping[str, Any], sha256: Mapping[str, str]) -> Iterator[Finding]:
    """What is wrong with `page`, the report of the release that `package` describes; None where it has no report, as
    the releases of older versions of the tool. `sha256` are the hashes of the release's files.
    """
    if page is None:
        return
    if built_from(page) != sha256.get(DESCRIPTOR):
        yield Finding("report", f"was not made from the {DESCRIPTOR} beside it", REPORT, remedy=_WHOLE)
    try:
        yield from _shown(page, {each["document_id"]: each for each in package[RIGHTS]["documents"]})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        yield Finding("report", f"cannot be read: {type(error).__name__}", REPORT, remedy=_WHOLE)


def _shown(page: bytes, rights: Mapping[str, Mapping[str, Any]]) -> Iterator[Finding]:
    parts = {name: json.loads(text) for name, text in _DATA.findall(page.decode())}
    for at, about in enumerate(parts["index"]["documents"]):
        name, shown = about["document_id"], parts[f"document-{at}"]
        rule, most = rights[name]["redistribute"], rights[name]["quotedCharacters"]
        if rule == "full":
            continue
        # Passages are parted by a blank line, which is no character of the document.
        held = sum(end - start for _, start, end in shown["blocks"])
        if shown["shown"] != rule or held > most or len(shown["text"]) > held + 2 * len(shown["blocks"]):
            yield Finding(
                "report",
                f"{name}: shows {held:,} characters of its text; {rule} allows {most:,}",
                REPORT,
                remedy=_WHOLE,
            )
