"""What a handler is given."""

from dataclasses import dataclass

from community import rights
from community.scene import Scene
from community.updates import Message
from storage.tables import Member


@dataclass(frozen=True)
class Context:
    """One message, who wrote it, and the scene it plays in. Handlers never commit or send.

    ``known`` is None for somebody who is no member; only handlers that take strangers, and
    listeners, meet one.
    """

    scene: Scene
    message: Message
    known: Member | None

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
