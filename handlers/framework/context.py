"""What a handler is given."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from community import rights
from community.scene import Scene
from community.updates import Message
from storage.tables import Member

if TYPE_CHECKING:
    from handlers.framework.discovery import Features


@dataclass
class Discretion:
    """Whether nothing may be kept of a message and its answer; found out while it is handled."""

    kept: bool = False


@dataclass(frozen=True)
class Context:
    """One message, who wrote it, and the scene it plays in. Handlers never commit or send.

    ``known`` is None for somebody who is no member; only handlers that take strangers, and
    listeners, meet one. ``features`` are all that the bot has. ``others`` gives, in private, the
    names of further communities that know the sender.
    """

    scene: Scene
    message: Message
    known: Member | None
    features: "Features"
    others: Callable[[], Sequence[str]] = tuple
    discretion: Discretion = field(default_factory=Discretion)

    @property
    def member(self) -> Member:
        """The member who wrote."""
        if self.known is None:
            raise LookupError("no member wrote this message")
        return self.known

    @property
    def private(self) -> bool:
        """The member wrote to the bot alone."""
        return self.message.group is None

    @property
    def is_admin(self) -> bool:
        """The sender decides about people in the community."""
        return rights.is_admin(self.scene, self.member)

    @property
    def club(self) -> str:
        """The community's name where the sender has to be told which of his it is, else ""."""
        return self.scene.settings.name if self.others() else ""
