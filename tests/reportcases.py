"""What the tests of the report share: projects with texts of several rights, and what a page holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from builders import make_project
from tablewright.paths import Project

HOSTILE_TITLE = '</script><img src=x onerror="document.title=1"> & "Talks"'
HOSTILE = f"""\
# {HOSTILE_TITLE.replace("<", "&lt;")}

By Ana Roth

Norway's Foreign Minister 👩‍⚕️ Espen Barth Eide met Swiss Foreign Minister Ignazio Cassis in Geneva on Tuesday. "We
agree 👍🏽 on the cafe\u0301 &lt;/script&gt;&lt;b onclick=alert(1)&gt; forward," Eide said after the talks. The Arabic
name of the talks is محادثات جنيف today.

Norway pledged $20 million in humanitarian aid to Sudan. On March 13, Switzerland condemned the attack on a hospital in
El Fasher 🏥 and the European Union pledged between $5 million and $7 million to Chad.
"""

RIGHTS = """\
name: talks
title: "Talks & <b>terms</b>"
version: 1.0.0
description: Talks of three sorts.
licence: CC-BY-4.0
creators: [Ana Roth]
documents:
  - {file: open.md, published_on: 2024-03-15, redistribute: full}
  - {file: quoted.md, published_on: 2024-03-15, redistribute: quotes}
  - {file: closed.md, published_on: 2024-03-15, redistribute: none}
"""


# No two of them share more than names.
TEXTS = {
    "open.md": """\
# Railways over the Alps

On Tuesday, after several hours of deliberation in the old town hall of Linz, France and Austria signed a lengthy
agreement on the preservation of their mountain railways. "Everybody here will remember this unusually sunny morning
for a very long time to come," French President Emmanuel Macron said.
""",
    "quoted.md": """\
# A Port Reopens

Germany condemned the shelling of the harbour on March 13 and pledged $20 million to Sudan in relief for the families
of dock workers who had lost their homes. "No crane and no quay was spared by those who came at night with their guns,
and still the harbour master opened his ledger at dawn as he had done on every single day of the thirty years before,
which is more than can be said of the ministries in the capital," said Sudanese Foreign Minister Ali Youssef.
""",
    "closed.md": """\
# Fishermen and Ministers

Japan visited nobody this spring, but Japanese Foreign Minister Yoshimasa Hayashi met South Korean fishermen in Busan
on March 12 and promised them compensation for nets that patrol boats had cut. "Herring knows of no border, and neither
should those who live by it," Hayashi said. South Korea pledged $3 million to Japan for common hatcheries.
""",
}


def make_hostile(root: Path) -> Project:
    """A project with a text that would break out of a careless page."""
    return make_project(root, {"hostile.md": HOSTILE})


def make_rights(root: Path) -> Project:
    """A project with a document of each setting."""
    return make_project(root, TEXTS, RIGHTS)


def parts(page: bytes) -> dict[str, Any]:
    """The data in a page, by the ids of their elements."""
    found = re.findall(r'<script type="application/json" id="([\w-]+)">(.*?)</script>', page.decode(), re.DOTALL)
    return {name: json.loads(text) for name, text in found}


def strings(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def flat(text: str) -> str:
    """The words of a text with one space between them."""
    return " ".join(text.split())
