"""One QQ account: where its calls go, where its events come from, which groups it is in."""

import asyncio
from typing import Literal

from loguru import logger

from bot.channels.onebot.link import OFFLINE, UNKNOWN_ACTION, Answer, Link
from bot.channels.onebot.mutes import Mutes
from bot.channels.onebot.seats import Role as GroupRole
from bot.channels.untrusted import Fields
from bot.logs import masked

Role = Literal["universal", "api", "event"]

# Not in the standard: an implementation that lacks one of these is asked only once.
_EXTENSIONS = frozenset({"get_group_msg_history", "get_group_system_msg", "send_group_forward_msg"})


class Account:
    """Outlives its connections, so that it is known whose group it is while it is away."""

    def __init__(self, number: str) -> None:
        self.number = number
        self.name = ""
        self.groups: frozenset[str] | None = None  # None: not known yet
        self.entered: set[str] = set()  # it has told so itself, and its list does not have them yet
        self.moved = asyncio.Event()  # it has come into one since its lists were read
        self.listed = False  # it was asked for its groups
        self.logged_in = True  # for all that its implementation says of it
        self.answers = True  # when its members were asked for last
        self.ready = asyncio.Event()  # both calls and events work
        self.events: Link | None = None
        self._calls: Link | None = None
        self._unsupported: set[str] = set()
        self.roles = dict[str, GroupRole]()  # what it is in groups, as far as it was told
        self.mutes = Mutes(self.roles)

    @property
    def online(self) -> bool:
        """Whether calls can be made."""
        return self._calls is not None and not self._calls.closed

    @property
    def responsive(self) -> bool:
        """Whether calls are likely to do anything. It may be wrong: they are made all the same."""
        return self.online and self.logged_in and self.answers

    def move(self, group: str, *, inside: bool) -> None:
        """It has come into a group, or is no longer there."""
        if inside:
            self.entered.add(group)
            self.moved.set()
        else:
            self.entered.discard(group)
        if self.groups is not None:
            self.groups = self.groups | {group} if inside else self.groups - {group}

    async def call(self, action: str, params: Fields, max_wait: float | None = None) -> Answer:
        """Ask the implementation for something."""
        if self._calls is None:
            return OFFLINE
        if action in self._unsupported:
            return Answer("failed", retcode=UNKNOWN_ACTION, detail=f"不支持 {action}")
        answer = await self._calls.call(action, params, max_wait)
        if answer.retcode == UNKNOWN_ACTION and action in _EXTENSIONS:
            self._unsupported.add(action)
        return answer

    async def attach(self, link: Link, role: Role) -> None:
        """Use this connection; an older one of the same role is closed."""
        old = {self._calls if role != "event" else None, self.events if role != "api" else None}
        if role != "event":
            self._calls = link
        if role != "api":
            self.events = link
            self.logged_in = True
            self.mutes.clear()
            self.entered.clear()  # that it was put out again could have gone unheard
        if self._calls and self.events:
            self.ready.set()
        for replaced in old - {None, link}:
            if replaced is not None:
                logger.info("OneBot：账号 {} 有了新连接，旧的关闭", masked(self.number))
                await replaced.close()

    def detach(self, link: Link) -> None:
        """The connection is over."""
        if self._calls is link:
            self._calls = None
        if self.events is link:
            self.events = None
        if not (self._calls and self.events):
            self.ready.clear()

    async def close(self) -> None:
        """End its connections."""
        for link in {self._calls, self.events}:
            if link is not None:
                await link.close()
