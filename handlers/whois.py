"""Who somebody is: his profile, for members."""

import re

from community.errors import UserError
from community.learning import labels
from community.members import activity, directory, privacy
from community.members.card_text import card
from community.members.directory import Namesakes
from community.members.people import by_account
from community.posts.finding import by_message
from handlers.framework.cards import brief, filled
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from matching import fold
from storage.tables import Member

feature = Feature(
    "whois",
    usage="#谁是 张三（也可以 @ta，或引用 ta 的话发 #谁是）",
    summary="看一位成员的名片",
    order=70,
    any_text=True,
)

_SHOWN = 8
_CHOICE = re.compile(r"(.*\S)\s+(\d{1,2})", re.DOTALL)
_STRANGER = "我还不认识这位，ta 在群里发过指令后就有名片了。"
_SIGNS = " @＠？?。.！!，,~～「」“”\"'"
_ONESELF = frozenset({"我", "me", "自己", "我自己"})
_QUOTED = frozenset({"他", "她", "ta", "这位", "这个人"})


@feature.command("whois", "谁是")
def whois(ctx: Context, call: Call) -> str:
    """Show the card of whoever was mentioned, named or quoted."""
    message = ctx.message
    if message.mentions:
        return _card_of(ctx, by_account(ctx.scene, account=message.mentions[0].account))
    name = call.body.strip(_SIGNS)
    if fold(name) in _ONESELF:
        return _card_of(ctx, ctx.member)
    if message.quoted is not None and (not name or fold(name) in _QUOTED):
        return _card_of(ctx, _quoted(ctx))
    if name:
        return _by_name(ctx, name)
    raise UserError("想看谁？例如：#谁是 张三，或引用 ta 的话发 #谁是。")


def _by_name(ctx: Context, name: str) -> str:
    found = directory.find(ctx.scene, name=name, viewer=ctx.member)
    choice = _CHOICE.fullmatch(name)
    if not found.total and choice is not None:
        name, number = choice[1], int(choice[2])
        found = directory.find(ctx.scene, name=name, viewer=ctx.member)
        if 1 <= number <= len(found.members):
            return _card_of(ctx, found.members[number - 1])
    if not found.total:
        raise UserError(f"没找到叫「{name[:20]}」的成员。换个写法，或直接 @ta。")
    if found.total == 1:
        return _card_of(ctx, found.members[0])
    return _list(ctx, name, found)


def _list(ctx: Context, name: str, found: Namesakes) -> str:
    """Several of that name: enough to tell them apart, no more."""
    lines = [f"有 {found.total} 位："]
    shown = privacy.seen_all(ctx.scene, members=found.members[:_SHOWN], viewer=ctx.member)
    lines += [f"{place}. {brief(member)}" for place, member in enumerate(shown, 1)]
    if found.total > len(shown):
        lines.append(f"还有 {found.total - len(shown)} 位，写全名再试。")
    lines.append(f"看第二位，发 #谁是 {name} 2")
    return "\n".join(lines)


def _quoted(ctx: Context) -> Member | None:
    """The author of the quoted words; of the post, when the bot's words about it are quoted."""
    quoted = ctx.message.quoted
    if quoted is None:
        return None
    author = by_account(ctx.scene, account=quoted.account)
    if author is not None:
        return author
    message, scene = ctx.message, ctx.scene
    lane = message.group or message.sender.account
    post = by_message(scene, lane=lane, group=message.group, message_id=quoted.message_id)
    return None if post is None else scene.session.get(Member, (post.community_id, post.author_id))


def _card_of(ctx: Context, member: Member | None) -> str:
    if member is None or not member.active:
        raise UserError(_STRANGER)
    seen = privacy.seen(ctx.scene, member=member, viewer=ctx.member)
    own = member.id == ctx.member.id
    if not seen.has_card:
        raise UserError(f"{seen.shown} 没有公开名片。")
    if seen.contact and not own:
        labels.record_interest(ctx.scene, by=ctx.member, about=member, source="card")
    if filled(seen):
        part = activity.of(ctx.scene, member)
        return card(seen) if part == "关注者" else f"{card(seen)}\n近一年的{part}"
    if own:
        return f"{card(seen)}\n你还没填名片，发 #名片 看怎么填。"
    return f"{card(seen)}\n对方还没填名片。"
