"""Carrying out an action: one call after the other, and how it all ended."""

import random
from collections import deque
from collections.abc import Sequence

from bot.channels.base import Sent
from bot.channels.onebot.account import Account
from bot.channels.onebot.encode import Call
from bot.channels.onebot.fields import as_id
from bot.channels.onebot.link import UNKNOWN_ACTION, UNSURE, Answer
from bot.channels.untrusted import as_fields
from bot.clock import Clock


async def deliver(account: Account, calls: Sequence[Call], clock: Clock) -> Sent:
    """Make the calls. Once one has gone out, trouble with a later one ends as ``unknown``: to do
    all of it again would say the first part twice.
    """
    waiting = deque(calls)
    done: Sent | None = None
    while waiting:
        call = waiting.popleft()
        if done is not None:
            # Parts of one text at once look like spam to QQ.
            await clock.sleep(random.uniform(1, 2))
        answer = await account.call(call.action, call.params)
        if answer.retcode == UNKNOWN_ACTION and call.instead:
            waiting.extendleft(reversed(call.instead))
            continue
        sent = _sent(call, answer)
        if sent.state != "sent":
            return sent if done is None else _partial(done, sent)
        done = done or sent
    return done or Sent("refused", detail="空消息")


def _sent(call: Call, answer: Answer) -> Sent:
    match answer.state:
        case "ok":
            message_id = as_id(as_fields(answer.data).get("message_id"))
            return Sent("sent", message_id, answer.detail)
        case "offline":
            return Sent("offline", detail=answer.detail)
        case "silent":
            return Sent("unknown", detail=answer.detail)
    # NapCat says the same when a send timed out inside of QQ; nothing else has such doubts.
    unsure = answer.retcode == UNSURE and call.action.startswith("send_")
    return Sent("unknown" if unsure else "refused", detail=answer.detail)


def _partial(done: Sent, trouble: Sent) -> Sent:
    return Sent("unknown", done.message_id, f"只发出了前一部分：{trouble.detail}")
