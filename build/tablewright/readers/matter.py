"""Lines that are about the document, not of it: recognised by their form, wherever they stand."""

from __future__ import annotations

import re

from tablewright.records import BlockKind

_SECTIONS: dict[str, BlockKind] = {
    **dict.fromkeys(
        (
            "bibliography",
            "references",
            "reference list",
            "works cited",
            "sources",
            "sources and further reading",
            "further reading",
            "literature",
            "recommended reading",
            "select bibliography",
            "selected bibliography",
            "references and notes",
        ),
        "bibliography",
    ),
    **dict.fromkeys(("notes", "endnotes", "footnotes", "end notes"), "footnote"),
    **dict.fromkeys(
        (
            "note to editor",
            "notes to editor",
            "note to editors",
            "notes to editors",
            "notes for editors",
            "note for editors",
            "note to the editor",
            "notes to the editor",
            "editor's notes",
            "editors' notes",
            "editor's note",
            "notes to media",
            "note to media",
            "notes for media",
            "note to correspondents",
            "related articles",
            "related stories",
            "related content",
            "read more",
            "see also",
        ),
        "notes",
    ),
    **dict.fromkeys(
        (
            "contact",
            "contacts",
            "contact us",
            "contact information",
            "contact details",
            "media contact",
            "media contacts",
            "press contact",
            "press contacts",
            "media enquiries",
            "media inquiries",
            "press enquiries",
            "press inquiries",
            "press office",
            "for media enquiries",
            "for media inquiries",
            "for more information",
            "for further information",
            "for more information contact",
            "for more information, contact",
            "for more information, please contact",
            "for more information please contact",
            "for further information contact",
            "for further information, contact",
            "for further information, please contact",
            "for further information please contact",
        ),
        "contact",
    ),
    **dict.fromkeys(
        (
            "about the author",
            "about the authors",
            "about the writer",
            "acknowledgements",
            "acknowledgments",
            "image credits",
            "photo credits",
            "credits",
            "disclosure",
            "disclaimer",
            "copyright",
        ),
        "credit",
    ),
}
_LONGEST_SECTION = max(map(len, _SECTIONS))
_END = re.compile(
    r"[-–—*#\[( ]{0,4}(?:ends?|end of (?:press |media )?(?:release|statement|text)|(?<=[-–—*# ])30|xxx)[-–—*#\]). ]{0,4}",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:About|ABOUT) (?:the |THE )?[A-Z][\w’'.() &-]{1,80}")
_RELEASE = re.compile(
    r"(?:for )?immediate (?:release|use|publication)\b.{0,60}|not for release\b.{0,60}|embargo(?:ed)?\b.{0,80}"
    r"|(?:joint |official )?(?:press|news|media) (?:release|statement|advisory|note|communiqu[eé]|information|briefing note)\b.{0,40}"
    r"|(?:no|nr|ref|reference)\b[.:]{0,2} ?[A-Z]{0,8}[ /-]?\d[\w/.-]*|communiqu[eé]|statement|check against delivery|press service|unofficial translation",
    re.IGNORECASE,
)
_KICKER = re.compile(
    r"(?:opinion|op-ed|commentary|comment|analysis|interview|explainer|feature|editorial|column|essay|briefing|breaking"
    r"|exclusive|news|world|politics|letter|letters|perspectives?|viewpoint|guest essay|longread|q&a)",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}")
_PHONE = re.compile(
    r"(?:\+|\b00|\btel\.?:?\s{0,2}|\bphone:?\s{0,2}|\bmobile:?\s{0,2})\(?\d[\d\s().-]{5,20}\d", re.IGNORECASE
)
_ANY_PHONE = re.compile(r"\d[\d\s().-]{5,20}\d")
"""What every telephone number has: most paragraphs are spared the longer search."""
_CONTACT = re.compile(
    r"(?:(?:media|press|news) )?(?:contacts?|enquiries|inquiries)\b[^.]{0,60}:|for (?:more|further|additional|media|press) "
    r"(?:information|details|enquiries|inquiries)\b|(?:tel|phone|mobile|e-?mail|fax)\b\.?:",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:photo(?:graph)?|image|picture|caption|file(?: photo| image| picture)?|fig(?:ure|\.)? ?\d{0,3}|map|chart|graph(?:ic)?"
    r"|illustration|table \d{1,3}|photo caption)\s?(?::|(?<=\d)\.|[–—-]{1,2}\s|\|)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\(?(?:(?:additional |with )?reporting (?:by|from)|writing by|editing by|photo credit|image credit|credits?:|source:"
    r"|with (?:files|inputs|reporting|additional reporting) from"
    r"|this (?:article|piece|story|essay|op-ed|commentary|interview|column|report) (?:(?:was|is|has been) (?:\w+ ){0,3}?"
    r"(?:published|translated|adapted|produced|republished|updated|amended|corrected|edited|part of|based on|excerpted"
    r"|written|made possible|supported|funded)|appeared|first)"
    r"|(?:an? )?(?:(?:earlier|longer|shorter) )?versions? of this (?:article|piece|story|essay|commentary)"
    r"|the (?:views|opinions)(?: and (?:opinions|views))? expressed|(?:views|opinions) expressed|(?:originally|first) published"
    r"|copyright(?: ©| \(c\)|:? (?:19|20)\d\d)|©|\(c\) (?:19|20)\d\d|all rights reserved"
    r"|licen[cs]ed under|published under a|republished (?:with|under|from)|reprinted (?:with|from))",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(r".{3,200}\bcontributed (?:to this (?:report|article|story|piece)|reporting)\b.{0,40}")
_STAFF_CREDIT = re.compile(
    r"\(?(?:additional )?(?:reporting|writing) (?:by|from) .{3,200}?[;,.] ?editing by .{3,100}", re.IGNORECASE
)
_CREDIT_LINE = re.compile(
    r"\(?(?:written|edited|compiled|translated|produced|reported|photographs?|photos?|illustrations?) (?:by|from)\b",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"[\[(*]{0,2}(?:editors?['’]?s?['’]? notes?|notes? to (?:the )?editors?|corrections?|clarification|updated?|disclaimer"
    r"|read (?:more|also|next)|also read|see also|related|more on this|disclosure)\s?(?::|\||\s[–—-]\s)",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"(?:sign up (?:for|to|here|now)|subscribe|follow us|click here|download (?:the|our|a|this) (?:full )?(?:report|app|pdf"
    r"|paper|brief)|share this|join our|donate now|listen to (?:this|our|the (?:podcast|episode)))\b.{0,120}",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"(?:dear|my dear|to the editors?|to whom it may concern|excellenc(?:y|ies)|your excellenc(?:y|ies)|(?:dear )?(?:sir|madam)s?"
    r")\b.{0,80}[,:]",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(?:yours|sincerely|respectfully|faithfully|best regards|kind regards|with best wishes|cordially)\b.{0,40},?"
    r"|\(?signed\)?:?\s.{0,80}",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"copyright\b|©|\(c\) (?:19|20)\d\d|all rights reserved|licen[cs]ed under|\bCC[ -]BY", re.IGNORECASE
)


def section_kind(heading: str) -> BlockKind | None:
    """The kind of everything under a heading such as "Bibliography", "Notes to editors", "Media contacts"."""
    bare = heading.strip(" .:*#–—-")
    return _SECTIONS.get(bare.replace("’", "'").casefold()) if len(bare) <= _LONGEST_SECTION else None


def is_end_mark(text: str) -> bool:
    """Whether this is a press release's end: "ENDS", "-30-", "###" (which Markdown gives as an empty heading)."""
    if len(text) > 30:
        return False
    return text == "###" or bool(_END.fullmatch(text.strip()))


def is_boilerplate_heading(heading: str) -> bool:
    """ "About UNHCR": what an issuer says of itself below every release."""
    return bool(_ABOUT.fullmatch(heading.strip(" :*")))


def is_release_marker(text: str) -> bool:
    """ "FOR IMMEDIATE RELEASE", "Press release No 34/2024"."""
    return bool(_RELEASE.fullmatch(text.strip(" :*-–—[]")))


def is_kicker(text: str) -> bool:
    """ "Opinion", "Analysis": the rubric above a title."""
    return bool(_KICKER.fullmatch(text.strip(" :*|-")))


def is_staff_credit(text: str) -> bool:
    """ "Reporting by Jane Doe in Accra; Editing by Li Wei": what an agency sets below a report, and nothing of it after."""
    return len(text) <= 400 and bool(_STAFF_CREDIT.fullmatch(" ".join(text.split())))


def is_salutation(text: str) -> bool:
    """ "Dear Mr. President,", "To the Editor:": how a letter opens."""
    return len(text) <= 100 and bool(_SALUTATION.fullmatch(text))


def is_signature(text: str) -> bool:
    """ "Yours sincerely,", "(Signed) Jane Doe": how a letter closes."""
    return len(text) <= 100 and bool(_SIGNATURE.fullmatch(text))


def is_contact(text: str) -> bool:
    """Whether a short text says whom to call or write to."""
    words = len(text.split())
    if words > 60:
        return False
    names_contact = bool(_CONTACT.match(text))
    if names_contact and words <= 15:
        return True
    return (names_contact or words <= 25) and _has_address(text)


def _has_address(text: str) -> bool:
    if "@" in text and _EMAIL.search(text):
        return True
    return bool(_ANY_PHONE.search(text) and _PHONE.search(text))


def aside_kind(text: str) -> BlockKind | None:
    """The kind of a paragraph that says by its first words that it is no body text; None for body text."""
    words = len(text.split())
    if words <= 80 and _CAPTION.match(text):
        return "caption"
    if (words <= 80 and _CREDIT.match(text)) or (words <= 14 and _CREDIT_LINE.match(text)):
        return "credit"
    if words <= 40 and _CONTRIBUTED.fullmatch(text):
        return "credit"
    if words <= 100 and _NOTE.match(text):
        return "notes"
    if words <= 20 and _SITE.fullmatch(text):
        return "notes"
    return None


def rights_in(text: str) -> str | None:
    """The statement of rights that a credit line makes."""
    return text if _RIGHTS.search(text) else None
