"""What the author of an anonymous post may do with it, in private and in a group."""

import pytest
from sqlmodel import select

from storage.tables import Credit, Label
from tests.conversations.anonymity import WHO, WISH, alias_in, publishes, told, works
from tests.conversations.chat import ADMIN, GROUP, Chat


@pytest.fixture
def posted(chat: Chat) -> Chat:
    """小明 of 腾讯 has posted #1; 李四 of 阿里 reads along."""
    works(chat, 小明="腾讯", 李四="阿里")
    publishes(chat)
    return chat


@pytest.mark.both_databases
def test_in_private_the_usual_words_work(posted: Chat) -> None:
    assert "#1 需求「想聊聊增长黑客」" in posted.says(WHO, "#我的", private=True)
    assert "撤下了" in posted.says(WHO, "#撤", private=True)
    assert "又放回来了" in posted.says(WHO, "#撤回", private=True)
    assert "改好了 #1 需求：换个城市做增长" in posted.says(
        WHO, "#改 1 换个城市做增长", private=True
    )
    posted.passes(days=6)
    assert "还有 24 小时到期" in posted.told(WHO)
    assert "续到" in posted.says(WHO, "#续 1", private=True)
    assert posted.says(WHO, "#搞定 1", private=True) == "#1 需求「换个城市做增长」办成了，真好。"
    assert "没有进行中的" in posted.says(WHO, "#我的", private=True)
    assert "#1 办成了" not in posted.says("李四", "#我的")


def test_in_a_group_he_is_told_what_others_are_told(posted: Chat) -> None:
    for said in ("#撤 1", "#搞定 1", "#续 1", "#改 1 别的话", "#撤回 1", "#没用 1"):
        assert posted.says(WHO, said) == posted.says("李四", said)
    for said in ("#我的", "#撤", "#撤回", "#续"):
        assert "#1" not in posted.says(WHO, said)
    assert posted.post().state == "active"
    assert posted.post().text == "想聊聊增长黑客，看看新机会"


def test_others_cannot_touch_it_and_admins_can(posted: Chat) -> None:
    alias = alias_in(posted.says("李四", "#找 增长黑客"))
    refusal = f"#1 是 {alias} 发的，只有 ta 本人或管理员能改。"
    assert posted.says("李四", "#撤 1", private=True) == refusal
    assert posted.says(ADMIN, "#撤 1").startswith("#1 需求「想聊聊增长黑客」撤下了")
    assert posted.told(WHO) == f"管理员 {ADMIN} 撤下了你的 #1「想聊聊增长黑客」。"
    assert [one.forget for one in told(posted, WHO)] == [True]


@pytest.mark.both_databases
def test_who_helped_is_thanked_in_the_name_of_the_alias(posted: Chat) -> None:
    answer = posted.says(WHO, "#搞定 1 @李四 @小明", private=True)
    assert answer == "#1 需求「想聊聊增长黑客」办成了，谢谢 李四！已经转告 ta。"
    assert "匿名·" in posted.told("李四")
    assert WHO not in posted.told("李四")
    with posted.database.read() as session:
        thanked = [one.helper_id for one in session.exec(select(Credit))]
        assert len(thanked) == 1
    assert "办成和感谢都撤回了" in posted.says(WHO, "#撤回", private=True)


def test_quoting_a_notice_means_the_post(posted: Chat) -> None:
    posted.passes(days=6)
    number, words = posted.reply_id, posted.told(WHO)
    posted.knows(number, words)
    assert "续到" in posted.says(WHO, "还要", private=True, quote=number)
    assert "#1" not in posted.says("李四", "撤", private=True, quote=number)
    assert posted.says(WHO, "撤", private=True, quote=number).startswith("#1 需求")


def test_other_words_are_cleaned_as_well(posted: Chat) -> None:
    posted.says(WHO, "#改 1 在腾讯做增长，微信 abc12345", private=True)
    assert posted.post().text == "在［某公司］做增长，［已隐去］"


def test_an_admin_finds_nobody_by_writing_names_into_it(posted: Chat) -> None:
    words = "想聊聊增长黑客 小明 李四 在腾讯"
    posted.says(ADMIN, f"#改 1 {words}", private=True)
    assert posted.post().text == words


@pytest.mark.both_databases
def test_later_matches_come_to_him_in_private(posted: Chat) -> None:
    posted.says("李四", "#供 增长黑客咨询，做过三个产品", private=True)
    posted.passes(minutes=11)
    assert "你的 #1 需求「想聊聊增长黑客」，后来有这些" in posted.told(WHO)
    assert [one.forget for one in told(posted, WHO)] == [True]
    posted.says(WHO, "#有用 1", private=True)
    with posted.database.read() as session:
        assert {one.by_id for one in session.exec(select(Label))} == {posted.post().author_id}


def test_he_is_told_nothing_of_his_own_post(chat: Chat) -> None:
    chat.sits(WHO, "李四")
    chat.says(WHO, "#订阅 增长黑客", private=True)
    chat.says(WHO, "#供 增长黑客咨询，做过三个产品")
    assert "@小明" not in publishes(chat)
    assert [one.text for one in told(chat, WHO) if "订阅" in one.text] == []
    chat.passes(hours=25)
    assert told(chat, WHO) == []


def test_who_follows_the_word_hears_of_it(chat: Chat) -> None:
    works(chat, 小明="腾讯", 小红="腾讯云", 李四="阿里")
    for who in ("小红", "李四"):
        chat.says(who, "#订阅 增长黑客", private=True)
    assert publishes(chat) == ""
    assert "想认识 ta，私聊我发 #认识 1 加一句话。" in chat.told("李四")
    assert chat.told("小红") == ""


@pytest.mark.both_databases
def test_who_has_left_is_not_betrayed_by_the_moment(posted: Chat) -> None:
    publishes(posted, text="求 第二个机会")
    posted.says(WHO, "#求 咖啡机")
    assert "撤下了 1 条需求和供给" in posted.says(WHO, "#退出 确认", private=True)
    assert [posted.post(number).state for number in (1, 2, 3)] == ["active", "active", "withdrawn"]
    for _ in range(12):
        posted.passes(hours=3)
    assert [posted.post(number).state for number in (1, 2)] == ["withdrawn", "withdrawn"]
    assert posted.heard(GROUP) == ""


def test_guests_cannot_post_so(chat: Chat) -> None:
    chat.sits("丁")
    chat.says("丁", f"#匿名 {WISH}", private=True)
    chat.says(ADMIN, "#角色 @丁 访客")
    assert chat.says("丁", "发布", private=True) == ""
    assert chat.says("丁", f"#匿名 {WISH}", private=True).startswith("你现在是访客")
