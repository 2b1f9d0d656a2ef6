"""Members who are named in a message."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from community.members import directory
from community.members.directory import Namesakes
from community.members.people import get_or_create_holder
from community.posts import helpers
from community.rights import may
from handlers.framework.context import Context
from storage.tables import Member, Post

_PARTS = re.compile(r"[-－—–_｜|/·（(]")
_BLANKS = re.compile(r"\s+")
_CALLED = re.compile(r"[@＠]([^\s@＠#＃，,。；;、！!]+)")
_BETWEEN = (re.compile(r"[、，,；;]\s*"), re.compile(r"[\s、，,；;和与跟及]+"))
_MOST_NAMES = 5
# Not all of the courtesy's words: 谢了凡 may be a name.
_THANKS = "谢谢|多谢|感谢|多亏了?"
_AROUND = re.compile(rf"^(?:{_THANKS}|[\W_])++|(?<![\W_])(?:谢谢|多谢|感谢|[\W_])++$")
_TITLES = (
    "师傅|师父|老师|老板|先生|女士|小姐|医生|大夫|律师|教授|博士|会计|经理|主任|同学"
    "|师兄|师姐|大哥|大姐|阿姨|总|哥|姐|兄"
)
_TITLE = re.compile(rf"(?:[两二三几]位)?(?:{_TITLES})$")
_NAME_ITSELF = 2  # characters: 李总 may be any 李
# 感谢王师傅 speaks of one person; 感谢各位老师 and 谢谢大哥 of nobody by name.
_ONE_PERSON = re.compile(
    rf"[\W_]*(?:{_THANKS})[\W_]*(?![各诸众几两二三这那一某群全所大你您我]|[小老](?:{_TITLES}))"
    rf"([\u3400-\u9fff]{{1,3}}(?:{_TITLES}))[\W_]*"
)


@dataclass(frozen=True)
class Named:
    """Whom a text names."""

    members: Sequence[Member] = ()
    unclear: Sequence[str] = ()  # names that mean several, or after an @ nobody
    unmet: str = ""  # the one person who is thanked by a name that nobody bears


def named_members(ctx: Context, text: str, post: Post | None) -> Named:
    """Members who were really mentioned; else by the names after an @.

    Without any @, whole names that are all there is mean their bearers, also where a title
    follows: 李四师傅. Who is not listed is meant by his whole name alone, unless he was shown
    with the ``post``.
    """
    mentions = ctx.message.mentions
    if mentions:
        return Named(
            [
                get_or_create_holder(ctx.scene, account=one.account, name=one.name)
                for one in mentions
            ]
        )
    if called := _CALLED.findall(text):
        met = [] if post is None else helpers.fitting(ctx.scene, post)
        found = {name: _nearest(ctx, name, met) for name in called}
        unclear = [f"@{name}" for name, one in found.items() if one.total != 1]
        return Named([one.members[0] for one in found.values() if one.total == 1], unclear)
    if named := _whole_names(ctx, _AROUND.sub("", text)):
        return named
    thanked = _ONE_PERSON.fullmatch(text)
    return Named(unmet=thanked[1] if thanked else "")


def _nearest(ctx: Context, name: str, met: Collection[int]) -> Namesakes:
    if may(ctx.scene, ctx.member, "whois"):
        found = directory.find(ctx.scene, name=name, viewer=ctx.member, met=met, limit=1)
        if found.total:
            return found
    return directory.find(ctx.scene, name=name, limit=1, whole=True)


def _whole_names(ctx: Context, text: str) -> Named | None:
    """Whose names are all that is said, one name or several."""
    if not text:
        return None
    for names in ([text], *([name for name in by.split(text) if name] for by in _BETWEEN)):
        if len(names) > _MOST_NAMES:
            break
        found = [_bearers(ctx, name) for name in names]
        if all(one.total for one in found):
            unclear = [name for name, one in zip(names, found, strict=True) if one.total > 1]
            return Named([one.members[0] for one in found if one.total == 1], unclear)
    return None


def _bearers(ctx: Context, name: str) -> Namesakes:
    """Who is called just so; else without the title behind it."""
    found = directory.find(ctx.scene, name=name, limit=1, whole=True)
    bare = _TITLE.sub("", name).rstrip()
    if found.total or bare == name or len(bare) < _NAME_ITSELF:
        return found
    return directory.find(ctx.scene, name=bare, limit=1, whole=True)


def with_short_names(ctx: Context, text: str) -> str:
    """The text with @张三 where it calls @张三-字节-产品经理: his card is none of its words."""
    for name in sorted((one.name for one in ctx.message.mentions), key=len, reverse=True):
        first = next((part for part in _PARTS.split(name) if part.strip()), name)
        text = text.replace(f"@{name}", f"@{_BLANKS.sub('', first)}")
    return text
