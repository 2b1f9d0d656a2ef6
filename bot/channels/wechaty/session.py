"""One connection to the gateway, from the first call to the last event. In the child process."""

import asyncio
from collections.abc import Callable
from typing import Any

from grpclib.const import Status
from grpclib.exceptions import GRPCError, ProtocolError, StreamTerminatedError

from bot.channels.untrusted import Fields
from bot.channels.wechaty.calls import CALLS
from bot.channels.wechaty.diagnosis import generation, speaks_tls
from bot.channels.wechaty.protocol import Ended, Settings, read
from bot.channels.wechaty.puppet import Bot

_LOST = (OSError, StreamTerminatedError, ProtocolError, TimeoutError)
_PING = "laoyou"
_ANSWERED_NO = {Status.UNAVAILABLE, Status.CANCELLED, Status.DEADLINE_EXCEEDED}


class Session:
    """Passes events on and calls through, and pings the gateway."""

    def __init__(self, settings: Settings, tell: Callable[[Fields], None]) -> None:
        self._settings = settings
        self._tell = tell
        self._bot = Bot(
            settings.endpoint, settings.token, self._report, takes_over=settings.takes_over
        )
        self._pings_answered = False  # whether this gateway answers a ping by an event
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, asked: asyncio.StreamReader) -> Fields:
        """Until one side is gone; gives the last line."""
        try:
            refusal = await self._connect()
        except OSError as trouble:
            return _ended("unreachable", trouble)
        if refusal is not None:
            return refusal
        work = [
            asyncio.create_task(part)
            for part in (self._listen(), self._serve_calls(asked), self._ping())
        ]
        done, rest = await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
        return done.pop().result()

    async def _connect(self) -> Fields | None:
        """The first call: it tells whether the token is right, and what answers there."""
        gateway: Any = self._bot.puppet
        gateway.connect()
        try:
            async with asyncio.timeout(self._settings.timeout):
                version = await gateway.puppet_stub.version()
                kind = await generation(gateway.channel)
        except GRPCError as error:
            return _refusal(error)
        except (StreamTerminatedError, ProtocolError, TimeoutError) as trouble:
            if await speaks_tls(self._settings.endpoint, self._settings.timeout):
                return {"ended": "tls", "detail": ""}
            silent = isinstance(trouble, TimeoutError)
            return _ended("unreachable" if silent else "stranger", trouble)
        self._report("connected", {"version": version.version, "generation": kind})
        return None

    async def _listen(self) -> Fields:
        try:
            await self._bot.start()
        except (GRPCError, *_LOST) as trouble:
            return _ended("lost", trouble)
        if not self._settings.takes_over:  # it is only looked at: there is more to ask
            await asyncio.Event().wait()
        return {"ended": "lost", "detail": "the gateway ended the events"}

    async def _ping(self) -> Fields:
        """Ping the gateway again and again. Its answer is a sign of life.

        Most gateways answer by an event, which shows that events come through as well. Where one
        did so once, the mere end of the call counts no more.
        """
        while True:
            await asyncio.sleep(self._settings.ping_interval)
            try:
                async with asyncio.timeout(self._settings.timeout):
                    await self._bot.puppet.puppet_stub.ding(data=_PING)
                    if not self._pings_answered:
                        self._report("alive", {})
            except (TimeoutError, GRPCError):
                continue
            except _LOST as trouble:  # it died while it owed the answer
                return _ended("lost", trouble)

    async def _serve_calls(self, asked: asyncio.StreamReader) -> Fields:
        while line := await asked.readline():
            task = asyncio.create_task(self._answer(read(line)))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return {"ended": "lost", "detail": "the bot is gone"}

    async def _answer(self, asked: Fields) -> None:
        number, call = asked.get("call"), CALLS[str(asked.get("name"))]
        try:
            async with asyncio.timeout(self._settings.timeout):
                result = await call(self._bot.puppet, asked)
        except GRPCError as error:
            unsure = error.status in _ANSWERED_NO
            self._fail(number, "silent" if unsure else "refused", error.message or "")
        except ConnectionRefusedError as error:  # it never left us
            self._fail(number, "offline", str(error))
        # The boundary of a call: whoever asked has to hear something.
        except Exception as error:
            self._fail(number, "silent", type(error).__name__)
        else:
            self._tell({"answer": number, "result": result})

    def _fail(self, number: object, trouble: str, detail: str) -> None:
        self._tell({"answer": number, "trouble": trouble, "detail": detail})

    def _report(self, name: str, payload: dict[str, Any]) -> None:
        if name == "dong":
            self._pings_answered = True
            name = "alive"
        self._tell({"event": name, "data": payload})


def _refusal(error: GRPCError) -> Fields:
    match error.status:
        case Status.UNAUTHENTICATED | Status.PERMISSION_DENIED:
            return {"ended": "token", "detail": ""}  # the words quote the token
        case Status.UNIMPLEMENTED:
            return _ended("stranger", error)
    return _ended("lost", error)


def _ended(why: Ended, trouble: BaseException) -> Fields:
    detail = trouble.message if isinstance(trouble, GRPCError) else str(trouble)
    return {"ended": why, "detail": detail or type(trouble).__name__}
