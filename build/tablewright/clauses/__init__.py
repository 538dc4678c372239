"""The grammar of clauses that several coders need.

`verbs`: verbs and their outlook; `hosts`: where a date hangs; `timing`: which act it belongs to.
"""

from __future__ import annotations

from tablewright.clauses.hosts import is_attributive, modified_noun, timed_verb
from tablewright.clauses.timing import counted_from, date_of
from tablewright.clauses.verbs import Outlook, clause_verb, coordinated, has_subject, is_clause_verb, outlook, top_token
from tablewright.clauses.vocabulary import GATHERINGS, words

__all__ = [
    "GATHERINGS",
    "Outlook",
    "clause_verb",
    "coordinated",
    "counted_from",
    "date_of",
    "has_subject",
    "is_attributive",
    "is_clause_verb",
    "modified_noun",
    "outlook",
    "timed_verb",
    "top_token",
    "words",
]
