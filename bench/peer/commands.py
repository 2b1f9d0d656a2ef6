"""``#need`` and ``#offer``, the way NoneBot2 has commands."""

from collections.abc import Sequence
from typing import Annotated

from nonebot import on_command
from nonebot.adapters.onebot.v11 import GroupMessageEvent, Message
from nonebot.matcher import Matcher
from nonebot.params import CommandArg

from bench.peer.store import Store

_WORDS = {
    "need": ("求", "求购", "求助", "需求"),
    "offer": ("供", "提供", "出"),
}
_NAMES = {"need": "需求", "offer": "供给"}


def register(store: Store) -> None:
    """Answer both commands from this store."""
    for kind, words in _WORDS.items():
        on_command(kind, aliases=set(words), handlers=[_handler(store, kind)], block=True)


def _handler(store: Store, kind: str) -> object:
    # Straight in the event loop: a thread of its own would cost more than most answers take.
    async def handle(
        matcher: Matcher, event: GroupMessageEvent, said: Annotated[Message, CommandArg()]
    ) -> None:
        words = said.extract_plain_text().strip()
        if not words:
            await matcher.finish("请写上内容", reply_message=True)
        where = {"group_id": event.group_id, "user_id": event.user_id}
        number, found = store.post(kind, words, **where)
        await matcher.finish(_reply(kind, number, found), reply_message=True)

    return handle


def _reply(kind: str, number: int, found: Sequence[tuple[int, str]]) -> str:
    lines = [f"已记下 #{number} {_NAMES[kind]}"]
    lines += [f"#{other} {words[:40]}" for other, words in found]
    return "\n".join(lines if found else [*lines, "暂时没有匹配的"])
