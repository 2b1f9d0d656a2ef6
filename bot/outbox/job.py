"""What passes between those who put something into the outbox and the sender."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from sqlmodel import Session

from community.actions import Action


@dataclass(frozen=True)
class Job:
    """One action that is being carried out; ``attempt``: how often it was claimed so far."""

    id: int
    lane: str
    action: Action
    attempt: int


@dataclass(frozen=True)
class ClaimPermit:
    """The sender would send to the lane at once: whoever puts something in may claim what is next
    in the same transaction, which marks it as in flight.
    """

    lane: str
    claim: Callable[[Session], Job | None]


class Handled(NamedTuple):
    """What came of an update: lanes that have something to send, and what was taken out of them.

    ``already_handled``: by an earlier try, perhaps in a commit of which only the answer was lost.
    """

    lanes: set[str]
    job: Job | None = None
    already_handled: bool = False


ALREADY_HANDLED = Handled(set(), already_handled=True)
