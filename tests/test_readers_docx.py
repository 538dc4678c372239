"""Word documents: what is text in them, and what Word only keeps beside it."""

from __future__ import annotations

import io
import itertools
import zipfile
from pathlib import Path

import pytest

from tablewright.errors import SourceError
from tablewright.readers import read_document
from tablewright.readers.office.docx import read_docx
from tablewright.readers.pieces import Piece
from tablewright.records import Document

PAGES = Path(__file__).parent / "pages_docx"
BODY = "The ministers met in Accra on Monday and agreed to open the border again before the rains."
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/><w:basedOn w:val="Standard"/></w:style>
<w:style w:type="paragraph" w:styleId="Untertitel"><w:name w:val="Subtitle"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Standard"/></w:style>
<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="House heading"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Outlined"><w:name w:val="Kapitel"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Beschriftung"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Liste"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Round"><w:name w:val="Round"/><w:basedOn w:val="Turn"/></w:style>
<w:style w:type="paragraph" w:styleId="Turn"><w:name w:val="Turn"/><w:basedOn w:val="Round"/></w:style>
<w:style w:type="character" w:styleId="Fett"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Versteckt"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
"""


def word(body: str, *, core: str = "", footnotes: str = "", styles: str = STYLES, **parts: str | bytes) -> bytes:
    """A .docx with this body: `parts` are further files of the zip, with "__" for "/"."""
    relations = f'<Relationship Id="a" Type="{RELATED}/styles" Target="styles.xml"/>'
    relations += f'<Relationship Id="b" Type="{RELATED}/footnotes" Target="footnotes.xml"/>'
    files: dict[str, str | bytes] = {
        "_rels/.rels": _relations(
            f'<Relationship Id="a" Type="{RELATED}/officeDocument" Target="word/document.xml"/>'
            f'<Relationship Id="b" Type="{RELATED}/metadata/core-properties" Target="docProps/core.xml"/>'
        ),
        "word/_rels/document.xml.rels": _relations(relations),
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {SPACES}>{styles}</w:styles>",
        "word/footnotes.xml": f"<w:footnotes {SPACES}>{footnotes}</w:footnotes>",
        "docProps/core.xml": f'<cp xmlns:dc="http://purl.org/dc/elements/1.1/">{core}</cp>',
        **{name.replace("__", "/"): part for name, part in parts.items()},
    }
    return packed(files)


def packed(files: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in files.items():
            archive.writestr(name, part)
    return data.getvalue()


def _relations(inside: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )


def p(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def styled(style: str, text: str) -> str:
    return p(r(text), f'<w:pStyle w:val="{style}"/>')


def field(code: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def pieces(body: str, **parts: str) -> list[Piece]:
    return read_docx(word(body, **parts), "source/a.docx").pieces


def texts(body: str, **parts: str) -> list[str]:
    return [piece.text for piece in pieces(body, **parts)]


def read(folder: Path, data: bytes, **metadata: object) -> Document:
    path = folder / "a-note.docx"
    path.write_bytes(data)
    return read_document(path, path.name, metadata)


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


# Paragraphs


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r("a ") + r("bold", "<w:b/>") + r(" word"), "a bold word"),
        ('<w:hyperlink w:anchor="x">' + r("a link") + "</w:hyperlink>" + r(", kept"), "a link, kept"),
        ("<w:smartTag>" + r("in ") + "<w:smartTag>" + r("Accra") + "</w:smartTag></w:smartTag>", "in Accra"),
        ("<w:sdt><w:sdtContent>" + r("a control") + "</w:sdtContent></w:sdt>", "a control"),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + r("Click here") + "</w:sdtContent></w:sdt>" + r("x"), "x"),
        ("<w:r><w:t>self</w:t><w:noBreakHyphen/><w:t>made co</w:t><w:softHyphen/><w:t>operation</w:t></w:r>", "self-made cooperation"),
        ("<w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three\u00a0four</w:t></w:r>", "one two three four"),
        ('<w:r><w:t>5 </w:t><w:sym w:font="Symbol" w:char="F0B3"/><w:t> 3</w:t><w:sym w:font="Wingdings" w:char="F04A"/></w:r>', "5 ≥ 3"),
        (r("so it was.") + r("12", '<w:vertAlign w:val="superscript"/>') + r(" Then"), "so it was. Then"),
        (r("5 km") + r("2", '<w:vertAlign w:val="superscript"/>') + r(" of it"), "5 km² of it"),
        (r("H") + r("2", '<w:vertAlign w:val="superscript"/>') + r("O of it"), "H2O of it"),
        (r("the 1") + r("st", '<w:vertAlign w:val="superscript"/>') + r(" of May"), "the 1st of May"),
        ("<w:ruby><w:rt>" + r("kyo") + "</w:rt><w:rubyBase>" + r("京") + "</w:rubyBase></w:ruby>", "京"),
        (r("seen") + r(" unseen", "<w:vanish/>") + r(" secret", '<w:rStyle w:val="Versteckt"/>'), "seen"),
        (r("seen", '<w:vanish w:val="0"/>'), "seen"),
        (r("ﬁve") + r(" cafe\u0301"), "five café"),
        ("<w:r><w:commentReference w:id='1'/><w:t>done</w:t></w:r><w:commentRangeEnd w:id='1'/>", "done"),
        (r("x = ") + "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>", "x = a+b"),
    ],
)  # fmt: skip
def test_inline(tmp_path: Path, written: str, meant: str) -> None:
    lead = "In the hall of the old town he told them of this: "
    document = read(tmp_path, word(p(r(BODY)) + p(r(lead) + written) + p(r("They left."))))
    assert ("paragraph", lead + meant) in kinds(document)


def test_styles_in_any_language(tmp_path: Path) -> None:
    body = (
        styled("Titel", "Ports open")
        + styled("Untertitel", "Ministers agree on it")
        + p(r("By Jane Doe"))
        + styled("Verzeichnis1", "Contents 3")
        + styled("berschrift1", "Talks")
        + p(r(BODY))
        + styled("Mine", "Fees")
        + styled("Zitat", "“A good day for all of us who live by the coast,” he said.")
        + styled("Outlined", "Ships")
        + styled("Liste", "A first thing.")
        + p(r("A second thing."), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
        + p(r("•\tA third thing."))
        + styled("Beschriftung", "Figure 1. A port.")
        + styled("Round", "Its style is based on itself in the end.")
        + p(r("Its style is nowhere in this document."), '<w:pStyle w:val="Nirgends"/>')
    )
    document = read(tmp_path, word(body))
    assert kinds(document) == [
        ("title", "Ports open"),
        ("standfirst", "Ministers agree on it"),
        ("byline", "By Jane Doe"),
        ("heading", "Talks"),
        ("paragraph", BODY),
        ("heading", "Fees"),
        ("block_quote", "“A good day for all of us who live by the coast,” he said."),
        ("heading", "Ships"),
        ("list_item", "A first thing."),
        ("list_item", "A second thing."),
        ("list_item", "A third thing."),
        ("caption", "Figure 1. A port."),
        ("paragraph", "Its style is based on itself in the end."),
        ("paragraph", "Its style is nowhere in this document."),
    ]
    assert (document.title, document.authors, document.language) == ("Ports open", "Jane Doe", "en-GB")


def test_levels_of_headings() -> None:
    first, second = styled("berschrift1", "One"), styled("Outlined", "Two")
    assert [piece.level for piece in pieces(first + second)] == [1, 2]
    assert [piece.level for piece in pieces(styled("Titel", "Title") + first + second)] == [1, 2, 3]
    assert [piece.kind for piece in pieces(p(r("A Paper")) + first + p(r(BODY)) + first)][1:4:2] == ["heading"] * 2


def test_a_paragraph_in_the_style_of_a_heading_is_one() -> None:
    long = f"{BODY} {BODY}"
    assert [piece.markup for piece in pieces(styled("berschrift1", long))] == ["paragraph"]
    assert pieces(p(r("Seen"), '<w:outlineLvl w:val="9"/><w:pStyle w:val="berschrift1"/>'))[0].markup == "paragraph"


def test_two_line_breaks_end_a_paragraph() -> None:
    broken = "<w:r><w:t>One.</w:t><w:br/><w:br/><w:t>Two.</w:t><w:br w:type='page'/><w:t>Three.</w:t></w:r>"
    assert texts(p(broken)) == ["One.", "Two.", "Three."]


def test_a_large_first_letter_belongs_to_its_word() -> None:
    drop = p(r("T"), '<w:framePr w:dropCap="drop" w:lines="3"/>')
    assert texts(drop + p(r("he ministers met."))) == ["The ministers met."]


def test_emphasis() -> None:
    bold = [piece.emphasis for piece in pieces(p(r("All", "<w:b/>") + r(".")) + p(r("Most", "<w:b/>") + r(" of it")))]
    assert bold == ["strong", None]
    lead = pieces(p(r("Q:", '<w:rStyle w:val="Fett"/>') + r(" Why now?")))[0]
    assert (lead.bold_lead, lead.emphasis) == ("Q:", None)
    assert pieces(p(r("All of it", "<w:i/>")))[0].emphasis == "italic"
    assert pieces(styled("Zitat", "A quotation is in italics by its style"))[0].emphasis is None


# Tracked changes


def ins(inside: str) -> str:
    return f'<w:ins w:id="1" w:author="A">{inside}</w:ins>'


def dele(text: str) -> str:
    return f'<w:del w:id="2" w:author="A"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


GONE = '<w:rPr><w:del w:id="3" w:author="A"/></w:rPr>'


@pytest.mark.parametrize(
    ("body", "meant"),
    [
        (p(r("We ") + dele("never ") + ins(r("always ")) + r("agree.")), ["We always agree."]),
        (p(ins(r("in ") + dele("and out again"))), ["in"]),
        (p(r("One half "), GONE) + p(r("and the other.")), ["One half and the other."]),
        (p(r("One "), GONE) + p(r("two "), GONE) + p(r("three.")), ["One two three."]),
        (p(dele("All of it"), GONE) + p(r("What stays.")), ["What stays."]),
        (p(r("The last"), GONE), ["The last"]),
        (p("<w:moveFrom w:id='1'>" + r("Moved.") + "</w:moveFrom>", "<w:rPr><w:moveFrom w:id='2'/></w:rPr>")
         + p(r("First.")) + p("<w:moveTo w:id='3'>" + r("Moved.") + "</w:moveTo>"), ["First.", "Moved."]),
        (p(r("Now bold", '<w:rPrChange w:id="1"><w:rPr><w:vanish/></w:rPr></w:rPrChange>')), ["Now bold"]),
        (p(r("A word"), '<w:pPrChange w:id="1"><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr></w:pPrChange>'), ["A word"]),
        (ins(p(r("A whole paragraph."))), ["A whole paragraph."]),
    ],
)  # fmt: skip
def test_tracked_changes_are_accepted(body: str, meant: list[str]) -> None:
    assert texts(body) == meant


def test_former_styles_do_not_count() -> None:
    was = '<w:pPrChange w:id="1"><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr></w:pPrChange>'
    assert pieces(p(r("A word"), was))[0].markup == "paragraph"


# Fields


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (field(' HYPERLINK "http://x.org" ', r("a link")), "See a link!"),
        (field(" PAGE ", r("12")), "See !"),
        (field(" REF _Ref1 ", r("Table 2")), "See Table 2!"),
        (field(" NOTEREF _Ref1 ", r("3")), "See !"),
        (field(" IF " + "</w:instrText></w:r>" + field(" PAGE ", r("1")) + "<w:r><w:instrText>", r("shown")), "See shown!"),
        (field(" ADDIN ZOTERO_ITEM CSL_CITATION {} ", r("(Doe 2020)")), "See (Doe 2020)!"),
        ('<w:fldSimple w:instr=" NUMPAGES ">' + r("9") + "</w:fldSimple>", "See !"),
        ('<w:fldSimple w:instr=" SEQ Figure ">' + r("9") + "</w:fldSimple>", "See 9!"),
        ('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "See !"),
    ],
)  # fmt: skip
def test_fields(written: str, meant: str) -> None:
    assert texts(p(r("See ") + written + r("!"))) == [meant]


def test_a_table_of_contents_is_left_out() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
    toc = p(begin + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("Talks 1")) + p(
        r("Fees 2") + field(" PAGEREF x ", r("2"))
    )
    toc += p('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    assert texts(toc + p(r(BODY))) == [BODY]
    assert texts(f"<w:sdt>{gallery}<w:sdtContent>{p(r('Contents'))}{toc}</w:sdtContent></w:sdt>" + p(r(BODY))) == [BODY]


def test_a_field_that_never_ends_swallows_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
    assert texts(p(begin) + p(r(BODY))) == [BODY]


def test_a_deleted_field_ends_with_its_deletion() -> None:
    deleted = f'<w:del w:id="1">{field(" TOC ", "<w:r><w:delText>x</w:delText></w:r>")}</w:del>'
    assert texts(p(r("It ") + deleted + r("stays."))) == ["It stays."]


def test_a_bibliography_made_by_a_field(tmp_path: Path) -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> ADDIN ZOTERO_BIBL {} </w:instrText></w:r>'
    works = p(begin + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("Doe, Jane. A book."))
    works += p(r("Li, Wei. Another.") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    found = kinds(read(tmp_path, word(p(r(BODY)) + works)))
    assert found == [("paragraph", BODY), ("bibliography", "Doe, Jane. A book."), ("bibliography", "Li, Wei. Another.")]


# Notes, tables, boxes


def test_notes_stand_apart_in_the_order_of_the_text(tmp_path: Path) -> None:
    note = "<w:r><w:footnoteReference w:id='{}'/></w:r>"
    own = "<w:r><w:footnoteReference w:customMarkFollows='1' w:id='5'/><w:t>*</w:t></w:r>"
    notes = '<w:footnote w:id="-1" w:type="separator">' + p(r("LINE")) + "</w:footnote>"
    for number, words in {2: "12 of them came.", 3: "See Doe.", 4: "Nobody refers to it.", 5: "With a star."}.items():
        notes += f"<w:footnote w:id='{number}'>{p('<w:r><w:footnoteRef/></w:r>' + r(' ' + words))}</w:footnote>"
    body = p(r("They met") + note.format(3) + r(" in Accra") + own + r(" on Monday.") + note.format(2))
    gone = p(f"<w:del w:id='1'>{note.format(4)}</w:del>" + r(BODY))
    assert kinds(read(tmp_path, word(gone + body, footnotes=notes))) == [
        ("paragraph", BODY),
        ("paragraph", "They met in Accra on Monday."),
        ("footnote", "See Doe."),
        ("footnote", "With a star."),
        ("footnote", "12 of them came."),
    ]


def table(*rows: list[str], row: str = "") -> str:
    cells = ("".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in cells) for cells in rows)
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{row}{each}</w:tr>" for each in cells) + "</w:tbl>"


def test_tables() -> None:
    ports = table([p(r("Port")), p(r("Ships"))], [p(r("Tema")) + p(r("(east)")), p(r("120"))], [p(""), p("")])
    assert [(piece.markup, piece.text) for piece in pieces(ports)] == [
        ("table", "Port | Ships"),
        ("table", "Tema (east) | 120"),
    ]
    deleted = table([p(r("a")), p(r("b"))], row='<w:trPr><w:del w:id="1"/></w:trPr>')
    assert texts(deleted + p(r("x"))) == ["x"]


def test_tables_that_only_lay_text_out() -> None:
    assert [piece.markup for piece in pieces(table([p(r("Boxed."))], [p(r("Twice."))]))] == ["paragraph"] * 2
    column = p(r(BODY)) * 10
    assert len(pieces(table([column, p(r("Beside it."))]))) == 11
    inner = table([p(r("a")), p(r("b"))])
    assert texts(table([p(r("Left.")) + inner, p(r("Right."))])) == ["Left.", "a | b", "Right."]


def test_text_boxes_come_once_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{p(r('In the box.'))}{p(r('And again.'))}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(p(r("Be") + both + r("side."))) == ["Beside.", "In the box.", "And again."]
    only = f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>"
    assert texts(p(only)) == ["In the box.", "And again."]
    drawn = "<w:r><w:drawing><a:t>A label in a chart</a:t></w:drawing></w:r>"
    assert texts(p(r("Said.") + drawn)) == ["Said."]


def test_the_strict_form_is_read_too() -> None:
    data = word(p(r(BODY)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    strict = str(files["word/document.xml"], "utf-8").replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")  # type: ignore[arg-type]
    found = read_docx(packed({**files, "word/document.xml": strict}), "source/a.docx").pieces
    assert [piece.text for piece in found] == [BODY]


# What a document says of itself


@pytest.mark.parametrize(
    ("core", "title", "authors"),
    [
        ("<dc:title>Ports open</dc:title><dc:creator>Jane Doe</dc:creator>", "Ports open", "Jane Doe"),
        ("<dc:title>Microsoft Word - a.doc</dc:title><dc:creator>Windows User</dc:creator>", "a note", None),
        ("<dc:title>Document1</dc:title><dc:creator>jdoe</dc:creator>", "a note", None),
        ("<dc:title>a.docx</dc:title><dc:creator>Ministry of Trade</dc:creator>", "a note", None),
        ("<dc:title> </dc:title><dc:creator>Jane Doe;Li Wei</dc:creator>", "a note", "Jane Doe; Li Wei"),
        ("<dc:created>2024-05-01T10:00:00Z</dc:created>", "a note", None),
    ],
)
def test_properties(tmp_path: Path, core: str, title: str, authors: str | None) -> None:
    document = read(tmp_path, word(p(r(BODY)) * 2, core=core))
    assert (document.title, document.authors, document.published_on) == (title, authors, None)


def test_the_text_counts_more_than_the_properties(tmp_path: Path) -> None:
    core = "<dc:title>Old title</dc:title><dc:creator>Jane Doe</dc:creator>"
    body = styled("Titel", "New Title") + p(r("By Li Wei")) + p(r(BODY))
    document = read(tmp_path, word(body, core=core))
    assert (document.title, document.authors) == ("New Title", "Li Wei")


def test_the_language_is_that_of_most_words(tmp_path: Path) -> None:
    german = p(r("Die Minister trafen sich am Montag in Accra.", '<w:lang w:val="de-DE"/>'))
    assert read(tmp_path, word(german * 3 + p(r("Done.")))).language == "de-DE"
    assert read_docx(word(p(r("部长们星期一在阿克拉会面。"))), "a.docx").stated.language == "zh-CN"


# Bad files


def document(inside: str, before: str = "") -> bytes:
    return packed({"word/document.xml": f"{before}<w:document {SPACES}><w:body>{inside}</w:body></w:document>"})


GOOD = word(p(r(BODY)))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
NAMED = "".join(f"<!ENTITY {name} '{f'&{one};' * 10}'>" for one, name in itertools.pairwise("abcdefgh"))
ENTITIES = f"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>{NAMED}]>"
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
COMMENT = f"<!--{'x' * 200_000}-->"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (GOOD[: len(GOOD) // 2], "damaged"),
        (GOOD[:-10], "damaged"),
        (GOOD[:200] + bytes(60) + GOOD[260:], "damaged"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE, r"old Office file \(\.doc\)"),
        (rb"{\rtf1 Words.}", "rich text"),
        (b"<html>Words.</html>", "not a Word document"),
        (packed({"xl/workbook.xml": "<a/>"}), "not a Word document"),
        (packed({"word/document.xml": "<w:document"}), "no valid XML"),
        (packed({"word/document.xml": "words"}), "no valid XML"),
        (word(p(r(BODY)), styles="<broken"), "no valid XML"),
        (document(p(r("&h;")), ENTITIES), "document type"),
        (document(p(r("&h;")), COMMENT + ENTITIES), "document type"),
        (document(p(r("&a;")), FILE), "document type"),
        (document(p(r("&a;")), COMMENT + FILE), "document type"),
        (document("<w:tbl><w:tr><w:tc>" * 5000 + p(r(BODY)) + "</w:tc></w:tr></w:tbl>" * 5000), "nested too deep"),
        (document(p(r("a" * 20_000_000))), "more than 10 MB"),
        (document("<w:p/>" * 3_100_000), "than a book"),
        (packed({"word/document.xml": bytes(100_000_001)}), "unpacks to 100 MB"),
        (packed({str(number): "" for number in range(20_001)}), "20,000 files"),
        (word(p("<w:r><w:drawing/></w:r>")), "no text"),
        (word("<w:altChunk/>"), "another format"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_files_are_named(data: bytes, words: str) -> None:
    with pytest.raises(SourceError, match=words) as caught:
        read_docx(data, "source/a.docx")
    assert caught.value.file == "source/a.docx"
    assert caught.value.remedy


def test_a_zip_that_lies_about_its_sizes() -> None:
    data = bytearray(document(p(r(BODY)) * 50_000))
    size = data.index(b"PK\x01\x02") + 24
    data[size : size + 4] = (1000).to_bytes(4, "little")
    with pytest.raises(SourceError, match="damaged"):
        read_docx(bytes(data), "a.docx")


def test_names_in_a_zip_lead_nowhere(tmp_path: Path) -> None:
    relation = f'<Relationship Id="a" Type="{RELATED}/officeDocument" Target="../../../etc/passwd"/>'
    with pytest.raises(SourceError, match="not a Word document"):
        read_docx(packed({"_rels/.rels": _relations(relation), "../evil": "x"}), "a.docx")
    assert [piece.text for piece in read_docx(word(p(r(BODY)), **{"..__..__evil": "x"}), "a.docx").pieces] == [BODY]


@pytest.mark.parametrize("depth", [30, 80])
def test_nesting_as_deep_as_the_parser_goes(depth: int) -> None:
    nested = document("<w:tbl><w:tr><w:tc>" * depth + p(r(BODY)) + "</w:tc></w:tr></w:tbl>" * depth)
    assert [piece.text for piece in read_docx(nested, "a.docx").pieces] == [BODY]


# Files that programs made


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.docx")), ids=lambda page: page.stem)
def test_files_of_real_programs(page: Path) -> None:
    reading = read_docx(page.read_bytes(), page.name)
    said, told = reading.properties, reading.stated
    head = f"title: {said.title}\nauthors: {said.authors}\nlanguage: {told.language or said.language}\n\n"
    found = head + "".join(f"{piece.kind or piece.markup}: {piece.text}\n" for piece in reading.pieces)
    assert found == page.with_suffix(".txt").read_text(encoding="utf-8")


def test_a_whole_document_of_libreoffice() -> None:
    document = read_document(PAGES / "libreoffice.docx", "libreoffice.docx", {})
    assert (document.title, document.authors) == ("Ports Open Again on the Western Coast", "Ana Roth")
    assert document.text.count("deal") == 1
    for absent in ("DELETED", "HIDDEN", "COMMENT", "RUNNING", "Contents", "footer"):
        assert absent not in document.text
    assert [kind for kind, _ in kinds(document)] == [
        *("title", "standfirst", "byline", "paragraph", "heading", "paragraph", "list_item", "list_item"),
        *("block_quote", "table", "table", "caption", "paragraph", "paragraph", "paragraph", "footnote", "footnote"),
    ]


def test_a_line_of_names_that_the_properties_bear_out_is_the_byline(tmp_path: Path) -> None:
    core = "<dc:creator>Jane Doe</dc:creator>"
    data = word(styled("Title", "Ports open") + p(r("Jane Doe, Li Wei")) + p(r(BODY)) + p(r(BODY)), core=core)
    document = read(tmp_path, data)
    assert document.authors == "Jane Doe; Li Wei"
    assert ("byline", "Jane Doe, Li Wei") in kinds(document)
