"""How far people agree who decided on the same rows: Krippendorff's alpha, by the library of that name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from tablewright.decision import Decision
from tablewright.describe.model import Agreement

KEEP = "keep"
"""The judgement whether a row belongs in the dataset at all."""


def measure_agreement(decisions: Iterable[Decision]) -> tuple[Agreement, ...]:
    """The agreement on each table and column with rows that two people or more decided on; by table, `keep` first.

    Columns are compared in rows that at least two people keep; a missing value is a judgement too.
    """
    rows: dict[str, dict[str, list[Decision]]] = {}
    for decision in decisions:
        rows.setdefault(decision.table, {}).setdefault(decision.row_id, []).append(decision)
    found: list[Agreement] = []
    for table, units in sorted(rows.items()):
        shared = [each for each in units.values() if len({decision.reviewer for decision in each}) > 1]
        for column, judgements in _judgements(shared).items():
            coded = [unit for unit in judgements if len(unit) > 1]
            if coded:
                found.append(_agreement(table, column, coded))
    return tuple(found)


def _judgements(units: Sequence[Sequence[Decision]]) -> dict[str, list[dict[str, str]]]:
    """By column, for each row what each reviewer says."""
    judged: dict[str, list[dict[str, str]]] = {KEEP: []}
    for unit in units:
        judged[KEEP].append({each.reviewer: str(each.publishes) for each in unit})
        kept = [each for each in unit if each.publishes]
        for column in kept[0].values if kept else ():
            said = {each.reviewer: _said(each.values.get(column)) for each in kept}
            judged.setdefault(column, []).append(said)
        for role in kept[0].participants if kept else ():
            taking = {each.reviewer: "; ".join(sorted(each.participants.get(role, ()))) for each in kept}
            judged.setdefault(role, []).append(taking)
    return judged


def _said(value: object) -> str:
    return "" if value is None else str(value)


def _agreement(table: str, column: str, units: Sequence[Mapping[str, str]]) -> Agreement:
    coders = sorted({reviewer for unit in units for reviewer in unit})
    pairs = [one == other for unit in units for one, other in combinations(unit.values(), 2)]
    return Agreement(table, column, len(units), len(coders), sum(pairs) / len(pairs), _alpha(units, coders))


def _alpha(units: Sequence[Mapping[str, str]], coders: Sequence[str]) -> float | None:
    """Krippendorff's alpha for nominal data, rounded to four places; None where only one value stands."""
    import krippendorff
    import numpy as np

    values = sorted({value for unit in units for value in unit.values()})
    if len(values) < 2:
        return None
    codes = {value: float(number) for number, value in enumerate(values)}
    table = [[codes[unit[coder]] if coder in unit else np.nan for unit in units] for coder in coders]
    alpha = krippendorff.alpha(reliability_data=np.array(table), level_of_measurement="nominal")
    return round(float(alpha), 4)
