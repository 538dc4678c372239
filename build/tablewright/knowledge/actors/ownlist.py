"""What can be wrong with a project's own list of actors, source/actors.csv, beyond the form of its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tablewright.knowledge.actors.model import ActorKnowledge, tokens_of
from tablewright.knowledge.actors.rows import Row

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WIKIDATA_ID = re.compile(r"Q[1-9][0-9]*")


def check_list(listed: Sequence[tuple[str, Row]], known: ActorKnowledge) -> None:
    """Looks at the lines of the list, each with its actor's id, against all that is `known`, the list included.

    Raises `KnowledgeError` with file, line and remedy for an id that the tables cannot take, a country code that no
    country has, an affiliation that nobody knows, and a name that two actors of the list share.
    """
    codes = {*known.countries, *known.places.values()} - {None}
    owners: dict[tuple[str, ...], str] = {}
    for actor_id, row in listed:
        if not _ID.fullmatch(actor_id):
            raise row.error(
                f"{actor_id!r} cannot be an actor_id", "use lower-case letters, digits and hyphens: blue-party"
            )
        wikidata_id, code, affiliation = (row.get(name) for name in ("wikidata_id", "country_code", "affiliation_id"))
        if wikidata_id and not _WIKIDATA_ID.fullmatch(wikidata_id):
            raise row.error(f"{wikidata_id!r} is no wikidata_id", "write Q and a number: Q7184")
        if code and code not in codes:
            raise row.error(f"{code!r} is no country code", "use the three letters of ISO 3166: NOR (Kosovo is XKX)")
        if affiliation and affiliation not in known.actors:
            raise row.error(
                f"the affiliation {affiliation!r} is no actor", "name an actor_id of this list or of the built-in ones"
            )
        for name in (row["name"], *row.list("aliases")):
            owner = owners.setdefault(tokens_of(name), actor_id)
            if owner != actor_id:
                raise row.error(f"{name!r} names {owner} already", "keep the name with one of the two")
