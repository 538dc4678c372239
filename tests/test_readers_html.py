"""Saved web pages: the article and nothing else, what the page states of itself, and a clear word on other pages."""

from __future__ import annotations

import codecs
import datetime as dt
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from builders import make_project, run
from tablewright.errors import SourceError
from tablewright.readers import read_document
from tablewright.records import BODY_KINDS, Document

PAGES = Path(__file__).parent / "pages_html"
DATASET = "name: talks\ntitle: Talks\nversion: 1.0.0\nlicence: CC-BY-4.0\ncreators: [Ana Roth]\n"
STATED = ("title", "authors", "publisher", "published_on", "language", "url", "rights")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
TEXT = [f"The ministers met in Accra on {day} and agreed to open the border again before the rains." for day in DAYS]
BODY = "".join(f"<p>{text}</p>" for text in TEXT)


def page(body: str = BODY, head: str = "", title: str = "Border to open again") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><article><h1>Border to open again</h1>{body}</article></body></html>"
    )


def read(folder: Path, data: str | bytes, name: str = "page.html") -> Document:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_document(path, name, {})


def body_of(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind in BODY_KINDS]


def of_kind(document: Document, kind: str) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind == kind]


def refusal(folder: Path, data: str | bytes, name: str = "page.html") -> SourceError:
    """The error that a page ends in; it always names the file and says what to do."""
    with pytest.raises(SourceError) as caught:
        read(folder, data, name)
    assert caught.value.file == f"source/{name}"
    assert caught.value.remedy
    assert "\n" not in str(caught.value)
    return caught.value


# Pages as a browser saves them


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.*htm*")), ids=lambda path: path.name)
def test_saved_pages(path: Path) -> None:
    document = read_document(path, path.name, {})
    stated = "".join(f"{name}: {getattr(document, name) or ''}\n" for name in STATED)
    blocks = "".join(f"{block.kind}: {document.text[block.start : block.end]}\n" for block in document.blocks)
    assert f"{stated}\n{blocks}" == path.with_suffix(".expected").read_text(encoding="utf-8")


def test_speakers_of_an_interview() -> None:
    document = read_document(PAGES / "interview.html", "interview.html", {})
    answers = [document.text[block.start : block.end] for block in document.blocks if block.speaker == "Claudia Rojas"]
    assert len(answers) == 4
    assert answers[2] == "But we will not close the border again."


# What is text and what is not


@pytest.mark.parametrize(
    "chrome",
    [
        "<nav><ul><li><a href='/'>World news and what it means</a></li></ul></nav>",
        "<aside><p>Five things to know about the border. They may surprise you.</p></aside>",
        "<figure><img src='a.jpg'><figcaption>The border post at Aflao, seen from the north.</figcaption></figure>",
        "<div class='wp-caption'><img src='a.jpg'><p class='wp-caption-text'>The border post, seen at dawn.</p></div>",
        "<blockquote class='pull-quote'><p>Before the rains the border must be open.</p></blockquote>",
        "<div class='newsletter-signup'><p>Get the best of our reporting in your inbox every week.</p></div>",
        "<div class='relatedArticles'><h3>Related</h3><p><a href='/b'>Traders wait at the border</a></p></div>",
        "<div class='ad-slot'><p>Advertisement</p></div>",
        "<p>Advertisement</p>",
        "<p><a href='/c'>Read more: what the border means for the traders of Lomé</a></p>",
        "<p style='display: none'>A hidden paragraph that no reader of the page has ever seen.</p>",
        "<div class='author-bio'><p>Ama Mensah is our correspondent in Accra, and writes about trade.</p></div>",
        "<div id='comments'><p>I do not believe a word of it, and neither should you, my friends.</p></div>",
        "<script>document.write('<p>The ministers met in a script and agreed on nothing.</p>')</script>",
        "<div class='cookie-notice'><p>We use cookies to improve your experience on this site.</p></div>",
        "<ul class='tags'><li><a href='/t'>Ghana</a></li><li><a href='/u'>Togo</a></li></ul>",
    ],
)
def test_what_is_no_text_is_left_out(tmp_path: Path, chrome: str) -> None:
    paragraphs = [f"<p>{text}</p>" for text in TEXT]
    document = read(tmp_path, page("".join([*paragraphs[:3], chrome, *paragraphs[3:]])))
    assert document.text == "\n\n".join(["Border to open again", *TEXT])


@pytest.mark.parametrize(
    "name", ["newsletter", "post tag-border related-posts", "paywall", "has-sidebar", "social", "post comments-open"]
)
def test_a_name_on_the_article_itself_takes_nothing_away(tmp_path: Path, name: str) -> None:
    assert body_of(read(tmp_path, page(f"<div class='{name}'>{BODY}</div>"))) == TEXT
    named = "".join(f"<p class='{name}'>{text}</p>" for text in TEXT)
    assert body_of(read(tmp_path, page(named))) == TEXT


def test_more_comments_than_article(tmp_path: Path) -> None:
    comment = (
        "<li class='comment'><p>I do not believe a word of what is written here, and number {} least of all.</p></li>"
    )
    comments = "".join(comment.format(number) for number in range(40))
    document = read(tmp_path, page(f"{BODY}</article><section id='comments'><ol>{comments}</ol></section><article>"))
    assert body_of(document) == TEXT


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("The <b>first</b>, the <i>sec</i>ond and the <a href='/x'>third</a>.", "The first, the second and the third."),
        ("<span class='cap'>T</span>he minister, who <span>left</span> <span>early</span>.", "The minister, who left early."),
        ("A line,<br>and its end after a break.", "A line, and its end after a break."),
        ("Tom&nbsp;Oduya paid &euro;5&thinsp;m, co&shy;operation &ldquo;as usual&rdquo;.", "Tom Oduya paid €5 m, cooperation “as usual”."),
        ("The well-\nknown river rose.", "The well- known river rose."),
        ("They fell by a third.<sup><a href='#n1'>1</a></sup>", "They fell by a third."),
        ("They fell by a third.<a href='#fn-1' class='footnote-anchor'>1</a>", "They fell by a third."),
        ("They fell by a third<sup>[12]</sup>.", "They fell by a third."),
        ("On the 1<sup>st</sup> of May 10<sup>6</sup> m<sup>3</sup> of CO<sub>2</sub>.", "On the 1st of May 10⁶ m³ of CO2."),
        ("Cafe\u0301s and 5 < 6 &amp; 7 &gt; 6.", "Cafés and 5 < 6 & 7 > 6."),
    ],
)  # fmt: skip
def test_words_and_spaces_inside_a_paragraph(tmp_path: Path, markup: str, text: str) -> None:
    assert body_of(read(tmp_path, page(f"{BODY}<p>{markup}</p>{BODY.replace('Accra', 'Lomé')}")))[5] == text


def test_paragraphs_that_only_line_breaks_part(tmp_path: Path) -> None:
    assert body_of(read(tmp_path, page(f"<div class='content'>{'<br><br>'.join(TEXT)}</div>"))) == TEXT


def test_paragraphs_of_a_preformatted_page(tmp_path: Path) -> None:
    lines = "\n\n".join(text.replace(" and ", "\nand ") for text in TEXT)
    assert body_of(read(tmp_path, page(f"<pre>{lines}</pre>"))) == TEXT


def test_headings_lists_quotations_and_tables(tmp_path: Path) -> None:
    more = (
        "<h2>What was agreed</h2><p>Three things were agreed, the minister said:</p><ul><li>one post;</li><li>two roads;"
        "<ul><li>one of them paved;</li></ul></li></ul><blockquote><p>The border is open to all who live beside it.</p>"
        "</blockquote><table><tr><th>Year</th><th>Lorries</th></tr><tr><td>2023</td><td>4,000</td></tr></table>"
        "<p>The figures are those of the customs office in Aflao.</p>"
    )
    document = read(tmp_path, page(BODY + more + BODY.replace("Accra", "Lomé")))
    assert of_kind(document, "heading") == ["What was agreed"]
    assert of_kind(document, "list_item") == ["one post;", "two roads;", "one of them paved;"]
    assert of_kind(document, "block_quote") == ["The border is open to all who live beside it."]
    assert of_kind(document, "table") == ["Year | Lorries", "2023 | 4,000"]
    block = next(block for block in document.blocks if block.kind == "list_item")
    assert block.section == "What was agreed"


def test_bullets_that_are_typed(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        page(
            f"{BODY}<p>• one post;<br></p><p class=MsoListParagraph>·&nbsp;&nbsp; two roads.</p>{BODY.replace('Accra', 'Lomé')}"
        ),
    )
    assert of_kind(document, "list_item") == ["one post;", "two roads."]


@pytest.mark.parametrize(
    "notes",
    [
        "<ol class='footnotes'><li id='n1'>Statement of 3 May. <a href='#r1'>↩</a></li></ol>",
        "<section role='doc-endnotes'><ol><li id='n1'><p>Statement of 3 May. <a href='#r1'>↩︎</a></p></li></ol></section>",
        "</article><div id=ftn1><p class=MsoFootnoteText><a href='#_ftnref1'><span>[1]</span></a> Statement of 3 May.</p></div>",
        "</article><div id='sdfootnote1'><p><a class='sdfootnotesym' href='#sdfootnote1anc'>1</a>Statement of 3 May.</p></div>",
    ],
)
def test_footnotes_stand_apart(tmp_path: Path, notes: str) -> None:
    document = read(tmp_path, page(f"{BODY}<p>Ghana paid for it.<a href='#n1'><sup>1</sup></a></p>{notes}"))
    assert body_of(document)[-1] == "Ghana paid for it."
    assert of_kind(document, "footnote") == ["Statement of 3 May."]


def test_the_title_stands_once(tmp_path: Path) -> None:
    body = f"<div class='byline'>By Ama Mensah</div><time>3 May 2024</time><h1>Border to open again</h1>{BODY}"
    document = read(tmp_path, page(body))
    assert of_kind(document, "title") == ["Border to open again"]
    assert document.text.count("Border to open again") == 1


def test_words_under_the_title(tmp_path: Path) -> None:
    above = "<p class='article__standfirst'>Two ministers and a river</p><p class='byline'>By Ama Mensah in Accra</p>"
    document = read(tmp_path, page(f"{above}<p class='date'>3 May 2024</p><p>ACCRA, May 2 — Ghana paid.</p>{BODY}"))
    kinds = [block.kind for block in document.blocks][:6]
    assert kinds == ["title", "standfirst", "byline", "dateline", "dateline", "paragraph"]
    assert (document.authors, document.published_on) == ("Ama Mensah", dt.date(2024, 5, 3))


# Files beside a page


def test_what_a_browser_puts_beside_a_page_is_no_document(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"border.html": page(), "border_files/frame.html": "<p>Buy now</p>"}, DATASET)
    run(project, "build")
    documents = pd.read_csv(project.dist / "documents.csv")
    assert list(documents["document_id"]) == ["border"]


@pytest.mark.parametrize(
    "above",
    [
        f"<div class='highlight'><p>{TEXT[0]}</p></div><div class='body'>",
        f"<div class='text-block'><p><b>{TEXT[0]}</b></p></div><div class='body'>",
        f"<div class='body'><p><strong>{TEXT[0]}</strong></p>",
    ],
)
def test_a_first_paragraph_that_its_page_sets_apart_is_text(tmp_path: Path, above: str) -> None:
    rest = "".join(f"<p>{text}</p>" for text in TEXT[1:])
    assert body_of(read(tmp_path, page(f"<p class='byline'>By Ama Mensah</p>{above}{rest}</div>"))) == TEXT


def test_lines_that_say_who_helped(tmp_path: Path) -> None:
    document = read(
        tmp_path, page(f"{BODY}<p>____</p><p>Herald writer Kofi Boateng in Lomé contributed to this report.</p>")
    )
    assert body_of(document) == TEXT
    assert of_kind(document, "credit") == ["Herald writer Kofi Boateng in Lomé contributed to this report."]


# What a page states of itself


def stated(folder: Path, head: str, body: str = BODY, title: str = "Border to open again") -> Document:
    return read(folder, page(body, head, title))


def linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ('<meta name="author" content="Ama Mensah">', "Ama Mensah"),
        ('<meta name="author" content="By Ama Mensah and Kofi Boateng">', "Ama Mensah; Kofi Boateng"),
        ('<meta name="author" content="Ama Mensah, Kofi Boateng">', "Ama Mensah; Kofi Boateng"),
        ('<meta name="author" content="AMA MENSAH, Senior Correspondent">', "Ama Mensah"),
        ('<meta name="author" content="Ama Mensah @amamensah">', "Ama Mensah"),
        ('<meta name="author" content="Reuters">', "Reuters"),
        ('<meta name="author" content="admin">', None),
        ('<meta property="article:author" content="https://www.facebook.com/amamensah">', None),
        ('<meta name="twitter:creator" content="@amamensah">', None),
        ('<meta name="citation_author" content="Mensah, Ama"><meta name="citation_author" content="Li, Wei">', "Ama Mensah; Wei Li"),
        (linked('{"@type":"NewsArticle","headline":"x","author":{"@type":"Person","name":"Ama Mensah"}}'), "Ama Mensah"),
        (linked('{"@type":"NewsArticle","author":[{"name":"Ama Mensah"},{"name":"Kofi Boateng"}]}'), "Ama Mensah; Kofi Boateng"),
        (linked('{"@type":"NewsArticle","author":["Ama Mensah","Ama Mensah"]}'), "Ama Mensah"),
        (linked('[{"@type":"WebSite"},{"@type":["Article","Report"],"author":{"givenName":"Ama","familyName":"Mensah"}}]'), "Ama Mensah"),
        (linked('{"@graph":[{"@type":"Article","author":{"@id":"#1"}},{"@type":"Person","@id":"#1","name":"Ama Mensah"}]}'), "Ama Mensah"),
        (linked('{"@type":"NewsArticle","author":{"@type":"Organization","name":"Agence Presse"},}'), "Agence Presse"),
        (linked('{"@type":"NewsArticle","author":{"name":"BBC News"},"publisher":{"name":"BBC News"}}'), "BBC News"),
        (linked('{"@type":"NewsArticle","author":{"name":"BBC"},"publisher":{"name":"BBC"}}') + '<meta name="byl" content="By Ama Mensah">', "Ama Mensah"),
        (linked('{"@type":"NewsArticle","author":"O&#39;Neil &amp; Co"}'), "O'Neil & Co"),
        (linked("{broken") + '<meta name="author" content="Ama Mensah">', "Ama Mensah"),
        (linked("[" * 5000) + '<meta name="author" content="Ama Mensah">', "Ama Mensah"),
    ],
)  # fmt: skip
def test_authors(tmp_path: Path, head: str, authors: str | None) -> None:
    assert stated(tmp_path, head).authors == authors


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta property="article:published_time" content="2024-05-03T23:30:00-04:00">', dt.date(2024, 5, 3)),
        (linked('{"@type":"NewsArticle","datePublished":"2024-05-03","dateModified":"2024-06-01"}'), dt.date(2024, 5, 3)),
        ('<meta name="DC.date" content="2024-05-03">', dt.date(2024, 5, 3)),
        ('<meta name="citation_publication_date" content="2024/05/03">', dt.date(2024, 5, 3)),
        ('<meta name="pubdate" content="20240503">', dt.date(2024, 5, 3)),
        ('<meta name="date" content="Fri, 03 May 2024 10:00:00 GMT">', dt.date(2024, 5, 3)),
        ('<meta name="date" content="2024-05">', None),
        ('<meta name="date" content="03/04/2024">', None),
        ('<meta name="date" content="1970-01-01T00:00:00Z">', None),
        ('<meta property="article:modified_time" content="2024-05-03">', None),
        ('<meta name="last-modified" content="2024-05-03">', None),
        ('<link rel="canonical" href="https://example.org/2024/05/03/border/">', None),
    ],
)  # fmt: skip
def test_the_day_of_publication_is_stated_or_unknown(tmp_path: Path, head: str, day: dt.date | None) -> None:
    assert stated(tmp_path, head, f"{BODY}<footer>© 2019 The Herald, 5 June 2019</footer>").published_on == day


@pytest.mark.parametrize(
    ("time_tag", "day"),
    [
        ("<time pubdate datetime='2024-05-03T10:00'>yesterday</time>", dt.date(2024, 5, 3)),
        ("<time class='entry-date published' datetime='2024-05-03'>yesterday</time>", dt.date(2024, 5, 3)),
        ("<time itemprop='datePublished' datetime='2024-05-03'>yesterday</time>", dt.date(2024, 5, 3)),
        ("<time class='updated' datetime='2024-05-03'>yesterday</time>", None),
        (
            "<p>In <time datetime='1957-03-06'>March 1957</time> Ghana became independent, and the border a border.</p>",
            None,
        ),
    ],
)
def test_the_day_in_a_time_element(tmp_path: Path, time_tag: str, day: dt.date | None) -> None:
    assert stated(tmp_path, "", time_tag + BODY).published_on == day


@pytest.mark.parametrize(
    ("title", "head", "expected"),
    [
        ("Border to open again | The Herald", "", "Border to open again"),
        ("The Herald", '<meta property="og:title" content="Border to open again">', "Border to open again"),
        ("Talks end | The Herald", '<meta property="og:site_name" content="The Herald">', "Talks end"),
        ("Talks end - herald.example.com", '<link rel="canonical" href="https://herald.example.com/a">', "Talks end"),
        ("Ghana - Togo: a border", "", "Ghana - Togo: a border"),
        ("x", linked('{"@type":"NewsArticle","headline":"The border opens"}'), "The border opens"),
    ],
)
def test_titles(tmp_path: Path, title: str, head: str, expected: str) -> None:
    assert stated(tmp_path, head, title=title).title == expected


def test_publisher_language_address_and_rights(tmp_path: Path) -> None:
    document = stated(
        tmp_path,
        '<meta property="og:site_name" content="The Herald"><meta property="og:locale" content="en_GB">'
        '<link rel="canonical" href="/2024/border"><meta property="og:url" content="https://herald.example.com/2024/border?s=1">'
        '<link rel="license" href="https://creativecommons.org/licenses/by-nd/4.0/">',
    )
    assert (document.publisher, document.language) == ("The Herald", "en")
    assert document.url == "https://herald.example.com/2024/border"
    assert document.rights == "CC BY-ND 4.0"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///home/me/page.html", "/only/a/path", "https://", 'https://a.b/"x']
)
def test_addresses_that_are_none(tmp_path: Path, address: str) -> None:
    assert stated(tmp_path, f"<link rel=canonical href='{address}'>").url is None


@pytest.mark.parametrize(
    "note",
    [
        "<!-- saved from url=(0031)https://herald.example.com/border -->",
        "<!--\n Page saved with SingleFile \n url: https://herald.example.com/border \n saved date: Fri May 03 2024 \n-->",
    ],
)
def test_where_a_browser_noted_that_it_saved_from(tmp_path: Path, note: str) -> None:
    document = read(tmp_path, f"<!DOCTYPE html>\n{note}\n{page()[15:]}")
    assert document.url == "https://herald.example.com/border"
    assert document.published_on is None


def test_the_address_of_an_archived_page_is_its_own(tmp_path: Path) -> None:
    archived = "https://web.archive.org/web/20240503101112/https://herald.example.com/border"
    assert stated(tmp_path, f"<link rel=canonical href='{archived}'>").url == "https://herald.example.com/border"


# Encodings

CAFE = page(BODY.replace("The ministers", "The café’s ministers"))


def declared(charset: str) -> str:
    return CAFE.replace("utf-8", charset)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CAFE, "utf-8"),
        (CAFE, "utf-8-sig"),
        (CAFE, "utf-16"),
        (declared("iso-8859-1"), "cp1252"),
        (declared("windows-1252"), "cp1252"),
        (declared("iso-8859-1"), "utf-8"),
        (declared("utf-16"), "utf-8"),
        (declared("no-such-thing"), "cp1252"),
        (CAFE, "cp1252"),
        (declared("x-mac-roman").replace("x-mac-roman", "mac-roman"), "mac-roman"),
        (
            CAFE.replace('charset="utf-8"', 'http-equiv="Content-Type" content="text/html; charset=windows-1252"'),
            "cp1252",
        ),
    ],
)
def test_encodings_that_are_read(tmp_path: Path, text: str, encoding: str) -> None:
    assert body_of(read(tmp_path, text.encode(encoding)))[0].startswith("The café’s ministers met")


def test_encodings_of_other_scripts(tmp_path: Path) -> None:
    for encoding, name in (("cp1251", "Москва"), ("iso-8859-2", "Łódź"), ("euc-jp", "東京"), ("gb18030", "北京")):
        text = page(BODY.replace("Accra", name)).replace("utf-8", encoding)
        assert name in read(tmp_path, text.encode(encoding)).text


def test_a_few_stray_bytes_in_utf_8(tmp_path: Path) -> None:
    data = page(BODY + "<p>“Ça va, José à l’école,” said the minister’s aide – “très bien”.</p>" * 3).encode()
    assert "agreed—to" in read(tmp_path, data.replace(b"agreed to", b"agreed\x97to", 1)).text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (page(BODY.replace("Accra", "Москва")).encode("cp1251"), "encoding is not stated"),
        (page(BODY.replace("Accra", "Łódź gęś")).encode("cp1250"), "encoding is not stated"),
        (page(BODY.replace("Accra", "Beşiktaş ışığı")).encode("cp1254"), "encoding is not stated"),
        (declared("shift_jis").replace("café’s", "café").encode("cp1252"), "says that it is cp932"),
        (page(BODY.replace("Accra", "doesnâ€™t")).encode(), "garbled"),
        (codecs.BOM_UTF16_LE + b"<\x00h\x00t\x00m\x00l\x00>\x00a", "not valid UTF-16"),
    ],
)
def test_encodings_that_cannot_be_read_cleanly(tmp_path: Path, data: bytes, words: str) -> None:
    assert words in refusal(tmp_path, data).message


# Pages that hold no article

WALL = "<p>Subscribe to continue reading.</p><p>Already a subscriber? Log in.</p>"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("<html><head><title>x</title></head><body></body></html>", "no paragraphs"),
        ("<!DOCTYPE html>", "empty"),
        ("<html></html>", "empty"),
        ("<html><body><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div></body></html>", "JavaScript"),
        ("<html><body><div id='__next'></div><script src='a.js'></script></body></html>", "JavaScript"),
        ("<html><body><h1>Before you continue</h1><p>We use cookies and data to deliver our services.</p></body></html>", "cookies"),
        (page(f"<p>{TEXT[0]}</p>{WALL}"), "paywall"),
        ("<html><head><title>Just a moment...</title></head><body><p>Checking your browser before you go on.</p></body></html>", "robot"),
        ("<html><body><form><p>Please log in to read on.</p><input name=u><input type=password></form></body></html>", "login"),
        ("<html><head><title>404 Not Found</title></head><body><p>The page that you look for is not here, or was moved.</p></body></html>", "404"),
        ("<html><head></head><frameset cols='20%,80%'><frame src='a.html'></frameset></html>", "frames"),
        ('<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>', "RSS"),
        ('<?xml version="1.0"?><data><a>1</a></data>', "XML"),
        ('{"html": "<p>text</p>"}', "JSON"),
        ("Just some text and no tags at all.", "no HTML"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\x1f\x8b\x08....", "compressed|end"),
        (b"bplist00....", "Safari"),
        (bytes(range(256)) * 100, "binary"),
        (b"<html><body>" + bytes(range(32)) * 100, "binary"),
        (page()[:500], "cut off"),
        (page()[:600] + "<a href='htt", "cut off"),
        (page()[:600] + "<script>var a = '", "cut off"),
    ],
)  # fmt: skip
def test_pages_without_an_article(tmp_path: Path, data: str | bytes, words: str) -> None:
    message = refusal(tmp_path, data).message
    assert any(word in message for word in words.split("|"))


@pytest.mark.parametrize(
    "data",
    [
        page("<div>" * 10_000 + BODY + "</div>" * 10_000),
        page("<div>" * 1_000_000 + BODY),
        page("<b><i>" * 5_000 + BODY),
        page("<p>" + "word " * 4_000_000),
        page("<p " + " ".join(f"a{number}=1" for number in range(50_000)) + ">x</p>" + BODY),
        page("<i></i>" * 50_000 + BODY),
        "<p>" + "word " * 4_500_000,
    ],
    ids=["nested", "nested-million", "nested-inline", "20-mb", "attributes", "tags", "22-mb"],
)
def test_pages_beyond_all_bounds_are_refused_at_once(tmp_path: Path, data: str) -> None:
    start = time.process_time()
    refusal(tmp_path, data)
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    "extra",
    [
        "<ul><li>" * 100 + "</li></ul>" * 100,
        "<table><tr><td>" * 70,
        "<sup>1</sup>" * 5_000,
        "word<br>" * 5_000,
        "<" * 200_000,
        "&" * 200_000 + "&#x" * 100_000 + "&#xD800;",
        "<!--" * 100_000 + "-->",
        f'<p title="{"x" * 2_000_000}">',
        f'<p class="{"related-" * 100_000}">',
        f'<p class="{"a-" * 100_000}" style="{"display" * 100_000}">',
        f'<img src="data:image/png;base64,{"QUJD" * 2_000_000}">',
        "\x00\ufffe\ufeff",
        linked('{"a":' * 50_000 + "1" + "}" * 50_000),
    ],
    ids=range(13),
)
def test_odd_pages_are_read_in_time(tmp_path: Path, extra: str) -> None:
    start = time.process_time()
    assert body_of(read(tmp_path, page(f"{BODY}{extra}")))[:5] == TEXT
    assert time.process_time() - start < 5


def test_entities_that_a_page_declares_are_not_unfolded(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 100}">' for n in range(6))
    bomb = f'<!DOCTYPE html [<!ENTITY a0 "ha">{entities}]><html lang="en"><body><h1>Title</h1>{BODY}<p>&a6;</p></body></html>'
    assert len(read(tmp_path, bomb).text) < 2_000
    declared_xml = f'<?xml version="1.0"?>{bomb.replace("<html", "<html xmlns=`http://www.w3.org/1999/xhtml`".replace("`", chr(34)))}'
    assert len(read(tmp_path, declared_xml, "page.xhtml").text) < 2_000


def test_elements_that_close_themselves_in_xhtml(tmp_path: Path) -> None:
    head = '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="a.js"/></head>'
    assert body_of(read(tmp_path, f"{head}<body><div/><h1>Title</h1>{BODY}</body></html>", "page.xhtml")) == TEXT


# MHTML


def archive(content: bytes, encoding: str = "8bit", kind: str = "text/html; charset=windows-1252") -> bytes:
    head = (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://herald.example.com/border\r\nSubject: Border\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n\r\n----b\r\n'
        f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n"
        "Content-Location: https://herald.example.com/border\r\n\r\n"
    )
    return head.encode() + content + b"\r\n----b\r\nContent-Type: image/png\r\n\r\nxyz\r\n----b--\r\n"


def test_a_page_in_an_archive(tmp_path: Path) -> None:
    content = CAFE.replace('<meta charset="utf-8">', "").encode("cp1252")
    for name in ("page.mhtml", "page.mht"):
        document = read(tmp_path, archive(content), name)
        assert body_of(document)[0].startswith("The café’s ministers met")
        assert document.url == "https://herald.example.com/border"


def test_a_page_that_only_has_the_name_of_an_archive(tmp_path: Path) -> None:
    assert body_of(read(tmp_path, page(), "page.mhtml")) == TEXT


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (archive(b"x", kind="text/plain"), "no web page"),
        (archive(b""), "empty"),
        (b"From: me\r\n\r\nHello", "no web page"),
        (b"\x00\x01\x02" * 1000, "no web page"),
    ],
)
def test_archives_without_a_page(tmp_path: Path, data: bytes, words: str) -> None:
    assert words in refusal(tmp_path, data, "page.mhtml").message


# What reading costs those who do not need it


def test_the_libraries_are_imported_only_for_pages() -> None:
    code = "import sys, tablewright.readers; print({'lxml', 'trafilatura', 'email'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603
    assert result.stdout.strip() == "set()"


def test_the_points_of_a_box_above_a_report_are_no_body(tmp_path: Path) -> None:
    points = "<h2>Key points</h2><ul><li>Nine states open border</li><li>Japan pledges 12 million dollars</li></ul>"
    document = read(tmp_path, page(points + BODY))
    assert of_kind(document, "standfirst") == [
        "Key points",
        "Nine states open border",
        "Japan pledges 12 million dollars",
    ]
    assert body_of(document) == TEXT


def test_the_points_of_a_study_stay_its_text(tmp_path: Path) -> None:
    points = "<h2>Summary</h2><ul><li>Nine states opened the border.</li></ul><h2>The border</h2>"
    assert body_of(read(tmp_path, page(points + BODY)))[0] == "Nine states opened the border."


def test_what_stands_below_an_agencys_credits_is_no_body(tmp_path: Path) -> None:
    below = (
        "<p>Reporting by Jane Doe in Accra and Li Wei; Editing by Ana Roth</p><p>Our Standards: <a>The Principles.</a></p>"
        "<p>Li Wei</p><p>Li covers the coast. He once reported how Chile attacked Peru.</p>"
    )
    document = read(tmp_path, page(BODY + below))
    assert body_of(document) == TEXT
    assert "Li covers the coast. He once reported how Chile attacked Peru." in of_kind(document, "notes")


def test_notes_that_are_paragraphs_of_their_own(tmp_path: Path) -> None:
    notes = (
        '<hr><p id="fn1"><a href="#ref1">1</a> Interview in Accra, 3 May 2023.</p>'
        '<p id="fn2"><a href="#ref2">2</a> The states signed it later.</p>'
    )
    document = read(tmp_path, page(BODY + notes))
    assert body_of(document) == TEXT
    assert of_kind(document, "footnote") == ["Interview in Accra, 3 May 2023.", "The states signed it later."]


def test_a_headline_in_bold_where_only_the_site_is_named(tmp_path: Path) -> None:
    lines = "<br><br>".join(TEXT)
    text = (
        "<html><head><title>Ministry of Trade - News</title></head><body><table><tr><td>"
        f"<font size=4><b>Nine states agree to open the border</b></font><br>03.05.2024<br><br>{lines}</td></tr></table>"
        "</body></html>"
    )
    assert read(tmp_path, text).title == "Nine states agree to open the border"
