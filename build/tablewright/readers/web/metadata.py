"""What a page states of itself: title, authors, publisher, day, language, address, rights. Nothing is guessed.

In the order of trust: JSON-LD of the article, OpenGraph and its like, the meta tags of libraries and press, and what the
page's own markup names (`rel=author`, `<time pubdate>`). A day is taken only from what is called the day of publication:
never from the day of a change, the address or a copyright line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from tablewright.readers.dates import day_in
from tablewright.readers.decode import tidy
from tablewright.readers.names import is_name, join_authors, split_authors, split_byline
from tablewright.readers.pieces import Stated
from tablewright.readers.web.jsonld import LinkedData

_TITLES = (
    "og:title",
    "citation_title",
    "dc.title",
    "dcterms.title",
    "headline",
    "parsely-title",
    "sailthru.title",
    "twitter:title",
)
_AUTHORS = ("citation_author", "parsely-author", "dc.creator", "dcterms.creator", "article:author", "og:article:author", "sailthru.author", "byl", "author", "authors", "article.author")  # fmt: skip
_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_journal_title", "citation_publisher", "publisher", "application-name")  # fmt: skip
_DAYS = (
    "article:published_time", "og:article:published_time", "og:published_time", "parsely-pub-date", "datepublished",
    "citation_publication_date", "citation_online_date", "citation_date", "dc.date.issued", "dcterms.issued", "dc.date",
    "dcterms.date", "dcterms.created", "dc.date.created", "sailthru.date", "pubdate", "publishdate", "publish-date",
    "publish_date", "publisheddate", "published_date", "published-date", "published_time", "dateofpublication", "publication_date", "publication-date", "date", "article.published", "published",
)  # fmt: skip
_RIGHTS = ("dcterms.rights", "dc.rights", "dcterms.license", "rights", "copyright")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?")
_COMPACT_DAY = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{6}|T\d{4,6}Z?)?")
_LICENCE = re.compile(r"creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/(\d\.\d)", re.IGNORECASE)
_BY = re.compile(r"(?:(?:written|words|story|text|reported|posted) )?by:?\s+(?=\S)", re.IGNORECASE)
_NO_AUTHOR = re.compile(
    r"(?:admin(?:istrator)?|editor|web ?master|webteam|author|guest|user|root|anonymous|unknown|none|null|undefined|n/?a"
    r"|staff|super ?user|site ?admin|by|no author)\d*",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"\(?@\w+\)?|\S+@\S+\.\S+|https?://\S+")
_SEPARATOR = re.compile(r"\s+[|–—·•»«:-]\s+|\s*[|»]\s*")
# The notes of Chromium and its like, and of SingleFile, which Zotero uses.
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d{4}\)|Page saved with SingleFile\s+url:\s*)(https?://\S{1,2000})"
)
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d+[a-z_]*/(?=https?://)")
_LONGEST = 500


class PageFacts:
    """The metadata of a page as they stand in it, by name; names in small letters."""

    def __init__(self, tree: HtmlElement, text: str, url: str | None) -> None:
        self.data = LinkedData(tree)
        self.article = self.data.article()
        self.meta: defaultdict[str, list[str]] = defaultdict(list)
        for tag in tree.iter("meta"):
            name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
            if name and (value := clean(tag.get("content"))):
                self.meta[name.lower().replace("dc:", "dc.")].append(value)
        saved = _SAVED_FROM.search(text[:4096])
        self.url = _address(tree, self, url or (saved[1] if saved else None))
        self.tree = tree

    @property
    def description(self) -> str:
        """What the page says that it is about, in small letters: often its standfirst."""
        return (self.first(("og:description", "description", "twitter:description")) or "").casefold()

    @property
    def only_window_title(self) -> bool:
        """Whether nothing but the window's title, which names the site too, tells the title."""
        return not (clean(self.article.get("headline")) or self.first(_TITLES) or self.tree.find(".//h1") is not None)

    def first(self, names: Iterable[str]) -> str | None:
        return next((self.meta[name][0] for name in names if name in self.meta), None)


def stated_by(facts: PageFacts) -> Stated:
    """What the page states. Run before anything is taken out of its tree."""
    publisher = _publisher(facts)
    return Stated(
        title=_title(facts, publisher),
        authors=_authors(facts, publisher),
        publisher=publisher,
        published_on=_day(facts),
        language=_language(facts),
        url=facts.url,
        rights=_rights(facts),
    )


def clean(value: object) -> str | None:
    """A stated value as one line of text, without markup; None for an empty one or what is no text."""
    if not isinstance(value, str):
        return None
    text = unescape(value[:20_000])
    if "<" in text:
        text = re.sub(r"<[^<>]*>", " ", text)
    return " ".join(tidy(text).split())[:_LONGEST] or None


def _title(facts: PageFacts, publisher: str | None) -> str | None:
    """The headline as the page shows it, where its metadata say the same or nothing; else as they say."""
    heads = [" ".join("".join(h1.itertext()).split()) for h1 in facts.tree.iter("h1")]
    shown = [tidy(head) for head in heads if head]
    page = facts.tree.find(".//title")
    named = clean(page.text_content()) if page is not None else None
    stated = [clean(facts.article.get("headline")), *(facts.first((name,)) for name in _TITLES), named]
    known = [_without_site(text, publisher, facts.url) for text in stated if text]
    for head in shown:
        own = _plain(head)
        if any(own and own in _plain(text) and 2 * len(own) > len(_plain(text)) for text in known):
            return head
    return next(iter((*known, *shown)), None)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _without_site(title: str, publisher: str | None, url: str | None) -> str:
    """A title without the site's name before or after it: "Ministers meet | The Herald"."""
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    host = _plain(urlsplit(url).hostname or "").replace(" ", "") if url else ""
    for part, kept in ((parts[-1], title[: title.rfind(parts[-1])]), (parts[0], title[len(parts[0]) :])):
        name = _plain(part)
        if name and (name == _plain(publisher or "") or name.replace(" ", "") in host):
            return kept.strip(" |–—·•»«:-")
    return title


def _authors(facts: PageFacts, publisher: str | None) -> str | None:
    """The authors from the first place that names any; the publisher's own name only where no place names others."""
    named = facts.data.names(facts.article.get("author") or facts.article.get("creator"))
    places = [
        [name for text in named for name in _people(text, publisher)],
        *(_people_of(facts, name, publisher) for name in _AUTHORS),
        [name for text in _marked_authors(facts.tree) for name in _people(text, publisher)],
    ]
    found = [names for names in places if names]
    return join_authors(dict.fromkeys(next((names for names in found if names != [publisher]), next(iter(found), []))))


def _people_of(facts: PageFacts, name: str, publisher: str | None) -> list[str]:
    found = []
    for value in facts.meta.get(name, ()):
        turned = re.fullmatch(r"([^,;]+), ([^,;]+)", value)
        if turned and name in {"citation_author", "dc.creator", "dcterms.creator"} and not is_name(turned[2]):
            found.append(f"{turned[2]} {turned[1]}")
        else:
            found += _people(value, publisher)
    return found


def _people(value: str, publisher: str | None) -> list[str]:
    """The names in a stated author: no "By", no handles or addresses, no account names; an agency is one too."""
    text = _HANDLE.sub(" ", clean(value) or "").strip(" ,;|-–—")
    if publisher and text.endswith(f", {publisher}"):
        text = text.removesuffix(f", {publisher}")
    by = _BY.match(text)
    names = split_byline(text[by.end() :]) if by else split_authors(text.split("|")[0])
    if len(names) == 1 and not is_name(names[0]) and all(map(is_name, split_byline(text))):
        names = split_byline(text)
    return [name for name in names if 1 < len(name) <= 100 and not _NO_AUTHOR.fullmatch(name)]


def _marked_authors(tree: HtmlElement) -> Iterator[str]:
    """The words that the page's markup names as authors; of several kinds of marking the first."""
    for path in (
        ".//*[@class='byline']",
        ".//*[@itemprop='author']",
        ".//a[@rel='author']",
        ".//*[@class='author-name']",
    ):
        marked = tree.xpath(path)[:10]
        if marked:
            for element in marked:
                name = element.find(".//*[@itemprop='name']")
                yield " ".join("".join((element if name is None else name).itertext()).split())
            return


def _publisher(facts: PageFacts) -> str | None:
    stated = [
        *facts.data.names(facts.article.get("publisher")),
        *(value for name in _PUBLISHERS for value in facts.meta.get(name, ())),
        *facts.data.names(facts.data.site().get("name")),
    ]
    names = [name for value in stated if (name := clean(value)) and not _HANDLE.search(name)]
    return next((name for name in names if "." not in name or " " in name), next(iter(names), None))


def _day(facts: PageFacts) -> dt.date | None:
    stated = [clean(facts.article.get("datePublished"))]
    stated += [value for name in _DAYS for value in facts.meta.get(name, ())]
    stated += [
        clean(element.get("content") or element.get("datetime"))
        for element in facts.tree.xpath("//*[@itemprop='datePublished']")
    ]
    stated += [clean(element.get("datetime")) for element in facts.tree.iter("time") if _is_of_publication(element)]
    return next((day for value in stated if value and (day := _day_in(value))), None)


def _is_of_publication(time: HtmlElement) -> bool:
    names = (time.get("class") or "").lower()
    return time.get("pubdate") is not None or (
        bool(re.search(r"publish|entry-date|pubdate|posted", names))
        and "updated" not in names.replace("published updated", "")
    )


def _day_in(value: str) -> dt.date | None:
    """The day as it is written, in the time zone of whoever wrote it; dates that stand for none give none."""
    compact = _COMPACT_DAY.fullmatch(value)
    day = day_in("-".join(compact.groups()) if compact else value)
    return day if day and day.year >= 1900 and day != dt.date(1970, 1, 1) else None


def _language(facts: PageFacts) -> str | None:
    root = facts.tree
    stated = [
        root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"), root.get("xml:lang"),
        root.find("body").get("lang"),
        facts.first(("content-language", "og:locale", "dc.language", "dcterms.language", "language")),
        clean(facts.article.get("inLanguage")),
    ]  # fmt: skip
    for value in stated:
        if value and (found := _LANGUAGE.fullmatch(value.strip())):
            language, script, region = found.groups()
            return "-".join(filter(None, (language.lower(), script and script.title(), region and region.upper())))
    return None


def _address(tree: HtmlElement, facts: PageFacts, saved: str | None) -> str | None:
    """The page's address: its canonical link, what OpenGraph or JSON-LD say, or where it was saved from."""
    links = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    stated = [*links, facts.first(("og:url", "twitter:url")), facts.article.get("url"), saved]
    base = next((text for text in (saved, facts.first(("og:url",))) if text), "")
    for value in stated:
        text = _ARCHIVED.sub("", clean(value) or "")
        if text and len(text) < _LONGEST and not re.search(r"[\s\"<>\\]", text):
            try:
                address = urlsplit(urljoin(base, text))
            except ValueError:
                continue
            if address.scheme in {"http", "https"} and "." in address.netloc:
                return address.geturl()
    return None


def _rights(facts: PageFacts) -> str | None:
    links = [
        link.get("href") or "" for link in facts.tree.iter("a", "link") if "license" in (link.get("rel") or "").split()
    ]
    licence = facts.article.get("license")
    for text in (*links, licence if isinstance(licence, str) else ""):
        if found := _LICENCE.search(text):
            kind = "CC" if found[1].lower() == "licenses" else "CC0" if found[2].lower() == "zero" else "Public domain"
            return " ".join(filter(None, (kind, found[2].upper() if kind == "CC" else "", found[3])))
    return facts.first(_RIGHTS) or clean(licence)
