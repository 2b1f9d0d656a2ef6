"""Keeps the member lists of the groups fresh: cards change without a word."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from loguru import logger

from bot.channels.onebot.account import Account
from bot.channels.onebot.fields import address, as_id, as_name, as_rows, number
from bot.channels.onebot.link import UNSURE, Answer
from bot.channels.onebot.seats import role_from, seats_from
from bot.channels.seats import Seats
from bot.channels.untrusted import as_fields
from bot.clock import Clock
from bot.logs import masked

_EVERY = 600.0  # seconds
_OTHERS_CONNECT = 5.0  # seconds that other accounts of the bot have, lest they be read as members


class Roster:
    """Reads the lists of the configured groups after each connect, and every ten minutes."""

    def __init__(
        self,
        *,
        groups: Sequence[str],
        seats: Seats,
        clock: Clock,
        refresh_own: Callable[[], Awaitable[None]],
        sole: bool = True,
    ) -> None:
        self._groups = groups
        self._seats = seats
        self._clock = clock
        self._refresh_own = refresh_own
        self._sole = sole  # else a group may well be that of another account
        self._wait_for_others = not sole
        self._told: set[str] = set()

    async def keep_fresh(self, account: Account) -> None:
        """Until cancelled."""
        while True:
            await account.ready.wait()
            account.moved.clear()
            listed, answers = await self._load_account(account), []
            if self._wait_for_others:  # once: they are known from then on, also while away
                await self._clock.sleep(_OTHERS_CONNECT)
                self._wait_for_others = False
            await self._refresh_own()
            for group in self._groups:
                if account.groups is None:  # it may be in none of them
                    await self._refresh(account, group)
                elif group in account.groups:
                    answers.append(await self._refresh(account, group))
                elif self._sole and group not in self._told:
                    self._told.add(group)
                    logger.warning("OneBot：账号不在群 {} 里", masked(group))
            # The list of groups may come from memory; members are asked for at QQ itself.
            account.answers = any(_is_answer(answer) for answer in answers or [listed])
            await self._pause(account)

    async def _pause(self, account: Account) -> None:
        """Until it is time again, or the account is in one more group."""
        waits = (self._clock.sleep(_EVERY), account.moved.wait())
        tasks = [asyncio.ensure_future(one) for one in waits]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()

    async def _load_account(self, account: Account) -> Answer:
        """Learn the account's name and its groups."""
        if not account.name:
            info = await account.call("get_login_info", {})
            account.name = as_name(as_fields(info.data).get("nickname"))
        listed = await account.call("get_group_list", {})
        rows = as_rows(listed.data)
        ids = (as_id(as_fields(row).get("group_id")) for row in rows)
        _note_muted(account, rows)
        if listed.state == "ok" and rows:
            told = frozenset(address(found) for found in ids if found)
            account.entered -= told
            account.groups = told | account.entered
        account.listed = listed.state in ("ok", "failed")
        return listed

    async def _refresh(self, account: Account, group: str) -> Answer:
        self._seats.begin_refresh(group)
        params = {"group_id": number(group), "no_cache": True}
        answer = await account.call("get_group_member_list", params)
        rows = as_rows(answer.data)
        if (role := role_from(rows, own=account.number)) is not None:
            account.roles[group] = role
        seats = seats_from(rows, own=account.number)
        if answer.state != "ok" or not seats:  # an empty list would say that everybody has left
            logger.info("OneBot：取不到群 {} 的成员（{}）", masked(group), answer.detail)
            return answer
        change = self._seats.replace(group, seats)
        if change and account.events is not None:
            native, now = str(number(group)), self._clock.now()
            told = change.to_update(
                channel=address(account.number), group=group, native=native, at=now
            )
            await account.events.events.put(told)
        return answer


def _note_muted(account: Account, rows: Sequence[object]) -> None:
    """Of groups that are muted as a whole, as NapCat lists them; others do not tell."""
    for row in map(as_fields, rows):
        group, muted = as_id(row.get("group_id")), as_id(row.get("group_all_shut"))
        if group is not None and muted in ("-1", "0", "1"):
            account.mutes.mute_whole(address(group), muted=muted != "0")


def _is_answer(answer: Answer) -> bool:
    """Not so if nothing came, or only that something went wrong on the way to QQ."""
    return answer.state == "ok" or (answer.state == "failed" and answer.retcode != UNSURE)
