"""Taking part in an event."""

import re
from dataclasses import replace

from community.courtesy import is_courtesy
from community.errors import UserError
from community.events import finding, signing_up
from community.events.wording import item, when
from handlers.framework.context import Context
from handlers.framework.events import Meant, answers_event, meant_event, named_event
from handlers.framework.feature import Call, Feature
from matching import fold

feature = Feature(
    "sign_up",
    usage="#报名 E3（或引用活动通知回 报名）",
    summary="报名参加活动；满了就候补，有名额私聊告诉你",
    order=47,
)

_NOT = re.compile(r"取消|不[去来]|[去来]不了|算了")
_ANOTHER = re.compile(r"[#＃]?[EeＥｅ]\d")
_NONE = "现在没有可以报名的活动。"


@feature.command("报名", "sign_up", number="event")
def sign_up(ctx: Context, call: Call) -> str | None:
    """Take a seat, or a place on the waitlist; a topic #报名 about something else is talk."""
    if fold(call.body) == "+1":
        call = replace(call, body="")
    meant = meant_event(ctx, call, finding.ahead(ctx.scene))
    if meant is None:
        return None if call.body and not ctx.private else _NONE
    return _sign_up(ctx, meant)


@feature.command(
    answers=(
        "报名", "我报名", "我要报名", "参加", "我参加", "我要参加", "我去", "算我一个", "+1",
    ),
    number="event",
)  # fmt: skip
def joins(ctx: Context, call: Call) -> str | None:
    """The same under a message about the event; anywhere else these words are chatter."""
    if not answers_event(ctx, "sign_up"):
        return None
    meant = named_event(ctx, call)
    return None if meant is None else _sign_up(ctx, meant)


def _sign_up(ctx: Context, meant: Meant) -> str:
    scene, event = ctx.scene, meant.event
    if _NOT.match(meant.rest):
        raise UserError(f"没有报名。不去了发 #取消报名 E{event.id}。")
    if _ANOTHER.match(meant.rest):
        raise UserError(f"没有报名：一次只写一个编号，例如 #报名 E{event.id}。")
    fresh = signing_up.sign_up(scene, event, member=ctx.member)
    found = signing_up.place_of(scene, event, member=ctx.member)
    if not fresh:
        return f"{item(event)}你已经报过了，{found.told}。"
    told = f"{item(event)}满了，{found.told}，有名额我私聊告诉你。不等了发 #取消报名 E{event.id}。"
    if found.state == "seated":
        leave = "" if scene.now >= event.closes_at else f"在 {when(scene, event.closes_at)} 前"
        told = (
            f"报上了 {item(event)}：{when(scene, event.starts_at)}，{event.place}。"
            f"来不了请{leave}发 #取消报名 E{event.id}。"
        )
    told += f"你来过 E{event.priority_id}，这次优先。" if found.first else ""
    alone = meant.rest and not is_courtesy(meant.rest)
    return f"{told}只记了你一位，一起来的朋友请自己报名。" if alone else told
