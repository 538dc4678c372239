"""The rows on which people differ, and how far they agree, for the page that settles them."""

from __future__ import annotations

from tablewright.codings import KEEP, Coded
from tablewright.decision import Decision
from tablewright.describe.agreement import measure_agreement
from tablewright.errors import BuildError
from tablewright.serving.session import Session
from tablewright.serving.taken import key_of
from tablewright.serving.values import Json, decision_values, label_of, other_json
from tablewright.settling import differences


def differences_json(session: Session) -> Json:
    """Everybody who decided, the agreement a column, and every row on which people differ, settled or not."""
    decisions = session.all_decisions()
    agreement = [
        {
            "table": each.table,
            "column": each.column,
            "rows": each.units,
            "coders": each.coders,
            "agreeing": round(each.agreed, 4),
            "alpha": each.alpha,
        }
        for each in measure_agreement(decisions)
    ]
    return {
        "reviewers": sorted({each.reviewer for each in decisions if not each.settles}),
        "reviewer": session.viewer.reviewer,
        "agreement": agreement,
        "rows": [_row(session, each) for each in differences(decisions)],
        "stamp": session.version,
    }


def _row(session: Session, coded: Coded) -> Json:
    layout = session.layouts[coded.table]
    shown = next((each for each in coded.decisions if each.publishes), coded.decisions[0])
    told = [other_json(layout, each) for each in coded.decisions]
    settled = [other_json(layout, each) for each in coded.settling]
    return {
        "row_id": shown.row_id,
        "row_ids": list(coded.row_ids),
        "table": coded.table,
        "document_id": coded.document_id,
        "label": label_of(coded.table, decision_values(layout, shown)),
        "text": shown.quote.exact,
        "prefix": shown.quote.prefix,
        "suffix": shown.quote.suffix,
        **_placed(session, shown),
        "decisions": told + [_without(reviewer) for reviewer in coded.without],
        "columns": coded.differing() or [KEEP],
        "settled": bool(settled),
        "settlement": next((each for each in settled if each["decision"] != "reject"), settled[0] if settled else None),
    }


def _without(reviewer: str) -> Json:
    """One who worked on the document and did not add the row."""
    return {"reviewer": reviewer, "decision": "none", "decided_on": None, "note": None, "row_id": None, "values": {}}


def _placed(session: Session, decision: Decision) -> Json:
    """The sentence, and where the words stand; looked for once, since many documents may have to be read for it."""
    key = key_of(decision)
    known = session.placed.get(key)
    if known is None or known[0] != decision:
        known = session.placed[key] = decision, _looked_for(session, decision)
    return known[1]


def _looked_for(session: Session, decision: Decision) -> Json:
    nowhere = {"sentence": None, "start": 0, "end": 0}
    if decision.document_id not in session.documents:
        return nowhere
    try:
        places = session.open(decision.document_id).on_desk().places
    except BuildError:
        return nowhere
    found = places.place(session.layouts[decision.table], decision)
    if isinstance(found, str):
        return nowhere
    return {"sentence": found.sentence["text"], "start": found.main[0], "end": found.main[1]}
