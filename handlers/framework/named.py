"""Members who are named in a message."""

import re

from community import directory
from community.people import holder_of
from handlers.framework.context import Context
from storage.tables import Member

_PARTS = re.compile(r"[-－—–_｜|/·（(]")
_BLANKS = re.compile(r"\s+")
_CALLED = re.compile(r"[@＠]([^\s@＠#＃，,。；;、！!]+)")
_AROUND = re.compile(r"^(?:谢谢|多谢|感谢|[\W_])+|(?:谢谢|[\W_])+$")


def named_members(ctx: Context, text: str) -> tuple[list[Member], list[str]]:
    """Members who were really mentioned; else by the names after an @, and who is unclear.

    Without any @, a whole name that is all there is means its bearer.
    """
    mentions = ctx.message.mentions
    if mentions:
        return [holder_of(ctx.scene, account=one.account, name=one.name) for one in mentions], []
    known, unknown = [], []
    for name in (called := _CALLED.findall(text)) or [_AROUND.sub("", text)]:
        found = directory.find(ctx.scene, name=name, limit=1, whole=not called)
        if found.total == 1:
            known.append(found.members[0])
        elif called or found.total:
            unknown.append(f"@{name}" if called else name)
    return known, unknown


def with_short_names(ctx: Context, text: str) -> str:
    """The text with @张三 where it calls @张三-字节-产品经理: his card is none of its words."""
    for name in sorted((one.name for one in ctx.message.mentions), key=len, reverse=True):
        first = next((part for part in _PARTS.split(name) if part.strip()), name)
        text = text.replace(f"@{name}", f"@{_BLANKS.sub('', first)}")
    return text
