"""Why a page has no article: it waits for JavaScript, consent, a login or payment. In words for the person who saved it."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_SCRIPT = re.compile(
    r"(?:enable|requires?|turn on|activate|without|need)\W+(?:\w+\W+){0,3}javascript|javascript (?:is|must be|has been) (?:required|disabled|enabled|turned off)",
    re.IGNORECASE,
)
_ROBOT = re.compile(
    r"(?:just a moment\b|checking (?:your|if the site) (?:browser|connection)|are you a (?:robot|human)|verify(?:ing)? (?:that )?you are (?:a )?human"
    r"|access (?:to this page has been )?denied|unusual traffic|request (?:was )?blocked|captcha|ddos protection|attention required)",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"\b(?:404|page (?:was |could )?not (?:be )?found|500 internal server error|502 bad gateway|503 service)\b",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"(?:before you continue|we (?:and our partners )?use cookies|accept (?:all )?cookies|cookie (?:consent|preferences|policy)|we value your privacy|your privacy choices)",
    re.IGNORECASE,
)
_PAY = re.compile(
    r"(?:subscribe (?:now )?to (?:continue|read|keep reading|unlock)|already a subscriber|subscribers? only|only (?:available )?(?:for|to) subscribers"
    r"|to (?:continue|keep) reading|(?:this|the) (?:article|story|content) is (?:reserved |exclusively )?for (?:our )?(?:subscribers|members)"
    r"|you(?:'|’)ve reached your (?:free )?(?:article )?limit|start your (?:free )?trial|register (?:for free )?to (?:continue|read))",
    re.IGNORECASE,
)  # fmt: skip
_AGAIN = "open it in the browser until the text is there, then save it"
_MOUNTS = frozenset({"root", "app", "__next", "__nuxt", "___gatsby", "q-app", "app-root", "react-root", "svelte"})
"""Ids of the empty elements that scripts fill."""
SHORT = 120
"""Words of text below which a notice on the page is what the page is about."""
_LITTLE = 25
"""Words below which there is no article at all."""


def why_empty(tree: HtmlElement, words: int) -> tuple[str, str] | None:
    """Why a whole page has only so many `words` of article, and the remedy; None if that is the article.

    Looks for the notices that stand in place of a text.
    """
    text = " ".join("".join(tree.find("body").itertext()).split())[:50_000]
    title = " ".join((tree.findtext(".//title") or "").split())
    found: list[tuple[int, str, str]] = []
    if _ROBOT.search(title) or (len(text) < 2000 and _ROBOT.search(text)):
        found.append((SHORT, "it asks whether the reader is a robot", _AGAIN))
    if _GONE.search(title):
        found.append(
            (SHORT, f"it reports an error ({title[:60]})", "find where the page is now, and save it from there")
        )
    if _PAY.search(text):
        found.append((SHORT, "it stops at a paywall", "save it where you are logged in as a subscriber"))
    if any(field.get("type") == "password" for field in tree.iter("input")):
        found.append((SHORT, "it asks for a login", "log in, open the article, and save that"))
    if _SCRIPT.search(text) or any(element.get("id") in _MOUNTS for element in tree.find("body")):
        found.append((_LITTLE, "its text is filled in by JavaScript", _AGAIN))
    if _CONSENT.search(text):
        found.append((_LITTLE, "it shows only a notice about cookies", "answer the notice, then save the page"))
    for least, reason, remedy in found:
        if words < least:
            return reason, remedy
    if words == 0:
        return "no paragraphs of text stand together in it", "check that the page was saved whole, or save its text"
    return None
