"""How far people agree who decided on the same rows: Krippendorff's alpha, by the library of that name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from tablewright.codings import coded_rows
from tablewright.decision import Decision
from tablewright.describe.model import Agreement


def measure_agreement(decisions: Iterable[Decision]) -> tuple[Agreement, ...]:
    """The agreement on each table and column with rows that two people or more judged (see `codings.coded_rows`); by
    table, `KEEP` first. Lines that settle a row are nobody's coding.

    Columns are compared in rows that at least two people keep; a missing value is a judgement too.
    """
    judged: dict[str, dict[str, list[Mapping[str, str]]]] = {}
    for row in coded_rows(decisions):
        for column, said in row.judgements().items():
            if len(said) > 1:
                judged.setdefault(row.table, {}).setdefault(column, []).append(said)
    return tuple(
        _agreement(table, column, units)
        for table, columns in sorted(judged.items())
        for column, units in columns.items()
    )


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
