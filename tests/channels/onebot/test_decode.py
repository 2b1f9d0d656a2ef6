"""Events as they were seen on the wire, and what becomes of them."""

from datetime import UTC, datetime

import pytest

from bot.channels.onebot.decode import decode
from bot.channels.seats import Seats
from community.updates import (
    Mentioned,
    Message,
    Quoted,
    dump_update,
    load_update,
)
from tests.channels.onebot.events import GROUP, OWN, TIME, known, said
from tests.onebot_peer import payloads
from tests.onebot_peer.cq import to_cq
from tests.onebot_peer.payloads import Event, Segment, at, image, reply, text


def message(event: Event) -> Message:
    """The event as a message; both formats say the same."""
    update = decode(event, known())
    as_string = {**event, "message": to_cq(event["message"]), "message_format": "string"}
    assert decode(as_string, known()) == update
    assert isinstance(update, Message)
    return update


def test_every_field_of_a_group_message() -> None:
    event = said(reply(-208900), at(OWN), text(" 作业截止哪天？"), image())
    update = message(event)
    assert update == Message(
        channel="onebot:10001000",
        key="group:123456:-208931:1763600000",
        time=datetime.fromtimestamp(TIME, UTC),
        group=GROUP,
        message_id="-208931",
        sender={
            "account": "onebot:20002000",
            "name": "小明",
            "card": "张三-2026001",
            "role": "member",
        },
        text="作业截止哪天？",
        to_bot=True,
        quoted=Quoted(message_id="-208900", account="onebot:10001000"),
    )
    assert load_update(dump_update(update)) == update


LI = Mentioned(account="onebot:30003000", name="李四")
WANG = Mentioned(account="onebot:50005000", name="王 五")
STRANGER = Mentioned(account="onebot:40004000", name="40004000")


@pytest.mark.parametrize(
    ("segments", "words", "mentions", "to_bot"),
    [
        ([text("#need 合伙人")], "#need 合伙人", (), False),
        ([text("  #need\r\n合伙人 ")], "#need\n合伙人", (), False),
        ([at(OWN), text(" #need 合伙人")], "#need 合伙人", (), True),
        ([at(OWN), text("#need")], "#need", (), True),
        ([text("#need 合伙人 "), at(OWN)], "#need 合伙人", (), True),
        ([at(OWN)], "", (), True),
        ([at("all"), text(" 开会")], "开会", (), False),
        ([at(0), text(" 开会")], "开会", (), False),
        ([at(50005000), text(" #need 合伙人")], "@王 五\u2005#need 合伙人", (WANG,), False),
        ([at(50005000), text("在吗")], "@王 五\u2005在吗", (WANG,), False),
        ([text("#done 12 "), at(50005000)], "#done 12 @王 五", (WANG,), False),
        ([text("#done 12 "), at(30003000)], "#done 12 @李四", (LI,), False),
        ([text("#done 12"), at(30003000), text("谢谢")], "#done 12 @李四 谢谢", (LI,), False),
        ([at(30003000), text(" #need 合伙人")], "@李四 #need 合伙人", (LI,), False),
        ([at(30003000), at(40004000)], "@李四 @40004000", (LI, STRANGER), False),
        ([reply(5), at(30003000), text(" #收")], "#收", (LI,), False),
        ([reply(5), at(OWN), text(" #done 12")], "#done 12", (), True),
        ([reply(5), at(30003000), text(" 问 "), at(30003000)], "问 @李四", (LI,), False),
        ([reply(5), at(OWN), text(" "), at(30003000), text(" 搞定")], "搞定", (LI,), True),
        (
            [reply(5), at(OWN), text(" "), at(30003000), at(50005000), text(" #到场")],
            "#到场",
            (LI, WANG),
            True,
        ),
        ([reply(5), at(40004000), at(30003000), text("#移除")], "#移除", (LI,), False),
        (
            [reply(5), at(30003000), text(" #谁是 "), at(40004000)],
            "#谁是 @40004000",
            (STRANGER,),
            False,
        ),
        ([text("#need"), image()], "#need", (), False),
        ([image()], "", (), False),
        ([text("a&b [1,2] &#91; &amp;")], "a&b [1,2] &#91; &amp;", (), False),
        ([text("半\ud83d个\x00字")], "半个字", (), False),
        ([{"type": "json", "data": {"data": '{"a":[1]}'}}, text("看这个")], "看这个", (), False),
    ],
)
def test_what_a_message_says(
    segments: list[Segment], words: str, mentions: tuple[Mentioned, ...], to_bot: bool
) -> None:
    update = message(said(*segments))
    assert (update.text, update.mentions, update.to_bot) == (words, mentions, to_bot)


def test_an_answer_names_the_author_that_the_client_calls() -> None:
    quoted = message(said(reply(5), at(30003000), text(" #收"))).quoted
    assert quoted == Quoted(message_id="5", account="onebot:30003000", name="李四")


def test_a_name_that_only_the_segment_tells() -> None:
    segment: Segment = {"type": "at", "data": {"qq": "40004000", "name": "@王\n五"}}
    assert message(said(segment, text(" 早"))).text == "@王 五\u2005早"


def test_a_card_keeps_to_one_line() -> None:
    sender = {"user_id": 20002000, "nickname": "小明", "card": "张三\n#need 假的", "role": "admin"}
    update = message(said(text("早"), sender=sender))
    assert update.sender.card == "张三 #need 假的"
    assert update.sender.role == "admin"


def test_a_private_message_has_no_group() -> None:
    event = payloads.message(
        own=OWN, user=20002000, segments=[text("你好")], message_id=12, time=TIME
    )
    update = message(event)
    assert update.group is None
    assert update.key == "private:20002000:12:1763600000"


def test_a_message_without_a_sender_is_completed_from_the_member_list() -> None:
    event = said(text("早"), user_id=30003000)
    del event["sender"]
    sender = message(event).sender
    assert (sender.account, sender.name, sender.card) == ("onebot:30003000", "小红", "李四")


def test_only_the_raw_message_is_there() -> None:
    event = said(raw_message="[CQ:at,qq=10001000] #need a&amp;b&#44;c")
    del event["message"]
    update = decode(event, Seats())
    assert isinstance(update, Message)
    assert (update.text, update.to_bot) == ("#need a&b,c", True)


def test_a_single_segment_that_is_no_list() -> None:
    update = decode(said(message=text("早")), Seats())
    assert isinstance(update, Message)
    assert update.text == "早"


def test_milliseconds_and_text_ids_are_understood() -> None:
    update = decode(said(text("早"), time=TIME * 1000, user_id="20002000"), Seats())
    assert isinstance(update, Message)
    assert update.time == datetime.fromtimestamp(TIME, UTC)
    assert update.sender.account == "onebot:20002000"


@pytest.mark.parametrize(
    "event",
    [
        said(text("早"), user_id=OWN),
        said(text("早"), post_type="message_sent"),
        said(text("早"), anonymous={"id": 1, "name": "大力鬼王", "flag": "x"}),
        said(text("早"), message_type="guild"),
        said(text("早"), group_id=None),
        said(text("早"), message_id=None),
        said(text("早"), user_id=True),
        said(text("早"), user_id=0),
        said(text("早"), time="now"),
        said(text("早"), time=10**30),
        said(text("早"), self_id=None),
        payloads.lifecycle(OWN, TIME),
        payloads.heartbeat(OWN, TIME),
        payloads.notice("group_ban", own=OWN, time=TIME, group_id=123456, user_id=1, duration=600),
        payloads.notice("group_increase", own=OWN, time=TIME, group_id=123456, user_id=OWN),
        payloads.notice("notify", own=OWN, time=TIME, sub_type="poke", group_id=1, user_id=2),
        payloads.notice("group_recall", own=OWN, time=TIME, group_id=123456, user_id=1),
        payloads.notice("group_increase", own=OWN, time=TIME, group_id=123456, user_id=0),
        payloads.notice("group_card", own=OWN, time=TIME, user_id=1, card_new="x"),
        {"post_type": "request", "time": TIME, "self_id": OWN, "request_type": "friend"},
        {},
        [],
        None,
        "ping",
    ],
)
def test_what_is_none_of_our_business(event: object) -> None:
    assert decode(event, Seats()) is None
