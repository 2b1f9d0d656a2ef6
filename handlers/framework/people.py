"""Members whom a command names: by a real @, a number (M12), or the whole name."""

import re

from community.errors import UserError
from community.members import directory, privacy
from community.members.people import by_account
from handlers.framework.cards import brief
from handlers.framework.context import Context
from storage.tables import Member

_NUMBER = re.compile(r"[Mm](\d{1,9})")
_SHOWN = 8
_EDGES = " \t\r\n，,：:、"
_STRANGER = "我还不认识这位，ta 在群里发过指令后才行。"


def mentioned(ctx: Context) -> list[Member]:
    """Everybody who was really called. Raises UserError for somebody whom nobody knows."""
    found = [by_account(ctx.scene, account=one.account) for one in ctx.message.mentions]
    known = {member.id: member for member in found if member is not None}
    if None in found:
        raise UserError(_STRANGER)
    return list(known.values())


def without_mentions(ctx: Context, text: str) -> str:
    """The text without the names that were really called."""
    for name in sorted((one.name for one in ctx.message.mentions), key=len, reverse=True):
        called = re.escape(name) or r"\S+"  # a platform may not tell the name
        text = re.sub(rf"[@＠]{called}", " ", text, count=1)
    return text.strip(_EDGES)


def by_name(ctx: Context, word: str, *, example: str) -> Member:
    """Whoever bears the whole name, among those whom the sender may find. Raises UserError.

    ``example``: how to write it with a number in place of ``{}``.
    """
    name = word.lstrip("@＠")
    numbered = _NUMBER.fullmatch(name)
    if numbered:
        member = ctx.scene.session.get(Member, (ctx.scene.community_id, int(numbered[1])))
        found = [member] if member is not None and _is_listed(ctx, member) else []
    else:
        found = list(directory.find(ctx.scene, name=name, viewer=ctx.member, whole=True).members)
    if not found:
        raise UserError(f"没找到叫「{name[:20]}」的成员：写全名，或真的 @ ta。")
    if len(found) > 1:
        raise UserError(_which(ctx, name, found, example))
    return found[0]


def _is_listed(ctx: Context, member: Member) -> bool:
    hidden = privacy.unlisted(ctx.scene, ids=[member.id], viewer=ctx.member)
    return member.active and member.id not in hidden


def _which(ctx: Context, name: str, found: list[Member], example: str) -> str:
    shown = privacy.seen_all(ctx.scene, members=found[:_SHOWN], viewer=ctx.member)
    ask = f"叫「{name[:20]}」的有几位，写编号，例如 {example.format(f'M{found[0].id}')}："
    return "\n".join([ask, *(f"M{one.id} {brief(one)}" for one in shown)])
