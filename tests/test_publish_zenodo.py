"""Publishing to an InvenioRDM repository: a stand-in speaks its API as published, on the loopback interface."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from publishcases import TOKEN, Invenio, run_publish, serving
from releaseproject import built_project, decide, released
from tablewright.paths import Project
from tablewright.publishing.drafts import reserved_doi
from tablewright.publishing.invenio import record_of
from tablewright.publishing.refusals import PublishError
from tablewright.publishing.zenodo import base_of


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = built_project(tmp_path_factory.mktemp("project"))
    decide(project)
    released(project)
    return project


@pytest.fixture
def project(made: Project) -> Project:
    """The project without any memory of drafts."""
    (made.work / "publish.json").unlink(missing_ok=True)
    return made


@pytest.fixture
def zenodo(monkeypatch: pytest.MonkeyPatch) -> Iterator[Invenio]:
    monkeypatch.setenv("TABLEWRIGHT_ZENODO_TOKEN", TOKEN)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving(Invenio()) as service:
        assert isinstance(service, Invenio)
        monkeypatch.setenv("TABLEWRIGHT_ZENODO_URL", service.url)
        yield service


def folder_of(project: Project) -> Path:
    return project.releases / "1.0.0"


def test_nothing_is_public_before_confirm(project: Project, zenodo: Invenio) -> None:
    result = run_publish(folder_of(project), "zenodo:")
    assert result.exit_code == 0, result.output
    assert "nothing is public" in result.output
    assert "10.5072/r1 reserved" in result.output
    assert not zenodo.records
    draft = zenodo.drafts["r1"]
    assert all(each["done"] for each in draft["files"].values())
    assert draft["files"]["talks-1.0.0.zip"]["data"] == (project.releases / "talks-1.0.0.zip").read_bytes()
    assert draft["pids"]["doi"]["identifier"] == "10.5072/r1"
    assert (draft["metadata"]["title"], draft["metadata"]["version"]) == ("Talks", "1.0.0")
    assert draft["metadata"]["publication_date"] == "2024-05-01"
    assert draft["metadata"]["rights"] == [{"id": "cc-by-4.0"}]

    said = json.loads(run_publish(folder_of(project), "zenodo:", "--confirm", "--json").output)
    assert (said["public"], said["sent"], said["id"]) == (True, 0, "r1")
    assert list(zenodo.records) == ["r1"]


def test_a_second_run_does_nothing(project: Project, zenodo: Invenio) -> None:
    run_publish(folder_of(project), "zenodo:", "--confirm")
    zenodo.asked.clear()
    result = run_publish(folder_of(project), "zenodo:", "--confirm")
    assert result.exit_code == 0, result.output
    assert "public:" in result.output
    assert {each.split()[0] for each in zenodo.asked} == {"GET"}
    assert (list(zenodo.records), list(zenodo.drafts)) == (["r1"], [])


@pytest.mark.parametrize(
    "where",
    [
        r"PUT /api/records/r1/draft$",
        r"POST .*/pids/doi",
        r"PUT .*events\.csv/content",
        r"POST .*README\.md/commit",
        r"POST .*/actions/publish",
    ],
)
def test_a_broken_connection_is_resumed(project: Project, zenodo: Invenio, where: str) -> None:
    zenodo.break_at = where
    result = run_publish(folder_of(project), "zenodo:", "--confirm")
    assert result.exit_code == 1
    assert result.output.count("error:") == 1
    assert "run the same command again" in result.output
    assert not zenodo.records
    result = run_publish(folder_of(project), "zenodo:", "--confirm")
    assert result.exit_code == 0, result.output
    assert (list(zenodo.records), list(zenodo.drafts)) == (["r1"], [])
    uploads = [each for each in zenodo.asked if each.endswith("talks-1.0.0.zip/content")]
    assert len(uploads) == 1, "the archive was whole and is not sent again"


def test_what_is_public_but_was_not_noted_is_seen(project: Project, zenodo: Invenio) -> None:
    run_publish(folder_of(project), "zenodo:")
    zenodo.records["r1"] = zenodo.drafts.pop("r1")
    said = json.loads(run_publish(folder_of(project), "zenodo:", "--json").output)
    assert (said["public"], said["sent"]) == (True, 0)


def test_a_public_version_with_other_files_is_refused(project: Project, zenodo: Invenio) -> None:
    run_publish(folder_of(project), "zenodo:", "--confirm")
    zenodo.records["r1"]["files"]["README.md"]["data"] = b"another"
    result = run_publish(folder_of(project), "zenodo:", "--confirm")
    assert result.exit_code == 1
    assert "other files: README.md" in result.output


def test_a_refused_token_is_one_message_without_the_token(
    project: Project, zenodo: Invenio, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = "wrong-token-9876"
    monkeypatch.setenv("TABLEWRIGHT_ZENODO_TOKEN", wrong)
    result = run_publish(folder_of(project), "zenodo:", "--confirm")
    assert result.exit_code == 1
    assert "refused the token (401)" in result.output
    assert wrong not in result.output
    assert not zenodo.drafts
    monkeypatch.delenv("TABLEWRIGHT_ZENODO_TOKEN")
    assert "no token in TABLEWRIGHT_ZENODO_TOKEN" in run_publish(folder_of(project), "zenodo:").output


def test_the_token_is_in_no_file(project: Project, zenodo: Invenio) -> None:
    run_publish(folder_of(project), "zenodo:", "--confirm")
    assert (project.work / "publish.json").exists()
    for path in project.root.rglob("*"):
        assert not path.is_file() or TOKEN.encode() not in path.read_bytes()


def test_a_server_that_is_not_there_is_one_message(
    project: Project, zenodo: Invenio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TABLEWRIGHT_ZENODO_URL", "http://127.0.0.1:9")
    result = run_publish(folder_of(project), "zenodo:")
    assert result.exit_code == 1
    assert result.output.startswith("error: http://127.0.0.1:9: ")


def test_a_doi_is_reserved_for_a_version_to_come(project: Project, zenodo: Invenio) -> None:
    result = run_publish("--reserve", "1.1.0", "zenodo:", "-C", project.root)
    assert result.exit_code == 0, result.output
    assert "10.5072/r1 reserved" in result.output
    assert reserved_doi(project, zenodo.url, "talks", "1.1.0") == "10.5072/r1"
    run_publish("--reserve", "1.1.0", "zenodo:", "-C", project.root)
    assert (list(zenodo.drafts), zenodo.records) == (["r1"], {})


def test_the_reserved_draft_becomes_the_release(project: Project, zenodo: Invenio) -> None:
    run_publish("--reserve", "1.0.0", "zenodo:", "-C", project.root)
    result = run_publish(folder_of(project), "zenodo:", "--confirm")
    assert result.exit_code == 0, result.output
    assert zenodo.records["r1"]["pids"]["doi"]["identifier"] == "10.5072/r1"
    assert zenodo.records["r1"]["metadata"]["description"]


def test_the_next_version_is_one_of_the_same_record(project: Project, zenodo: Invenio) -> None:
    run_publish(folder_of(project), "zenodo:", "--confirm")
    run_publish("--reserve", "1.1.0", "zenodo:", "-C", project.root)
    assert [each["parent"] for each in zenodo.drafts.values()] == ["r1"]


def test_an_archive_away_from_the_project_needs_it_named(project: Project, zenodo: Invenio, tmp_path: Path) -> None:
    archive = Path(shutil.copy(project.releases / "talks-1.0.0.zip", tmp_path))
    assert run_publish(archive, "zenodo:", "-C", project.root).exit_code == 0
    assert list(zenodo.drafts) == ["r1"]


@pytest.mark.parametrize(
    "base", ["http://zenodo.example", "https://ana:pw@zenodo.example", "zenodo.example", "https://h.example/?a=b"]
)
def test_a_base_that_would_give_the_token_away_is_refused(base: str) -> None:
    with pytest.raises(PublishError) as refused:
        base_of(base)
    assert not re.search("ana|pw", str(refused.value))


def test_people_organizations_and_sources_in_the_terms_of_the_repository() -> None:
    person = {
        "name": "Roth, Ana",
        "givenName": "Ana",
        "familyName": "Roth",
        "affiliation": [{"name": "Institute"}],
        "nameIdentifiers": [
            {"nameIdentifier": "https://orcid.org/0000-0002-1825-0097", "nameIdentifierScheme": "ORCID"}
        ],
    }
    source = {
        "relatedIdentifier": "https://news.example/a",
        "relatedIdentifierType": "URL",
        "relationType": "IsDerivedFrom",
    }
    record = record_of(
        {
            "titles": [{"title": "Talks"}],
            "creators": [person, {"name": "The Team"}],
            "descriptions": [{"description": "a < b"}],
            "relatedIdentifiers": [source],
            "rightsList": [{"rights": "as agreed"}],
        }
    )["metadata"]
    assert record["creators"] == [
        {
            "person_or_org": {
                "type": "personal",
                "family_name": "Roth",
                "given_name": "Ana",
                "identifiers": [{"scheme": "orcid", "identifier": "0000-0002-1825-0097"}],
            },
            "affiliations": [{"name": "Institute"}],
        },
        {"person_or_org": {"type": "organizational", "name": "The Team"}},
    ]
    assert record["description"] == "<p>a &lt; b</p>"
    assert record["rights"] == [{"title": {"en": "as agreed"}}]
    assert record["related_identifiers"] == [
        {"identifier": "https://news.example/a", "scheme": "url", "relation_type": {"id": "isderivedfrom"}}
    ]


def test_the_reserved_doi_is_in_the_release_and_only_its_own_draft_takes_it(tmp_path: Path, zenodo: Invenio) -> None:
    project = built_project(tmp_path / "talks")
    run_publish("--reserve", "1.0.0", "zenodo:", "-C", project.root)
    made = released(project, doi=reserved_doi(project, zenodo.url, "talks", "1.0.0"))
    assert made.folder is not None
    assert json.loads((made.folder / "datacite.json").read_text())["doi"] == "10.5072/r1"
    assert run_publish(made.folder, "zenodo:", "--confirm").exit_code == 0
    assert list(zenodo.records) == ["r1"]
    (project.work / "publish.json").unlink()
    result = run_publish(made.folder, "zenodo:", "--confirm")
    assert result.exit_code == 1
    assert "which no draft known here has" in result.output
    assert not zenodo.drafts
