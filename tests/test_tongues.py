"""Documents in another language than the model's: built, and named in a warning."""

from __future__ import annotations

from pathlib import Path

from builders import make_project, run, run_json
from tablewright.language import DEFAULT_MODEL, model_language
from tablewright.tongues import UNLIKE_ENGLISH, language_of

GERMAN = "---\nlang: de-AT\n---\n\nDie Minister trafen sich am Montag in Accra und sprachen über die Grenze.\n"
ENGLISH = "The ministers met in Accra on Monday and agreed to open the border again before the rains.\n"


def warned(result: dict[str, list[dict[str, str]]]) -> list[str]:
    return [each["file"] for each in result["findings"] if each["code"] == "other-language"]


def test_the_language_of_a_model() -> None:
    assert model_language(DEFAULT_MODEL) == "en"
    assert model_language("no_such_model") is None
    assert model_language("../no/model") is None


def test_a_document_in_another_language_is_named(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"grenze.md": GERMAN, "border.md": ENGLISH})
    built = run_json(project, "build")
    assert warned(built) == ["source/grenze.md"]
    (warning,) = (each for each in built["findings"] if each["code"] == "other-language")
    assert "de-AT" in warning["message"]
    assert warning["severity"] == "warning"
    assert "language" in warning["remedy"]
    # With nothing to do, and with other work to do, it is still said.
    assert warned(run_json(project, "build")) == ["source/grenze.md"]
    (project.source / "border.md").write_text(ENGLISH + "\nThey will meet again in May.\n")
    assert warned(run_json(project, "build")) == ["source/grenze.md"]
    # dataset.yaml knows better.
    entries = "documents:\n  - file: grenze.md\n    language: en\n"
    dataset = (project.source / "dataset.yaml").read_text().split("documents:")[0]
    (project.source / "dataset.yaml").write_text(dataset + entries)
    assert warned(run_json(project, "build")) == []


def test_a_document_that_is_gone_is_not_named(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"grenze.md": GERMAN, "border.md": ENGLISH}, dataset="name: talks\ntitle: Talks\n")
    assert "another language" in run(project, "build").output
    (project.source / "grenze.md").unlink()
    assert warned(run_json(project, "build")) == []


def test_a_corpus_is_named_once(tmp_path: Path) -> None:
    lines = "".join(
        f'{{"id": "{n}", "text": "{ENGLISH.strip()}", "lang": "{tag}"}}\n' for n, tag in enumerate(["de", "en", "fr"])
    )
    dataset = "name: talks\ntitle: Talks\nversion: 1.0.0\nlicence: CC-BY-4.0\ncreators: [Ana Roth]\ndocuments:\n"
    dataset += "  - file: talks.jsonl\n    fields: {text: text, document_id: id, language: lang}\n"
    project = make_project(tmp_path, {"talks.jsonl": lines}, dataset=dataset)
    built = run_json(project, "build")
    (warning,) = (each for each in built["findings"] if each["code"] == "other-language")
    assert "2 documents are in another language (de, fr)" in warning["message"]


def test_a_text_that_does_not_read_like_english_is_not_taken_for_it(tmp_path: Path) -> None:
    spanish = (
        "Los ministros se reunieron el lunes en la capital y acordaron abrir la frontera antes de las lluvias. " * 5
    )
    german = "Die Minister trafen sich am Montag und sprachen über die Öffnung der Grenze vor der Regenzeit. " * 6
    turkish = "Bakanlar pazartesi günü başkentte bir araya geldi ve sınırın yeniden açılması konusunda anlaştı. " * 6
    for text in (spanish, german, turkish):
        assert language_of("en", text) == UNLIKE_ENGLISH
        assert language_of("es", text) == "es"
    assert language_of("en", ENGLISH * 6) == "en"
    assert language_of("en", "Jane Doe, Li Wei, Ana Roth") == "en"
    project = make_project(tmp_path, {"frontera.md": spanish, "border.md": ENGLISH})
    built = run_json(project, "build")
    assert warned(built) == ["source/frontera.md"]
    assert any(UNLIKE_ENGLISH in each["message"] for each in built["findings"])
