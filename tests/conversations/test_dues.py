"""Paid until when: written down by an admin, remembered by the bot."""

import pytest

from community.terms import Terms
from tests.conversations.chat import ADMIN, ADMIN_GROUP, Chat
from tests.conversations.conftest import ChatMaker


@pytest.fixture
def club(make_chat: ChatMaker) -> Chat:
    """It is the 2nd of March 2026, noon."""
    chat = make_chat(terms=Terms(dues=True))
    for who in ("小明", "小红"):
        chat.says(who, "#帮助")
    return chat


def heard_on(chat: Chat, who: str, days: int) -> dict[str, str]:
    """What somebody is told, by the day on which he hears it."""
    told = {}
    for _ in range(days):
        chat.passes(days=1)
        if chat.told(who):
            told[f"{chat.clock.now():%m-%d}"] = chat.told(who)
    return told


def test_an_admin_writes_the_date_down(club: Chat) -> None:
    assert club.says(ADMIN, "#会费 @小明 2027-03-01") == (
        "小明 的会费登记到 2027年3月1日，到期前我会提醒 ta。"
    )
    assert club.told("小明") == "你在「老友记」的会费登记到了 2027年3月1日，谢谢！"
    assert club.says("小明", "#会费") == "你的会费登记到 2027年3月1日。"
    assert club.says("小红", "#会费") == "你的会费还没有登记。"


@pytest.mark.parametrize("written", ["2026/4/1", "2026.4.1", "2026年4月1日", "2026-04-01"])
def test_dates_as_people_write_them(club: Chat, written: str) -> None:
    assert "2026年4月1日" in club.says(ADMIN, f"#会费 @小明 {written}")


@pytest.mark.parametrize("written", ["2026-02-30", "2026-13-01"])
def test_a_day_that_does_not_exist(club: Chat, written: str) -> None:
    assert club.says(ADMIN, f"#会费 @小明 {written}") == f"没有 {written} 这一天，没有改动。"
    assert club.says("小明", "#会费") == "你的会费还没有登记。"


def test_a_day_that_is_over_promises_no_reminder(club: Chat) -> None:
    told = club.says(ADMIN, "#会费 @小明 2025-03-01")
    assert told == "小明 的会费登记到 2025年3月1日，已经过了；写错了就再登记一次。"


@pytest.mark.parametrize(
    ("until", "promise"), [("03-02", "到期后"), ("03-03", "到期后"), ("03-04", "到期前")]
)
def test_a_reminder_is_promised_for_when_it_comes(club: Chat, until: str, promise: str) -> None:
    assert club.says(ADMIN, f"#会费 @小明 2026-{until}").endswith(f"，{promise}我会提醒 ta。")
    last = {"03-02": "03-03", "03-03": "03-04", "03-04": "03-03"}[until]
    assert next(iter(heard_on(club, "小明", 9))) == last


def test_three_reminders_and_no_more(club: Chat) -> None:
    club.says(ADMIN, "#会费 @小明 2026-04-01")
    told = heard_on(club, "小明", 60)
    assert list(told) == ["03-18", "03-31", "04-02"]
    assert "还有 14 天" in told["03-18"]
    assert "还有 1 天" in told["03-31"]
    assert "已经到期" in told["04-02"]


@pytest.mark.both_databases
def test_a_bot_that_was_off_reminds_once(club: Chat) -> None:
    club.says(ADMIN, "#会费 @小明 2026-04-01")
    club.passes(days=29, hours=23)  # 1 April, 11:00
    assert club.told("小明").count("会费登记到") == 1
    assert "今天到期" in club.told("小明")
    assert list(heard_on(club, "小明", 30)) == ["04-02"]


def test_paying_again_starts_anew(club: Chat) -> None:
    club.says(ADMIN, "#会费 @小明 2026-03-20")
    club.passes(days=5)
    club.says(ADMIN, "#会费 @小明 2027-03-20")
    assert heard_on(club, "小明", 60) == {}
    club.says(ADMIN, "#会费 @小明 清空")
    assert club.says("小明", "#会费") == "你的会费还没有登记。"


@pytest.mark.both_databases
def test_what_runs_out_is_listed_where_no_member_reads(club: Chat) -> None:
    club.says(ADMIN, "#会费 @小明 2026-03-01")
    club.says(ADMIN, "#会费 @小红 2026-03-20")
    wanted = "登记了 2 位。\n已到期（1）：小明 2026-03-01\n30 天内到期（1）：小红 2026-03-20"
    assert club.says(ADMIN, "#会费", group=ADMIN_GROUP).endswith(wanted)
    assert club.says(ADMIN, "#会费", private=True).endswith(wanted)
    assert "小明" not in club.says(ADMIN, "#会费")
    assert "小明" not in club.says("小红", "#会费", private=True)


def test_members_write_nothing_down(club: Chat) -> None:
    assert club.says("小红", "#会费 @小红 2030-01-01") == "只有管理员和运营能用 #会费 的这个用法。"


def test_nobody_is_reminded_after_he_quit(club: Chat) -> None:
    club.says(ADMIN, "#会费 @小明 2026-04-01")
    club.says("小明", "#退出 确认")
    assert heard_on(club, "小明", 40) == {}


def test_who_comes_back_is_reminded_again(club: Chat) -> None:
    club.says(ADMIN, "#会费 @小明 2026-04-20")
    club.says("小明", "#退出 确认")
    club.passes(days=37)  # 8 April: the first reminder has gone by
    club.says(ADMIN, "#解除 @小明")
    assert list(heard_on(club, "小明", 30)) == ["04-19", "04-21"]


def test_who_comes_back_long_after_the_end_is_not_reminded_of_it(club: Chat) -> None:
    club.says(ADMIN, "#会费 @小明 2026-04-01")
    club.says("小明", "#退出 确认")
    club.passes(days=60)
    club.says(ADMIN, "#解除 @小明")
    assert heard_on(club, "小明", 30) == {}


def test_off_unless_the_community_wants_it(chat: Chat) -> None:
    assert chat.says(ADMIN, "#会费 @小明 2027-03-01") == "「老友记」没有启用会费登记。"
