"""What several descriptors say in the same words: the citation, the licence's address, what a file is."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from tablewright.describe.model import About, Creator, Release

_SPDX_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")
_CREATIVE_COMMONS = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-(\d\.\d)(?:-([A-Z]{2,3}))?")

MEDIA_TYPES = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".json": "application/json",
    ".html": "text/html",
    ".md": "text/markdown",
    ".cff": "application/yaml",
    ".dta": "application/x-stata-dta",
}

_PURPOSES = {
    "README.md": "The dataset card: what the dataset is, how to load and cite it",
    "CITATION.cff": "How to cite the dataset, for reference managers and GitHub",
    "croissant.json": "Croissant metadata, for machine-learning frameworks and dataset search",
    "ro-crate-metadata.json": "RO-Crate metadata, for research repositories",
    "datacite.json": "DataCite metadata, for registering a DOI",
    "datapackage.json": "Data Package descriptor with the Table Schema of every file",
    "report.html": "The report for reading: texts or quotations with their rows marked, charts, quality",
    "codebook.html": "The codebook for reading: every table, column and code, with counts",
    "codebook.csv": "The codebook for machines: a line for each column and each code",
    "CAVEATS.md": "What to know before using the data: limits, coding, rights",
    "quality.json": "How good the coding is: counts by coding, evaluation, agreement",
    "CHANGELOG.md": "What changed from version to version",
    "diff.json": "The changes against the version before, for machines",
    "diff.html": "The changes against the version before, for reading",
    "changes.csv": "Every row added, withdrawn or changed against the version before",
}


def licence_id(licence: str) -> str | None:
    """The SPDX identifier, if `licence` is written as one."""
    return licence if _SPDX_ID.fullmatch(licence) else None


def licence_url(licence: str) -> str | None:
    """Where the licence can be read: the Creative Commons deed, SPDX's page, or the address itself; None for words."""
    if licence.startswith(("https://", "http://")):
        return licence
    if licence == "CC0-1.0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    if found := _CREATIVE_COMMONS.fullmatch(licence):
        kind, version, country = found.groups()
        return (
            f"https://creativecommons.org/licenses/{kind.lower()}/{version}/{f'{country.lower()}/' if country else ''}"
        )
    return f"https://spdx.org/licenses/{licence}.html" if licence_id(licence) else None


def doi_url(doi: str) -> str:
    """A DOI as an address."""
    return f"https://doi.org/{doi}"


def orcid_url(orcid: str) -> str:
    """An ORCID as an address."""
    return f"https://orcid.org/{orcid}"


def full_name(creator: Creator) -> str:
    """A creator as reference lists have it: "Roth, Ana" where the parts of the name are known."""
    if creator.family_name and creator.given_name:
        return f"{creator.family_name}, {creator.given_name}"
    return creator.name


def citation(about: About, version: str, year: int | None = None, doi: str | None = None) -> str:
    """The citation in one line, by the pattern that DataCite recommends; a build that is no release has no year."""
    authors = "; ".join(full_name(each) for each in about.creators) or about.title
    when = f" ({year})" if year is not None else ""
    where = f" {doi_url(doi)}" if doi else f" {about.homepage}" if about.homepage else ""
    stop = "" if authors.endswith(".") and not when else "."
    return f"{authors}{when}{stop} {about.title} (Version {version}) [Data set].{where}"


def release_citation(release: Release) -> str:
    """The citation of a release."""
    return citation(release.about, release.version, release.date.year, release.doi)


def bibtex(release: Release) -> str:
    """The citation as BibTeX. Names of teams stand in braces, so that nobody parts them."""
    about = release.about
    authors = " and ".join(full_name(each) if each.family_name else f"{{{_tex(each.name)}}}" for each in about.creators)
    entries = {
        "author": authors,
        "title": f"{{{_tex(about.title)}}}",
        "year": str(release.date.year),
        "month": str(release.date.month),
        "version": release.version,
        "doi": release.doi,
        "url": doi_url(release.doi) if release.doi else about.homepage,
        "publisher": _tex(about.publisher) if about.publisher else None,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in entries.items() if value]
    key = re.sub(r"[^A-Za-z0-9]+", "_", f"{about.name}_{release.version}")
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def _tex(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)


def media_type(path: str) -> str:
    """The media type of a file of the release, by its ending."""
    return MEDIA_TYPES.get(PurePosixPath(path).suffix, "text/plain")


def purpose(release: Release, path: str) -> str:
    """What a file of the release is, in one line."""
    if path in _PURPOSES:
        return _PURPOSES[path]
    place = PurePosixPath(path)
    titles = {table.name: table.schema.title for table in release.tables}
    title = titles.get(place.stem, place.stem)
    if place.parent.name == "review":
        return f"{title}: people's decisions on the rows"
    form = {".csv": "CSV", ".parquet": "Parquet", ".dta": "Stata"}.get(place.suffix)
    return f"{title}, as {form}" if form and place.stem in titles else place.name
