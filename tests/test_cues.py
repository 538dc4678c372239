"""The words that bring in quotations."""

from dataclasses import fields

from tablewright.knowledge.cues import Cues, load_cues


def test_every_use_has_words() -> None:
    cues = load_cues()
    assert all(getattr(cues, field.name) for field in fields(Cues))


def test_words_are_lemmas_in_lower_case_without_stray_space() -> None:
    cues = load_cues()
    words = [word for field in fields(Cues) for word in getattr(cues, field.name)]
    assert all(word == word.strip().lower() for word in words)


def test_sayings_are_told_from_acts() -> None:
    cues = load_cues()
    assert cues.is_saying("say")
    assert cues.is_saying("denounce")
    assert not cues.is_saying("commit")
    assert not cues.is_saying("arrive")


def test_verbs_with_a_condition_are_sayings_in_the_first_place() -> None:
    cues = load_cues()
    assert all(cues.is_saying(verb) for verb in cues.near | cues.with_as)
