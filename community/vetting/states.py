"""What may follow what: the whole life of an application as one table."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

State = Literal[
    "draft",
    "submitted",
    "needs_info",
    "approved",
    "rejected",
    "withdrawn",
    "timed_out",
    "superseded",
]
Event = Literal["submit", "ask", "answer", "approve", "reject", "withdraw", "time_out", "supersede"]

TABLE: Final[Mapping[tuple[str, Event], State]] = MappingProxyType(
    {
        ("draft", "submit"): "submitted",
        ("draft", "withdraw"): "withdrawn",
        ("draft", "time_out"): "timed_out",
        ("draft", "supersede"): "superseded",
        ("submitted", "ask"): "needs_info",
        ("submitted", "approve"): "approved",
        ("submitted", "reject"): "rejected",
        ("submitted", "withdraw"): "withdrawn",
        ("submitted", "supersede"): "superseded",
        ("needs_info", "answer"): "submitted",
        ("needs_info", "ask"): "needs_info",
        ("needs_info", "approve"): "approved",
        ("needs_info", "reject"): "rejected",
        ("needs_info", "withdraw"): "withdrawn",
        ("needs_info", "time_out"): "timed_out",
        ("needs_info", "supersede"): "superseded",
    }
)
"""A submitted application waits for a human and never ends by the clock."""

OPEN: Final[frozenset[str]] = frozenset(state for state, _ in TABLE)
WAITING: Final[frozenset[str]] = frozenset({"submitted", "needs_info"})  # admins can decide


ASKED: Final[frozenset[str]] = frozenset({"draft", "needs_info"})  # the applicant has to speak


def following(state: str, event: Event) -> State | None:
    """The state after the event; None: the event does not happen in this state."""
    return TABLE.get((state, event))
