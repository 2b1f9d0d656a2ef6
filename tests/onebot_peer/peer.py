"""The peer itself: connections, what people say in its groups, what the bot asks for."""

import asyncio
import contextlib
import json
import time
from collections.abc import Callable, Sequence
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from tests.onebot_peer import payloads
from tests.onebot_peer.answers import Answer, Reply, Stock, failed
from tests.onebot_peer.cq import to_cq
from tests.onebot_peer.payloads import Event, Segment
from tests.onebot_peer.requests import Request

Socket = ClientConnection | ServerConnection
PATIENCE = 60.0  # seconds a test waits for something before it fails


class Peer:
    """Plays an OneBot implementation with one QQ account.

    ``await listen()`` for a bot that dials (forward), ``await dial(url)`` for one that is dialled
    (reverse). Then ``say`` things, and wait for ``requests``. Close with ``await close()``.
    """

    def __init__(
        self,
        *,
        number: int = 10001000,
        name: str = "助教",
        token: str = "secret",
        cq: bool = False,
        patience: float = PATIENCE,
    ) -> None:
        self._patience = patience
        self.number = number
        self.token = token
        self.cq = cq  # messages as strings with CQ codes
        self.stock = Stock(number, name)
        self.requests: list[Request] = []
        self.dials = 0  # connections that were asked for, with whatever token
        self._answers: dict[str, Answer] = {}
        self._sockets: dict[Socket, str] = {}
        self._server: Server | None = None
        self._readers: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Condition()

    async def listen(self, port: int = 0) -> str:
        """Be the server. Returns the address to dial."""
        self._server = await serve(self._serve, "127.0.0.1", port)
        self.port: int = next(iter(self._server.sockets)).getsockname()[1]
        return f"ws://127.0.0.1:{self.port}/"

    async def dial(self, url: str, *, role: str = "Universal", query: bool = False) -> Socket:
        """Be the client. Raises websockets.InvalidStatus when the bot does not let it in."""
        headers = {"X-Self-ID": str(self.number), "X-Client-Role": role}
        if query:
            url = f"{url}?access_token={self.token}"
        else:
            headers["Authorization"] = f"Bearer {self.token}"
        socket = await connect(url, additional_headers=headers, proxy=None)
        await self._welcome(socket, role)
        reader = asyncio.create_task(self._read(socket))
        self._readers.add(reader)
        reader.add_done_callback(self._readers.discard)
        return socket

    async def hang_up(self) -> None:
        """End all connections; a listening peer goes on listening."""
        ending = list(self._sockets)
        for socket in ending:
            await socket.close()
        await self.until(lambda: not self._sockets.keys() & set(ending))

    async def close(self) -> None:
        """End everything."""
        await self.hang_up()
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
        await asyncio.gather(*self._readers)

    def seat(self, group: int, user: int, nickname: str, **fields: str) -> None:
        """Put somebody into a group."""
        row = payloads.member(user, group=group, nickname=nickname, **fields)
        self.stock.members.setdefault(group, []).append(row)

    def answer(self, action: str, reply: Reply | Answer) -> None:
        """Answer this action so from now on."""
        self._answers[action] = reply if callable(reply) else lambda _params: reply

    async def say(
        self,
        user: int,
        message: str | Sequence[Segment],
        *,
        group: int | None = None,
        message_id: int | None = None,
        at: int | None = None,
        **sender: str,
    ) -> int:
        """Somebody says something. Unheard by the bot when it is not connected. Returns the id."""
        segments = [payloads.text(message)] if isinstance(message, str) else list(message)
        event = payloads.message(
            own=self.number,
            user=user,
            segments=segments,
            message_id=self.stock.new_id() if message_id is None else message_id,
            time=int(time.time()) if at is None else at,
            group=group,
            **sender,
        )
        if self.cq:
            event |= {"message": to_cq(segments), "message_format": "string"}
        said: int = event["message_id"]
        self.stock.spoken[said] = event
        if group is not None:
            self.stock.history.setdefault(group, []).append({**event, "message_seq": said})
        await self.emit(event)
        return said

    async def recall(self, message_id: int, *, by: int | None = None) -> None:
        """Somebody takes a message back."""
        said = self.stock.spoken[message_id]
        kind = "group_recall" if "group_id" in said else "friend_recall"
        fields = {key: said[key] for key in ("group_id", "user_id", "message_id") if key in said}
        operator = {"operator_id": by or said["user_id"]} if "group_id" in said else {}
        await self.notify(kind, **fields, **operator)

    async def request(
        self,
        user: int,
        *,
        flag: str,
        group: int | None = None,
        comment: str = "",
        nickname: str = "新人",
        sub_type: str = "add",
    ) -> None:
        """Somebody asks to be let in. Unheard when the bot is not connected, and never repeated
        by itself; it waits in the list of requests, though.
        """
        event = payloads.request(
            own=self.number,
            user=user,
            flag=flag,
            time=int(time.time()),
            group=group,
            comment=comment,
            sub_type=sub_type,
        )
        # The event does not tell the nickname, the list does.
        self.stock.waiting[flag] = {**event, "nickname": nickname}
        await self.emit(event)

    async def admit(self, user: int, *, group: int, nickname: str = "新人", by: int = 1) -> None:
        """Somebody comes in: another admin has let him in, or a member has brought him along."""
        waiting = self.stock.waiting.items()
        self.stock.waiting = {flag: row for flag, row in waiting if row["user_id"] != user}
        self.seat(group, user, nickname)
        await self.notify(
            "group_increase", sub_type="approve", group_id=group, user_id=user, operator_id=by
        )

    async def notify(self, kind: str, **fields: object) -> None:
        """Report a notice."""
        await self.emit(payloads.notice(kind, own=self.number, time=int(time.time()), **fields))

    async def emit(self, event: Event) -> None:
        """Report any event."""
        await self.send_raw(json.dumps(event))

    async def send_raw(self, frame: str | bytes) -> None:
        """Send a frame to whoever listens to events, whatever is in it."""
        for socket, role in list(self._sockets.items()):
            if role != "API":
                with contextlib.suppress(ConnectionClosed):  # said to nobody
                    await socket.send(frame)

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until a condition on ``requests`` or the connections holds."""
        async with asyncio.timeout(self._patience):
            await self.wait(condition)

    async def wait(self, condition: Callable[[], object]) -> None:
        """The same, for as long as it takes."""
        async with self._changed:
            await self._changed.wait_for(condition)

    async def asked(self, *actions: str, count: int = 1) -> list[Request]:
        """Wait until the bot has made so many calls of these actions. Returns all of them."""
        await self.until(lambda: len(self.calls(*actions)) >= count)
        return self.calls(*actions)

    async def heard(self, count: int = 1) -> list[Request]:
        """Wait until the bot has said so much, in groups or in private."""
        return await self.asked("send_group_msg", "send_private_msg", count=count)

    def calls(self, *actions: str) -> list[Request]:
        """The calls of these actions so far."""
        return [request for request in self.requests if request.action in actions]

    @property
    def connected(self) -> int:
        """How many connections are up."""
        return len(self._sockets)

    async def _serve(self, socket: ServerConnection) -> None:
        await self._tell(dials=1)
        given = socket.request.headers.get("Authorization", "") if socket.request else ""
        if self.token and given != f"Bearer {self.token}":
            await socket.send(json.dumps(failed(1403, "token验证失败")))  # as NapCat does
            return
        await self._welcome(socket, "Universal")
        await self._read(socket)

    async def _welcome(self, socket: Socket, role: str) -> None:
        self._sockets[socket] = role
        await self._tell()
        if role != "API":
            await socket.send(json.dumps(payloads.lifecycle(self.number, int(time.time()))))

    async def _read(self, socket: Socket) -> None:
        try:
            async for frame in socket:
                asked = json.loads(frame)
                reply = self._reply(asked["action"], asked["params"])
                if reply is not None:
                    await socket.send(json.dumps({**reply, "echo": asked["echo"]}))
                await self._tell(Request(asked["action"], asked["params"]))
                while self.stock.reports:
                    report = self.stock.reports.pop(0)
                    await self.notify(report.pop("notice_type"), **report)
        except ConnectionClosed:
            return
        finally:
            del self._sockets[socket]
            await self._tell()

    def _reply(self, action: str, params: dict[str, Any]) -> Reply:
        if action in self._answers:
            return self._answers[action](params)
        return self.stock.answer(action, params)

    async def _tell(self, *requests: Request, dials: int = 0) -> None:
        async with self._changed:
            self.requests.extend(requests)
            self.dials += dials
            self._changed.notify_all()
