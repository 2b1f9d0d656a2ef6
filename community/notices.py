"""Telling somebody something beyond the reply: put into the outbox within the same transaction."""

from community.actions import Send, Text, dump_action
from community.scene import Scene
from storage.queries import outbox, people
from storage.tables import Member


def tell(
    scene: Scene,
    *,
    member: Member,
    text: str,
    about: int | None = None,
    application: int | None = None,
) -> bool:
    """A private message to the member, by the account he used last. False: he has none."""
    known = people.accounts(scene.session, community_id=scene.community_id, member_id=member.id)
    if not known:
        return False
    message = Send(account=known[0].address, segments=(Text(text=text),))
    send(scene, message, about=about, application=application)
    return True


def send(
    scene: Scene, message: Send, *, about: int | None = None, application: int | None = None
) -> None:
    """Put a message into the outbox; ``about`` is the post that it speaks of."""
    if message.target.startswith("mail:"):
        message = message.model_copy(update={"signed": scene.settings.name})
    outbox.put(
        scene.session,
        lane=message.target,
        action=dump_action(message),
        now=scene.now,
        community_id=scene.community_id,
        post_id=about,
        application_id=application,
    )
