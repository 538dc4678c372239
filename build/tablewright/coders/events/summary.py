"""A plain line for each event: who did what to or with whom."""

from __future__ import annotations

from collections.abc import Sequence

from tablewright.coders.events.grammar import doer, is_passive
from tablewright.coders.events.scene import Scene, actors_of
from tablewright.coders.events.triggers import Trigger

_LONGEST = 16
_PHRASES = {
    "AGREE": ("made a promise to", "made a promise"),
    "CONSULT": ("met", "held talks"),
    "SUPPORT": ("supported", "gave support"),
    "CONCEDE": ("made a concession to", "made a concession"),
    "COOPERATE": ("cooperated with", "cooperated"),
    "AID": ("gave aid to", "gave aid"),
    "RETREAT": ("yielded to", "yielded"),
    "REQUEST": ("made a request to", "made a request"),
    "ACCUSE": ("accused", "made an accusation"),
    "REJECT": ("rejected", "refused"),
    "THREATEN": ("threatened", "made a threat"),
    "PROTEST": ("protested against", "protested"),
    "SANCTION": ("imposed a sanction on", "imposed a sanction"),
    "MOBILIZE": ("moved forces toward", "moved forces"),
    "COERCE": ("coerced", "used coercion"),
    "ASSAULT": ("attacked", "attacked"),
}
_AUXILIARY = {"planned": "will ", "ongoing": "", "occurred": ""}


def names(scene: Scene, ids: Sequence[str]) -> str:
    """The actors' names as a list in prose."""
    known = [scene.cast.actors[each].name if each in scene.cast.actors else each for each in ids]
    return known[0] if len(known) == 1 else ", ".join(known[:-1]) + " and " + known[-1]


def summarise(
    scene: Scene,
    trigger: Trigger,
    event_type: str,
    status: str,
    roles: tuple[Sequence[str], Sequence[str]],
    span: range,
) -> str:
    """The summary of an event whose clause covers the tokens of `span`."""
    sources, targets = roles
    verb = trigger.verb
    if sources and targets and trigger.pattern.joint == "guest":
        return f"{names(scene, sources)} visited {names(scene, targets)}."
    if sources and verb is not None and _is_told(scene, verb, status) and not is_passive(scene.parse, verb):
        head = doer(scene.parse, verb)
        own = actors_of(scene, head, owner=True) if head is not None else ()
        sources = [each for each in sources if each in own] or sources
        return f"{names(scene, sources)} {_told(scene, verb, status, span, (*own, *sources))}."
    does, alone = _PHRASES[event_type]
    if trigger.pattern.phrase:
        does = trigger.pattern.phrase
    if sources and targets:
        return f"{names(scene, sources)} {does} {names(scene, targets)}."
    if targets:
        return f"Somebody {does} {names(scene, targets)}."
    if len(sources) > 1 and trigger.pattern.joint:
        return f"{names(scene, sources[:1])} {does} {names(scene, sources[1:])}."
    return f"{names(scene, sources)} {alone}."


def _is_told(scene: Scene, verb: int, status: str) -> bool:
    """Whether the clause's own words make a sentence behind a subject: "joining the centre" and "to work with" do not."""
    parse = scene.parse
    if parse.tags[verb] not in ("VB", "VBG"):
        return True
    helped = any(parse.lemmas[child] in ("have", "be", "will") for child in parse.children(verb, "aux"))
    return helped or (parse.tags[verb] == "VB" and status == "planned")


def _told(scene: Scene, verb: int, status: str, span: range, own: Sequence[str]) -> str:
    """The verb and what follows it in its clause, pronouns of known actors replaced, cut at a comma if long."""
    parse = scene.parse
    words: list[str] = []
    first = verb
    for child in parse.children(verb, "aux", "neg"):
        if parse.lemmas[child] in ("have", "be", "will") and child < verb:
            first = min(first, child)
    if status == "planned" and first == verb:
        words.append("will ")
    for token in range(first, span.stop):
        if len(words) >= _LONGEST and parse.words[token] in (",", ";", "—", "–"):
            break
        words.append(_worded(scene, token, own))
    return "".join(words).strip().rstrip(',;:“"(')


def _worded(scene: Scene, token: int, own: Sequence[str]) -> str:
    """The word and the space after it; a pronoun for another than the subject gives way to the name."""
    parse = scene.parse
    text = scene.document.text
    after = text[parse.ends[token] : parse.starts[token + 1]] if token + 1 < len(parse) else ""
    word = parse.words[token]
    if parse.pos[token] == "PRON" and parse.lower[token] in ("its", "his", "her", "their", "him", "them", "it"):
        ids = scene.cast.referents.get(token)
        if ids and not set(ids) & set(own):
            word = names(scene, ids)
            if parse.lower[token] in ("its", "his", "their") or parse.tags[token] == "PRP$":
                word += "'" if word.endswith("s") else "'s"
    return word + (" " if after else "")
