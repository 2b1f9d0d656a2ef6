"""One QQ account as a bot sees it: a lean client that says things and times the answers."""

import asyncio
import itertools
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from websockets.asyncio.client import ClientConnection, connect

from bench.driver import frames

PATIENCE = 60.0  # seconds until an answer that does not come ends the measurement
_PATH = "/onebot/v11/ws"
_AT_ONCE = 500  # messages between two answers: nobody reads on for ever while others wait


@dataclass(frozen=True)
class Scenery:
    """The groups that the account is in, and who sits in each of them."""

    groups: Sequence[int]
    people: Sequence[int]


class QQ:
    """Dials a bot. An answer is known by the message that it quotes."""

    def __init__(self, socket: ClientConnection, scenery: Scenery) -> None:
        self._socket = socket
        self._scenery = scenery
        self._numbers = itertools.count(int(time.time()) % 1_000_000 * 1_000)
        self._waiting: dict[int, asyncio.Future[float]] = {}
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def dial(cls, port: int, scenery: Scenery) -> "QQ":
        """Connect like NapCat: without compression."""
        headers = {"X-Self-ID": str(frames.OWN), "X-Client-Role": "Universal"}
        url = f"ws://127.0.0.1:{port}{_PATH}"
        socket = await connect(
            url, additional_headers=headers, compression=None, ping_interval=None, proxy=None
        )
        await socket.send(frames.lifecycle())
        return cls(socket, scenery)

    async def ask(self, user: int, text: str, *, group: int) -> float:
        """Seconds from the event to the call that answers it."""
        number = next(self._numbers)
        waiting: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waiting[number] = waiting
        frame = frames.said(user, text, group=group, message_id=number)
        start = time.perf_counter()
        await self._socket.send(frame)
        async with asyncio.timeout(PATIENCE):
            return await waiting - start

    async def chat(self, texts: Sequence[str], question: str) -> float:
        """Seconds until all of it was read, as the answers to a question now and then tell."""
        group, people = self._scenery.groups[0], itertools.cycle(self._scenery.people)
        said = [
            frames.said(next(people), text, group=group, message_id=next(self._numbers))
            for text in texts
        ]
        start = time.perf_counter()
        for first in range(0, len(said), _AT_ONCE):
            await self._send(said[first : first + _AT_ONCE])
            await self.ask(self._scenery.people[0], question, group=group)
        return time.perf_counter() - start

    async def close(self) -> None:
        """Hang up."""
        await self._socket.close()
        await self._reading

    async def _send(self, said: Iterable[str]) -> None:
        for frame in said:
            await self._socket.send(frame)

    async def _read(self) -> None:
        async for frame in self._socket:
            came = time.perf_counter()
            call = json.loads(frame)
            number = frames.quoted(call.get("params") or {})
            if number is not None and (waiting := self._waiting.pop(number, None)) is not None:
                waiting.set_result(came)
            scenery = self._scenery
            told = frames.answer(
                call,
                groups=scenery.groups,
                people=scenery.people,
                message_id=next(self._numbers),
            )
            await self._socket.send(told)
