"""The one place where an application changes its state."""

from dataclasses import replace

from community import audit_log
from community.scene import Scene
from community.vetting.admitting import Admitted
from community.vetting.hooks import HOOKS
from community.vetting.outcomes import Outcome
from community.vetting.states import OPEN, Event, following
from storage.queries.traffic import timely
from storage.tables import Application, Member


class WrongStateError(Exception):
    """The event does not happen in this state. Whoever calls ``move`` has to look first."""


def move(
    scene: Scene,
    application: Application,
    event: Event,
    *,
    actor: Member | None = None,
    admitted: Admitted | None = None,
) -> None:
    """Let the event happen: state, who and when, audit, and whatever hangs on the hooks."""
    state = following(application.state, event)
    if state is None:
        raise WrongStateError(f"{event} in {application.state}")
    application.state = state
    application.due_at = None
    forget_reminders(scene, application)
    if state not in OPEN:
        application.handled_at = scene.now
        application.handled_by = None if actor is None else actor.id
    note(scene, application, event, actor=actor)
    scene.session.flush()
    outcome = Outcome(event, application, actor=actor)
    if admitted is not None:
        outcome = replace(outcome, member=admitted.member, newcomer=admitted.newcomer)
    for hook in HOOKS:
        hook(scene, outcome)


def forget_reminders(scene: Scene, application: Application) -> None:
    """Something has happened to it since: what still waits to remind of it is not true any more."""
    timely.forget_of_application(
        scene.session,
        community_id=scene.community_id,
        application_id=application.id,
        lane=application.account,
    )


def note(scene: Scene, application: Application, verb: str, *, actor: Member | None = None) -> None:
    """An audit line. It holds nothing that anybody wrote."""
    audit_log.note(
        scene,
        verb=verb,
        subject="application",
        subject_id=application.id,
        actor=actor,
        detail={"state": application.state},
    )
