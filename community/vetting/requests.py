"""Join requests of a platform: the door that people come to without knowing the bot."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from community.scene import Scene
from storage.tables import Application


class JoinRequest(BaseModel):
    """Somebody asks a platform to be let in, or to be the bot's friend."""

    model_config = ConfigDict(frozen=True)

    account: str  # onebot:10001
    name: str = ""
    source: Literal["qq_request", "friend_request"]
    group: str | None = None  # the group asked for; None: a friend request
    flag: str = ""  # by which the platform knows the request
    sub_type: str = ""  # add | invite
    comment: str = ""  # what was written, as it came


def submit(scene: Scene, *, request: JoinRequest) -> Application | None:
    """Store the request as an application and show it to the admins; gives the application.

    The same request again (same flag, or one that is open already) changes nothing but the flag
    by which it can be answered. While the admins wait for an answer, the new comment is that
    answer. Somebody who may not apply gets a rejected application, and the hooks hear ``reject``.
    A friend request becomes a draft, and the applicant is asked in private for what is missing.
    """
    raise NotImplementedError
