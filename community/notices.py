"""Telling somebody something beyond the reply: put into the outbox within the same transaction."""

from dataclasses import dataclass

from community import pages
from community.actions import Send, Text, dump_action
from community.people import is_in_several
from community.scene import Scene
from storage.queries import outbox, people
from storage.tables import Member


@dataclass(frozen=True)
class Letter:
    """What is written to somebody whom only a letter reaches: no word of the chat works there."""

    subject: str
    text: str


def tell(
    scene: Scene,
    *,
    member: Member,
    text: str,
    letter: Letter | None = None,
    about: int | None = None,
    application: int | None = None,
) -> bool:
    """A private message to the member, by the way that reaches him best. False: there is none.

    Where that is a letter, ``letter`` stands for the text.
    """
    account = way_to(scene, member=member)
    if account is None:
        return False
    if by_mail(account):
        message = written(scene, account, letter or Letter("", text + _on_the_web(scene)))
    else:
        message = Send(account=account, segments=(Text(text=named(scene, account, text)),))
    send(scene, message, about=about, application=application)
    return True


def named(scene: Scene, account: str, text: str) -> str:
    """The text with the community's name, for whoever has to know which of his it is."""
    club = f"「{scene.settings.name}」"
    if club in text or not is_in_several(scene, account=account):
        return text
    return f"{club}{text}"


def way_to(scene: Scene, *, member: Member) -> str | None:
    """The account he used last in a chat; his mail address only if he is in none."""
    known = people.accounts(scene.session, community_id=scene.community_id, member_id=member.id)
    addresses = [account.address for account in known]
    return next((one for one in addresses if not by_mail(one)), next(iter(addresses), None))


def by_mail(account: str) -> bool:
    """The account is a mail address."""
    return account.startswith("mail:")


def written(scene: Scene, account: str, letter: Letter) -> Send:
    """The letter, in the name of the community."""
    return Send(
        account=account,
        segments=(Text(text=letter.text),),
        subject=letter.subject,
        signed=scene.settings.name,
    )


def _on_the_web(scene: Scene) -> str:
    return pages.leading("在网页上处理", pages.home(scene.settings, "/me"))


def send(
    scene: Scene, message: Send, *, about: int | None = None, application: int | None = None
) -> None:
    """Put a message into the outbox; ``about`` is the post that it speaks of."""
    if by_mail(message.target):
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
