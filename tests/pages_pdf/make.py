"""Makes the PDFs of this folder from texts/*.txt with the programs that people make PDFs with.

    python tests/pages_pdf/make.py [NAME…]

Needs pdflatex, LibreOffice (soffice) and Chromium on the PATH, and python-docx. The tests read the PDFs and need none
of them. Beside NAME.pdf stands NAME.txt: the body text in reading order, one paragraph a block.

A text is paragraphs between empty lines: `# ` title, `! ` byline, `? ` abstract, `## ` heading, `> ` quotation, `- ` list
item, `@ ` caption, `| ` rows of a table; `[…]` is a footnote.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

HERE = Path(__file__).parent
NOTE = re.compile(r"\[([^\]]*)\]")
Part = tuple[str, str]


def parts(name: str) -> list[Part]:
    """The paragraphs of a text, each with its mark ("" for a paragraph)."""
    found = []
    for block in (HERE / "texts" / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n\n"):
        mark = re.match(r"(##?|[!?>@|-]) ", block)
        found.append((mark[1], block[mark.end() :]) if mark else ("", block))
    return found


def body(*names: str) -> str:
    """The body text that a reader should find."""
    texts = [text for name in names for mark, text in parts(name) if mark in {"", "?", ">", "-"}]
    return "\n\n".join(NOTE.sub("", text) for text in texts) + "\n"


def run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)  # noqa: S603


# LaTeX


def tex(text: str) -> str:
    text = re.sub(r"([&%$#_])", r"\\\1", text).replace("“", "``").replace("”", "''").replace("’", "'").replace("‘", "`")
    return NOTE.sub(lambda note: rf"\footnote{{{note[1]}}}", text.replace("–", "--").replace("—", "---"))


def tex_table(text: str) -> str:
    rows = [[cell.strip() for cell in row.strip("| ").split("|")] for row in text.split("\n")]
    return "\\begin{tabular}{lrr}\n" + " \\\\\n".join(" & ".join(map(tex, row)) for row in rows) + "\n\\end{tabular}\n"


def tex_body(found: list[Part], section: str = r"\section", floats: str = "table") -> str:
    out: list[str] = []
    for index, (mark, text) in enumerate(found):
        before, after = (found[i][0] if 0 <= i < len(found) else "" for i in (index - 1, index + 1))
        if mark == "##":
            out.append(f"{section}{{{tex(text)}}}")
        elif mark == ">":
            out.append(f"\\begin{{quote}}\n{tex(text)}\n\\end{{quote}}")
        elif mark == "-":
            start, end = ("\\begin{itemize}\n" if before != "-" else ""), ("\n\\end{itemize}" if after != "-" else "")
            out.append(f"{start}\\item {tex(text)}{end}")
        elif mark == "@":
            label = re.sub(r"^Table \d+\. ", "", text)
            out.append(f"\\begin{{{floats}}}[t]\\centering\n\\caption{{{tex(label)}}}")
        elif mark == "|":
            out.append(f"{tex_table(text)}\\end{{{floats}}}")
        elif mark == "":
            out.append(tex(text))
    return "\n\n".join(out)


def one(found: list[Part], mark: str) -> str:
    return next((text for kind, text in found if kind == mark), "")


PREAMBLE = r"""\documentclass[%s]{%s}
\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage{mathptmx}\usepackage[%s]{geometry}
\usepackage{fancyhdr,multicol,graphicx}
%s
\begin{document}
%s
\end{document}
"""


def latex(source: str, target: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.tex").write_text(source, encoding="utf-8")
        for _ in range(2):
            run(["pdflatex", "-interaction=batchmode", "a.tex"], folder)
        shutil.copyfile(folder / "a.pdf", target)


def article(target: Path) -> None:
    """One column with footnotes, a list, a quotation, a table with its caption, page numbers."""
    found = parts("brief")
    head = f"\\title{{{tex(one(found, '#'))}}}\\author{{Joost Oyelaran \\and Amparo Quist}}\\date{{2 May 2024}}"
    text = f"\\maketitle\\begin{{abstract}}{tex(one(found, '?'))}\\end{{abstract}}\n{tex_body(found)}"
    latex(PREAMBLE % ("11pt,a4paper", "article", "margin=3cm", head, text), target)
    target.with_suffix(".txt").write_text(body("brief"), encoding="utf-8")


def twocolumn(target: Path) -> None:
    """A title and abstract over two columns, a table over both, a figure's place with its caption in one."""
    found = parts("brief")
    head = f"\\title{{{tex(one(found, '#'))}}}\\author{{Joost Oyelaran \\and Amparo Quist}}\\date{{}}"
    figure = (
        r"\begin{figure}[b]\centering\rule{5cm}{3cm}\caption{Interconnectors between the three Lake states, 2023. "
        r"Source: regional court of auditors.}\end{figure}"
    )
    text = (
        f"\\twocolumn[\\maketitle\\begin{{center}}\\begin{{minipage}}{{14cm}}\\small\\textbf{{Abstract.}} "
        f"{tex(one(found, '?'))}\\end{{minipage}}\\end{{center}}\\bigskip]\n"
        f"{tex_body(found[:7], floats='table*')}\n{figure}\n{tex_body(found[7:], floats='table*')}"
    )
    latex(PREAMBLE % ("10pt,letterpaper", "article", "margin=2.2cm,columnsep=7mm", head, text), target)
    target.with_suffix(".txt").write_text(body("brief"), encoding="utf-8")


def report(target: Path) -> None:
    """Chapters with running heads, a rule and page numbers in the foot, paragraphs apart without an indent."""
    head = (
        r"\pagestyle{fancy}\fancyhf{}\fancyhead[L]{Security Quarterly}\fancyhead[R]{Spring 2024}"
        r"\fancyfoot[C]{Page \thepage}\fancyfoot[R]{www.security-quarterly.example}"
        r"\setlength{\parindent}{0pt}\setlength{\parskip}{7pt}"
        r"\fancypagestyle{plain}{}"
    )
    text = "".join(
        f"\\chapter{{{tex(one(parts(name), '#'))}}}\\emph{{{tex(one(parts(name), '!'))}}}\n\n"
        + tex_body(parts(name), r"\section*")
        for name in ("oped", "report")
    )
    latex(PREAMBLE % ("12pt,a5paper", "report", "margin=2cm,headheight=15pt", head, text), target)
    target.with_suffix(".txt").write_text(body("oped", "report"), encoding="utf-8")


def newsletter(target: Path) -> None:
    """Three columns under a masthead, two articles, the second below the first, a box in the middle of one."""
    box = (
        r"\noindent\fbox{\begin{minipage}{0.9\linewidth}\sffamily\small\textbf{In figures}\par 64,000 people live in "
        r"Dunmere. 780 tonnes came on Thursday.\end{minipage}}"
    )
    texts = []
    for name in ("report", "oped"):
        found = parts(name)
        middle = tex_body(found[:8], r"\subsection*") + ("\n\n" + box + "\n\n" if name == "report" else "\n\n")
        rest = tex_body(found[8:], r"\subsection*")
        texts.append(
            f"\\section*{{{tex(one(found, '#'))}}}\\textit{{{tex(one(found, '!'))}}}"
            f"\\begin{{multicols}}{{3}}\n{middle}{rest}\\end{{multicols}}"
        )
    head = r"\pagestyle{fancy}\fancyhf{}\fancyhead[C]{The Valley Letter --- No.~12}\fancyfoot[C]{\thepage}"
    title = r"\begin{center}{\Huge\textbf{The Valley Letter}}\end{center}"
    latex(PREAMBLE % ("9pt,a4paper", "extarticle", "margin=1.6cm", head, title + "\n\\clearpage ".join(texts)), target)
    expected = body("report", "oped")
    target.with_suffix(".txt").write_text(expected, encoding="utf-8")


# LibreOffice

FODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.2cm"/>
<style:text-properties style:font-name="Liberation Serif" fo:font-size="11pt" fo:language="en" fo:country="GB"
 fo:hyphenate="true" fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="2"/></style:default-style>
<style:style style:name="T" style:family="paragraph"><style:text-properties fo:font-size="20pt" fo:font-weight="bold"/>
</style:style>
<style:style style:name="H" style:family="paragraph"><style:paragraph-properties fo:margin-top="0.4cm"
 fo:keep-with-next="always"/><style:text-properties fo:font-size="13pt" fo:font-weight="bold"/></style:style>
<style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:text-align="justify"/></style:style>
<style:style style:name="Q" style:family="paragraph"><style:paragraph-properties fo:margin-left="0.8cm"
 fo:margin-right="0.8cm"/><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="C" style:family="paragraph"><style:text-properties fo:font-size="9pt"/></style:style>
</office:styles>
<office:automatic-styles>
<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
 fo:margin="2cm"/><style:header-style><style:header-footer-properties fo:min-height="0.5cm"/></style:header-style>
<style:footer-style><style:header-footer-properties fo:min-height="0.5cm"/></style:footer-style></style:page-layout>
<style:style style:name="S" style:family="section"><style:section-properties text:dont-balance-text-columns="false">
<style:columns fo:column-count="2" fo:column-gap="0.7cm"/></style:section-properties></style:style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">
<style:header><text:p>Institute for Frontier Studies · Policy Brief 17</text:p></style:header>
<style:footer><text:p>Keeping the lights on<text:tab/>Page <text:page-number/></text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>%s</office:text></office:body></office:document>
"""


def fodt_text(text: str) -> str:
    return NOTE.sub(
        lambda note: (
            '<text:note text:note-class="footnote"><text:note-citation/><text:note-body>'
            f'<text:p text:style-name="C">{note[1]}</text:p></text:note-body></text:note>'
        ),
        html.escape(text, quote=False),
    )


def fodt_part(mark: str, text: str) -> str:
    styles = {"#": "T", "##": "H", ">": "Q", "@": "C", "": "P"}
    if mark == "-":
        return f"<text:list><text:list-item><text:p>{fodt_text(text)}</text:p></text:list-item></text:list>"
    if mark == "|":
        rows = [row.strip("| ").split("|") for row in text.split("\n")]
        cells = (
            "".join(f"<table:table-cell><text:p>{cell.strip()}</text:p></table:table-cell>" for cell in row)
            for row in rows
        )
        columns = f'<table:table-column table:number-columns-repeated="{len(rows[0])}"/>'
        return (
            f"<table:table>{columns}"
            + "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
            + "</table:table>"
        )
    return f'<text:p text:style-name="{styles.get(mark, "P")}">{fodt_text(text)}</text:p>'


def soffice(source: Path, target: Path) -> None:
    run(["soffice", "--headless", "--convert-to", "pdf", source.name], source.parent)
    shutil.copyfile(source.with_suffix(".pdf"), target)


def office_brief(target: Path) -> None:
    """A policy brief: header, footer, footnotes; one column down to the table, two after it."""
    found = parts("brief")
    cut = next(index for index, (mark, _) in enumerate(found) if mark == "|") + 1
    text = "".join(fodt_part(*part) for part in found[:cut])
    text += '<text:section text:style-name="S" text:name="two">'
    text += "".join(fodt_part(*part) for part in found[cut:]) + "</text:section>"
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "brief.fodt"
        source.write_text(FODT % text, encoding="utf-8")
        soffice(source, target)
    target.with_suffix(".txt").write_text(body("brief"), encoding="utf-8")


def office_word(target: Path) -> None:
    """A Word file with its header and footer, ragged on the right, first lines indented."""
    from docx import Document
    from docx.shared import Cm, Pt

    document = Document()
    document.core_properties.title = "Microsoft Word - ceasefire_v3_FINAL.docx"
    document.core_properties.author = "User"
    section = document.sections[0]
    section.header.paragraphs[0].text = "The Valley Post, Friday 15 March 2024"
    section.footer.paragraphs[0].text = "© The Valley Post. For internal use."
    for mark, whole in parts("report"):
        text = NOTE.sub("", whole)
        if mark == "#":
            document.add_heading(text, 0)
        elif mark == "##":
            document.add_heading(text, 2)
        else:
            paragraph = document.add_paragraph(text)
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.paragraph_format.first_line_indent = Cm(0 if mark else 0.6)
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "report.docx"
        document.save(str(source))
        soffice(source, target)
    target.with_suffix(".txt").write_text(body("report"), encoding="utf-8")


# Chromium

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>%s | The Valley Post</title>
<style>body{font-family:"Liberation Sans",sans-serif;font-size:11pt;line-height:1.4}%s</style><body>%s</body></html>"""


def html_part(mark: str, text: str) -> str:
    tags = {"#": "h1", "##": "h2", ">": "blockquote", "-": "li", "": "p", "?": "p", "!": "p"}
    tag = tags.get(mark, "p")
    return f"<{tag}>{html.escape(NOTE.sub('', text), quote=False)}</{tag}>\n"


def chromium(page: str, target: Path, *, furniture: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "ceasefire-holds.html").write_text(page, encoding="utf-8")
        serve = partial(SimpleHTTPRequestHandler, directory=name)
        with HTTPServer(("127.0.0.1", 8899), serve) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            options = [] if furniture else ["--no-pdf-header-footer"]
            options.append(f"--print-to-pdf={Path(name) / 'a.pdf'}")
            address = "http://127.0.0.1:8899/ceasefire-holds.html"
            run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", *options, address], Path(name))
            server.shutdown()
        shutil.copyfile(Path(name) / "a.pdf", target)


def web_print(target: Path) -> None:
    """A news page as a browser prints it: date, title, address and page number around it."""
    found = parts("report")
    text = "".join(html_part(*part) for part in found)
    chromium(PAGE % (html.escape(one(found, "#")), "", text), target, furniture=True)
    target.with_suffix(".txt").write_text(body("report"), encoding="utf-8")


def web_sidebar(target: Path) -> None:
    """Two columns with a box beside them, the box first in the source; hyphens set by the browser."""
    found = parts("oped")
    box = (
        "<aside><h3>Nine states in brief</h3><p>Population: 11.4 million.</p><p>Patrol boats: 41.</p>"
        "<p>Summit: 8 November, Port Ardent.</p></aside>"
    )
    style = (
        "aside{float:right;width:28%;border:1px solid;padding:8px;font-size:9pt;margin-left:16px}"
        "main{columns:2;text-align:justify;hyphens:auto;margin-right:33%}"
    )
    head = "".join(html_part(*part) for part in found[:2])
    text = "".join(html_part(*part) for part in found[2:])
    page = PAGE % ("Opinion", style, f"{head}{box}<main>{text}</main>")
    chromium(page, target, furniture=False)
    target.with_suffix(".txt").write_text(body("oped"), encoding="utf-8")


MAKERS: dict[str, Callable[[Path], None]] = {
    "latex-article": article,
    "latex-twocolumn": twocolumn,
    "latex-report": report,
    "latex-newsletter": newsletter,
    "office-brief": office_brief,
    "office-word": office_word,
    "web-print": web_print,
    "web-sidebar": web_sidebar,
}


if __name__ == "__main__":
    for chosen in sys.argv[1:] or MAKERS:
        MAKERS[chosen](HERE / f"{chosen}.pdf")
