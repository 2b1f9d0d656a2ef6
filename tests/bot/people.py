"""Groups, people and what they say, for the tests of the bot's machinery."""

from itertools import count

from community.rules import Limits
from community.settings import Settings
from community.updates import Message, Sender
from tests.fakes import START

GROUP, OTHER_GROUP, NOBODYS = "onebot:100", "onebot:200", "onebot:999"
ADMIN, ADMIN_ELSEWHERE = "onebot:1", "wechaty:boss"
MEMBER = "onebot:10001"

AT_ANY_PACE = Limits(commands_per_minute=0)
SETTINGS = (
    Settings(
        id="renren", name="老友记", groups=(GROUP,), admins=frozenset({ADMIN, ADMIN_ELSEWHERE}),
        limits=AT_ANY_PACE,
    ),
    Settings(id="other", name="别家", groups=(OTHER_GROUP,), limits=AT_ANY_PACE),
)  # fmt: skip

_numbers = count(1)


def message(
    text: str = "#echo 你好",
    *,
    group: str | None = GROUP,
    who: str = MEMBER,
    key: str | None = None,
) -> Message:
    """Somebody speaks."""
    key = key or f"m{next(_numbers)}"
    return Message(
        channel="onebot:bot",
        key=key,
        time=START,
        group=group,
        message_id=key,
        sender=Sender(account=who, name="张三"),
        text=text,
    )
