"""What a handler is given."""

from dataclasses import dataclass

from community.scene import Scene
from community.updates import Message
from storage.tables import Member


@dataclass(frozen=True)
class Context:
    """One message, who wrote it, and the scene it plays in. Handlers never commit or send."""

    scene: Scene
    message: Message
    member: Member

    @property
    def private(self) -> bool:
        """The member wrote to the bot alone."""
        return self.message.group is None

    @property
    def is_admin(self) -> bool:
        """The account is an admin of the community."""
        return self.message.sender.account in self.scene.settings.admins
