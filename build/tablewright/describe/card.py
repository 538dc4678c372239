"""README.md: the dataset card, with the head in YAML that Hugging Face reads and the lines that load a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from tablewright.describe.loadlines import load_lines, read_csv_call
from tablewright.describe.markdown import cell, table
from tablewright.describe.model import Release, TableFacts
from tablewright.describe.stata import stata_names
from tablewright.describe.words import bibtex, licence_url, purpose, release_citation

CARD = "README.md"

# The identifiers that Hugging Face knows, of the licences that data come under.
_LICENCES = {
    "cc0-1.0", "cc-by-2.0", "cc-by-2.5", "cc-by-3.0", "cc-by-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0", "cc-by-nc-2.0",
    "cc-by-nc-3.0", "cc-by-nc-4.0", "cc-by-nd-4.0", "cc-by-nc-nd-3.0", "cc-by-nc-nd-4.0", "cc-by-nc-sa-2.0",
    "cc-by-nc-sa-3.0", "cc-by-nc-sa-4.0", "pddl", "odbl", "odc-by", "mit", "apache-2.0", "unlicense",
}  # fmt: skip
_RENAMED = {"pddl-1.0": "pddl", "odbl-1.0": "odbl", "odc-by-1.0": "odc-by"}
_SIZES = (
    (1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"), (10_000_000, "1M<n<10M"),
)  # fmt: skip


def card(release: Release, more: tuple[str, ...] = ()) -> bytes:
    """The bytes of README.md; `more` are paths of files besides `release.files`, the other descriptors."""
    about = release.about
    head = yaml.safe_dump(_head(release), allow_unicode=True, sort_keys=False, width=1_000)
    lines = [f"---\n{head}---\n", f"# {cell(about.title)}", ""]
    if about.description:
        lines += [cell(about.description), ""]
    lines += [_status(release), ""]
    for heading, said in (
        ("Tables", _tables(release)),
        ("Load", _load(release)),
        ("Cite", _cite(release)),
        ("Sources and rights", _sources(release)),
        ("How it was made, and how good it is", _making(release)),
        ("Files", _files(release, more)),
        ("Read the CSV exactly as the Parquet", _csv(release)),
    ):
        lines += [f"## {heading}", "", *said, ""]
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


def _head(release: Release) -> dict[str, Any]:
    """The YAML head. Only Parquet is listed: one card must not mix formats, or `load_dataset` fails."""
    about = release.about
    licence = _RENAMED.get(about.licence.lower(), about.licence.lower())
    known = licence in _LICENCES
    rows = max((table.rows for table in release.tables), default=0)
    people = any(each.confirmed or each.amended or each.added for each in release.quality.coding)
    head: dict[str, Any] = {
        "pretty_name": about.title,
        "license": licence if known else "other",
        "license_name": None if known else about.licence or "not-stated",
        "license_link": None if known else licence_url(about.licence),
        "language": sorted({each.language.split("-")[0] for each in release.documents if each.language}),
        "annotations_creators": ["machine-generated", "expert-generated"] if people else ["machine-generated"],
        "source_datasets": ["original"],
        "size_categories": [next((name for limit, name in _SIZES if rows < limit), "n>10M")],
        "tags": list(about.keywords),
        "configs": [
            {
                "config_name": table.name,
                "data_files": f"{table.name}.parquet",
                **({"default": True} if not number else {}),
            }
            for number, table in enumerate(_main_first(release))
        ],
    }
    return {name: value for name, value in head.items() if value not in (None, [])}


def _main_first(release: Release) -> list[TableFacts]:
    """The tables, those whose rows are coded first, and of these the ones that other tables refer to."""
    referred = {key.resource for table in release.tables for key in table.schema.foreign_keys}
    return sorted(release.tables, key=lambda table: ("coding" not in table.schema.columns, table.name not in referred))


def _status(release: Release) -> str:
    before = f" The version before was {release.previous}." if release.previous else ""
    where = f" Home: <{release.about.homepage}>." if release.about.homepage else ""
    return f"Version {release.version}, {release.date.isoformat()}.{before}{where}"


def _tables(release: Release) -> Iterator[str]:
    yield from table(
        ("table", "rows", "columns", "a row is"),
        (
            [each.name, f"{each.rows:,}", str(len(each.schema.fields)), each.schema.description]
            for each in release.tables
        ),
    )
    yield ""
    yield "Every column and code is explained in `codebook.html`, and in `codebook.csv` for machines."


def _load(release: Release) -> Iterator[str]:
    name = _main_first(release)[0].name if release.tables else ""
    for reader, language, line in load_lines(release, name) if name else ():
        yield f"{reader}:"
        yield ""
        yield f"```{language}\n{line}\n```"
        yield ""
    yield (
        "In pandas the dtypes are right at once (dates are dates, codes categoricals, integers nullable), and "
        f"`{name}.attrs` holds title, version, citation and licence."
    )
    if any(file.path.startswith("stata/") for file in release.files):
        renamed = {old: new for each in release.tables for old, new in stata_names(each.schema).items() if old != new}
        said = "".join(f"; `{old}` is `{new}`" for old, new in renamed.items())
        yield f"In Stata, coded columns have value labels, and a missing text is empty{said}."


def _cite(release: Release) -> Iterator[str]:
    yield cell(release_citation(release))
    yield ""
    yield f"```bibtex\n{bibtex(release)}\n```"
    if release.about.licence:
        address = licence_url(release.about.licence)
        yield ""
        yield f"Licence: {cell(release.about.licence)}{f' (<{address}>)' if address else ''}."


def _sources(release: Release) -> Iterator[str]:
    yield "The rows were coded from these documents, whose texts the licence of the dataset does not cover:"
    yield ""
    for each in release.documents:
        said = [each.authors, each.publisher, each.published_on.isoformat() if each.published_on else None]
        facts = "; ".join(cell(part) for part in said if part)
        address = f" <{each.url}>" if each.url else ""
        rights = f" Rights: {cell(each.rights)}" if each.rights else ""
        yield f"- {cell(each.title)}{f' ({facts})' if facts else ''}.{address}{rights}"
    yield ""
    yield "What of the texts this release holds, document by document, is in `CAVEATS.md`."


def _making(release: Release) -> Iterator[str]:
    rows = sum(each.machine + each.confirmed + each.amended + each.added for each in release.quality.coding)
    machine = sum(each.machine for each in release.quality.coding)
    yield (
        f"Coded with Tablewright{f' {release.tool_version}' if release.tool_version else ''}: a machine codes first, "
        f"people confirm, amend, reject and add. Of {rows:,} coded rows {machine:,} are the machine's alone, and "
        f"`coding` marks them. Read `CAVEATS.md` before use; all figures are in `quality.json`."
    )
    if release.quality.undecided or release.quality.stale:
        yield ""
        yield (
            f"**Released without full review:** {release.quality.undecided:,} rows await a decision, "
            f"{release.quality.stale:,} decisions no longer fit the text."
        )


def _files(release: Release, more: tuple[str, ...]) -> Iterator[str]:
    paths = sorted({*(file.path for file in release.files), *more, CARD})
    yield from table(("file", "what it is"), ([path, purpose(release, path)] for path in paths))
    yield ""
    yield "`SHA256SUMS` has the hash of every file: `sha256sum --check SHA256SUMS`, or `tablewright verify .`"


def _csv(release: Release) -> Iterator[str]:
    yield (
        "The CSV files hold the same values. Types are not in a CSV, so each has its own call; words such as NA are "
        "values, and only an empty cell is missing. A spreadsheet would take cells that start with `=`, `+`, `-` or "
        "`@` for formulas: import with all columns as text."
    )
    for each in release.tables:
        yield ""
        yield f"<details>\n<summary>{each.name}.csv</summary>\n"
        yield f"```python\nimport pandas as pd\n\n{each.name} = {read_csv_call(each.schema)}\n```\n"
        yield "</details>"
