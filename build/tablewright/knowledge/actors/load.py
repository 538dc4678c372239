"""Loads the knowledge of actors: the project's own list first, then the built-in files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from tablewright.knowledge.actors.model import ActorKnowledge, Form, KnownActor, Name, actor_slug, tokens_of
from tablewright.knowledge.actors.ownlist import check_list
from tablewright.knowledge.actors.rows import Row, read_rows

PROJECT_FILE = "source/actors.csv"
PROJECT_COLUMNS = (
    "actor_id",
    "name",
    "kind",
    "country_code",
    "affiliation_id",
    "role_title",
    "wikidata_id",
    "mention_count",
    "aliases",
)
KINDS = (
    "country",
    "intergovernmental_organization",
    "government_body",
    "military",
    "person",
    "political_party",
    "company",
    "ngo",
    "media",
    "other",
)


def load_actor_knowledge(project_file: Path | None = None) -> ActorKnowledge:
    """The built-in knowledge with the project's own actor list (its path, or None) before it.

    Raises `KnowledgeError` with file, line and remedy for a list that is not valid.
    """
    builder = _Builder()
    if project_file is not None:
        builder.add_project(read_rows(project_file, PROJECT_FILE, PROJECT_COLUMNS, ("name", "kind")))
    builder.add_countries(_builtin("countries"))
    builder.add_organisations(_builtin("organisations"))
    builder.add_people(_builtin("people"))
    builder.add_regions(_builtin("regions"))
    for row in _builtin("metonyms"):
        builder.form(row["name"], "metonym", row["actor_id"], always=row["use"] == "always")
    builder.add_places(_builtin("places"))
    for row in _builtin("titles"):
        builder.titles[row["title"]].append(row["class"])
    for row in _builtin("nouns"):
        builder.nouns[row["use"]].setdefault(row["noun"], row["value"])
    knowledge = builder.knowledge()
    check_list(builder.listed, knowledge)
    return knowledge


def _builtin(name: str) -> Iterable[Row]:
    return read_rows(Path(__file__).with_name(f"{name}.csv"), f"knowledge/actors/{name}.csv")


class _Builder:
    """Gathers actors and the forms of words that name them; who comes first keeps a form."""

    def __init__(self) -> None:
        self.known = ActorKnowledge()
        self.listed: list[tuple[str, Row]] = []
        self.forms: dict[tuple[str, ...], Name] = {}
        self.titles: defaultdict[str, list[str]] = defaultdict(list)
        self.nouns: defaultdict[str, dict[str, str]] = defaultdict(dict)

    def form(self, text: str, form: Form, actor_id: str = "", *, always: bool = True) -> None:
        words = tokens_of(text)
        if words not in self.forms:
            self.forms[words] = Name(words, form, actor_id, always)

    def actor(self, actor: KnownActor, aliases: Iterable[str]) -> bool:
        """Adds `actor` with its names; False if somebody of that id is there already."""
        if actor.actor_id in self.known.actors:
            return False
        self.known.actors[actor.actor_id] = actor
        for text in (actor.name, *aliases):
            self.form(text, "name", actor.actor_id)
            # British papers write acronyms of four letters and more like names: Nato, Unicef.
            if len(text) > 3 and text.isupper() and text.isalpha():
                self.form(text.capitalize(), "name", actor.actor_id)
        return True

    def person(self, actor_id: str, surname: str, *, known_by_surname: bool) -> None:
        self.known.surname_of[actor_id] = tokens_of(surname)
        if known_by_surname:
            self.known.surnames.setdefault(surname, actor_id)

    def add_project(self, rows: Iterable[Row]) -> None:
        for row in rows:
            if row["kind"] not in KINDS:
                raise row.error(f"{row['kind']!r} is no kind of actor", "use one of " + ", ".join(KINDS))
            actor = _actor(row, row.get("actor_id"))
            if not self.actor(actor, row.list("aliases")):
                raise row.error(f"the actor {actor.actor_id!r} stands here twice", "keep one of the lines")
            self.listed.append((actor.actor_id, row))
            if actor.kind == "person":
                self.person(actor.actor_id, tokens_of(actor.name)[-1], known_by_surname=False)

    def add_countries(self, rows: Iterable[Row]) -> None:
        for row in rows:
            code, aliases, capitals = row.get("country_code"), row.list("aliases"), row.list("capitals")
            actor = _actor(row, kind="country")
            self.actor(actor, aliases)
            for demonym in row.list("demonyms"):
                self.form(demonym, "demonym", actor.actor_id)
                if not demonym.endswith(("s", "sh", "ch", "ese")):
                    self.form(demonym + "s", "demonym", actor.actor_id)
            for capital in capitals:
                self.form(capital, "capital", actor.actor_id, always=False)
            if code:
                self.known.countries.setdefault(code, actor.actor_id)
                for place in (actor.name, *aliases, *capitals):
                    self.known.places.setdefault(place, code)

    def add_organisations(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.actor(_actor(row), row.list("aliases"))

    def add_regions(self, rows: Iterable[Row]) -> None:
        """Regions with governments of their own; they, and their seats, are actors only where they act."""
        for row in rows:
            actor = _actor(row, kind="government_body")
            self.known.actors[actor.actor_id] = actor
            for name in (actor.name, *row.list("aliases")):
                self.form(name, "region", actor.actor_id, always=False)
                self.known.places.setdefault(name, actor.country_code)
            for seat in row.list("seats"):
                self.form(seat, "capital", actor.actor_id, always=False)

    def add_people(self, rows: Iterable[Row]) -> None:
        """People act for their country unless the file names somebody else."""
        for row in rows:
            home = self.known.countries.get(row["country_code"])
            actor = _actor(row, kind="person", affiliation_id=row.get("affiliation_id") or home)
            if self.actor(actor, row.list("aliases")):
                known = row.get("known_by_surname") is not None
                self.known.office_of[actor.actor_id] = row["office"]
                self.person(actor.actor_id, row["surname"], known_by_surname=known)

    def add_places(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.known.places.setdefault(row["name"], row.get("country_code"))
            self.form(row["name"], "place")

    def knowledge(self) -> ActorKnowledge:
        names: defaultdict[str, list[Name]] = defaultdict(list)
        for words, name in self.forms.items():
            names[words[0]].append(name)
        for forms in names.values():
            forms.sort(key=lambda form: -len(form.words))
        self.known.names = dict(names)
        self.known.titles = {title: frozenset(classes) for title, classes in self.titles.items()}
        self.known.nouns = dict(self.nouns)
        by_surname: defaultdict[str, list[str]] = defaultdict(list)
        for actor_id, surname in self.known.surname_of.items():
            by_surname[surname[-1]].append(actor_id)
        self.known.by_surname = {surname: tuple(people) for surname, people in by_surname.items()}
        self.known.own_nouns = frozenset(noun for actor in self.known.actors.values() for noun in actor.nouns)
        return self.known


def _actor(
    row: Row, actor_id: str | None = None, kind: str | None = None, affiliation_id: str | None = None
) -> KnownActor:
    return KnownActor(
        actor_id=actor_id or actor_slug(row["name"]),
        name=row["name"],
        kind=kind or row["kind"],
        country_code=row.get("country_code"),
        affiliation_id=affiliation_id or row.get("affiliation_id"),
        role_title=row.get("role_title"),
        wikidata_id=row.get("wikidata_id"),
        nouns=frozenset(row.list("nouns")),
    )
