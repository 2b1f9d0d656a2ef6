"""Taking a seat that was offered."""

import re

from community.events import finding, signing_up
from community.events.wording import item, when
from community.rights import may
from handlers.framework.context import Context
from handlers.framework.events import meant_event, quoted_event
from handlers.framework.feature import Call, Feature
from storage.tables import Event

feature = Feature(
    "confirm",
    usage="#我去 E3（或引用我的通知回 我去）",
    summary="候补到了名额，确认会来",
    order=149,
)

# #确认 is no command: applicants say so to send what they have filled in, and are heard first.
_YES = re.compile(r"[#＃]?(?:确认|我去|我来|去|来)\s*+[#＃]?(?:[EeＥｅ](\d{1,9}))?[。！!~\s]*")


@feature.command("我去", number="event")
def confirm(ctx: Context, call: Call) -> str | None:
    """Say that one comes; a #我去 with other words behind it is talk."""
    offered = signing_up.offered(ctx.scene, member=ctx.member)
    meant = meant_event(ctx, call, offered)
    if meant is None:
        return None if call.body else "现在没有留给你、等你确认的名额；想参加发 #报名。"
    return _confirm(ctx, meant.event)


@feature.private_text
def heard(ctx: Context) -> str | None:
    """A yes in private, by whoever has been offered a seat; to anybody else it is chatter."""
    said = _YES.fullmatch(ctx.message.text.strip())
    if said is None or ctx.known is None or not may(ctx.scene, ctx.known, "confirm"):
        return None
    event = quoted_event(ctx)
    if said[1]:
        event = finding.by_number(ctx.scene, int(said[1]))
    offered = signing_up.offered(ctx.scene, member=ctx.known)
    if event is None and len(offered) == 1:
        event = offered[0]
    return None if event is None else _confirm(ctx, event)


def _confirm(ctx: Context, event: Event) -> str:
    if not signing_up.confirm(ctx.scene, event, member=ctx.member):
        return f"{item(event)}你已经有名额了。"
    return f"好，{item(event)}算你一个：{when(ctx.scene, event.starts_at)}，{event.place}。"
