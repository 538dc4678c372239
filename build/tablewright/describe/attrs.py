"""What `df.attrs` holds after `pandas.read_parquet`, with no library of ours: title, version, citation and licence."""

from __future__ import annotations

import datetime as dt
import json

from tablewright.describe.model import About
from tablewright.describe.words import citation, doi_url, licence_url

ATTRS_KEY = b"PANDAS_ATTRS"
"""Where pandas looks in the metadata of a Parquet file."""


def attrs_metadata(about: About, version: str, date: dt.date | None = None, doi: str | None = None) -> bytes:
    """The value of `ATTRS_KEY` for every table of a dataset; the same in, the same out.

    A build that is no release has no `date`. The writer adds it to the metadata of the Arrow schema.
    """
    attrs = {
        "title": about.title,
        "version": version,
        "date": date.isoformat() if date else None,
        "citation": citation(about, version, date.year if date else None, doi),
        "licence": about.licence or None,
        "licence_url": licence_url(about.licence) if about.licence else None,
        "url": doi_url(doi) if doi else about.homepage,
    }
    known = {name: value for name, value in attrs.items() if value is not None}
    return json.dumps(known, ensure_ascii=False, separators=(",", ":")).encode()
