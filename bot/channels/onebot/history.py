"""Group messages that were sent while nobody was listening."""

from datetime import datetime

from loguru import logger

from bot.channels.onebot.account import Account
from bot.channels.onebot.fields import as_id, as_rows, number
from bot.channels.onebot.link import UNKNOWN_ACTION
from bot.channels.untrusted import Fields, as_fields, as_time
from bot.logs import masked

ACTION = "get_group_msg_history"
_COUNT = 100  # messages a call
_CALLS = 5
_TIMEOUT = 10.0


class UnavailableError(Exception):
    """The history cannot be had now, of no group: the rest need not be asked for."""


class FailedError(Exception):
    """That of one group cannot be had now."""


class UnknownError(UnavailableError):
    """It cannot be had at all: this implementation has none."""


async def missed(account: Account, group: str, since: datetime) -> list[Fields]:
    """The message events of a group since a moment, oldest first.

    Raises FailedError, UnavailableError, UnknownError.
    """
    found: dict[str, Fields] = {}
    start: object = None
    for _ in range(_CALLS):
        page = await _page(account, group, start)
        fresh = [row for row in page if (key := as_id(row.get("message_id"))) and key not in found]
        found |= {str(as_id(row["message_id"])): row for row in fresh}
        oldest = min(fresh, key=_sent, default=None)
        # An implementation without paging brings the same page again: nothing in it is new.
        if oldest is None or _sent(oldest) < since.timestamp():
            break
        start = oldest.get("message_seq")
    else:
        logger.warning("OneBot：群 {} 错过的消息太多，更早的没有取到", masked(group))
    kept = [row for row in found.values() if _sent(row) >= since.timestamp()]
    return [_event(account, group, row) for row in sorted(kept, key=_sent)]


async def _page(account: Account, group: str, start: object) -> list[Fields]:
    # The last two spare NapCat the slow look-ups of pictures and of forwarded cards.
    params: dict[str, object] = {"group_id": number(group), "count": _COUNT}
    params |= {"disable_get_url": True, "parse_mult_msg": False}
    if start is not None:
        params["message_seq"] = start
    answer = await account.call(ACTION, params, _TIMEOUT)
    unknown = answer.retcode == UNKNOWN_ACTION
    if unknown or answer.state in ("silent", "offline"):
        logger.info("OneBot：取不到断线期间的消息（{}）", answer.detail)
        raise UnknownError if unknown else UnavailableError
    if answer.state == "failed":
        logger.info("OneBot：取不到群 {} 断线期间的消息（{}）", masked(group), answer.detail)
        raise FailedError
    return [as_fields(row) for row in as_rows(as_fields(answer.data).get("messages"))]


def _sent(row: Fields) -> float:
    time = as_time(row.get("time"))
    return time.timestamp() if time else 0.0


def _event(account: Account, group: str, row: Fields) -> Fields:
    """The message as it would have been reported. Some leave out what is plain from the call."""
    plain = {"message_type": "group", "group_id": number(group), "self_id": account.number}
    return {"post_type": "message", **plain, **row}
