"""Lists of gifts that name the verb once: "Norway pledged 5 million euros to Lebanon and the European Union 12 million"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tablewright.coders.events.scene import Scene, is_gapped, is_money
from tablewright.coders.events.summary import names
from tablewright.coders.events.triggers import Trigger, object_lemmas
from tablewright.records import Event


def gapped_gifts(scene: Scene, trigger: Trigger, event: Event) -> Iterator[Event]:
    """The acts of further donors, whose clause has a name and a sum but takes its verb and receiver from `event`.

    After "gave Lebanon 5 million euros and Syria 12 million" it is open who gives and who gets, so it yields nothing.
    """
    parse, verb = scene.parse, trigger.verb
    if verb is None or trigger.patient is None or event.event_type not in ("AID", "AGREE") or not event.sources:
        return
    if not object_lemmas(scene, trigger.patient) & scene.lexicon.classes["money"] or _has_dative(scene, verb):
        return
    known = set(event.sources)
    for token in range(trigger.patient + 1, parse.sentence_of(verb).stop - 1):
        if parse.pos[token] == "VERB":
            return
        donors = scene.cast.referents.get(token, ())
        if not donors or known & set(donors) or not is_gapped(parse, token):
            continue
        known.update(donors)
        stop = token + 1
        while stop < len(parse) and (is_money(parse, stop) or parse.lemmas[stop] in scene.lexicon.classes["money"]):
            stop += 1
        end = parse.ends[stop - 1]
        told = f"{names(scene, donors)} {parse.words[verb]} {scene.document.text[parse.starts[token + 1] : end]}"
        receivers = tuple(each for each in event.targets if each not in donors)
        yield replace(
            event,
            end=end,
            text=scene.document.text[event.start : end],
            sources=donors,
            targets=receivers,
            summary=f"{told} to {names(scene, receivers)}." if receivers else f"{told}.",
        )


def _has_dative(scene: Scene, verb: int) -> bool:
    parse = scene.parse
    return any(parse.pos[child] in ("NOUN", "PROPN", "PRON") for child in parse.children(verb, "dative"))
