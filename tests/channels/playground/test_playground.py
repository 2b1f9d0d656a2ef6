"""The playground channel: what visitors say comes in, what the bot does is seen."""

import asyncio

import pytest

from bot.channels.playground import Playground
from bot.channels.playground.codec import to_message
from bot.channels.playground.sample import ADMINS, BY_KEY, GROUP, address
from community.actions import Action, Image, Invite, Kick, Mention, Recall, Send, Text
from community.updates import MemberJoined, MemberLeft, Message, Update
from tests.fakes import START, FakeClock
from web.playground import Part

pytestmark = pytest.mark.anyio

MING, LI, LIN = BY_KEY["xiaoming"], BY_KEY["lisi"], BY_KEY["linxia"]


@pytest.fixture
def heard() -> list[Update]:
    """What has come through the door."""
    return []


@pytest.fixture
async def channel(heard: list[Update]) -> Playground:
    """One that runs."""
    made = Playground(clock=FakeClock(), session="s")

    async def feed(update: Update) -> None:
        heard.append(update)

    await made.run(feed)
    return made


def says(text: str, *, key: str = "k1", group: str | None = GROUP) -> Message:
    return to_message(MING, text, group=group, key=key, time=START)


async def test_words_to_the_group(channel: Playground, heard: list[Update]) -> None:
    await channel.feed(says("@李四 @老友 #求 合伙人 @李四"))
    [message] = heard
    assert isinstance(message, Message)
    assert (message.group, message.sender.account) == (GROUP, "playground:xiaoming")
    assert message.text == "@李四  #求 合伙人 @李四"
    assert [one.account for one in message.mentions] == ["playground:lisi"]
    assert message.to_bot
    [bubble] = channel.bubbles
    assert (bubble.number, bubble.place, bubble.author, bubble.name) == (1, GROUP, MING.key, "小明")
    assert bubble.parts[0] == Part("@李四", LI.key)


async def test_an_answer_quotes_and_calls(channel: Playground) -> None:
    await channel.feed(says("#求 合伙人\n第二行"))
    words = (Text(text="可以问 "), Mention(account=address(LI), name="李四"), Text(text="。"))
    sent = await channel.perform(Send(group=GROUP, segments=words, quote="k1"))
    assert sent.state == "sent"
    answer = channel.bubbles[-1]
    assert answer.id == sent.message_id
    assert (answer.author, answer.quote) == ("", "小明：#求 合伙人")
    assert Part("@李四", LI.key) in answer.parts


async def test_who_quotes_the_bot_speaks_to_it(channel: Playground) -> None:
    await channel.perform(Send(group=GROUP, segments=(Text(text="已记下 #1"),)))
    quoted = channel.bubbles[0]
    message = to_message(MING, "搞定", group=GROUP, key="k", time=START, quoted=quoted)
    assert message.to_bot
    assert message.quoted is not None
    assert (message.quoted.message_id, message.quoted.text) == (quoted.id, "已记下 #1")


async def test_private_words_stand_in_the_private_chat(channel: Playground) -> None:
    await channel.feed(says("#帮助", group=None))
    await channel.perform(Send(account=address(MING), segments=(Image(source="base64://"),)))
    assert [one.place for one in channel.bubbles] == [address(MING)] * 2
    assert channel.bubbles[1].text == "[图片]"


async def test_coming_and_going(channel: Playground, heard: list[Update]) -> None:
    assert (await channel.perform(Invite(group=GROUP, account=address(LIN)))).state == "sent"
    assert channel.inside == {LIN.key}
    await channel.perform(Kick(group=GROUP, account=address(LIN)))
    assert channel.inside == set()
    came, went = heard
    assert isinstance(came, MemberJoined)
    assert isinstance(went, MemberLeft)
    assert [one.text for one in channel.bubbles] == ["林夏 进群了", "林夏 离开了群"]
    assert all(one.event for one in channel.bubbles)


@pytest.mark.parametrize(
    "action",
    [
        Send(group="console:main", segments=(Text(text="别处"),)),
        Recall(group=GROUP, message_id="m"),
        Invite(group=GROUP, account="playground:nobody"),
    ],
)
async def test_what_it_cannot_do(channel: Playground, action: Action) -> None:
    assert (await channel.perform(action)).state == "refused"
    assert channel.bubbles == []


async def test_words_wait_until_the_bot_runs(heard: list[Update]) -> None:
    early = Playground(clock=FakeClock())
    waiting = asyncio.create_task(early.feed(says("#帮助")))

    async def feed(update: Update) -> None:
        heard.append(update)

    await asyncio.sleep(0)
    assert early.bubbles == []
    await early.run(feed)
    await waiting
    assert len(heard) == 1


async def test_ids_differ_from_run_to_run() -> None:
    first, second = Playground(), Playground()
    assert first.new_id("in") != second.new_id("in") != second.new_id("in")
    assert all(one.ok for one in await first.check())


async def test_the_admins_group_is_one_of_its_own(channel: Playground) -> None:
    await channel.perform(Send(group=ADMINS, segments=(Text(text="#A1 新申请"),)))
    assert channel.bubbles[0].place == ADMINS
