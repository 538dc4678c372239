"""The built-in knowledge of actors, and a project's own list before it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablewright.errors import KnowledgeError
from tablewright.knowledge.actors import ActorKnowledge, actor_slug, load_actor_knowledge, tokens_of
from tablewright.knowledge.actors.load import KINDS


@pytest.fixture(scope="module")
def knowledge() -> ActorKnowledge:
    return load_actor_knowledge()


def named(knowledge: ActorKnowledge, text: str) -> tuple[str, str]:
    """The actor and the form of the words `text`."""
    words = tokens_of(text)
    name = next(name for name in knowledge.names[words[0]] if name.words == words)
    return name.actor_id, name.form


@pytest.mark.parametrize(
    ("text", "actor_id", "form"),
    [
        ("Japan", "japan", "name"),
        ("U.S.", "united-states", "name"),
        ("Côte d'Ivoire", "ivory-coast", "name"),
        ("Russians", "russia", "demonym"),
        ("Tokyo", "japan", "capital"),
        ("Kremlin", "russia", "metonym"),
        ("Brussels", "european-union", "metonym"),
        ("Nato", "nato", "name"),
        ("State Department", "us-department-of-state", "name"),
        ("World Food Program", "world-food-programme", "name"),
        ("Xi Jinping", "xi-jinping", "name"),
        ("South China Sea", "", "place"),
    ],
)
def test_names_lead_to_their_actor(knowledge: ActorKnowledge, text: str, actor_id: str, form: str) -> None:
    assert named(knowledge, text) == (actor_id, form)


def test_every_affiliation_and_metonym_is_an_actor(knowledge: ActorKnowledge) -> None:
    affiliations = {actor.affiliation_id for actor in knowledge.actors.values()} - {None}
    metonyms = {name.actor_id for forms in knowledge.names.values() for name in forms} - {""}
    assert affiliations | metonyms <= knowledge.actors.keys()


def test_every_actor_has_a_kind_of_the_codebook_and_a_slug_for_an_id(knowledge: ActorKnowledge) -> None:
    for actor_id, actor in knowledge.actors.items():
        assert actor.kind in KINDS
        assert actor_id == actor_slug(actor.name)


def test_officers_of_international_organisations_have_no_country(knowledge: ActorKnowledge) -> None:
    assert knowledge.actors["jens-stoltenberg"].country_code is None
    assert knowledge.actors["jens-stoltenberg"].affiliation_id == "nato"
    assert knowledge.actors["vladimir-putin"].affiliation_id == "russia"
    assert knowledge.actors["kosovo"].country_code == "XKX"


def test_names_are_cut_as_the_language_model_cuts_them() -> None:
    assert tokens_of("People's Liberation Army") == ("People", "'s", "Liberation", "Army")
    assert tokens_of("Guinea-Bissau") == ("Guinea", "-", "Bissau")
    assert tokens_of("Washington, D.C.") == ("Washington", ",", "D.C.")
    assert tokens_of("Workers’ Party") == ("Workers", "'", "Party")


@given(st.text(alphabet="Abc'’-/,.() é", max_size=30))
def test_cutting_loses_nothing_but_spaces(text: str) -> None:
    assert "".join(tokens_of(text)) == "".join(text.replace("’", "'").split())


def test_a_slug_closes_up_initials() -> None:
    assert actor_slug("U.S. Department of State") == "us-department-of-state"


def test_the_projects_own_list_is_read_first(tmp_path: Path) -> None:
    path = tmp_path / "actors.csv"
    path.write_text(
        "actor_id,name,kind,country_code,affiliation_id,role_title,wikidata_id,aliases\n"
        "blue-party,Blue Party,political_party,NOR,,,,Blues; BP\n"
        ",Ida Berg,person,NOR,norway,Minister,,\n",
        encoding="utf-8",
    )
    knowledge = load_actor_knowledge(path)
    assert named(knowledge, "BP") == ("blue-party", "name")
    assert knowledge.actors["ida-berg"].role_title == "Minister"
    assert knowledge.surname_of["ida-berg"] == ("Berg",)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("name\nBlue Party\n", 1, "lacks kind"),
        ("name,kind,colour\nBlue Party,other,blue\n", 1, "unknown column 'colour'"),
        ("name,kind\nBlue Party,club\n", 2, "'club' is no kind"),
        ("name,kind\n,company\n", 2, "'name' is empty"),
        ("name,kind\nBlue Party\n", 2, "1 cells"),
        ("name,kind\nBlue Party,other\nBlue Party,other\n", 3, "stands here twice"),
        ('name,kind\n"Blue" Party,other\n', 2, "no CSV"),
        ("actor_id,name,kind\nBlue Party,Blue Party,other\n", 2, "'Blue Party' cannot be an actor_id"),
        ("name,kind,wikidata_id\nBlue Party,other,7184\n", 2, "'7184' is no wikidata_id"),
        ("name,kind,country_code\nBlue Party,other,NO\n", 2, "'NO' is no country code"),
        ("name,kind,affiliation_id\nIda Berg,person,blue-party\n", 2, "'blue-party' is no actor"),
        ("name,kind,aliases\nBlue Party,other,BP\nBritish Petrol,company,BP\n", 3, "'BP' names blue-party already"),
    ],
)
def test_a_bad_list_says_file_line_and_remedy(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = tmp_path / "actors.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as raised:
        load_actor_knowledge(path)
    assert (raised.value.file, raised.value.line) == ("source/actors.csv", line)
    assert words in raised.value.message
    assert raised.value.remedy


def test_a_list_that_is_not_utf8_says_so(tmp_path: Path) -> None:
    path = tmp_path / "actors.csv"
    path.write_bytes(b"name,kind\nS\xe3o,other\n")
    with pytest.raises(KnowledgeError, match="not UTF-8"):
        load_actor_knowledge(path)
