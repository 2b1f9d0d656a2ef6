"""Looking through the pool. Nobody is mentioned: searching must not ring at anybody's door."""

import re

from community.errors import UserError
from community.matches.reasons import because
from community.members.directory import as_name
from community.pool.finding import Hits, Person, Scope, find
from community.pool.found_post import FoundPost
from community.rights import may
from community.wording import KINDS
from handlers.framework.cards import brief
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.reply import Reply, say

feature = Feature(
    "find",
    usage="#找 跨境电商",
    summary="在大家的需求、供给和名片里找",
    order=25,
    any_text=True,
)

_BLANKS = re.compile(r"\s+")


@feature.command("find", "找", "搜")
def find_(ctx: Context, call: Call) -> Reply:
    """List what has to do with the words, posts before members."""
    words = _BLANKS.sub(" ", call.body).strip()
    if not words.strip("？?。.！!，,~～…"):
        raise UserError("想找什么？例如：#找 跨境电商")
    scope = Scope(group=ctx.message.group)
    hits = find(ctx.scene, words=words, member=ctx.member, scope=scope)
    if not hits.posts and not hits.members:
        return say(_nothing(ctx, words, hits))
    return say("\n".join(_lines(words, hits)))


def _lines(words: str, hits: Hits) -> list[str]:
    lines = [f"和「{_short(words)}」有关的："]
    if hits.instead:
        lines = [f"没有找到「{_short(words)}」，下面是「{_short(hits.instead)}」的结果："]
    lines += [_post(found) for found in hits.posts]
    if hits.members:
        lines.append("成员：")
        lines += [_person(person) for person in hits.members]
    return lines


def _post(found: FoundPost) -> str:
    post = found.post
    who = f"#{post.id} {KINDS[post.kind]} {found.author.shown}"
    return f"{who}：{post.title} · 因为：{because(found.reasons)}"


def _person(person: Person) -> str:
    return f"{brief(person.member)} · 因为：{because(person.reasons)}"


def _nothing(ctx: Context, words: str, hits: Hits) -> str:
    if hits.called:
        name = _short(as_name(words))
        return f"没有和「{_short(words)}」有关的内容。要看这位成员，发 #谁是 {name}"
    if hits.vague:
        return f"「{_short(words)}」太宽泛，找不准；换个具体点的词，例如 #找 跨境电商。"
    if not may(ctx.scene, ctx.member, "need"):
        return f"没找到和「{_short(words)}」有关的。"
    return f"没找到和「{_short(words)}」有关的。发 #求 {_short(words)}，有人能帮上时我告诉你。"


def _short(words: str) -> str:
    return words if len(words) <= 30 else words[:29] + "…"
