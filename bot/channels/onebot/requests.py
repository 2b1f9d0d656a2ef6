"""People who ask to be let in, as updates: from events, and from the list of what was missed."""

import re
from datetime import datetime, timedelta

from loguru import logger

from bot.channels.onebot.account import Account
from bot.channels.onebot.fields import address, as_id, as_name, as_person, as_rows
from bot.channels.untrusted import Fields, as_fields, as_text, as_time
from community.updates import BotInvited, FriendRequested, JoinRequested, Update

ACTION = "get_group_system_msg"
_COUNT = 50
_PATIENCE = 10.0
_LONGEST_FLAG = 128
_FORGOTTEN = timedelta(days=30)
_MOMENT = re.compile("1[0-9]{15}", re.ASCII)
_MICROSECONDS = 10**6
_COMPOSED = re.compile(r"[0-9]+\|([0-9]+)\|[0-9]+(?:\|[01])?", re.ASCII)
# A group that asks a question sends it along with the answer, or at least this label.
_ASKED = re.compile(r"\s*问题?\s*[:：](?P<question>.*?)答案\s*[:：]", re.DOTALL)
_ANSWER = re.compile(r"\s*(?:答案|回答|答)\s*[:：]")


def request_from(event: Fields, own: str, time: datetime) -> Update | None:
    """A request event as an update; None when it cannot be answered."""
    user, flag = as_person(event.get("user_id")), _flag(event.get("flag"))
    if user in (None, own) or not flag:
        return None
    kind, group = event.get("request_type"), as_id(event.get("group_id"))
    if kind == "group" and group is not None:
        if event.get("sub_type") == "invite":
            return _invited(event, own, time, group)
        return _asked(event, own, time, group)
    return _befriended(event, own, time) if kind == "friend" else None


async def unanswered(account: Account, time: datetime) -> list[Update]:
    """The requests that wait for an answer: nobody reports those that came while the bot, or the
    implementation, was off. What nobody has answered for weeks, nobody wants to.
    """
    answer = await account.call(ACTION, {"count": _COUNT}, _PATIENCE)
    if answer.state != "ok":
        logger.info("OneBot：取不到未处理的入群申请（{}）", answer.detail)
        return []
    rows = [row | {"sub_type": "add"} for row in _open(answer.data, "join_requests")]
    rows += [row | {"sub_type": "invite"} for row in _open(answer.data, "invited_requests")]
    found = (request_from(row, account.number, _asked_at(row, time)) for row in rows)
    return [update for update in found if update is not None and time - update.time < _FORGOTTEN]


def spoken(comment: str) -> tuple[str, str]:
    """The group's question, if the comment repeats it, and what the person wrote."""
    found = _ASKED.match(comment)
    if found is not None:
        return found["question"].strip(), comment[found.end() :].strip()
    found = _ANSWER.match(comment)
    return "", (comment if found is None else comment[found.end() :]).strip()


def serial(flag: str) -> str:
    """What is the same in an event, in its repetitions and in the list: mostly the flag. That of
    LLOneBot is group, number and kind, and its list gives the number alone, which it does not take.
    """
    found = _COMPOSED.fullmatch(flag)
    return flag if found is None else found[1]


def _asked_at(row: Fields, now: datetime) -> datetime:
    """The list tells no time, but NapCat's flag is one, in microseconds; else it counts as now."""
    flag = _flag(row.get("flag"))
    moment = as_time(int(flag) / _MICROSECONDS) if _MOMENT.fullmatch(flag) else None
    return now if moment is None else min(moment, now)


def _flag(value: object) -> str:
    """The token that is given back with the answer: a number or a text, only ever passed on."""
    text = as_id(value) or as_text(value).strip()
    return text if len(text) <= _LONGEST_FLAG else ""


def _open(data: object, kind: str) -> list[dict[str, object]]:
    """The rows that nobody has answered, as events have it."""
    rows = [as_fields(row) for row in as_rows(as_fields(data).get(kind))]
    return [
        {
            "request_type": "group",
            "group_id": row.get("group_id"),
            # NapCat calls the applicant invitor_uin, others requester_uin.
            "user_id": row.get("requester_uin") or row.get("invitor_uin"),
            "nickname": row.get("requester_nick") or row.get("invitor_nick"),
            "comment": row.get("message"),
            "flag": row.get("request_id"),
        }
        for row in rows
        if row.get("checked") is False
    ]


def _asked(event: Fields, own: str, time: datetime, group: str) -> JoinRequested:
    question, words = spoken(as_text(event.get("comment")))
    flag = _flag(event.get("flag"))
    return JoinRequested(
        channel=address(own),
        key=f"request:group:{group}:{serial(flag)}",
        time=time,
        group=address(group),
        account=_who(event),
        name=as_name(event.get("nickname")),
        comment=words,
        question=question,
        flag=flag,
    )


def _invited(event: Fields, own: str, time: datetime, group: str) -> BotInvited:
    flag = _flag(event.get("flag"))
    return BotInvited(
        channel=address(own),
        key=f"request:invite:{group}:{serial(flag)}",
        time=time,
        group=address(group),
        account=_who(event),
        flag=flag,
    )


def _befriended(event: Fields, own: str, time: datetime) -> FriendRequested:
    flag = _flag(event.get("flag"))
    return FriendRequested(
        channel=address(own),
        key=f"request:friend:{flag}",
        time=time,
        account=_who(event),
        name=as_name(event.get("nickname")),
        comment=as_text(event.get("comment")).strip(),
        flag=flag,
    )


def _who(event: Fields) -> str:
    return address(as_id(event.get("user_id")) or "")
