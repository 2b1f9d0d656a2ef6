"""What admins hear when something is wrong: once, and once when it is over."""

import io
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from bot.communities import Communities
from bot.coordination.held_channels import HeldChannels
from bot.monitoring.alarm import Alarm
from bot.monitoring.watchdog import Watchdog
from bot.outbox.store import Store
from bot.retry import AwayError, Retry
from community.actions import Send, Text, dump_action, load_action
from community.settings import Settings
from storage.database import Database
from storage.queries.traffic import outbox
from storage.tables import Outbox
from tests.bot.channels import Wired
from tests.bot.conftest import MakeApp
from tests.bot.outage import cut_off
from tests.bot.people import ADMIN, GROUP, message
from tests.bot.sending import UNKNOWN
from tests.fakes import FakeChannel, FakeClock

pytestmark = pytest.mark.anyio

BOSS, OPS = "mail:boss@example.com", "mail:ops@example.com"
LONG = timedelta(minutes=31)
MB = 2**20


class Bot:
    """What looks after a bot of QQ, WeChat and mail, and what everybody has heard."""

    def __init__(self, database: Database, clock: FakeClock, *names: str) -> None:
        self.database, self.clock = database, clock
        self.halted: set[str] = set()
        self.away: set[str] = set()
        self.disk = (100_000 * MB, 0, 50_000 * MB)
        self.channels = {name: FakeChannel(name) for name in names or ("onebot", "mail")}
        self.retry = Retry(clock)
        self.start()

    def start(self) -> None:
        """As after a restart."""
        settings = (
            Settings(id="a", name="甲", groups=(GROUP,), admins=frozenset({ADMIN, BOSS})),
            Settings(id="b", name="乙", groups=("wechaty:r",), admins=frozenset({"onebot:9"})),
        )
        self.alarm = Alarm(
            communities=Communities(settings),
            held_channels=HeldChannels(tuple(self.channels.values()), instance_id=None),
            store=Store(self.database, self.clock),
            retry=self.retry,
            mail=["ops@example.com"],
        )
        self.troubles = Watchdog(
            alarm=self.alarm,
            retry=self.retry,
            database=self.database,
            channels=frozenset(self.channels),
            halted=lambda: frozenset(self.halted),
            disconnected=lambda: self.away,
            clock=self.clock,
            usage=self.usage,
        )

    def usage(self, _folder: Path) -> tuple[int, int, int]:
        """As much is free as the test wants."""
        return self.disk

    def heard(self) -> dict[str, list[str]]:
        """The newest words for everybody, taken out of the outbox as if they were sent."""
        told: dict[str, list[str]] = {}
        with self.database.begin() as session:
            for row in _waiting(session):
                action = load_action(row.action)
                if isinstance(action, Send) and action.text.startswith("老友提醒"):
                    told.setdefault(row.lane, []).append(action.text[5:])
                    row.state = "sent"
        return told

    def waits(self, lane: str) -> None:
        """Something is to be sent."""
        send = Send(group=lane, segments=(Text(text="你好"),))
        with self.database.begin() as session:
            outbox.put(session, lane=lane, action=dump_action(send), now=self.clock.now())

    def goes_out(self) -> None:
        """Everything is sent."""
        with self.database.begin() as session:
            for row in _waiting(session):
                row.state = "sent"


def _waiting(session: Session) -> Sequence[Outbox]:
    rows = select(Outbox).where(Outbox.state == "new").order_by(col(Outbox.id))
    return session.exec(rows).all()


MakeBot = Callable[..., Bot]


@pytest.fixture
def make_bot(database: Database, clock: FakeClock) -> MakeBot:
    """Bots on the same database."""
    return lambda *names: Bot(database, clock, *names)


async def test_all_is_well(make_bot: MakeBot) -> None:
    bot = make_bot()
    bot.waits(GROUP)
    assert await bot.troubles.check() == set()


async def test_messages_that_wait_for_long(make_bot: MakeBot, clock: FakeClock) -> None:
    bot = make_bot()
    bot.waits(GROUP)
    clock.advance(LONG)
    assert await bot.troubles.check() == {BOSS, OPS}
    told = bot.heard()
    assert told[BOSS] == told[OPS]
    assert told[BOSS][0].startswith("QQ 渠道有消息等了半个多小时还没发出去。")
    # The outbox of QQ is what is stuck: there it is tried at once, past it.
    assert [send.target for send in bot.channels["onebot"].sends()] == [ADMIN]
    assert await bot.troubles.check() == set()
    bot.goes_out()
    assert await bot.troubles.check() == {ADMIN, BOSS, OPS}
    assert bot.heard()[ADMIN] == ["QQ 渠道等着的消息都在半小时以内了。"]
    assert await bot.troubles.check() == set()


async def test_a_channel_that_is_away(make_bot: MakeBot, clock: FakeClock) -> None:
    bot = make_bot()
    bot.away = {"onebot"}
    assert await bot.troubles.check() == set()
    clock.advance(timedelta(minutes=9))
    assert await bot.troubles.check() == set()
    clock.advance(timedelta(minutes=1))
    assert await bot.troubles.check() == {BOSS, OPS}
    assert bot.heard()[OPS][0].startswith("QQ 渠道连不上已经超过 10 分钟，")
    clock.advance(LONG)
    assert await bot.troubles.check() == set()
    bot.away = set()
    assert await bot.troubles.check() == {ADMIN, BOSS, OPS}
    assert bot.heard()[OPS] == ["QQ 渠道又连上了。"]
    assert await bot.troubles.check() == set()


async def test_a_channel_that_is_away_for_some_minutes_again_and_again(
    make_bot: MakeBot, clock: FakeClock
) -> None:
    bot = make_bot()
    for _ in range(5):
        bot.away = {"onebot"}
        await bot.troubles.check()
        clock.advance(timedelta(minutes=8))
        assert await bot.troubles.check() == set()
        bot.away = set()
        assert await bot.troubles.check() == set()


async def test_letters_have_a_subject(make_bot: MakeBot, database: Database) -> None:
    bot = make_bot()
    await bot.alarm.notify("老友提醒：磁盘满了。请腾出空间。")
    with database.read() as session:
        row = outbox.newest(session, lane=OPS)
    assert row is not None
    action = load_action(row.action)
    assert isinstance(action, Send)
    assert action.subject == "老友提醒：磁盘满了"


async def test_a_channel_that_does_not_run_here_worries_nobody(
    make_bot: MakeBot, clock: FakeClock
) -> None:
    bot = make_bot()
    bot.waits("wechaty:r")
    clock.advance(LONG)
    assert await bot.troubles.check() == set()


async def test_mail_that_waits_concerns_everybody(make_bot: MakeBot, clock: FakeClock) -> None:
    bot = make_bot()
    bot.waits("mail:a@example.com")
    clock.advance(LONG)
    assert await bot.troubles.check() == {ADMIN, "onebot:9"}


async def test_no_letter_without_a_mail_channel(make_bot: MakeBot) -> None:
    assert await make_bot("wechaty").alarm.notify("老友提醒：x。") == set()


@pytest.mark.parametrize("database_kind", ["sqlite"])  # the disk of a server cannot be seen
async def test_a_disk_that_is_nearly_full(make_bot: MakeBot) -> None:
    bot = make_bot()
    bot.disk = (100_000 * MB, 0, 2_000 * MB - 1)  # less than 2 %
    assert await bot.troubles.check() == {ADMIN, BOSS, OPS, "onebot:9"}
    assert bot.heard()[OPS][0].startswith("数据库所在的磁盘快满了。")
    for free in (1_000, 2_100, 2_300):  # it comes and goes
        bot.disk = (100_000 * MB, 0, free * MB)
        assert await bot.troubles.check() == set()
    bot.disk = (100_000 * MB, 0, 2_400 * MB)
    await bot.troubles.check()
    assert bot.heard()[OPS] == ["数据库所在的磁盘又有空间了。"]


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_a_small_disk(make_bot: MakeBot) -> None:
    bot = make_bot()
    bot.disk = (1_000 * MB, 0, 200 * MB)
    assert await bot.troubles.check() == set()
    bot.disk = (1_000 * MB, 0, 199 * MB)
    assert OPS in await bot.troubles.check()


async def away_for(bot: Bot, minutes: float) -> None:
    with cut_off(bot.database, times=1), pytest.raises(AwayError):
        await bot.troubles.check()
    bot.clock.advance(timedelta(minutes=minutes))


async def test_a_long_outage_is_told_when_it_is_over(make_bot: MakeBot) -> None:
    bot = make_bot()
    await away_for(bot, 7)
    await bot.retry.once(lambda: None)
    assert await bot.troubles.check() == {ADMIN, BOSS, OPS, "onebot:9"}
    assert bot.heard()[OPS] == ["数据库有 7 分钟用不了，现在恢复了。这段时间收到的消息会陆续处理。"]
    assert await bot.troubles.check() == set()


async def test_a_short_outage_is_not(make_bot: MakeBot) -> None:
    bot = make_bot()
    await away_for(bot, 4.9)
    await bot.retry.once(lambda: None)
    assert await bot.troubles.check() == set()


async def test_a_bot_that_keeps_starting_does_not_keep_telling(
    make_bot: MakeBot, clock: FakeClock
) -> None:
    bot = make_bot()
    bot.waits(GROUP)
    clock.advance(LONG)
    for _ in range(3):
        await bot.troubles.check()
        bot.start()
    assert len(bot.heard()[OPS]) == 1
    clock.advance(timedelta(hours=2))
    await bot.troubles.check()
    assert len(bot.heard()[OPS]) == 1


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_a_bot_tells_by_mail_that_its_account_is_gone(
    make_app: MakeApp, clock: FakeClock
) -> None:
    gone, mail = Wired(connected=False), FakeChannel("mail")
    app = make_app(channels=[gone, mail], alerts=["ops@example.com"])
    await app.start()
    for _ in range(3):
        await app.sweep()
        clock.advance(timedelta(minutes=6))
    gone.connected = True
    await app.sweep()
    await app.settle()
    assert [send.text[5:13] for send in mail.sends()] == ["QQ 渠道连不上", "QQ 渠道又连上"]


async def test_a_breaker_that_closes_again(
    make_app: MakeApp, channel: FakeChannel, log: io.StringIO
) -> None:
    mail = FakeChannel("mail")
    app = make_app(channels=[channel, mail], alerts=["ops@example.com"])
    await app.start()
    channel.answers = [UNKNOWN] * 3
    for _ in range(3):
        await app.dispatcher.feed(message())
    await app.settle()
    await app.sweep()
    await app.settle()
    assert [send.text[5:16] for send in mail.sends()] == ["QQ 渠道连续几次发送"]
    await app.dispatcher.feed(message())
    await app.settle()
    await app.sweep()
    await app.sweep()
    await app.settle()
    assert mail.texts[1:] == ["老友提醒：QQ 渠道恢复发送了。"]
    assert log.getvalue().count("ERROR") == 1
