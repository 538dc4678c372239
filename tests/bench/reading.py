"""How fast documents are read, against what the libraries below take alone over the same files.

    python tests/bench/reading.py [html] [pdf] [ROUNDS]

Web pages: `trafilatura.extract` with metadata, against reading the same file to a Document (text, roles, metadata). The
pages are those kept for the tests, and generated ones of the size and with the surroundings that news sites have.
PDF: the text of every page by PDFium (`get_text_range`), against the same, over the PDFs kept for the tests. Both sides
take turns, file by file; the figures are seconds of the processor, the median of the rounds, summed up.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tablewright.readers import read_document

PAGES = Path(__file__).parent.parent / "pages_html"
PDFS = Path(__file__).parent.parent / "pages_pdf"
WORDS = (
    "the", "minister", "border", "talks", "agreed", "aid", "between", "delegation", "of", "in", "a", "said",
    "river", "power", "grid", "sanctions", "to", "and", "bank",
)  # fmt: skip


def main(wanted: list[str], rounds: int) -> None:
    for name, files_of, alone in KINDS:
        if not wanted or name in wanted:
            with tempfile.TemporaryDirectory() as folder:
                compare(name, files_of(Path(folder)), alone, rounds)


def compare(name: str, files: list[Path], alone: Callable[[Path], object], rounds: int) -> None:
    """Prints how long each side takes over the files and the ratio."""
    theirs: dict[Path, list[float]] = {file: [] for file in files}
    ours: dict[Path, list[float]] = {file: [] for file in files}
    for number in range(rounds + 1):
        for file in files:
            sides = [(theirs, alone), (ours, lambda path: read_document(path, path.name, {}))]
            for times, work in sides if number % 2 else reversed(sides):
                start = time.process_time()
                work(file)
                if number:  # the first round imports
                    times[file].append(time.process_time() - start)
    library, document = (sum(map(statistics.median, times.values())) for times in (theirs, ours))
    size = sum(file.stat().st_size for file in files)
    print(
        f"{name}: {len(files)} files, {size / 1e6:.1f} MB; library alone {library:.3f} s, documents {document:.3f} s, "
        f"ratio {document / library:.2f}"
    )


def web_pages(folder: Path) -> list[Path]:
    """The kept pages, and generated ones of 300 to 3,000 words with menus, teasers, adverts, scripts and comments."""
    generator = random.Random(4)  # noqa: S311
    for number in range(30):
        (folder / f"page-{number}.html").write_text(page(generator, 300 + 90 * number), encoding="utf-8")
    return sorted(PAGES.glob("*.html")) + sorted(folder.glob("*.html"))


def page(generator: random.Random, words: int) -> str:
    def prose(count: int) -> str:
        return " ".join(generator.choices(WORDS, k=count)).capitalize() + f" {generator.random():.4f}."

    def link() -> str:
        return f'<a class="card__link" href="/{generator.random()}"><span>{prose(7)}</span></a>'

    body = []
    while words > 0:
        length = generator.randint(20, 70)
        inner = f'{prose(length // 2)} <a href="/x">{prose(3)}</a> <strong>{prose(2)}</strong> {prose(length // 2)}'
        body.append(f'<p class="css-{generator.randint(1, 9)}">{inner}</p>')
        if generator.random() < 0.2:
            body.append(f'<div class="ad-slot"><p>Advertisement</p></div><h2>{prose(5)}</h2>')
        if generator.random() < 0.1:
            body.append(
                f"<figure><img src=a.jpg><figcaption>{prose(12)}</figcaption></figure><ul>{items(prose, 3)}</ul>"
            )
        words -= length
    menu = "".join(f'<li class="nav__item">{link()}</li>' for _ in range(60))
    cards = "".join(f'<div class="card"><h3>{link()}</h3><p>{prose(15)}</p></div>' for _ in range(30))
    comments = "".join(f'<li class="comment"><p>{prose(25)}</p></li>' for _ in range(20))
    title = prose(9)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Herald</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="The Herald">'
        '<meta property="article:published_time" content="2024-05-03T10:00:00Z"><script type="application/ld+json">'
        f'{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{title}","author":[{{"@type":"Person",'
        f'"name":"Jane Doe"}}],"datePublished":"2024-05-03T10:00:00Z"}}</script><script>{"var a=1;" * 4000}</script></head>'
        f'<body><header><nav><ul>{menu}</ul></nav></header><main><article><h1>{title}</h1><div class="byline">By Jane Doe'
        f'</div><div class="article-body">{"".join(body)}</div></article><section class="related">{cards}</section></main>'
        f'<section id="comments"><ol>{comments}</ol></section><footer><ul>{menu}</ul></footer></body></html>'
    )


def items(prose: Callable[[int], str], count: int) -> str:
    return "".join(f"<li>{prose(9)}</li>" for _ in range(count))


def trafilatura_alone(file: Path) -> object:
    from trafilatura import extract

    return extract(file.read_bytes(), with_metadata=True)


def kept_pdfs(_folder: Path) -> list[Path]:
    """The PDFs kept for the tests: from LaTeX, LibreOffice and a browser, two to six pages each."""
    return sorted(PDFS.glob("*.pdf"))


def pdfium_alone(file: Path) -> object:
    import pypdfium2

    document = pypdfium2.PdfDocument(file)
    texts = []
    for number in range(len(document)):
        page = document[number]
        words = page.get_textpage()
        texts.append(words.get_text_range())
        words.close()
        page.close()
    document.close()
    return texts


KINDS: list[tuple[str, Callable[[Path], list[Path]], Callable[[Path], object]]] = [
    ("html", web_pages, trafilatura_alone),
    ("pdf", kept_pdfs, pdfium_alone),
]
"""Name, the files to read (some made in a folder), and the library's own work on one of them."""


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    main([word for word in sys.argv[1:] if not word.isdigit()], numbers[0] if numbers else 5)
