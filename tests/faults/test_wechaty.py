"""What a Wechaty gateway may announce: twice, out of order, in two rooms, and things that are none.

What becomes of sends while it dies is told in tests/channels/wechaty/test_supervision.py.
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any, cast

import pytest
from sqlmodel import select

from bot.analyser_reload import Analysers
from bot.app import App
from bot.channels.wechaty import quotes
from bot.channels.wechaty.accounts import Accounts
from bot.channels.wechaty.channel_state import ChannelState
from bot.channels.wechaty.link import Answer, Link
from bot.channels.wechaty.listener import Listener
from bot.channels.wechaty.messages import TEXT
from bot.channels.wechaty.rooms import Rooms
from bot.channels.wechaty.status_log import StatusLog
from bot.clock import SystemClock
from bot.config.sections import OutboxConfig
from bot.dependencies import Dependencies
from bot.incoming.length import MAX_LENGTH
from community.actions import Mention
from community.rules import Limits
from community.settings import Settings
from handlers.framework.discovery import discover
from matching import Analyser
from storage.database import Database
from storage.tables import Inbox, Post
from tests.fakes import FakeChannel
from tests.faults.conftest import HastyClock

pytestmark = pytest.mark.anyio

ROOMS = ("r1", "r2")
GROUPS = tuple(f"wechaty:{room}" for room in ROOMS)
Told = dict[str, Any]
ASK, NEED = "#我的", "#求 找一位会计"


class Gateway:
    """Announces what it is told to, and gives it when it is asked."""

    def __init__(self) -> None:
        self.events: asyncio.Queue[Told | None] = asyncio.Queue()
        self.closed = False
        self.messages: dict[str, Told] = {}
        self.names = {"zhang": "张三", "li": "李四", "bot": "老友"}

    def holds(self, message_id: str, text: object, *, room: str = "r1", **more: object) -> str:
        """A message that can be asked for."""
        plain = {"type": TEXT, "text": text, "from": "zhang", "room": room, "mentions": []}
        self.messages[message_id] = {**plain, **more}
        return message_id

    def announce(self, *events: tuple[str, Any]) -> None:
        """These, one after the other."""
        for name, data in events:
            self.events.put_nowait({"event": name, "data": data})

    async def call(self, name: str, **asked: str) -> Answer:
        """What a link would say."""
        match name:
            case "rooms":
                return Answer("ok", list(ROOMS))
            case "message":
                found = self.messages.get(asked["id"])
                return Answer("ok", found) if found else Answer("refused", detail="unknown")
            case "members":
                return Answer("ok", list(self.names))
            case "member" | "contact":
                return Answer("ok", {"name": self.names.get(asked["id"], "")})
        return Answer("ok", {})


class Scene:
    """A bot with all its features, in two rooms of a gateway."""

    def __init__(self, app: App, database: Database, channel: FakeChannel) -> None:
        self.app, self.database, self.channel = app, database, channel
        self.gateway = Gateway()
        self._state = ChannelState(
            rooms=Rooms(GROUPS),
            accounts=Accounts(stable=True),
            status_log=StatusLog("127.0.0.1:1"),
            clock=SystemClock(),
            feed=app.dispatcher.feed,
        )

    async def hears(self, *events: tuple[str, Any] | str) -> None:
        """One connection on which this is announced; a text is the id of a message."""
        named = [("message", {"messageId": one}) if isinstance(one, str) else one for one in events]
        self.gateway.announce(("login", {"contactId": "bot"}), *named)
        self.gateway.events.put_nowait(None)
        await Listener(self._state, stable=True).run(cast("Link", self.gateway))
        await self.app.settle()

    @property
    def quotes(self) -> list[str | None]:
        """The messages that were answered, in order."""
        return [send.quote for send in self.channel.sends()]

    def posts(self) -> list[str]:
        """What was kept; and no message has ended badly."""
        with self.database.read() as session:
            assert not session.exec(select(Inbox).where(Inbox.state == "failed")).all()
            return list(session.exec(select(Post.text)))


@pytest.fixture
async def scene(database: Database, analyser: Analyser) -> AsyncIterator[Scene]:
    """It has started."""
    channel, clock = FakeChannel("wechaty"), HastyClock()
    settings = Settings(
        id="c", name="社群", groups=GROUPS, limits=Limits(posts_per_day=0, commands_per_minute=0)
    )
    app = App(
        Dependencies(
            database=database,
            settings=(settings,),
            channels=(channel,),
            features=discover(),
            analysers=Analysers(analyser),
            clock=clock,
            outbox=OutboxConfig(min_interval=0, per_hour=0),
        )
    )
    await app.start()
    yield Scene(app, database, channel)
    await app.stop()


async def test_the_last_fifty_again_twice_and_backwards(scene: Scene) -> None:
    said = [scene.gateway.holds(f"m{n}", ASK) for n in range(50)]
    await scene.hears(*said)
    await scene.hears(*said, *said, *reversed(said))
    last = scene.gateway.holds("last", ASK)
    await scene.hears(last, *said)
    assert Counter(scene.quotes) == dict.fromkeys((*said, last), 1)


async def test_out_of_order_each_is_answered_once(scene: Scene) -> None:
    now = int(time.time())
    said = [scene.gateway.holds(f"m{n}", ASK, time=now - n) for n in (1, 3, 2)]
    await scene.hears(*said)
    assert scene.quotes == said


async def test_one_id_in_two_rooms_is_two_messages(scene: Scene) -> None:
    for room in (*ROOMS, "r1"):
        await scene.hears(scene.gateway.holds("same", ASK, room=room))
    assert sorted(send.target for send in scene.channel.sends()) == sorted(GROUPS)


ODD: list[tuple[str, Any]] = [
    ("message", None), ("message", {}), ("message", {"messageId": 5}), ("", {}), ("hologram", [1]),
    ("room-join", {"inviteeIdList": [None, 5], "roomId": "r1", "timestamp": "x"}),
    ("room-leave", {"removeeIdList": None, "roomId": 7}), ("room-topic", {"roomId": []}),
    ("friendship", {"friendshipId": {}}), ("room-invite", {"roomInvitationId": None}),
    ("scan", {"qrcode": 5}), ("error", {"gerror": "{}"}),
]  # fmt: skip
UNREADABLE: list[object] = [None, 5, ["#求 会计"], {"text": NEED}, "", "\0\ud800"]


async def test_garbage_between_commands(scene: Scene) -> None:
    broken = [scene.gateway.holds(f"x{n}", text) for n, text in enumerate(UNREADABLE)]
    broken.append(scene.gateway.holds("y", NEED, type="text", mentions=5, time=[]))
    first = scene.gateway.holds("first", ASK, mentions={"a": 1}, time="bald", odd=[1])
    await scene.hears(*ODD, *broken, first)
    assert scene.quotes == [first]
    assert scene.posts() == []


SILENT = {
    "quoted": quotes.quote("李四", NEED) + "说得对",
    "within the text": "别再发 #求 了",
    "zero width only": "\u200b\u200d\u2060\ufeff",
    "a card": '<?xml version="1.0"?><msg><appmsg><title>#求 找一位会计</title></appmsg></msg>',
}
SAID = {
    "zero width before and within": "\u200b#\u200b求\u2060 找一位会计",
    "right to left": "#求 找一位\u202e会计\u202c",
    "full width, behind an @ of the bot": "@老友\u2005＃求　找一位会计",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
async def test_what_only_holds_a_command_is_no_command(scene: Scene, text: str) -> None:
    await scene.hears(scene.gateway.holds("m", text), scene.gateway.holds("n", NEED, type=14))
    assert scene.quotes == []
    assert scene.posts() == []


@pytest.mark.parametrize("text", SAID.values(), ids=SAID)
async def test_what_is_a_command_all_the_same(scene: Scene, text: str) -> None:
    await scene.hears(scene.gateway.holds("m", text))
    assert len(scene.posts()) == 1


async def test_a_million_characters_are_refused_in_one_sentence(scene: Scene) -> None:
    await scene.hears(scene.gateway.holds("m", f"#求 {'长' * 1_000_000}"))
    (told,) = scene.channel.sends()
    assert "10000" in told.text
    assert scene.posts() == []
    with scene.database.read() as session:
        assert max(len(one) for one in session.exec(select(Inbox.update))) < 2 * MAX_LENGTH


async def test_its_own_words_and_a_name_that_calls_everybody(scene: Scene) -> None:
    scene.gateway.names["zhang"] = "@所有人"
    own = scene.gateway.holds("own", NEED, **{"from": "bot"})
    offer = scene.gateway.holds("offer", "#供 会计报税，十年经验")
    need = scene.gateway.holds("need", "#求 找一位会计报税", **{"from": "li"})
    await scene.hears(own, offer, need)
    assert scene.quotes == ["offer", "need"]
    segments = [one for send in scene.channel.sends() for one in send.segments]
    called = {one.account for one in segments if isinstance(one, Mention)}
    assert called <= {"wechaty:zhang"}
