"""What is told of, and what no more, when the letter about what fits later is written."""

import pytest

from community.members import privacy
from community.members.privacy import Privacy
from storage.tables import Member
from tests.conversations.chat import Chat
from tests.conversations.looking_back import NEED, OFFER, SKILLS, asks_in_vain
from tests.conversations.vetting import orders


def test_a_post_that_is_over_is_not_told_of(chat: Chat) -> None:
    asks_in_vain(chat)
    chat.says("王五", SKILLS)
    chat.says("张三", "#搞定 1")
    chat.passes(minutes=11)
    assert chat.told("张三") == ""


@pytest.mark.both_databases
def test_what_fits_no_more_when_the_letter_is_written_is_not_told(chat: Chat) -> None:
    asks_in_vain(chat)
    asks_in_vain(chat, "李四")
    chat.passes(hours=10)  # 22:00: what is found waits for the morning
    chat.says("王五", SKILLS)
    chat.says("赵六", SKILLS)
    chat.passes(minutes=11)
    chat.passes(hours=1)
    chat.says("李四", "#改 2 周末找人一起打羽毛球")
    chat.says("王五", "#名片 技能：小学数学家教")
    chat.says("赵六", "#名片 技能：亚马逊运营 城市：杭州")
    chat.passes(hours=11)
    assert chat.told("张三").splitlines()[1:-1] == ["赵六 · 因为：亚马逊运营（技能）"]
    assert chat.told("李四") == ""


@pytest.mark.both_databases
def test_nor_are_posts_that_are_other_by_now(chat: Chat) -> None:
    asks_in_vain(chat)
    asks_in_vain(chat, "李四")
    chat.passes(hours=10)
    chat.says("王五", "#帮助")
    chat.says("王五", OFFER, private=True)
    chat.passes(hours=1)
    chat.says("李四", "#改 2 周末找人一起打羽毛球", private=True)
    chat.passes(hours=1)
    chat.says("王五", f"#改 3 {OFFER.removeprefix('#供 ')}，杭州", private=True)
    chat.passes(hours=10)
    assert chat.told("张三").splitlines()[1].startswith("#3 王五：做过三年亚马逊运营")
    assert chat.told("李四") == ""


def test_whoever_was_removed_is_neither_told_nor_named(chat: Chat) -> None:
    asks_in_vain(chat)
    chat.says("王五", SKILLS)
    assert orders(chat, "#移除 @王五 第3条 吵架")
    assert "王五" not in chat.says("李四", "#找 跨境电商")
    chat.passes(minutes=11)
    assert chat.told("张三") == ""


def test_a_guest_hears_of_posts_and_of_nobody_s_card(chat: Chat) -> None:
    asks_in_vain(chat)
    assert orders(chat, "#角色 @张三 访客")
    chat.says("王五", SKILLS)
    chat.says("赵六", "#帮助")
    chat.says("赵六", OFFER, private=True)
    chat.passes(minutes=11)
    assert [line[:4] for line in chat.told("张三").splitlines()[1:-1]] == ["#2 赵"]


@pytest.mark.both_databases
def test_those_who_found_no_room_in_the_list_hear_of_it_too(chat: Chat) -> None:
    for number in range(5):
        chat.says(f"求者{number}", NEED)
    chat.says("王五", OFFER)
    assert chat.called == ["求者4", "求者3", "求者2"]
    chat.passes(minutes=1)
    for number in (0, 1):
        told = chat.told(f"求者{number}").splitlines()
        assert told[1].startswith("#6 王五：做过三年亚马逊运营")
    assert not chat.told("求者2")
    assert chat.says("求者0", "#没用 6", private=True).startswith("记下了")
    chat.passes(days=1)
    assert chat.told("求者1") == ""


def test_what_somebody_has_hidden_since_is_not_told(chat: Chat) -> None:
    asks_in_vain(chat)
    chat.says("王五", f"{SKILLS}\n公司：跨境电商联盟")
    chat.says("赵六", SKILLS)
    with chat.scene() as scene:
        for number, chosen in ((2, Privacy(shows_company=False)), (3, Privacy(listed=False))):
            member = scene.session.get_one(Member, ("renren", number))
            privacy.choose(scene, member=member, chosen=chosen)
    chat.passes(minutes=11)
    told = chat.told("张三")
    assert "\n王五 · 因为：" in told
    assert "联盟" not in told
    assert "公司" not in told
    assert "赵六" not in told


@pytest.mark.parametrize("word", ["不要", "不要了", "不用了"])
def test_a_no_to_a_letter_may_mean_the_letter(chat: Chat, word: str) -> None:
    asks_in_vain(chat)
    chat.says("王五", SKILLS)
    chat.passes(minutes=11)
    assert chat.says("张三", word, quote=chat.reply_id, private=True) == (
        "#1 需求「找一位懂跨境电商、做过亚马逊运营的合伙人」不要了吗？是就引用这条回 撤；"
        "是匹配不准，回 没用；不想再收到这类消息，发 #勿扰。"
    )
    asked = chat.reply_id
    assert chat.says("张三", "没用", quote=asked, private=True).startswith("记下了")
    assert "撤下了" in chat.says("张三", "不要了", quote=asked, private=True)


def test_a_no_to_what_one_has_posted_oneself_is_asked_about(chat: Chat) -> None:
    chat.says("张三", "#求 家里不要了的沙发")
    chat.says("张三", "#改 1 求家里不要了的旧沙发", private=True)
    assert "不要了吗？" in chat.says("张三", "不要", quote=chat.reply_id, private=True)
    chat.says("张三", "#撤 1", private=True)
    assert chat.says("张三", "不要", quote=chat.reply_id, private=True).endswith("没有改动。")
