"""Articles as press databases export them: the fields of the head are metadata, the codes are no text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tablewright.readers import read_document
from tablewright.records import BODY_KINDS, Document

TEXT = "The ministers of nine states met in Accra and agreed to open the border before the rains."
MORE = "Nobody said who would pay for the new posts, a spokesman for the union told reporters."

FACTIVA = f"""HD  Nine states agree to open border
BY  By Jane Doe and Li Wei
WC  240 words
PD  3 May 2024
SN  Coast Herald
SC  COAHER
LA  English
CY  Copyright 2024 Coast Herald. All rights reserved.

LP
{TEXT}

TD
{MORE}

RE  ghana : Ghana
AN  Document COAHER0020240503
"""
FACTIVA_LINES = f"""HD
Nine states agree
to open border
BY
By Jane Doe and Li Wei
WC
240 words
PD
3 May 2024
SN
Coast Herald
LA
English
CY
Copyright 2024 Coast Herald. All rights reserved.
LP
{TEXT}
TD
{MORE}
AN
Document COAHER0020240503
"""
NEXIS = f"""Nine states agree to open border

Coast Herald

May 3, 2024 Friday 3:12 PM GMT

Copyright 2024 Coast Herald. All rights reserved.

Section: WORLD

Length: 240 words

Byline: By Jane Doe and Li Wei

Dateline: ACCRA

Body

{TEXT}

{MORE}

Classification

Language: ENGLISH

Load-Date: May 4, 2024

End of Document
"""
NEXIS_OF_OLD = f"""3 of 20 DOCUMENTS

Coast Herald

May 3, 2024 Friday

SECTION: WORLD; Pg. 4

LENGTH: 240 words

HEADLINE: Nine states agree to open border

BYLINE: Jane Doe and Li Wei

BODY:

{TEXT}

{MORE}

LOAD-DATE: May 4, 2024

LANGUAGE: ENGLISH

Copyright 2024 Coast Herald. All rights reserved.
"""


def read(folder: Path, text: str) -> Document:
    path = folder / "a.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(path, "a.txt", {})


def body(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind in BODY_KINDS]


@pytest.mark.parametrize("text", [FACTIVA, FACTIVA_LINES, NEXIS, NEXIS_OF_OLD])
def test_the_fields_are_metadata_and_the_text_is_the_body(tmp_path: Path, text: str) -> None:
    document = read(tmp_path, text)
    assert document.title == "Nine states agree to open border"
    assert document.authors == "Jane Doe; Li Wei"
    assert document.publisher == "Coast Herald"
    assert str(document.published_on) == "2024-05-03"
    assert document.language == "en"
    assert body(document) == [TEXT, MORE]


@pytest.mark.parametrize("text", [FACTIVA, NEXIS])
def test_the_line_of_rights(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text).rights == "Copyright 2024 Coast Herald. All rights reserved."


def test_a_text_that_has_a_code_or_a_label_is_no_export(tmp_path: Path) -> None:
    text = f"Nine states agree\n\nBody\n\n{TEXT}\n\nCO  {MORE}\n"
    assert MORE in " ".join(body(read(tmp_path, text)))
