"""Roles and metadata: what is above the text, below it, and set between its paragraphs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tablewright.readers import read_document
from tablewright.readers.datelines import split_dateline
from tablewright.readers.dates import day_in
from tablewright.readers.names import split_byline
from tablewright.records import Document

BODY = "The ministers met in Accra on Monday and agreed to open the border again before the rains."
MORE = "Trade had stopped in March, after soldiers from both sides fired at each other."


def read(folder: Path, text: str, name: str = "a.md") -> Document:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_document(path, name, {})


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


# Above the text


@pytest.mark.parametrize(
    ("line", "kind", "authors", "publisher", "date"),
    [
        ("By Jane Doe", "byline", "Jane Doe", None, None),
        ("May 14, 2024 9:12 AM GMT+2 · Updated a day ago", "dateline", None, None, "2024-05-14"),
        ("Published 14 May 2024 | Updated 15 May 2024", "dateline", None, None, "2024-05-14"),
        ("*By Jane Doe, 3 May 2024*", "byline", "Jane Doe", None, "2024-05-03"),
        ("By Jane Doe in Accra and Li Wei in Lagos", "byline", "Jane Doe; Li Wei", None, None),
        ("By JANE O'NEIL, Herald Staff Writer", "byline", "Jane O'Neil", None, None),
        ("Jane Doe and Ludwig van der Berg", "byline", "Jane Doe; Ludwig van der Berg", None, None),
        ("Jane Doe | May 3, 2024", "byline", "Jane Doe", None, "2024-05-03"),
        ("By our correspondent", "byline", None, None, None),
        ("*War on the Rocks, July 10, 2023*", "dateline", None, "War on the Rocks", "2023-07-10"),
        ("*Published 12 May 2024 in The Lagos Review*", "dateline", None, "The Lagos Review", "2024-05-12"),
        ("Published: 3 May 2024, 10:30 GMT", "dateline", None, None, "2024-05-03"),
        ("Updated on 3 May 2024", "dateline", None, None, None),
        ("Addis Ababa, 3 May 2024", "dateline", None, None, "2024-05-03"),
        ("*What the border cost, and whom.*", "standfirst", None, None, None),
        ("© 2024 The Herald", "credit", None, None, None),
    ],
)
def test_lines_under_the_title(
    tmp_path: Path, line: str, kind: str, authors: str | None, publisher: str | None, date: str | None
) -> None:
    document = read(tmp_path, f"# Border opens\n\n{line}\n\n{BODY}\n\n{MORE}\n")
    assert [kind for kind, _ in kinds(document)] == ["title", kind, "paragraph", "paragraph"]
    assert (document.authors, document.publisher) == (authors, publisher)
    assert document.published_on == (dt.date.fromisoformat(date) if date else None)


@pytest.mark.parametrize(
    "line", ["By Monday the talks had failed.", "Jane Doe was there.", "May 3, 2024 was a Friday."]
)
def test_sentences_are_no_bylines(tmp_path: Path, line: str) -> None:
    document = read(tmp_path, f"# Border opens\n\n{BODY}\n\n{line}\n\n{MORE}\n")
    assert kinds(document)[2] == ("paragraph", line)


def test_title_and_subtitle(tmp_path: Path) -> None:
    document = read(
        tmp_path, f"OPINION\n\n# Border opens\n\n### What it cost\n\n**Jane Doe**\n*3 May 2024*\n\n{BODY}\n"
    )
    assert [kind for kind, _ in kinds(document)] == [
        "standfirst",
        "title",
        "standfirst",
        "byline",
        "dateline",
        "paragraph",
    ]


def test_a_section_right_under_the_title_is_a_heading(tmp_path: Path) -> None:
    assert kinds(read(tmp_path, f"# Border opens\n\n## Accra\n\n{BODY}\n"))[1] == ("heading", "Accra")


def test_front_matter_has_the_title_already(tmp_path: Path) -> None:
    document = read(tmp_path, f"---\ntitle: The week\n---\n\n## Mali\n\n{BODY}\n")
    assert kinds(document)[0] == ("heading", "Mali")
    assert document.title == "The week"


def test_letterhead(tmp_path: Path) -> None:
    text = f"Ministry of Trade\nPRESS RELEASE\nNo. 34/2024\n3 May 2024\n\nBorder opens\n\n{BODY}\n"
    document = read(tmp_path, text, "a.txt")
    assert (document.title, document.publisher) == ("Border opens", "Ministry of Trade")
    assert [kind for kind, _ in kinds(document)] == ["credit", "notes", "notes", "dateline", "title", "paragraph"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("July 10, 2023", (2023, 7, 10)),
        ("10th of July 2023", (2023, 7, 10)),
        ("Mon, 10 Jul 2023 08:00:00 +0000", (2023, 7, 10)),
        ("2023-07-10T08:00:00Z", (2023, 7, 10)),
        ("10.07.2023", (2023, 7, 10)),
        ("07/31/2023", (2023, 7, 31)),
        ("07/08/2023", None),
        ("July 2023", None),
        ("July 10", None),
        ("31 June 2023", None),
    ],
)
def test_days(text: str, day: tuple[int, int, int] | None) -> None:
    assert day_in(text) == (dt.date(*day) if day else None)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Jane Doe, Li Wei and Omar Said", ["Jane Doe", "Li Wei", "Omar Said"]),
        ("Jane Doe, Sahel Wire", ["Jane Doe"]),
        ("Jane Doe and Li Wei, Sahel Wire", ["Jane Doe", "Li Wei"]),
        ("Jane Doe for the BBC", ["Jane Doe"]),
        ("Jean-Pierre de la Croix", ["Jean-Pierre de la Croix"]),
        ("Reuters", ["Reuters"]),
    ],
)
def test_names_in_bylines(byline: str, names: list[str]) -> None:
    assert split_byline(byline) == names


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("GENEVA, Oct 3 (Newsline) - Envoys met.", "GENEVA, Oct 3 (Newsline) -"),
        ("ACCRA, Ghana (AP) — Envoys met.", "ACCRA, Ghana (AP) —"),
        ("ABUJA, Oct. 12, 2023 (Sahel Wire) -- Envoys met.", "ABUJA, Oct. 12, 2023 (Sahel Wire) --"),
        ("Geneva/Maputo, 22 March 2024 – Envoys met.", "Geneva/Maputo, 22 March 2024 –"),
        ("N’DJAMENA – Envoys met.", "N’DJAMENA –"),
        ("UNITED NATIONS (AP) — Envoys met.", "UNITED NATIONS (AP) —"),
        ("NEW YORK, May 3, 2024 /PRNewswire/ -- Envoys met.", "NEW YORK, May 3, 2024 /PRNewswire/ --"),
        ("BEIJING, Oct. 3 (Xinhua) -- Envoys met.", "BEIJING, Oct. 3 (Xinhua) --"),
        ("ISLAMABAD: Envoys met.", "ISLAMABAD:"),
        ("KATHMANDU, 3 May (RSS): Envoys met.", "KATHMANDU, 3 May (RSS):"),
        ("Nairobi, Kenya — Envoys met.", "Nairobi, Kenya —"),
        ("(Reuters) - Envoys met.", "(Reuters) -"),
        ("Europe — NATO’s heart — is uneasy.", None),
        ("China — a rival — met envoys.", None),
        ("Pacific Community (SPC): $22 million.", None),
        ("Anglo-Dutch envoys met.", None),
        ("Nairobi — the capital.", None),
    ],
)
def test_datelines(text: str, dateline: str | None) -> None:
    found = split_dateline(text, first=True)
    assert (found.text if found else None) == dateline


# Within the text


def test_pull_quotes(tmp_path: Path) -> None:
    text = f"""# Border opens

{BODY}

> “Agreed to open the border again” — Jane Doe

{MORE}

**Soldiers from both sides fired at each other**

> We never fired at anyone, the army wrote, and never shall.

They left.
"""
    found = kinds(read(tmp_path, text))
    assert [words[:9] for kind, words in found if kind == "pull_quote"] == ["“Agreed t", "Soldiers "]
    assert [words[:9] for kind, words in found if kind == "block_quote"] == ["We never "]


def test_bold_headings(tmp_path: Path) -> None:
    document = read(tmp_path, f"# T\n\n{BODY}\n\n**What now?**\n\n{MORE}\n\n**All is well.**\n\nThey left.\n")
    assert [kind for kind, _ in kinds(document)] == [
        "title",
        "paragraph",
        "heading",
        "paragraph",
        "paragraph",
        "paragraph",
    ]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("## References", "bibliography"),
        ("Bibliography:", "bibliography"),
        ("**Further reading**", "bibliography"),
        ("## Notes", "footnote"),
        ("### Note to editors", "notes"),
        ("**Media contacts**", "contact"),
        ("## About the author", "credit"),
    ],
)
def test_sections_that_are_no_text(tmp_path: Path, heading: str, kind: str) -> None:
    document = read(tmp_path, f"# T\n\n{BODY}\n\n{heading}\n\nDoe, J. (2020) A book.\n\nRoe, R. (2021) Another.\n")
    assert [kind for kind, _ in kinds(document)] == ["title", "paragraph", "heading", kind, kind]


def test_a_section_ends_at_the_next_heading(tmp_path: Path) -> None:
    document = read(tmp_path, f"# T\n\n{BODY}\n\n## Sources\n\n- Doe (2020)\n\n## Afterword\n\n{MORE}\n")
    assert kinds(document)[-1] == ("paragraph", MORE)


def test_hashes_part_sections_unless_little_follows(tmp_path: Path) -> None:
    text = f"# T\n\n{BODY}\n\n###\n\n{MORE}\n\n{MORE.replace('March', 'May')}\n\n{BODY.replace('Accra', 'Lomé')}\n"
    assert [kind for kind, _ in kinds(read(tmp_path, text))] == ["title", *["paragraph"] * 4]
    text = f"# T\n\n{BODY}\n\n{MORE}\n\n###\n\nThe Union has nine members.\n"
    assert [kind for kind, _ in kinds(read(tmp_path, text))] == ["title", "paragraph", "paragraph", "notes"]


# Below the text


@pytest.mark.parametrize(
    "line",
    [
        "*Jane Doe is a fellow at the Institute.*",
        "Jane Doe teaches law at the University of Ghana.",
        "(Additional reporting by Omar Said)",
        "This article was first published by The Herald.",
        "The views expressed here are the author’s own.",
        "© 2024 The Herald. All rights reserved.",
        "— Jane Doe",
    ],
)
def test_credits(tmp_path: Path, line: str) -> None:
    assert kinds(read(tmp_path, f"# T\n\nBy Jane Doe\n\n{BODY}\n\n{MORE}\n\n{line}\n"))[-1] == (
        "credit",
        line.strip("*"),
    )


# Interviews


def speakers(document: Document) -> list[tuple[str | None, str]]:
    return [(block.speaker, document.text[block.start : block.end]) for block in document.blocks if block.paragraph]


@pytest.mark.parametrize(
    "labels", [("Q", "A"), ("QUESTION", "MR. OBI"), ("The Herald", "Obi"), ("Jane Doe (Herald)", "Minister Obi")]
)
@pytest.mark.parametrize("mark", ["{}: ", "**{}:** ", "**{}**: "])
def test_labels(tmp_path: Path, labels: tuple[str, str], mark: str) -> None:
    asks, answers = labels
    turns = [(asks, "What did you say?"), (answers, "Nothing much."), (asks, "And then?"), (answers, "We left.")]
    text = "\n\n".join(mark.format(name) + words for name, words in turns)
    document = read(tmp_path, f"# T\n\n{BODY}\n\n{text}\n\nIt was late.\n")
    assert speakers(document) == [(None, BODY), *turns, (answers, "It was late.")]
    assert [words for kind, words in kinds(document) if kind == "speaker_label"] == [f"{name}:" for name, _ in turns]
    assert f"{asks}: What did you say?" in document.text


def test_questions_in_bold(tmp_path: Path) -> None:
    text = f"# T\n\n{BODY}\n\n**Q: What did you say to them?**\n\nNothing.\n\n**And what did they say to you?**\n\nLittle.\n\n**Q: Why?**\n\nWho knows?\n"
    assert speakers(read(tmp_path, text))[1:] == [
        ("Q", "What did you say to them?"),
        (None, "Nothing."),
        ("Q", "And what did they say to you?"),
        (None, "Little."),
        ("Q", "Why?"),
        (None, "Who knows?"),
    ]


def test_colons_alone_make_no_interview(tmp_path: Path) -> None:
    text = f"# T\n\n{BODY}\n\nMali: the army left.\n\nNiger: it stayed.\n\nNote: this is old.\n\nNote: so is this.\n"
    assert all(speaker is None for speaker, _ in speakers(read(tmp_path, text)))


def test_two_long_questions_in_bold_make_an_interview(tmp_path: Path) -> None:
    asked = ["What was the hardest part of these talks?", "Did nobody press you to sign the deal?", "And now?"]
    text = "\n\n".join(f"**{question}**\n\nNobody knows yet." for question in asked)
    assert [words for _, words in speakers(read(tmp_path, f"# T\n\n{BODY}\n\n{text}\n"))][1::2] == asked


def test_who_said_a_quotation_is_no_sentence(tmp_path: Path) -> None:
    text = f"# T\n\n{BODY}\n\n> It is not our war, and it shall not be.\n>\n> — *Jane Doe, in Parliament*\n\n{MORE}\n"
    assert [kind for kind, _ in kinds(read(tmp_path, text))] == [
        "title",
        "paragraph",
        "block_quote",
        "credit",
        "paragraph",
    ]


def test_a_sentence_over_the_byline_is_a_standfirst(tmp_path: Path) -> None:
    text = f"# Border opens\n\nThe deal ends a long dispute.\n\nBy Ana Roth\n\n14 May 2024\n\n{BODY}\n\n{MORE}\n"
    document = read(tmp_path, text)
    assert [kind for kind, _ in kinds(document)][:4] == ["title", "standfirst", "byline", "dateline"]
    assert (document.authors, str(document.published_on)) == ("Ana Roth", "2024-05-14")


def test_a_signature_under_a_quotation_is_text(tmp_path: Path) -> None:
    for line in ("— Ama Boateng, Minister of Trade", "- Ama Boateng, Minister of Trade", "> – Ama Boateng, Minister"):
        document = read(tmp_path, f'# Title\n\n{BODY}\n\n> "We have waited long enough."\n\n{line}\n\n{MORE}')
        found = [kind for kind, words in kinds(document) if "Ama Boateng" in words]
        assert found
        assert found[0] in {"paragraph", "list_item", "block_quote"}
