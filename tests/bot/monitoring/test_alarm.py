"""When a channel stops sending, the admins hear of it."""

import io
from collections.abc import Iterable

import pytest

from bot.communities import Communities
from bot.coordination.held_channels import HeldChannels
from bot.monitoring.alarm import MAX_RECIPIENTS, Alarm
from bot.outbox.store import Store
from bot.retry import Retry
from community.actions import Action
from community.settings import Settings
from storage.database import Database
from storage.queries.traffic import outbox
from tests.bot.conftest import MakeApp
from tests.bot.outage import cut_off
from tests.bot.people import ADMIN, ADMIN_ELSEWHERE, message
from tests.bot.sending import UNKNOWN, Staged
from tests.fakes import FakeChannel, FakeClock

pytestmark = pytest.mark.anyio

SETTINGS = (
    Settings(id="a", name="甲", groups=("onebot:1",), admins=frozenset({ADMIN, "onebot:2"})),
    Settings(id="b", name="乙", groups=("onebot:3",), admins=frozenset({ADMIN, ADMIN_ELSEWHERE})),
    Settings(id="c", name="丙", groups=("wechaty:r",), admins=frozenset({"onebot:9"})),
)


def make_alarm(
    database: Database,
    clock: FakeClock,
    *channels: FakeChannel,
    settings: Iterable[Settings] = SETTINGS,
) -> Alarm:
    return Alarm(
        communities=Communities(settings),
        held_channels=HeldChannels(channels, instance_id=None),
        store=Store(database, clock),
        retry=Retry(clock),
    )


def told(channel: FakeChannel) -> list[str]:
    return [send.target for send in channel.sends() if "已暂停发送" in send.text]


async def test_at_once_in_private_and_by_the_outbox_on_other_channels(
    database: Database, clock: FakeClock, channel: FakeChannel
) -> None:
    alarm = make_alarm(database, clock, channel, FakeChannel("wechaty"))
    assert await alarm.raise_alarm("onebot") == {ADMIN_ELSEWHERE}
    assert told(channel) == [ADMIN, "onebot:2"]
    assert "QQ 渠道" in channel.sends()[0].text


async def test_no_letter_waits_for_a_channel_that_does_not_run(
    database: Database, clock: FakeClock, channel: FakeChannel
) -> None:
    assert await make_alarm(database, clock, channel).raise_alarm("onebot") == set()
    with database.read() as session:
        assert outbox.waiting(session) == 0


async def test_one_admin_who_cannot_be_told_does_not_cost_the_others(
    database: Database, clock: FakeClock, log: io.StringIO
) -> None:
    def play(action: Action) -> None:
        if action.target == ADMIN:
            raise ValueError("张三")

    channel = Staged(play=play)
    await make_alarm(database, clock, channel).raise_alarm("onebot")
    assert told(channel) == ["onebot:2"]
    assert "张三" not in log.getvalue()


async def test_an_account_in_trouble_makes_no_burst_of_letters(
    database: Database, clock: FakeClock, channel: FakeChannel, log: io.StringIO
) -> None:
    many = [
        Settings(id=f"c{n}", name="群", groups=(f"onebot:{n}",), admins=frozenset({f"onebot:1{n}"}))
        for n in range(MAX_RECIPIENTS + 1)
    ]
    alarm = make_alarm(database, clock, channel, settings=many)
    assert await alarm.raise_alarm("onebot") == set()
    assert len(told(channel)) == MAX_RECIPIENTS
    assert await alarm.clear([]) == set(told(channel))  # and these hear that it is over
    assert f"{MAX_RECIPIENTS + 1} 位管理员中的 {MAX_RECIPIENTS} 位" in log.getvalue()


async def test_it_waits_for_a_database_that_is_away(
    database: Database, clock: FakeClock, channel: FakeChannel
) -> None:
    alarm = make_alarm(database, clock, channel, FakeChannel("wechaty"))
    with cut_off(database, times=3):
        assert await alarm.raise_alarm("onebot") == {ADMIN_ELSEWHERE}
    assert told(channel) == [ADMIN, "onebot:2"]


async def test_a_bot_rings_it_once_when_its_breaker_opens(
    make_app: MakeApp, channel: FakeChannel, log: io.StringIO
) -> None:
    wechaty = FakeChannel("wechaty")
    app = make_app(channels=[channel, wechaty])
    await app.start()
    channel.answers = [UNKNOWN] * 3
    for _ in range(5):
        await app.dispatcher.feed(message())
    await app.settle()
    assert (told(channel), told(wechaty)) == ([ADMIN], [ADMIN_ELSEWHERE])
    assert log.getvalue().count("已暂停发送") == 1
    assert channel.texts.count("你好") == 5
