"""The words of the outside contract, as features that do nothing, for tests of the parser."""

from datetime import UTC, datetime

from community.updates import Message, Quoted, Sender
from handlers.framework.discovery import Features, collect
from handlers.framework.feature import Feature, Glued

WORDS = {
    "need": "need 需 需求 求 求购 求助",
    "offer": "offer 供 提供 出",
    "find": "find 找 搜",
    "mine": "mine 我的",
    "done": "done 搞定 完成 已解决",
    "withdraw": "withdraw 撤",
    "edit": "edit 改",
    "help": "help 帮助",
    "join": "join 申请 加入 报到",
    "approve": "approve 通过",
}
NUMBERS: dict[str, Glued] = {"done": "alone", "withdraw": "alone", "edit": "before text"}
ANSWERS = {"done": ("搞定",), "withdraw": ("撤", "不要")}


def vocabulary() -> Features:
    """A feature for each of the words."""
    return collect(_feature(name, words.split()) for name, words in WORDS.items())


def message(text: str, *, to_bot: bool = False, quoted: str | None = None) -> Message:
    """A message in a group; ``quoted`` is the id of the message that it answers."""
    return Message(
        channel="onebot:1",
        key="1",
        time=datetime(2026, 3, 2, tzinfo=UTC),
        group="onebot:100",
        message_id="1",
        sender=Sender(account="onebot:10001"),
        text=text,
        to_bot=to_bot,
        quoted=Quoted(message_id=quoted) if quoted else None,
    )


def _feature(name: str, words: list[str]) -> Feature:
    feature = Feature(name, usage=f"#{name}", summary=name)
    declare = feature.command(
        *words,
        answers=ANSWERS.get(name, ()),
        posts=name in ("need", "offer"),
        number=NUMBERS.get(name, "no"),
    )
    declare(lambda _context, _call: None)
    return feature
