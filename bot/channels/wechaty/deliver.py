"""Carrying out an action: one call after the other, and how it all ended."""

import random
from collections.abc import Sequence

from bot.channels.base import Sent
from bot.channels.untrusted import as_fields
from bot.channels.wechaty.encode import Call
from bot.channels.wechaty.link import Answer, Link
from bot.channels.wechaty.values import as_id
from bot.clock import Clock


async def deliver(link: Link, calls: Sequence[Call], clock: Clock) -> Sent:
    """Make the calls. Once one has gone out, trouble with a later one ends as ``unknown``: to do
    all of it again would say the first part twice.
    """
    done: Sent | None = None
    for call in calls:
        if done is not None:
            # Parts of one text at once look like spam to WeChat.
            await clock.sleep(random.uniform(1, 2))
        sent = _sent(await link.call(call.name, **call.asked))
        if sent.state != "sent":
            return sent if done is None else _half(done, sent)
        done = done or sent
    return done or Sent("sent", detail="微信里不用回应")


def _sent(answer: Answer) -> Sent:
    match answer.state:
        case "ok" if answer.data is False:  # a recall that came too late
            return Sent("refused", detail="网关没有做成")
        case "ok":
            return Sent("sent", as_id(as_fields(answer.data).get("id")) or None)
        case "refused":
            return Sent("refused", detail=answer.detail)
        case "offline":
            return Sent("offline", detail=answer.detail)
    return Sent("unknown", detail=answer.detail)


def _half(done: Sent, trouble: Sent) -> Sent:
    return Sent("unknown", done.message_id, f"只发出了前一部分：{trouble.detail}")
