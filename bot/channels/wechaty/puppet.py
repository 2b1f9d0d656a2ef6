"""python-wechaty as the child process uses it. Imported after the shim, and nowhere else.

Three parts of it are replaced, because each ends the bot without a word in ordinary conditions:
the event loop (one odd event stops it), the bridge of events (unordered, blocked by a busy port
5000, deaf to the second login), and the restart (gives up after a minute).
"""

import json
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from grpclib.client import Channel
from grpclib.const import Status
from grpclib.exceptions import GRPCError
from typing_extensions import override
from wechaty import Wechaty, WechatyOptions
from wechaty_grpc.wechaty import PuppetStub
from wechaty_puppet import EventType, Puppet, PuppetOptions
from wechaty_puppet_service import PuppetService

Emit = Callable[[str, dict[str, Any]], None]

EVENTS = {
    EventType.EVENT_TYPE_HEARTBEAT: "heartbeat",
    EventType.EVENT_TYPE_MESSAGE: "message",
    EventType.EVENT_TYPE_DONG: "dong",
    EventType.EVENT_TYPE_ERROR: "error",
    EventType.EVENT_TYPE_FRIENDSHIP: "friendship",
    EventType.EVENT_TYPE_ROOM_INVITE: "room-invite",
    EventType.EVENT_TYPE_ROOM_JOIN: "room-join",
    EventType.EVENT_TYPE_ROOM_LEAVE: "room-leave",
    EventType.EVENT_TYPE_ROOM_TOPIC: "room-topic",
    EventType.EVENT_TYPE_SCAN: "scan",
    EventType.EVENT_TYPE_READY: "ready",
    EventType.EVENT_TYPE_LOGIN: "login",
    EventType.EVENT_TYPE_LOGOUT: "logout",
}


class Gateway(PuppetService):
    """The connection to the gateway. A gateway serves its events to one client at a time."""

    takes_over = True  # from whoever listens now

    def connect(self) -> None:
        """Prepare the channel; the first call opens it."""
        parts = urlsplit(f"//{self.options.end_point}")
        self.channel = Channel(host=parts.hostname, port=parts.port)
        self.channel._authority = self.options.token  # where both generations look for it
        self._puppet_stub = PuppetStub(self.channel)

    @override
    async def start(self) -> None:
        """Listen until the gateway hangs up."""
        await self.puppet_stub.start()
        try:
            await self._listen_for_event()
        except GRPCError as error:
            if error.status is not Status.ALREADY_EXISTS:
                raise
            self._event_stream.emit("taken" if self.takes_over else "busy", {})
            if not self.takes_over:
                return
            await self.puppet_stub.stop()
            await self.puppet_stub.start()
            await self._listen_for_event()

    @override
    async def _listen_for_event(self) -> None:
        """Pass on every event as it is: no payload, however odd, ends the loop."""
        async for event in self.puppet_stub.event():
            name = EVENTS.get(event.type)
            if name is not None:
                self._event_stream.emit(name, _payload(event.payload))


def _payload(text: str) -> dict[str, Any]:
    try:
        payload = json.loads(text)
    except ValueError:
        return {}
    return payload if isinstance(payload, dict) else {}


class Bot(Wechaty):  # type: ignore[misc]  # wechaty has no types
    """A Wechaty that hands every event of its puppet to ``emit``, in the order of the gateway."""

    def __init__(self, endpoint: str, token: str, emit: Emit, *, takes_over: bool) -> None:
        gateway = Gateway(PuppetOptions(token=token, end_point=endpoint))
        gateway.takes_over = takes_over
        super().__init__(WechatyOptions(puppet=gateway))
        self._emit = emit

    @override
    async def init_puppet_event_bridge(self, puppet: Puppet) -> None:
        """Plain functions: the emitter calls them at once, one event after the other."""
        for name in (*EVENTS.values(), "taken", "busy"):
            puppet.on(name, partial(self._emit, name))

    @override
    async def start(self) -> None:
        """Listen until the gateway hangs up. Whoever started the child decides what is next."""
        await self.init_puppet()
        await self.init_puppet_event_bridge(self.puppet)
        await self.puppet.start()
