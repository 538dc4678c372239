"""What a release says of itself, for each kind of reader: descriptors made from one model of the dataset."""

from __future__ import annotations

from tablewright.describe.card import CARD, card
from tablewright.describe.caveats import CAVEATS, QUALITY, caveats, quality_json
from tablewright.describe.citation import CITATION, citation_file
from tablewright.describe.codebookfiles import CODEBOOK_CSV, CODEBOOK_HTML, codebook_csv, codebook_html
from tablewright.describe.croissant import CROISSANT, croissant
from tablewright.describe.datacite import DATACITE, datacite
from tablewright.describe.model import File, Release
from tablewright.describe.rocrate import ROCRATE, rocrate
from tablewright.files import sha256

DESCRIPTORS = tuple(
    sorted((CARD, CAVEATS, CITATION, CODEBOOK_CSV, CODEBOOK_HTML, CROISSANT, DATACITE, QUALITY, ROCRATE))
)
"""The files that `describe_release` makes."""


def describe_release(release: Release) -> dict[str, bytes]:
    """Every descriptor of a release by file name; the same release, the same bytes.

    `release.files` are the files that are there already and must have `<table>.parquet` and `<table>.csv` of every
    table. The RO-Crate lists them and the other descriptors with their hashes, so it is made last; SHA256SUMS, which
    holds its hash in turn, is not in it.
    """
    made = {
        CAVEATS: caveats(release),
        CITATION: citation_file(release),
        CODEBOOK_CSV: codebook_csv(release),
        CODEBOOK_HTML: codebook_html(release),
        CROISSANT: croissant(release),
        DATACITE: datacite(release),
        QUALITY: quality_json(release),
        CARD: card(release, DESCRIPTORS),
    }
    files = [File(name, sha256(data), len(data)) for name, data in made.items()]
    made[ROCRATE] = rocrate(release, files)
    return dict(sorted(made.items()))
