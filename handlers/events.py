"""What is coming, and how one event stands."""

from collections.abc import Sequence

from community.events import overview, strikes
from community.events.overview import Listed, Overview
from community.events.wording import details, left, when
from community.rights import may
from handlers.framework.applications import among_admins
from handlers.framework.clubs import elsewhere
from handlers.framework.context import Context
from handlers.framework.events import named_event, number_in
from handlers.framework.feature import Call, Feature

feature = Feature(
    "events",
    usage="#活动（看一个：#活动 E3；自己的记分：#活动 我）",
    summary="看有哪些活动、还有几个名额",
    order=46,
)

_MOST = 10
_NAMES = 40
_MINE = frozenset({"我", "我的", "me"})


@feature.command("events", "活动", number="event")
def events(ctx: Context, call: Call) -> str | None:
    """The list, or one event; whatever else stands behind the word is talk."""
    number, rest = number_in(call.body)
    # #活动 2026 年会 is about no E2026.
    talk = number is not None and bool(rest) and call.body[:1].isdecimal()
    named = None if talk else named_event(ctx, call)
    if named is not None:
        return _one(ctx, overview.of(ctx.scene, named.event, viewer=ctx.member))
    mine = call.body.strip() in _MINE
    if call.body and not mine and not ctx.private:
        return None
    told = _mine(ctx) if mine else _list(ctx)
    return "\n".join(filter(None, [told, elsewhere(ctx, call) if ctx.private else ""]))


def _list(ctx: Context) -> str:
    found = overview.coming(ctx.scene, viewer=ctx.member)
    if not found:
        return "现在没有安排活动，有了会在群里说。"
    lines = [_line(ctx, one) for one in found[:_MOST]]
    if len(found) > _MOST:
        lines.append(f"…… 还有 {len(found) - _MOST} 个，写编号能看到")
    first = found[0].event.id
    return "\n".join([*lines, f"看一个：#活动 E{first} · 报名：#报名 E{first}"])


def _line(ctx: Context, one: Listed) -> str:
    event = one.event
    parts = [
        f"#E{event.id} {event.title}",
        when(ctx.scene, event.starts_at),
        event.place,
        "进行中" if ctx.scene.now >= event.starts_at else left(one.free, one.waiting),
    ]
    return " · ".join([*parts, "你报了"] if one.mine else parts)


def _one(ctx: Context, one: Overview) -> str:
    event = one.event
    lines = [details(ctx.scene, event)]
    if event.state == "cancelled":  # a seat at it is none
        return lines[0]
    if event.state == "open" and ctx.scene.now < event.starts_at:
        lines.append(left(one.free, one.waiting))
    if one.seated:
        word = "来的人" if event.state != "over" else "到场"
        lines.append(f"{word}（{len(one.seated)}）：{_names(one.seated)}")
    if one.waiting and among_admins(ctx) and may(ctx.scene, ctx.member, "host"):
        lines.append(f"候补：{_names(overview.waiting_names(ctx.scene, event))}")
    own = one.place.told
    lines += [f"{own}。"] if own else []
    if ctx.private and not own and event.state == "open":
        held = strikes.summary(ctx.scene, member_id=ctx.member.id)
        lines += [held] if held else []
    return "\n".join(lines)


def _mine(ctx: Context) -> str:
    """What the member has signed up for; what is held against him only in private."""
    held = [one for one in overview.coming(ctx.scene, viewer=ctx.member) if one.mine]
    lines = [_line(ctx, one) for one in held] or ["你现在没有报名的活动。"]
    if ctx.private:
        lines.append(strikes.summary(ctx.scene, member_id=ctx.member.id) or "你没有活动记分。")
    return "\n".join(lines)


def _names(names: Sequence[str]) -> str:
    more = f" 等 {len(names)} 位" if len(names) > _NAMES else ""
    return "、".join(names[:_NAMES]) + more
