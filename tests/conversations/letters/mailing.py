"""What the conversations about letters have in common."""

from datetime import UTC, datetime

from sqlmodel import select

from community.mailing import preferences
from community.members.people import get_or_create_holder
from storage.tables import Account, Outbox
from tests.conversations.chat import Chat

WEB = "https://x.cn"
NINE = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)  # on Tuesday, in Shanghai


def wants(chat: Chat, who: str, *, alerts: str = "off", digest: str = "off") -> str:
    """The member has a mail address, and chooses; gives the token of his letters."""
    with chat.scene() as scene:
        member = get_or_create_holder(scene, account=f"onebot:{who}", name=who)
        address = f"mail:{who}@x.cn"
        if scene.session.get(Account, ("renren", address)) is None:
            account = Account(community_id="renren", address=address, member_id=member.id)
            scene.session.add(account)
            scene.session.flush()
        row = preferences.choose(scene, member=member, alerts=alerts, digest=digest)
        return row.unsubscribe


def only_mail(chat: Chat, who: str) -> None:
    """The member is in no chat any more."""
    with chat.scene() as scene:
        scene.session.delete(scene.session.get_one(Account, ("renren", f"onebot:{who}")))


def until(chat: Chat, moment: datetime) -> None:
    chat.passes(seconds=(moment - chat.clock.now()).total_seconds())


def subjects(chat: Chat) -> list[str]:
    return [send.subject for send in chat.letters]


def waiting(chat: Chat) -> int:
    """How many letters the outbox holds."""
    with chat.database.read() as session:
        return len(session.exec(select(Outbox).where(Outbox.channel == "mail")).all())
