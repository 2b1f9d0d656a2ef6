"""What happened to an application, as those hear of it who act upon it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from community.scene import Scene
from community.vetting.states import Event
from storage.tables import Application, Member


@dataclass(frozen=True)
class Outcome:
    """Something that has just happened, within the same transaction.

    ``event`` is how it came to its present state: ``approve``, ``reject``, ``ask``, ``submit``,
    ``answer``, ``withdraw``, ``time_out`` or ``supersede``. What the applicant is to read stands
    in ``application.reason`` after a rejection and in ``application.questions`` after ``ask``.
    """

    event: Event
    application: Application
    actor: Member | None = None  # the admin, or None when a rule or the clock did it
    member: Member | None = None  # after ``approve``: the member whom the applicant has become
    newcomer: bool = True  # he was no member, on the roster or otherwise, before he applied


Hook: TypeAlias = Callable[[Scene, Outcome], None]
"""Called after every event. It may put actions into the outbox and write rows; it never commits."""

Note: TypeAlias = Callable[[Scene, Application], list[str]]
"""Gives lines for the admins' card, such as a hit on the blacklist. Read by admins only."""

Bar: TypeAlias = Callable[[Scene, str], str | None]
"""Why this account may not apply at all, as the applicant is to read it; None: it may."""
