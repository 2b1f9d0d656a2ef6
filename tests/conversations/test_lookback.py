"""The promise of a receipt: what fits later is told to the author, in private, once a day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from storage.tables import Fresh, Outbox, Tip
from tests.conversations.chat import GROUP, Chat
from tests.conversations.looking_back import NEED, OFFER, SKILLS, asks_in_vain
from tests.conversations.vetting import applies, orders


def test_a_new_profile_is_told_to_the_author_of_an_open_post(chat: Chat) -> None:
    asks_in_vain(chat)
    chat.says("王五", f"{SKILLS}\n公司：远航")
    assert chat.told("张三") == ""
    chat.passes(minutes=11)
    assert chat.told("张三") == (
        "你的 #1 需求「找一位懂跨境电商、做过亚马逊运营的合伙人」，后来有这些可能帮得上：\n"
        "王五（远航） · 因为：跨境电商（技能）、亚马逊运营（技能）\n"
        "想看名片，发 #谁是 加名字。准不准，引用这条回 有用 或 没用；不想再收到，发 #勿扰。"
    )
    assert chat.heard(GROUP) == ""
    assert chat.called == []


@pytest.mark.both_databases
def test_ticks_that_run_again_tell_once(chat: Chat) -> None:
    asks_in_vain(chat)
    chat.says("王五", SKILLS)
    chat.passes(minutes=11)
    assert chat.told("张三")
    for days in (0, 1, 2):
        chat.passes(days=days)
        assert chat.told("张三") == ""
    chat.says("王五", "#名片 城市 杭州")
    chat.passes(minutes=11)
    assert chat.told("张三") == ""


def test_at_most_one_letter_a_day(chat: Chat) -> None:
    asks_in_vain(chat)
    chat.says("王五", SKILLS)
    chat.passes(minutes=11)
    assert "王五" in chat.told("张三")
    chat.says("赵六", SKILLS)
    chat.says("孙七", SKILLS)
    chat.passes(minutes=11)
    assert chat.told("张三") == ""
    chat.passes(hours=23)
    assert chat.told("张三") == ""
    chat.passes(hours=1)
    assert "王五" not in chat.told("张三")
    assert {"赵六", "孙七"} <= set(chat.told("张三").replace(" ", "\n").split("\n"))


def test_several_posts_make_one_letter(chat: Chat) -> None:
    asks_in_vain(chat)
    chat.says("张三", "#求 代理记账")
    chat.says("王五", SKILLS)
    chat.says("李四", "#名片 技能：代理记账、报税")
    chat.passes(minutes=11)
    letter = chat.told("张三")
    assert [line[:5] for line in letter.splitlines()] == [
        "你的 #1",
        "王五 · ",
        "你的 #2",
        "李四 · ",
        "想看名片，",
    ]
    assert letter.endswith("准不准，发 #有用 或 #没用 加你那条的编号；不想再收到，发 #勿扰。")


def test_nobody_is_woken_at_night(chat: Chat) -> None:
    asks_in_vain(chat)
    chat.passes(hours=10)  # 22:00 in Shanghai
    chat.says("王五", SKILLS)
    chat.passes(hours=1)
    assert chat.told("张三") == ""
    chat.passes(hours=10)
    assert "王五" in chat.told("张三")


@pytest.mark.parametrize("who", ["张三", "王五"])
def test_the_muted_neither_hear_nor_are_named(chat: Chat, who: str) -> None:
    asks_in_vain(chat)
    chat.says("王五", SKILLS)
    chat.says(who, "#勿扰")
    chat.passes(minutes=11)
    assert chat.told("张三") == ""
    chat.says(who, "#勿扰 关")
    chat.passes(days=1)
    assert chat.told("张三") == ""


def test_a_profile_that_does_not_fit_is_no_news(chat: Chat) -> None:
    asks_in_vain(chat)
    chat.says("王五", "#名片 技能：小学数学家教")
    chat.passes(minutes=11)
    assert chat.sent == []


def test_whoever_was_called_when_it_was_posted_is_no_news(chat: Chat) -> None:
    chat.says("王五", SKILLS)
    chat.says("张三", NEED)
    assert chat.called == ["王五"]
    chat.says("王五", "#名片 技能：跨境电商、亚马逊运营、选品")
    chat.passes(minutes=11)
    assert chat.told("张三") == ""


def test_nor_is_he_after_other_words(chat: Chat) -> None:
    chat.says("王五", SKILLS)
    chat.says("张三", NEED)
    chat.says("张三", f"#改 1 {NEED.removeprefix('#need ')}，深圳优先")
    chat.says("王五", "#名片 技能：跨境电商、亚马逊运营、选品")
    chat.passes(minutes=11)
    assert chat.told("张三") == ""


def test_one_s_own_profile_is_no_news(chat: Chat) -> None:
    asks_in_vain(chat)
    chat.says("张三", SKILLS)
    chat.passes(minutes=11)
    assert chat.sent == []


@pytest.mark.both_databases
def test_an_imported_roster_makes_one_letter(chat: Chat) -> None:
    asks_in_vain(chat)
    chat.imports(
        ["姓名", "QQ", "技能"],
        *([f"成员{number}", str(10_000 + number), "跨境电商、亚马逊运营"] for number in range(6)),
    )
    chat.passes(minutes=11)
    lines = chat.told("张三").splitlines()
    assert len(lines) == 5
    assert all(line.startswith("成员") for line in lines[1:4])
    assert "这 3 个都不合适" in chat.says("张三", "没用", quote=chat.reply_id, private=True)
    chat.passes(days=1)
    assert chat.told("张三") == ""


@pytest.mark.both_databases
def test_an_approved_newcomer_is_told_of(chat: Chat) -> None:
    chat.says("王五", "#求 产品经理")
    applies(chat)
    orders(chat, "#通过 A1")
    chat.passes(minutes=11)
    assert chat.told("王五").splitlines()[1].startswith("张三（")


@pytest.mark.both_databases
def test_one_of_the_roster_is_told_of_once_he_has_an_account(chat: Chat) -> None:
    chat.imports(["姓名", "公司", "技能"], ["张三", "人人网", "代理记账、报税"])
    chat.passes(minutes=11)
    chat.says("王五", "#求 代理记账")
    assert chat.called == []
    chat.passes(days=1)
    assert chat.told("王五") == ""
    applies(chat)
    orders(chat, "#通过 A1")
    chat.passes(minutes=11)
    assert chat.told("王五").splitlines()[1].startswith("张三（")


def test_the_receipt_promises_no_letter_to_those_who_get_none(chat: Chat) -> None:
    chat.says("张三", "#勿扰")
    assert "以后有人发相关的会列出这条。" in chat.says("张三", NEED)


def test_a_later_post_reaches_an_author_who_cannot_be_called(chat: Chat) -> None:
    asks_in_vain(chat)
    chat.says("王五", "#帮助")
    chat.says("王五", OFFER, private=True)
    assert chat.called == []
    chat.passes(minutes=1)
    assert chat.told("张三").splitlines()[1].startswith("#2 王五：做过三年亚马逊运营")


def test_whoever_fits_and_may_not_be_called_again_today_is_told_of_in_a_letter(chat: Chat) -> None:
    chat.sits("张三", "李四", "王五")
    chat.says("王五", SKILLS)
    chat.passes(minutes=11)
    chat.says("李四", NEED)
    assert chat.called == ["王五"]
    assert "\n有可能合适的人，我稍后私下告诉你。\n" in chat.says("张三", NEED)
    assert chat.called == []
    chat.passes(minutes=1)
    assert chat.told("张三").splitlines()[1].startswith("王五 · 因为：")
    assert chat.told("李四") == ""
    chat.says("张三", NEED)
    chat.says("王五", "#名片 城市 杭州")
    chat.passes(days=1)
    assert chat.told("张三") == ""


def test_a_follower_who_is_called_is_not_all_that_the_author_hears_of(chat: Chat) -> None:
    chat.says("赵六", "#订阅 跨境电商")
    chat.says("王五", SKILLS)
    chat.passes(minutes=11)
    chat.says("李四", NEED)
    chat.says("张三", NEED)
    assert chat.called == ["赵六"]
    chat.passes(minutes=1)
    assert "\n王五 · 因为：" in chat.told("张三")
    chat.says("王五", "#订阅 跨境电商")
    chat.says("孙七", NEED)
    assert chat.called == ["赵六", "王五"]
    chat.passes(days=1)
    assert chat.told("孙七") == ""


def test_whoever_fits_what_was_posted_in_private_is_told_of_in_a_letter(chat: Chat) -> None:
    chat.says("张三", "#帮助")
    chat.says("王五", SKILLS)
    chat.says("赵六", f"{SKILLS}\n城市：杭州")
    chat.says("赵六", "#勿扰")
    chat.passes(minutes=11)
    assert "我稍后私下告诉你" in chat.says("张三", NEED, private=True)
    chat.passes(minutes=1)
    assert "\n王五 · 因为：" in chat.told("张三")
    assert "赵六" not in chat.told("张三")


def test_an_author_who_was_called_needs_no_letter(chat: Chat) -> None:
    asks_in_vain(chat)
    chat.says("王五", OFFER)
    assert chat.called == ["张三"]
    chat.passes(days=1)
    assert chat.told("张三") == ""


def test_a_post_said_again_is_no_news_to_those_it_was_listed_with(chat: Chat) -> None:
    chat.says("王五", OFFER)
    assert "#1 " in chat.says("张三", NEED)
    chat.passes(days=2)
    chat.says("王五", OFFER, private=True)
    chat.passes(days=1)
    assert chat.told("张三") == ""


def test_whose_post_was_listed_is_no_news_with_his_profile(chat: Chat) -> None:
    chat.says("王五", OFFER)
    assert "#1 " in chat.says("张三", NEED)
    chat.says("王五", SKILLS)
    chat.passes(minutes=11)
    assert chat.told("张三") == ""


def test_words_kept_for_somebody_who_has_not_agreed_bring_no_letters(chat: Chat) -> None:
    chat.says("张三", "找一位懂跨境电商、做过亚马逊运营的合伙人")
    chat.says("李四", "#求", quote=chat.last_id)
    chat.says("王五", SKILLS)
    chat.passes(minutes=11)
    assert chat.told("张三") == ""


@pytest.mark.both_databases
def test_nothing_is_left_over(chat: Chat) -> None:
    asks_in_vain(chat)
    chat.says("王五", SKILLS)
    chat.passes(minutes=11)
    with chat.database.read() as session:
        assert session.get(Fresh, ("renren", 2)) is None
        tip = session.get_one(Tip, ("renren", 1))
    assert tip.told_at == chat.clock.now()
    assert tip.told_at > datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.both_databases
def test_two_processes_at_once_write_one_letter(chat: Chat) -> None:
    asks_in_vain(chat)
    for who in ("王五", "赵六"):
        chat.says(who, SKILLS)
    chat.clock.advance(timedelta(minutes=11))
    ticks = chat.new_ticks()
    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(ticks.look_back) for _ in range(4)]:
            done.result()
    with chat.database.read() as session:
        waiting = session.exec(select(Outbox).where(Outbox.lane == "onebot:张三")).all()
    assert len(waiting) == 1
