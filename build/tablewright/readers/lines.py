"""What stands above the text: title, byline, date, publisher, standfirst; and what they state."""

from __future__ import annotations

import re
from dataclasses import replace

from tablewright.readers.dates import DATE, day_of
from tablewright.readers.matter import aside_kind, is_contact, is_kicker, is_release_marker, is_salutation, rights_in
from tablewright.readers.names import are_names, is_name, join_authors, names_an_office, split_authors, split_byline
from tablewright.readers.pieces import Piece, Stated
from tablewright.readers.prose import ends_sentence
from tablewright.records import BlockKind

_BY = re.compile(
    r"(?:(?-i:By|BY|by:)|written by|story by|words by|text by|reported by|interview by|interviewed by|authors?:|words:|text:)[:\s]+(?=\S)",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(title|headline|date|published(?: on)?|source|publisher|publication|published by|language|url|link|rights|licen[cs]e)"
    r"\s?:\s+(\S.*)",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(
    r"\b(?:(?:first |originally )?published (?:in|by|on)|first published|published|posted|issued|released|dated?|last updated|updated|last modified|modified)\b:?"
    r"|\b(?:an?|\d{1,2}) (?:minute|hour|day|week|month)s? ago\b"
    r"|\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?(?:\s(?:(?:GMT|UTC)[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,4}|[+-]\d{4}))?(?![\w])",
    re.IGNORECASE,
)
_PUBLISHED_IN = re.compile(r"(?:first |originally )?published (?:in|by)\b", re.IGNORECASE)
_BEFORE_DATE = re.compile(r"\b(?:on|at)\s*$", re.IGNORECASE)
_SET_OFF = re.compile(r"\s[|·•]\s")
_SEPARATORS = " \t,;|·•–—-/():*[]\n."
_LATER_DATE = re.compile(r"\b(?:last )?(?:updated|modified|accessed)\b", re.IGNORECASE)
_ISSUE = re.compile(
    r".*\b(?:no\.?|vol(?:ume)?\.?|issue|number)\s?\d+\b.*|.*\b(?:january|february|march|april|may|june|july|august|september"
    r"|october|november|december|spring|summer|autumn|fall|winter)\s(?:19|20)\d\d",
    re.IGNORECASE,
)
_MEDIA = re.compile(
    r"\b(?:the|times|post|news|newsline|herald|review|agency|press|gazette|journal|tribune|observer|daily|weekly|institute"
    r"|centre|center|monitor|magazine|bulletin|wire|radio|tv|media|affairs|policy|council|ministry|department|office|embassy"
    r"|parliament|senate|assembly|congress|commission|secretariat)\b",
    re.IGNORECASE,
)
_STATED_KEYS = {
    "source": "publisher",
    "publisher": "publisher",
    "publication": "publisher",
    "published by": "publisher",
    "language": "language",
    "url": "url",
    "link": "url",
    "rights": "rights",
    "license": "rights",
    "licence": "rights",
}


def classify(line: str, *, italic: bool = False) -> tuple[BlockKind, Stated] | None:
    """What a line above the text is, by its form, and what it states; None for a title, a standfirst or prose."""
    if len(line) > 200:
        return None
    if is_release_marker(line):
        return "notes", Stated()
    if is_kicker(line):
        return "standfirst", Stated()
    if is_salutation(line):
        return "credit", Stated()
    if byline := _byline(line):
        return "byline", byline
    if labelled := _LABELLED.fullmatch(line):
        return _labelled(labelled[1].lower(), labelled[2])
    if (stated := _date_line(line, italic)) is not None:
        return ("byline" if stated.authors else "dateline"), stated
    if is_contact(line):
        return "contact", Stated()
    kind = aside_kind(line)
    return (kind, Stated(rights=rights_in(line))) if kind else None


def _byline(line: str) -> Stated | None:
    """ "By Jane Doe in Geneva | 3 May 2024"; not "By Monday the talks had stalled"."""
    found = _BY.match(line)
    if not found:
        return None
    rest = line[found.end() :].strip(_SEPARATORS)
    date = DATE.search(rest)
    names_text = rest[: date.start()].rstrip(_SEPARATORS) if date else rest
    names = split_byline(names_text)
    # One word may be an agency, "our correspondent" is nobody; a sentence has a verb in small letters and a full stop.
    plain = bool(names) and all(is_name(name) for name in names)
    short = len(names_text.split()) <= 5 and not ends_sentence(line)
    if not (plain or (short and (date or not any(c.isdigit() for c in names_text)))):
        return None
    named = plain or names_text[:1].isupper()
    staff = re.search(r"\b(?:staff|correspondents?|reporters?|desk|editors?)\b", names_text, re.IGNORECASE)
    authors = join_authors(names) if named and (plain or not staff) else None
    return Stated(authors=authors, published_on=day_of(date) if date else None)


def _labelled(key: str, value: str) -> tuple[BlockKind, Stated] | None:
    if key in {"title", "headline"}:
        return "title", Stated(title=value)
    if key in {"date", "published", "published on"}:
        date = DATE.search(value)
        return "dateline", Stated(published_on=day_of(date) if date else None)
    name = _STATED_KEYS[key]
    if name == "language" and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        return "dateline", Stated()
    stated = Stated()
    setattr(stated, name, value)
    return "dateline", stated


def _date_line(line: str, italic: bool) -> Stated | None:
    """A line that holds a date and, at most, who published it or where.

    The name beside the date is the publisher where the line is italic, or the name is of a kind that no place has; else
    it may be a place, and nothing is stated.
    """
    date = DATE.search(line)
    if not date:
        issue = len(line) <= 80 and "|" in line and _ISSUE.fullmatch(line)
        return Stated() if issue else None
    before = _BEFORE_DATE.sub("", line[: date.start()])
    after = re.sub(r"^\s*(?:in|by)\s+(?=[A-Z])", "", line[date.end() :])
    # A second date, of a change, names nobody.
    rest = _DATE_WORDS.sub(" ", DATE.sub(" ", f"{before} ; {after}"))
    parts = [part.strip(_SEPARATORS) for part in re.split(r"\s*[,|·•–—;\n]\s*|\s{2,}", rest)]
    parts = [part for part in parts if part]
    if any(not _is_title_case(part) for part in parts) or len(" ".join(parts).split()) > 10:
        return None
    stated = Stated(published_on=None if _LATER_DATE.search(before) else day_of(date))
    name = parts[0] if parts else ""
    if len(parts) == 1 and _SET_OFF.search(line) and are_names(name) and not italic and not _MEDIA.search(name):
        # "Jane Doe | 3 May 2024"; a comma would leave open whether "Addis Ababa, 3 May 2024" is a person or a place.
        stated.authors = authors_of(name)
    elif name and (italic or _MEDIA.search(name) or "|" in line or _PUBLISHED_IN.match(line)):
        stated.publisher = name
    return stated


def _is_title_case(part: str) -> bool:
    small = {"on", "the", "of", "and", "for", "in", "de", "la", "del", "des", "du", "by", "&", "al"}
    return all(word[0].isupper() or word in small or word[0].isdigit() for word in part.split()) and part not in small


def is_names_line(text: str) -> bool:
    """Whether a line is a byline without "By": full names and nothing else. In capitals it may be a rubric."""
    return are_names(text) and not text.isupper()


def is_office_line(text: str) -> bool:
    """Whether a line under a byline says what the author is: "Herald Staff Writers", "Professor of Law, Makerere"."""
    return len(text.split()) <= 12 and not ends_sentence(text) and names_an_office(text)


def split_lines(piece: Piece) -> list[Piece]:
    """A piece of several lines as one for each, if one of them is a byline, a date or the like; else unchanged."""
    lines = piece.text.split("\n")
    if len(lines) == 1 or (piece.markup == "heading" and not any(map(is_release_marker, lines))):
        return [piece]
    known = [classify(line.strip(), italic=piece.emphasis == "italic") is not None for line in lines]
    if not any(known) or len(lines) > 12:
        return [piece]
    parts: list[Piece] = []
    for number, line in enumerate(lines):
        # Lines of a title that was wrapped stay together.
        if number and not known[number] and not known[number - 1] and len(lines[number - 1]) > 45:
            parts[-1] = parts[-1].with_text(f"{parts[-1].text}\n{line}")
        else:
            parts.append(replace(piece, text=line.strip(), line=piece.line + number, bold_lead=""))
    return parts


def authors_of(text: str) -> str | None:
    """The authors that a line of names gives."""
    return join_authors(split_authors(" ".join(text.split())))
