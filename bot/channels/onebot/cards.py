"""A card that is set is read back: an ok alone proves nothing."""

from collections.abc import Sequence

from bot.channels.base import Sent
from bot.channels.onebot.account import Account
from bot.channels.onebot.deliver import deliver
from bot.channels.onebot.encode import Call
from bot.channels.onebot.fields import address, as_id, number
from bot.channels.onebot.seats import seats_from
from bot.channels.untrusted import as_fields
from bot.clock import Clock
from community.actions import SetCard
from community.updates import Seat, SeatsChanged

_PAUSE = 3.0  # seconds
_LEAST = 6  # characters: QQ cuts long cards, but not to less


async def set_card(account: Account, action: SetCard, calls: Sequence[Call], clock: Clock) -> Sent:
    """Set it, look whether it is so, and try once more: QQ is slow to know who has just come.

    Whoever follows the member list hears of the card.
    """
    sent = await _try(account, action, calls, clock)
    if sent.state in ("refused", "unknown"):
        await clock.sleep(_PAUSE)
        sent = await _try(account, action, calls, clock)
    return sent


async def _try(account: Account, action: SetCard, calls: Sequence[Call], clock: Clock) -> Sent:
    sent = await deliver(account, calls, clock)
    if sent.state == "offline":
        return sent
    seat = await _seat(account, action)
    if seat is None:
        return sent if sent.state != "sent" else Sent("unknown", detail="没能读回群名片")
    await _report(account, action.group, seat, clock)
    if _is_as_wished(seat.card, action.card):
        return Sent("sent")
    return Sent("refused", detail=sent.detail or "群名片没有变")


async def _seat(account: Account, action: SetCard) -> Seat | None:
    ids = {"group_id": number(action.group), "user_id": number(action.account)}
    answer = await account.call("get_group_member_info", {**ids, "no_cache": True})
    row = as_fields(answer.data)
    if answer.state != "ok" or as_id(row.get("user_id")) != str(ids["user_id"]):
        return None
    return next(iter(seats_from([row], own=account.number)), None)


def _is_as_wished(card: str, wished: str) -> bool:
    wished = " ".join(wished.split())
    return card == wished or (len(card) >= _LEAST and wished.startswith(card))


async def _report(account: Account, group: str, seat: Seat, clock: Clock) -> None:
    if account.events is None:
        return
    now = clock.now()
    update = SeatsChanged(
        channel=address(account.number),
        key=f"card:{number(group)}:{number(seat.account)}:{now.isoformat()}",
        time=now,
        group=group,
        seats=(seat,),
    )
    await account.events.events.put(update)
