"""The roster that a community brings: rows in, a plan of what would change out."""

from community.roster.entries import Entry, Problem, Reading
from community.roster.planning import Change, Known, Plan, plan
from community.roster.reading import read_records, read_table
from community.roster.storing import apply, index, known

__all__ = [
    "Change",
    "Entry",
    "Known",
    "Plan",
    "Problem",
    "Reading",
    "apply",
    "index",
    "known",
    "plan",
    "read_records",
    "read_table",
]
