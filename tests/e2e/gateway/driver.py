"""Runs the gateway as a process of its own, and plays the people on WeChat."""

import asyncio
import itertools
import json
import os
import re
import signal
import time
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tests.e2e.gateway.install import NODE, installed
from tests.ports import port_of, reserved

Generation = Literal["v0", "v1"]
TOKEN = "insecure_00000000-0000-0000-0000-000000000001"
BOT = "wxid_bot"
PATIENCE = 180.0  # seconds a test waits for something before it fails
_QUOTE = re.compile(r"\A「.*」\n(?:- )+-\n")
_PLAIN = "WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_SERVER"


@dataclass(frozen=True)
class Said:
    """Something that the bot said."""

    to: str
    text: str
    mentions: tuple[str, ...]
    id: str | None

    @property
    def words(self) -> str:
        """Without what it quotes."""
        return _QUOTE.sub("", self.text)


class Gateway:
    """A gateway with one account, logged in from its start. It can be killed and started again:
    port, rooms, people and what was said stay, as they do on a real one.
    """

    def __init__(
        self, generation: Generation = "v1", *, tls: bool = False, login: bool = True, **more: Any
    ) -> None:
        held = reserved()  # also while it is dead
        weakref.finalize(self, held.close)
        self.port = port_of(held)
        self.endpoint = f"127.0.0.1:{self.port}"
        self.done: list[dict[str, Any]] = []
        self.asked: set[str] = set()  # members about whom the bot wanted to know
        self._generation = generation
        self._tls = tls
        self._login = login
        self._options = {"endpoint": self.endpoint, "token": TOKEN, "account": BOT, **more}
        self._world: dict[str, dict[str, Any]] = {"contacts": {BOT: {"name": "老友"}}, "rooms": {}}
        self._said: list[dict[str, Any]] = []
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._numbers = itertools.count(1)
        self._ids = itertools.count(1)
        self._answers: dict[int, dict[str, Any]] = {}
        self._ready = False
        self._changed = asyncio.Condition()

    async def start(self) -> None:
        """Start, with everybody in place."""
        program = await asyncio.to_thread(installed, self._generation)
        plain = {} if self._tls else {_PLAIN: "true"}
        self._process = await asyncio.create_subprocess_exec(
            NODE,
            "--no-warnings",
            program,
            json.dumps(self._options),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "WECHATY_LOG": "silent", **plain},
            cwd=program.parent,
        )
        self._reader = asyncio.create_task(self._read(self._process))
        await self.until(lambda: self._ready)
        await self.command("world", **self._world)
        for given in self._said:
            await self.command("remember", **given)
        if self._login:
            await self.command("login", account=BOT)

    def freeze(self) -> None:
        """SIGSTOP: it keeps its connections and says nothing more."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT: it goes on where it was."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    async def kill(self) -> None:
        """SIGKILL."""
        if self._process is not None and self._reader is not None:
            self._process.kill()
            await self._process.wait()
            await self._reader
            self._process = None
            self.asked.clear()

    async def person(self, contact: str, name: str) -> None:
        """Somebody is on WeChat."""
        await self._put("contacts", contact, {"name": name})

    async def room(self, room: str, topic: str, **members: str) -> None:
        """A room with the bot and these members, each with a card. The first one owns it."""
        seats = {BOT: "", **members}
        owner = next(iter(members), BOT)
        await self._put("rooms", room, {"topic": topic, "owner": owner, "members": seats})

    async def says(
        self,
        contact: str,
        text: str,
        *,
        room: str | None = None,
        mentions: Sequence[str] = (),
        message_id: str | None = None,
        **more: Any,
    ) -> str:
        """Somebody says something; gives its id."""
        said = message_id or f"in-{next(self._ids)}"
        given = {"id": said, "from": contact, "to": BOT, "room": room, "text": text, **more}
        self._said.append({**given, "mentions": list(mentions)})
        await self.command("message", **self._said[-1])
        return said

    async def emit(self, name: str, **payload: Any) -> None:
        """Any event, odd ones among them."""
        await self.command("emit", name=name, payload=payload)

    async def joins(self, contact: str, room: str, *, card: str = "", by: str = "") -> None:
        """Somebody comes into a room."""
        self._world["rooms"][room]["members"][contact] = card
        await self.command("world", rooms={room: self._world["rooms"][room]})
        moment = {"inviterId": by, "roomId": room, "timestamp": int(time.time() * 1000)}
        await self.emit("room-join", inviteeIdList=[contact], **moment)

    async def leaves(self, contact: str, room: str, *, by: str = "") -> None:
        """Somebody leaves a room, or is made to."""
        self._world["rooms"][room]["members"].pop(contact, None)
        await self.command("forget", room=room, contact=contact)
        moment = {"removerId": by, "roomId": room, "timestamp": int(time.time() * 1000)}
        await self.emit("room-leave", removeeIdList=[contact], **moment)

    async def takes_back(self, contact: str, message_id: str, *, room: str) -> None:
        """Somebody recalls a message."""
        await self.says(contact, message_id, room=room, type=13)

    async def befriends(self, contact: str, hello: str) -> str:
        """Somebody asks the bot to be friends; gives the id of the request."""
        asked = f"friend-{next(self._ids)}"
        request = {"id": asked, "contactId": contact, "hello": hello, "type": 2}
        await self._put("friendships", asked, request)
        await self.emit("friendship", friendshipId=asked)
        return asked

    async def invites(self, contact: str, topic: str) -> str:
        """Somebody invites the bot into a room; gives the id of the invitation."""
        asked = f"invite-{next(self._ids)}"
        call = {"id": asked, "inviterId": contact, "topic": topic, "memberCount": 2}
        await self._put("invitations", asked, {**call, "memberIdList": [], "timestamp": 1})
        await self.emit("room-invite", roomInvitationId=asked)
        return asked

    async def command(self, name: str, /, **given: Any) -> None:
        """Have the gateway do something."""
        assert self._process is not None
        assert self._process.stdin is not None
        number = next(self._numbers)
        line = {"number": number, "command": name, **given}
        self._process.stdin.write(json.dumps(line).encode() + b"\n")
        await self.until(lambda: number in self._answers)
        assert "error" not in self._answers[number], self._answers[number]["error"]

    @property
    def sent(self) -> list[Said]:
        """What the bot has said so far."""
        return [
            Said(one["conversation"], one["text"], tuple(one["mentions"]), one["id"])
            for one in self.done
            if one["did"] == "send"
        ]

    async def heard(self, count: int = 1) -> list[Said]:
        """Wait until the bot has said so much."""
        await self.until(lambda: len(self.sent) >= count)
        return self.sent

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until a condition on ``done`` holds."""
        async with self._changed, asyncio.timeout(PATIENCE):
            await self._changed.wait_for(condition)

    async def introduced(self, room: str) -> None:
        """Wait until the bot has asked for everybody in a room."""
        members = self._world["rooms"][room]["members"]
        await self.until(lambda: self.asked >= members.keys())

    async def _put(self, kind: str, name: str, value: dict[str, Any]) -> None:
        self._world.setdefault(kind, {})[name] = value
        if self._process is not None:
            await self.command("world", **{kind: {name: value}})

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            found = json.loads(line)
            async with self._changed:
                self._ready = self._ready or "ready" in found
                if "did" in found:
                    self.done.append(found)
                if "asked" in found:
                    self.asked.add(found["id"])
                if "number" in found:
                    self._answers[found["number"]] = found
                self._changed.notify_all()
        self._ready = False
