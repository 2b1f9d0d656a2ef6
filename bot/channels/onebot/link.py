"""One connection to an OneBot implementation: API calls out, their answers and events in."""

import asyncio
import contextlib
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from loguru import logger
from pydantic_core import from_json

from bot.channels.onebot.fields import as_person
from bot.channels.onebot.wire import ClosedError, Wire
from bot.channels.untrusted import Fields, as_fields, as_text

T = TypeVar("T")
Drops = Callable[[Fields], bool]
"""Whether nothing more is to be done about an event."""

UNSURE = 1200  # NapCat: the action threw, which a time-out inside of QQ does as well
WRONG_TOKEN = 1403
UNKNOWN_ACTION = 1404
_HTTP = {404: UNKNOWN_ACTION}  # Lagrange answers with the code of HTTP

_WORDS = 200  # of an explanation; some quote whole messages in it


@dataclass(frozen=True)
class Answer:
    """How a call ended. ``silent``: asked, but no answer came. ``offline``: never asked."""

    state: Literal["ok", "failed", "silent", "offline"]
    data: object = None
    retcode: int = 0
    detail: str = ""


OFFLINE = Answer("offline", detail="没有连接")


class Link:
    """Reads one WebSocket: answers go to whoever asked, events wait in ``events``.

    Nothing in here waits for the events to be handled, so that a handler can ask for something.
    ``overflowed`` tells that events came faster than that and some were dropped.
    """

    def __init__(self, wire: Wire, *, timeout: float, backlog: int) -> None:
        self.events: asyncio.Queue[object] = asyncio.Queue(backlog)
        self.overflowed = False
        self.refused = False  # the other side does not accept our token
        self.closed = False
        self.drops: Drops = _drop_nothing  # asked of each event before it waits in ``events``
        # The account that the first event names; empty when none came before the end.
        self.self_id: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._wire = wire
        self._timeout = timeout
        self._numbers = itertools.count(1)
        self._waiting: dict[str, asyncio.Future[Answer]] = {}

    async def read(self) -> None:
        """Read until the connection ends; no frame ends it."""
        try:
            while not self.refused:
                self._take(await self._wire.receive())
        except ClosedError:
            logger.debug("OneBot: the connection ended")
        finally:
            self.closed = True
            _resolve(self.self_id, "")
            for waiting in self._waiting.values():
                _resolve(waiting, Answer("silent", detail="连接断开，没有等到回应"))

    async def call(self, action: str, params: Fields, max_wait: float | None = None) -> Answer:
        """Ask for something. Never raises for trouble of the other side."""
        if self.closed:
            return OFFLINE
        echo = str(next(self._numbers))
        frame = json.dumps({"action": action, "params": params, "echo": echo})
        waiting: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting[echo] = waiting
        try:
            async with asyncio.timeout(min(max_wait or self._timeout, self._timeout)):
                await self._wire.send(frame)
                return await waiting
        except TimeoutError:
            return Answer("silent", detail="没有等到回应")
        except ClosedError:  # while sending: the frame was not taken
            return OFFLINE
        finally:
            del self._waiting[echo]

    async def finish(self) -> None:
        """Tell whoever handles the events that no more will come: None is the last one."""
        await self.events.put(None)

    async def close(self) -> None:
        """End the connection."""
        self.closed = True
        with contextlib.suppress(ClosedError):
            await self._wire.close()

    def _take(self, received: str | bytes) -> None:
        try:
            frame = as_fields(_read(received))
        except (ValueError, RecursionError):
            logger.debug("OneBot: a frame that is no JSON was dropped")
            return
        if "post_type" in frame:
            self._queue(frame)
        elif (waiting := self._waiting.get(str(frame.get("echo")))) is not None:
            _resolve(waiting, _answer(frame))
        elif frame.get("retcode") == WRONG_TOKEN:
            self.refused = True
        else:
            logger.debug("OneBot: a frame that nobody waits for was dropped")

    def _queue(self, event: Fields) -> None:
        if not self.self_id.done() and (own := as_person(event.get("self_id"))) is not None:
            self.self_id.set_result(own)
        if self.drops(event):
            return
        try:
            self.events.put_nowait(event)
        except asyncio.QueueFull:
            if not self.overflowed:
                logger.warning("OneBot：消息来得太快，有一些要稍后从历史记录补取")
            self.overflowed = True


def _drop_nothing(_event: Fields) -> bool:
    return False


def _read(received: str | bytes) -> object:
    """What a frame holds. Raises ValueError, RecursionError.

    Whatever the quick parser does not take (half a surrogate pair, bad UTF-8), the patient one may.
    """
    try:
        return from_json(received)
    except ValueError:
        text = received if isinstance(received, str) else received.decode(errors="replace")
        return json.loads(text)


def _resolve(waiting: asyncio.Future[T], result: T) -> None:
    if not waiting.done():
        waiting.set_result(result)


def _answer(frame: Fields) -> Answer:
    code = frame.get("retcode")
    retcode = _HTTP.get(code, code) if isinstance(code, int) else 0
    data = frame.get("data")
    if frame.get("status") in ("ok", "async") or ("status" not in frame and retcode in (0, 1)):
        return Answer("ok", data, retcode)
    words = as_text(frame.get("wording")) or as_text(frame.get("message"))
    return Answer("failed", data, retcode, f"{retcode or ''} {words[:_WORDS]}".strip())
