"""Messages of a gateway that tells little: no ids of those called, seconds, odd fields."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.channels.seats import Seats
from bot.channels.wechaty import quotes
from bot.channels.wechaty.accounts import Accounts
from bot.channels.wechaty.messages import Place, key, message_from, recalled_from
from bot.channels.wechaty.recent import Recent, Said, made_up
from bot.channels.wechaty.values import as_name, as_time
from community.updates import Quoted, Seat
from tests.fakes import START

GROUP = "wechaty:群"
ZHANG = Seat(account="wechaty:a", name="张三", card="张三-腾讯")


@pytest.fixture
def place() -> Place:
    """A group with two people, in which the bot has said something without an id."""
    accounts = Accounts(stable=True)
    accounts.login("bot", ["老友"])
    seats = Seats()
    seats.replace(GROUP, [ZHANG, Seat(account="wechaty:b", name="李四")])
    return Place(GROUP, accounts, seats, Recent(), gives_ids=False)


def said(text: str, **more: object) -> dict[str, object]:
    return {"id": "1", "type": 7, "text": text, "time": 1_767_225_600, "mentions": [], **more}


def test_seconds_and_milliseconds(place: Place) -> None:
    expected = datetime(2026, 1, 1, tzinfo=UTC)
    for time in (1_767_225_600, 1_767_225_600_000):
        message = message_from(said("在吗", time=time), ZHANG, place, START)
        assert message is not None
        assert message.time == expected
    for odd in (0, -1, "x", None, 10**40):
        message = message_from(said("在吗", time=odd), ZHANG, place, START)
        assert message is not None
        assert message.time == START
    assert as_time(True) is None


@pytest.mark.parametrize("odd", [{"type": 6}, {"text": "  "}, {"text": None}, {"id": ""}])
def test_what_says_nothing(place: Place, odd: dict[str, object]) -> None:
    assert message_from(said("在吗") | odd, ZHANG, place, START) is None


def test_quoted_words_of_the_bot_without_an_id(place: Place) -> None:
    receipt = "已记下 #7 需求：找法务"
    sent = made_up(GROUP, "老友", receipt)
    place.recent.note(GROUP, Said(sent, "wechaty:bot", "老友", receipt))
    text = f"「老友：{receipt}」\n- - - - - - - - - - - - - - -\n搞定"
    message = message_from(said(text), ZHANG, place, START)
    assert message is not None
    assert message.quoted is not None
    assert (message.quoted.message_id, message.quoted.account) == (sent, "wechaty:bot")
    assert message.to_bot


def test_quoted_words_that_nobody_remembers(place: Place) -> None:
    text = "「李四：出一台打印机」\n- - - - - - - - - - - - - - -\n#收"
    first = message_from(said(text), ZHANG, place, START)
    again = message_from(said(text, id="2"), ZHANG, place, START)
    assert first is not None
    assert again is not None
    assert first.quoted == again.quoted
    assert first.quoted is not None
    assert (first.quoted.account, first.quoted.text) == ("wechaty:b", "出一台打印机")
    assert not first.to_bot


def quoting(name: str, text: str, words: str = "搞定") -> dict[str, object]:
    return said(f"「{name}：{text}」\n- - - - - - - - - - - - - - -\n{words}")


def test_a_quote_of_an_answer_that_quotes(place: Place) -> None:
    receipt = "已记下 #7 需求：找法务\n关键词：法务"
    place.recent.note(GROUP, Said("out-7", "wechaty:bot", "老友", receipt))
    shown = quotes.quote("张三-腾讯", "#求 找法务") + receipt
    message = message_from(quoting("老友", shown), ZHANG, place, START)
    assert message is not None
    assert message.quoted is not None
    assert (message.quoted.message_id, message.quoted.text) == ("out-7", receipt)


def test_a_quote_of_words_to_the_bot(place: Place) -> None:
    first = message_from(said("@老友\u2005#求 找法务", id="in-7"), ZHANG, place, START)
    assert first is not None
    place.recent.note(GROUP, Said("in-7", ZHANG.account, "张三-腾讯", first.text))
    message = message_from(quoting("张三-腾讯", "@老友\u2005#求 找法务"), ZHANG, place, START)
    assert message is not None
    assert message.quoted is not None
    assert (message.quoted.message_id, message.quoted.text) == ("in-7", "#求 找法务")


def test_the_same_words_of_somebody_else(place: Place) -> None:
    place.recent.note(GROUP, Said("in-7", ZHANG.account, "张三-腾讯", "加我微信"))
    of_li = message_from(quoting("李四", "加我微信"), ZHANG, place, START)
    assert of_li is not None
    assert of_li.quoted is not None
    assert of_li.quoted.account == "wechaty:b"
    remark = quoting("老张", "加我微信")  # what the one who quotes calls him
    by_remark = message_from(remark, ZHANG, place, START)
    assert by_remark is not None
    assert by_remark.quoted is not None
    assert (by_remark.quoted.message_id, by_remark.quoted.account) == ("in-7", ZHANG.account)
    place.recent.note(GROUP, Said("in-8", "wechaty:b", "李四", "加我微信"))
    unclear = message_from(remark, ZHANG, place, START)
    assert unclear is not None
    assert unclear.quoted is not None
    assert unclear.quoted.account == ""


def test_a_name_with_a_colon_in_it(place: Place) -> None:
    place.seats.put(GROUP, Seat(account="wechaty:c", name="王五", card="杭州：王五"))
    place.recent.note(GROUP, Said("in-9", "wechaty:c", "杭州：王五", "会修：电脑"))
    message = message_from(quoting("杭州：王五", "会修：电脑"), ZHANG, place, START)
    assert message is not None
    assert message.quoted == Quoted(
        message_id="in-9", account="wechaty:c", name="杭州：王五", text="会修：电脑"
    )


def test_calls_before_the_members_are_known(place: Place) -> None:
    ids = {"mentions": ["a", "b", "c"]}
    place = replace(place, seats=Seats(), gives_ids=True)
    message = message_from(said("#移除 @张三 @李四 @王五", **ids), ZHANG, place, START)
    assert message is not None
    assert [one.account for one in message.mentions] == ["wechaty:a", "wechaty:b", "wechaty:c"]
    place.seats.put(GROUP, ZHANG)  # one of many, who has just spoken
    message = message_from(said("#移除 @张三 @李四 @王五", **ids), ZHANG, place, START)
    assert message is not None
    assert len(message.mentions) == 3


@pytest.mark.parametrize(
    "text", ["in-7", "<sysmsg><revokemsg><newmsgid>in-7</newmsgid></revokemsg></sysmsg>", "77"]
)
def test_recalls(place: Place, text: str) -> None:
    fields = said(text.replace("in-7</new", "77</new"), type=13)
    recalled = recalled_from(fields, "wechaty:a", place, START)
    assert recalled is not None
    assert recalled.message_id == ("in-7" if text == "in-7" else "77")
    assert recalled_from(said("张三 撤回了一条消息", type=13), "wechaty:a", place, START) is None


def test_keys_fit_into_the_inbox() -> None:
    assert key("message", "a", "1") == "message:a:1"
    assert len(key("message", "长" * 200, "1")) <= 160


def test_names_without_markup() -> None:
    assert as_name('小明<span class="emoji emoji1f338"></span> \n 腾讯') == "小明 腾讯"
    assert as_name("a<b") == "a<b"


def test_ids_of_another_login_lead_to_nobody() -> None:
    accounts = Accounts(stable=False)
    accounts.login("@one", ["老友"])
    before = accounts.of("@zhang")
    assert accounts.contact(before) == "@zhang"
    accounts.login("@one", ["老友"])
    assert accounts.of("@zhang") == before
    accounts.login("@two", ["老友"])
    assert accounts.of("@zhang") != before
    assert accounts.contact(before) is None
    assert accounts.contact("onebot:1") is None
