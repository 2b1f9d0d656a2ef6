"""Taking a post down, and taking the last step back."""

import pytest

from community.rules import Limits
from storage.queries.pool import credits
from tests.conversations.chat import ADMIN, Chat
from tests.conversations.conftest import ChatMaker

NEED = "#求 二手投影仪"


@pytest.mark.parametrize("text", ["#撤 1", "#withdraw #1", "#撤"])
def test_withdrawing(chat: Chat, text: str) -> None:
    chat.says("张三", NEED)
    assert chat.says("张三", text).startswith("#1 需求「二手投影仪」撤下了。")
    assert chat.post().state == "withdrawn"
    assert chat.post().closed_at is not None
    assert "#1 " not in chat.says("李四", "#供 二手投影仪")


@pytest.mark.parametrize("text", ["显示器", "显示器那条", "求显示器的", "显示器已经买了"])
@pytest.mark.parametrize("word", ["撤", "续"])
def test_the_only_post_is_not_meant_by_other_words(chat: Chat, word: str, text: str) -> None:
    chat.says("张三", NEED)
    chat.says("张三", "#求 显示器")
    chat.says("张三", "#撤 2")
    expires = chat.post().expires_at
    reply = chat.says("张三", f"#{word} {text}")
    assert reply.startswith("你进行中的帖子没有说到「")
    assert reply.endswith(f"没有改动。是这一条就写上编号 #{word} 1：\n#1 需求「二手投影仪」")
    assert (chat.post().state, chat.post().expires_at) == ("active", expires)
    chat.passes(days=7)
    assert chat.says("张三", f"#{word} {text}").startswith("你最近到期的帖子没有说到「")
    assert chat.post().state == "expired"


@pytest.mark.parametrize(
    "text", ["投影仪", "二手投影机", "「二手投影仪」", "朋友送了一台", "预算不够", "投影仪和显示器"]
)
def test_words_about_it_or_a_reason_mean_the_only_post(chat: Chat, text: str) -> None:
    chat.says("张三", NEED)
    assert chat.says("张三", f"#撤 {text}").startswith("#1 需求「二手投影仪」撤下了。")


def test_withdrawing_by_a_word_under_the_receipt(chat: Chat) -> None:
    chat.says("张三", NEED)
    receipt = chat.reply_id
    assert "只有 ta 本人或管理员能改" in chat.says("李四", "撤", quote=receipt)
    assert chat.says("张三", "撤", quote=receipt).startswith("#1 ")
    assert chat.says("张三", "撤", quote=receipt) == "#1「二手投影仪」已撤下，没有改动。"


def test_an_admin_may_withdraw_and_the_author_is_told(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says(ADMIN, "#撤 1")
    assert chat.told("张三") == "管理员 管理员 撤下了你的 #1「二手投影仪」。"


def test_what_was_withdrawn_may_be_posted_again(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says("张三", "#撤 1")
    assert chat.says("张三", NEED).startswith("已记下 #2")


def test_undo_takes_back_the_last_post_and_frees_its_place(make_chat: ChatMaker) -> None:
    chat = make_chat(limits=Limits(posts_per_day=1))
    chat.says("张三", NEED)
    assert chat.says("张三", "#撤回") == "#1 需求「二手投影仪」撤回了，不占今天的条数。"
    assert chat.post().state == "undone"
    assert "#1 " not in chat.says("李四", "#供 二手投影仪")
    assert chat.says("张三", NEED).startswith("已记下 #3")


@pytest.mark.parametrize("text", ["#undo 1", "#撤销 #1", "#撤回 1", "#撤消 1"])
def test_undo_of_a_named_post(chat: Chat, text: str) -> None:
    chat.says("张三", NEED)
    chat.says("张三", "#求 显示器")
    assert chat.says("张三", text).startswith("#1 ")
    assert (chat.post().state, chat.post(2).state) == ("undone", "active")


def test_undo_by_quoting_the_receipt(chat: Chat) -> None:
    chat.says("张三", NEED)
    receipt = chat.reply_id
    chat.says("张三", "#求 显示器")
    assert chat.says("张三", "撤回", quote=receipt).startswith("#1 ")


@pytest.mark.both_databases
def test_undo_of_done_takes_the_thanks_back(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.passes(days=2)
    chat.says("张三", "#done 1 @李四")
    assert chat.says("张三", "#撤回").startswith("#1 需求「二手投影仪」还在进行中")
    assert chat.post().state == "active"
    assert chat.post().closed_at is None
    assert chat.post().notice_at is not None
    with chat.database.read() as session:
        assert credits.of_post(session, community_id="renren", post_id=1) == []
    assert "#1 " in chat.says("李四", "#供 二手投影仪")


@pytest.mark.both_databases
def test_whoever_was_thanked_hears_that_it_was_too_early(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says("张三", "#done 1 @李四 @王五")
    chat.says("张三", "#撤回")
    taken_back = "张三 撤回了：#1「二手投影仪」还没办成，刚才的感谢也收回了。"
    assert chat.told("李四") == chat.told("王五") == taken_back
    chat.says("张三", "#done 1 @李四")
    assert "#1「二手投影仪」办成了" in chat.told("李四")
    chat.says("张三", "#撤回")
    assert (chat.told("李四"), chat.told("王五")) == (taken_back, "")
    chat.says("张三", "#撤 1")
    chat.says("张三", "#撤回")
    assert chat.told("李四") == ""


@pytest.mark.both_databases
def test_also_when_the_whole_post_is_taken_back(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says(ADMIN, "#done 1 @李四")
    assert "不占今天的条数" in chat.says("张三", "#撤回")
    assert "感谢也收回了" in chat.told("李四")


@pytest.mark.both_databases
def test_undo_goes_back_step_by_step(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says("张三", "#撤 1")
    assert "又放回来了" in chat.says("张三", "#撤回")
    assert "撤回了" in chat.says("张三", "#撤回")
    assert "没有可以撤回的" in chat.says("张三", "#撤回")


@pytest.mark.both_databases
@pytest.mark.parametrize("end", ["#撤 1", "#搞定 1"])
def test_what_came_meanwhile_is_met_by_what_comes_back(chat: Chat, end: str) -> None:
    chat.says("张三", "#求 二手投影仪")
    chat.says("张三", end)
    chat.passes(minutes=2)
    assert "#1 " not in chat.says("李四", "#供 二手投影仪 九成新")
    chat.passes(minutes=2)
    assert "\n#2 李四：二手投影仪 九成新" in chat.says("张三", "#撤回")
    assert chat.called == []
    chat.passes(hours=1)
    assert "你的 #2 供给「二手投影仪 九成新」，后来有这些可能用得上" in chat.told("李四")


@pytest.mark.both_databases
def test_what_was_listed_before_is_not_listed_again(chat: Chat) -> None:
    chat.says("李四", "#供 二手投影仪 九成新")
    chat.passes(minutes=2)
    chat.says("张三", "#求 二手投影仪")
    chat.passes(minutes=2)
    chat.says("张三", "#撤 2")
    chat.says("王五", "#求 律师看合同")
    assert chat.says("张三", "#撤回").endswith("又放回来了。")


@pytest.mark.parametrize(("minutes", "works"), [(10, True), (11, False)])
def test_undo_lasts_ten_minutes(chat: Chat, minutes: int, works: bool) -> None:
    chat.says("张三", NEED)
    chat.passes(minutes=minutes)
    reply = chat.says("张三", "#撤回 1")
    assert ("撤回了" in reply) is works
    assert ("发 #撤 1" in reply) is not works
    assert chat.post().state == ("undone" if works else "active")


def test_undo_is_for_one_s_own_steps(chat: Chat) -> None:
    chat.says("张三", NEED)
    for who in ("李四", ADMIN):
        assert "没有你能撤回的" in chat.says(who, "#撤回 1")
    assert "没有可以撤回的" in chat.says("李四", "#撤回")
    assert chat.post().state == "active"


def test_what_cannot_be_undone_is_said(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says("张三", "#改 1 二手显示器")
    assert chat.says("张三", "#撤回") == "#1 的改动撤不回。要撤回整条，发 #撤回 1。"
    assert chat.post().state == "active"
    assert chat.says("张三", "#撤回 1") == "#1 需求「二手显示器」撤回了，不占今天的条数。"
    assert chat.post().state == "undone"


def test_an_old_post_is_not_undone_because_of_a_fresh_change(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.passes(hours=1)
    chat.says("张三", "#改 1 二手显示器")
    for text in ("#撤回", "#撤回 1"):
        assert chat.says("张三", text) == "#1 的改动撤不回。要收起整条，发 #撤 1。"
    assert chat.post().state == "active"


def test_the_author_hears_that_an_admin_took_it_back(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says(ADMIN, "#撤 1")
    assert "又放回来了" in chat.says(ADMIN, "#撤回")
    assert "恢复了你的 #1" in chat.told("张三")


def test_what_was_undone_stays_gone(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says("张三", "#撤回")
    for text in ("#done 1", "#撤 1", "#改 1 新的", "#续 1"):
        assert chat.says("张三", text) == "#1「二手投影仪」已撤回，没有改动。"


@pytest.mark.parametrize(
    ("text", "said"), [("#搞定 1", "办成和感谢都撤回了"), ("#撤 1", "没有撤下")]
)
def test_what_had_run_out_does_not_run_again(chat: Chat, text: str, said: str) -> None:
    chat.says("张三", "#求 二手显示器")
    chat.passes(days=7)
    chat.says("张三", text)
    assert chat.says("张三", "#撤回") == (
        f"#1 需求「二手显示器」{said}，它还是到期的；还要就发 #续 1。"
    )
    assert chat.says("张三", "#我的").startswith("你没有进行中的需求或供给。")
