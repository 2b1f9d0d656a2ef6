"""Members who are named in a message."""

import re
from collections.abc import Collection

from community.members import directory
from community.members.directory import Namesakes
from community.members.people import get_or_create_holder
from community.posts import helpers
from handlers.framework.context import Context
from storage.tables import Member, Post

_PARTS = re.compile(r"[-－—–_｜|/·（(]")
_BLANKS = re.compile(r"\s+")
_CALLED = re.compile(r"[@＠]([^\s@＠#＃，,。；;、！!]+)")
_BETWEEN = (re.compile(r"[、，,；;]\s*"), re.compile(r"[\s、，,；;和与跟及]+"))
_MOST_NAMES = 5
# Not all THANKS: 谢了凡 may be a name.
_AROUND = re.compile(r"^(?:谢谢|多谢|感谢|[\W_])+|(?:谢谢|[\W_])+$")


def named_members(ctx: Context, text: str, post: Post | None) -> tuple[list[Member], list[str]]:
    """Members who were really mentioned; else by the names after an @, and who is unclear.

    Without any @, whole names that are all there is mean their bearers. Who is not listed is
    meant by his whole name alone, unless he was shown with the ``post``.
    """
    mentions = ctx.message.mentions
    if mentions:
        return [
            get_or_create_holder(ctx.scene, account=one.account, name=one.name) for one in mentions
        ], []
    if called := _CALLED.findall(text):
        met = [] if post is None else helpers.fitting(ctx.scene, post)
        found = {name: _nearest(ctx, name, met) for name in called}
        unknown = [f"@{name}" for name, one in found.items() if one.total != 1]
        return [one.members[0] for one in found.values() if one.total == 1], unknown
    said = _AROUND.sub("", text)
    return _whole_names(ctx, said) if said else ([], [])


def _nearest(ctx: Context, name: str, met: Collection[int]) -> Namesakes:
    found = directory.find(ctx.scene, name=name, viewer=ctx.member, met=met, limit=1)
    return found if found.total else directory.find(ctx.scene, name=name, limit=1, whole=True)


def _whole_names(ctx: Context, text: str) -> tuple[list[Member], list[str]]:
    """Whose names are all that is said, one name or several."""
    for names in ([text], *([name for name in by.split(text) if name] for by in _BETWEEN)):
        if len(names) > _MOST_NAMES:
            break
        found = [directory.find(ctx.scene, name=name, limit=1, whole=True) for name in names]
        if all(one.total for one in found):
            unknown = [name for name, one in zip(names, found, strict=True) if one.total > 1]
            return [one.members[0] for one in found if one.total == 1], unknown
    return [], []


def with_short_names(ctx: Context, text: str) -> str:
    """The text with @张三 where it calls @张三-字节-产品经理: his card is none of its words."""
    for name in sorted((one.name for one in ctx.message.mentions), key=len, reverse=True):
        first = next((part for part in _PARTS.split(name) if part.strip()), name)
        text = text.replace(f"@{name}", f"@{_BLANKS.sub('', first)}")
    return text
