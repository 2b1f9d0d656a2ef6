"""What is quoted to one account under an id that only that account has for it."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from bot.channels.onebot.quotes import Said, recognised
from community.updates import Message, Quoted, Sender
from tests.onebot_peer.payloads import Event, Segment, at, text

pytestmark = pytest.mark.anyio

US, OTHER, MEMBER = "onebot:10001000", "onebot:10002000", "onebot:30003000"
NOW = datetime(2025, 11, 20, 9, tzinfo=UTC)
LONG = "长" * 1500
RECEIPT = Said("11", "已记下 #12\n关键词：车")


class Fake:
    """What the bot has stored."""

    def __init__(self, *said: Said, heard: Sequence[str] = ()) -> None:
        self._said = said
        self._heard = heard

    def said(self, group: str, at: datetime) -> Sequence[Said]:
        """All of it."""
        assert (group, at) == ("onebot:123456", NOW)
        return self._said

    def heard(self, group: str, sender: str, at: datetime) -> Sequence[str]:
        """All of it."""
        assert (group, sender, at) == ("onebot:123456", MEMBER, NOW)
        return self._heard


def quoting(account: str, *, group: str | None = "onebot:123456") -> Message:
    """An answer to something that this account has said."""
    return Message(
        channel=US, key="k", time=NOW, group=group, message_id="9", sender=Sender(account=MEMBER),
        text="搞定", quoted=Quoted(message_id="77", account=account),
    )  # fmt: skip


def original(*segments: Segment, time: object = int(NOW.timestamp())) -> Event:
    """What ``get_msg`` tells of it."""
    return {"time": time, "message": list(segments)}


@pytest.mark.parametrize(
    ("stored", "asked", "expected"),
    [
        (Fake(RECEIPT), original(text("已记下 #12\n关键词：车")), "11"),
        (Fake(RECEIPT), original(at(30003000), text(" 已记下 #12"), text("关键词：车")), "11"),
        (Fake(Said("10", "别的"), RECEIPT), original(text("已记下 #12\n关键词：车")), "11"),
        (Fake(RECEIPT, Said("10", RECEIPT.words)), original(text(RECEIPT.words)), "11"),
        (Fake(RECEIPT), original(text("已记下 #12")), ""),
        (Fake(RECEIPT), original(), ""),
        (Fake(), original(text("已记下 #12")), ""),
        (Fake(Said("11", LONG + "尾")), original(text(LONG)), "11"),
        (Fake(Said("11", "头" + LONG)), original(text(LONG)), ""),
        (Fake(RECEIPT, Said("77", "[图片]")), original(), "77"),  # ids that all accounts share
    ],
)
async def test_words_of_another_account_are_known_by_text_and_time(
    stored: Fake, asked: Event, expected: str
) -> None:
    found = await recognised(quoting(OTHER), asked, {US, OTHER}, stored)
    assert found.quoted == Quoted(message_id=expected, account=US)
    assert found.to_bot


@pytest.mark.parametrize(
    ("heard", "expected"), [(["11"], "11"), (["77"], "77"), ([], "77"), (["11", "12"], "77")]
)
async def test_words_of_a_member_are_known_by_author_and_time(
    heard: Sequence[str], expected: str
) -> None:
    found = await recognised(quoting(MEMBER), original(), {US, OTHER}, Fake(heard=heard))
    assert found.quoted == Quoted(message_id=expected, account=MEMBER)
    assert not found.to_bot


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        (quoting(US), original(text(RECEIPT.words))),
        (quoting(OTHER, group=None), original(text(RECEIPT.words))),
        (quoting(OTHER), original(text(RECEIPT.words), time="?")),
        (quoting(""), original(text(RECEIPT.words))),
    ],
)
async def test_all_else_stays_as_it_is(message: Message, asked: Event) -> None:
    assert await recognised(message, asked, {US, OTHER}, Fake(RECEIPT)) is message
