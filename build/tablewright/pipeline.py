"""The build, in the order in which it happens. The first file to read.

    source file ── read ──▶ Document ── analyse ──▶ Parse ── code ──▶ records ── tables ──▶ rows     (coding.py)
    review CSVs ── apply ──▶ published rows ── merge, resolve ──▶ whole tables         (reviewing.py, assembly.py)
    schemas ── contract, checks ──▶ Parquet, CSV, datapackage.json ── commit ──▶ dist/      (publication.py)

What is heavy is imported where it is used: a build with nothing to do imports neither pandas nor spaCy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tablewright import state
from tablewright.paths import Project

if TYPE_CHECKING:
    from tablewright.plan import Plan
    from tablewright.records import Finding

Progress = Callable[[int, int, str], None]
"""Told of work on documents: how many are done, how many there are, the one just done."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: which `tables` (none: all), `always` does all again (-B), `keep_going` goes on past a bad
    document (-k), with `jobs` processes (-j).
    """

    tables: frozenset[str] = frozenset()
    always: bool = False
    keep_going: bool = False
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Built:
    """How a build ended. `plan` is what was done, `counts` the rows of each table written."""

    result: Literal["fresh", "built", "failed"]
    plan: Plan | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    findings: Sequence[Finding] = ()


def known_tables(project: Project) -> list[str]:
    """The names of the tables that the project defines."""
    return sorted(path.stem for path in project.schemas.glob("*.yaml"))


def plan_build(project: Project, options: Options) -> Plan | None:
    """What `build` would do now; None when there is nothing to do. Changes nothing."""
    before = state.load_state(project)
    if not options.always and state.is_fresh(project, before):
        return None
    from tablewright.inputs import gather
    from tablewright.plan import make_plan

    plan = make_plan(project, before, gather(project, before), always=options.always, tables=options.tables)
    return plan if plan.steps else None


def build(
    project: Project,
    options: Options,
    *,
    progress: Progress = lambda done, total, name: None,
    waiting: Callable[[str], None] = lambda holder: None,
) -> Built:
    """Brings `dist/` up to date. `waiting` is told who holds the lock when another build does.

    Raises `TablewrightError` for what stops the work; `dist/` is then as it was.
    """
    before = state.load_state(project)
    if not options.always and state.is_fresh(project, before):
        return Built("fresh", findings=before.kept_findings())
    from tablewright.dist import recover
    from tablewright.language import one_thread
    from tablewright.lock import locked

    one_thread()
    with locked(project, waiting):
        recover(project)
        # Whoever held the lock may have built what was to be built.
        return _build(project, state.load_state(project), options, progress)


def _build(project: Project, before: state.State, options: Options, progress: Progress) -> Built:
    from tablewright import cache
    from tablewright.inputs import gather
    from tablewright.plan import make_plan
    from tablewright.reviewing import Reviewing
    from tablewright.schemafile import load_schemas
    from tablewright.tongues import in_other_languages, language_findings

    inputs = gather(project, before)
    if inputs.wrong and not (options.keep_going and inputs.documents):
        return Built("failed", findings=inputs.wrong)
    plan = make_plan(project, before, inputs, always=options.always, tables=options.tables)
    if not plan.steps:
        return _still_fresh(project, before, plan)
    failed, languages = _work(project, plan, options, progress)
    others = in_other_languages(before, inputs, languages)
    if failed and not (options.keep_going and len(failed) < len(inputs.documents)):
        return Built("failed", plan, findings=list(failed.values()))
    # Not before the work is done: its processes are forked from this one and should be small.
    from tablewright.assembly import Assembly, documents_key, known_actors
    from tablewright.portions import Change
    from tablewright.publication import publish

    schemas = load_schemas(project.schemas)
    reviewing = Reviewing(project, schemas, inputs, before, lambda: known_actors(project, plan.changed - failed.keys()))
    change = Change(
        documents=tuple(name for name in inputs.documents if name not in failed),
        gone=plan.gone | failed.keys(),
        changed=plan.changed - failed.keys(),
        anew=plan.anew,
    )
    key_before = documents_key({name: known["rows"] for name, known in before.documents.items()})
    key_now = documents_key({name: plan.keys[name] for name in change.documents})
    assembly = Assembly(project, schemas, change, reviewing, key_before)
    done = publish(project, before, plan, schemas, assembly, key_now)
    if done.findings:
        return Built("failed", plan, findings=done.findings)
    found = [*inputs.wrong, *failed.values(), *reviewing.findings(), *inputs.notices]
    found += language_findings(inputs, others)
    review = reviewing.summary(done.codings, before.review)
    told = [each.to_json() for each in found]
    remembered = _remembered(project, before, plan, done.outputs, review, told, others, frozenset(failed))
    state.save_state(project, remembered)
    for document_id in plan.gone:
        cache.forget(project, document_id)
    return Built("built", plan, done.counts, found)


def _still_fresh(project: Project, before: state.State, plan: Plan) -> Built:
    """Ends a build in which nothing was to be done: what was touched without being changed is seen anew."""
    from tablewright.inputs import AT_INPUTS
    from tablewright.tongues import in_other_languages

    found = [each for each in before.kept_findings() if each.code not in AT_INPUTS]
    found += [*plan.inputs.wrong, *plan.inputs.notices]
    if not plan.partial:
        outputs = state.see_outputs(project, before.outputs, before)
        others = in_other_languages(before, plan.inputs, {})
        told = [each.to_json() for each in found]
        state.save_state(project, _remembered(project, before, plan, outputs, before.review, told, others))
    return Built("fresh", findings=found)


def _work(
    project: Project, plan: Plan, options: Options, progress: Progress
) -> tuple[dict[str, Finding], dict[str, str]]:
    """Reads, analyses and codes what the plan says; gives what is wrong with each document that could not be read, and
    the languages of the others.
    """
    if not plan.tasks:
        return {}, {}
    from tablewright.coding import load_tools, run_tasks

    failed: dict[str, Finding] = {}
    languages: dict[str, str] = {}
    tools = load_tools(project, plan.inputs.dataset.language_model, plan.tasks)
    with closing(tools.shelf):
        for done, outcome in enumerate(run_tasks(tools, plan.tasks, options.jobs), start=1):
            if outcome.error is not None:
                failed[outcome.document_id] = outcome.error
            else:
                languages[outcome.document_id] = outcome.language
            progress(done, len(plan.tasks), outcome.document_id)
    return failed, languages


def _remembered(
    project: Project,
    before: state.State,
    plan: Plan,
    outputs: dict[str, state.Seen],
    review: dict[str, object],
    findings: list[dict[str, str | int]],
    others: Mapping[str, str],
    failed: frozenset[str] = frozenset(),
) -> state.State:
    """The state for the next build to start from. After a partial build the old tool stands, so that what was left
    is found stale again.
    """
    from tablewright.stepkeys import description_key, model_name

    inputs = plan.inputs
    dataset = inputs.dataset
    files = state.settled(project.root, inputs.files)
    if plan.partial:
        files = {name: seen for name, seen in files.items() if name != "source/actors.csv"}
    return state.State(
        inputs=files,
        outputs=outputs,
        tool=before.tool if plan.partial else inputs.tool,
        libraries=before.libraries if plan.partial else inputs.libraries,
        model=before.model if plan.partial else model_name(inputs),
        dataset={"about": dataset.about, "documents": dataset.documents, "lines": dataset.lines},
        documents={
            name: {"facts": plan.facts[name], "rows": key} | ({"language": others[name]} if name in others else {})
            for name, key in plan.keys.items()
            if name not in failed
        },
        tables=dict(inputs.tables),
        described=description_key(inputs),
        failed=bool(failed),
        findings=findings,
        review=review,
    )
