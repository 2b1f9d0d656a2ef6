"""Who came: to one of our events, or as a newcomer to any."""

import re
from dataclasses import replace

from community.errors import UserError
from community.events import attendance as events
from community.events.wording import item
from community.membership import probation
from handlers.framework.applications import for_admins_only
from handlers.framework.context import Context
from handlers.framework.events import Meant, named_event
from handlers.framework.feature import Call, Feature
from handlers.framework.targets import all_mentioned
from storage.tables import Member

feature = Feature(
    "attendance",
    usage="#到场 E3 全到 · #到场 E3 缺席 @谁 · #到场 E3 @谁（不写编号：记新人参加了活动）",
    summary="记下活动谁来了、谁没来；不写谁看还没到场的新人",
    order=324,
    admin=True,
)

_ALL = re.compile(
    r"(?:其他|其余|别的|剩下)?(?:人|的|的人)?(?:都到|全到|都来|全来|全部到场|都到场)(?:了|齐)?"
)
_EDGES = " \n，,。；;：:"
_ABSENT = re.compile(r"[也都]?(?:缺席|没来|没到|未到)(?:的人|的|者|了)?[是有]?")
_CAME = re.compile(r"(?<!没)[来到](?:了|场)")
_BUT = re.compile(r"除了?(.+?)(?:之外|以外|外)?", re.DOTALL)


@feature.command("到场", number="event")
def attendance(ctx: Context, call: Call) -> str:
    """Write down who was there, or list who has not been."""
    meant = named_event(ctx, call)
    if meant is not None:
        return _of_event(ctx, call, meant)
    if not call.body and not ctx.message.mentions and ctx.message.quoted is None:
        return _list(ctx)
    came = all_mentioned(ctx, call)
    new = [one.shown for one in came if probation.attend(ctx.scene, actor=ctx.member, member=one)]
    known = [one.shown for one in came if one.shown not in new]
    lines = [f"记下了：{'、'.join(new)} 到场。"] if new else []
    lines += [f"以前就记过：{'、'.join(known)}。"] if known else []
    return "\n".join(lines)


def _of_event(ctx: Context, call: Call, meant: Meant) -> str:
    """Who is named came, or was absent behind 缺席; 全到 means all of whom nothing is known yet."""
    event, said = meant.event, _ALL.sub(" ", meant.rest)
    before, behind = _parted(said.strip(_EDGES), f"#到场 E{event.id}")
    came = _people(ctx, call, before, apart=bool(behind))
    absent = _people(ctx, call, behind, apart=bool(before))
    if any(one in absent for one in came):
        raise UserError("同一位既写了到场又写了缺席，没有改动。")
    done = events.record(
        ctx.scene,
        event,
        actor=ctx.member,
        came=came,
        absent=absent,
        all_others=_ALL.search(meant.rest) is not None,
    )
    lines = [f"{item(event)}"]
    lines += [f"到场：{'、'.join(done.came)}"] if done.came else []
    lines += [f"缺席：{'、'.join(done.absent)}"] if done.absent else []
    lines += [f"没有名额，不算缺席：{'、'.join(done.seatless)}"] if done.seatless else []
    if done.open:
        rest = f"还没记的 {len(done.open)} 位：{'、'.join(done.open)}。"
        lines.append(f"{rest}都来了发 #到场 E{event.id} 全到")
    elif len(lines) == 1:
        lines.append("没有还要记的人。")
    return for_admins_only(ctx, "\n".join(lines), instead="记下了，详细的私聊发给你了。")


def _parted(said: str, command: str) -> tuple[str, str]:
    """Who came, and who did not: @小明 缺席 @小红, @小红 没来, 除了 @小红. Raises UserError."""
    if but := _BUT.fullmatch(said):
        said = f"缺席 {but[1]}"
    first, *others = (part.strip(_EDGES) for part in _ABSENT.split(said))
    if not others:
        return first, ""
    if not any((first, *others)):
        raise UserError(f"谁没来？例如 {command} 缺席 @谁。")
    alone = not first or not others[-1]  # 缺席 @谁; @谁 没来，@谁 也没来
    if _CAME.search(said) or not (alone or (len(others) == 1 and "缺席" in said)):
        raise UserError(f"没看懂谁来了、谁没来，没有改动：写成 {command} @来的人 缺席 @没来的人。")
    return ("", " ".join((first, *others)).strip()) if alone else (first, others[0])


def _people(ctx: Context, call: Call, names: str, *, apart: bool) -> list[Member]:
    """Those of one part of the message; ``apart``: others are mentioned in the other part."""
    if not names:
        return []
    called = ctx.message.mentions
    if apart:
        called = tuple(one for one in called if one.name and f"@{one.name}" in names)
    alone = ctx.message.model_copy(update={"mentions": called})
    return all_mentioned(replace(ctx, message=alone), replace(call, body=names))


def _list(ctx: Context) -> str:
    if not ctx.scene.settings.terms.probation:
        raise UserError(f"「{ctx.scene.settings.name}」没有开新人试用期，不用记到场。")
    found = probation.newcomers(ctx.scene)
    if not found:
        return "没有还没到场的新人。"
    lines = [
        f"{one.shown}（M{one.id}）：{f'还有 {left} 天' if left > 0 else '已过 21 天'}"
        for one, left in found
    ]
    text = "\n".join(["还没参加过活动的新人：", *lines])
    return for_admins_only(ctx, text, instead="新人的名单私聊发给你了。")
