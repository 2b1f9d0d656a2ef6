"""What admins do with an application. Each function raises UserError and then changes nothing."""

from community.scene import Scene
from storage.tables import Application, Member


def approve(scene: Scene, *, application: Application, admin: Member) -> bool:
    """Let the applicant in; gives whether that is done (False: a second admin must agree).

    Fires the hooks with ``approve``. Never without the required data.
    """
    raise NotImplementedError


def reject(scene: Scene, *, application: Application, admin: Member, reason: str) -> None:
    """Refuse the applicant, who is told the reason. Fires the hooks with ``reject``."""
    raise NotImplementedError


def ask(scene: Scene, *, application: Application, admin: Member, question: str) -> None:
    """Ask the applicant for more. Fires the hooks with ``ask``.

    An applicant by chat is asked in private. The one behind a ``qq_request`` cannot be reached:
    the hook answers the request by a refusal that holds the question, and the next request of
    the same account brings the answer.
    """
    raise NotImplementedError
