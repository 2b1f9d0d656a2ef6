"""Keeping what somebody said without a tag; he is asked and may refuse."""

import pytest

from community.rules import Limits
from community.updates import Message, Quoted, Sender
from tests.conversations.chat import ADMIN, GROUP, Chat, account
from tests.conversations.conftest import ChatMaker

WANT = "谁有二手投影仪，想收一台"


def kept(chat: Chat, text: str = WANT, how: str = "#收") -> str:
    """李四 says something; 张三 keeps it."""
    assert chat.says("李四", text) == ""
    return chat.says("张三", how, quote=chat.last_id)


@pytest.mark.parametrize(
    ("text", "how", "kind"),
    [
        (WANT, "#收", "need"),
        (WANT, "#求", "need"),
        ("手里有富余的会议室", "#收", "offer"),
        ("会议室周末空着", "#offer", "offer"),
        ("会议室周末空着", "#need", "need"),
        ("#供 会议室周末空着", "#收", "offer"),
    ],
)
def test_the_words_become_a_post_of_their_author(
    chat: Chat, text: str, how: str, kind: str
) -> None:
    if text.startswith("#"):  # said while the bot was away
        chat.says("李四", text.lstrip("#"))
        reply = hears(
            chat, "张三", how, Quoted(message_id="old", account=account("李四"), text=text)
        )
    else:
        reply = kept(chat, text, how)
    names = {"need": "需求", "offer": "供给"}
    assert reply.startswith(f"已记下 #1 {names[kind]}：")
    assert (chat.post().kind, chat.post().text) == (kind, text.removeprefix("#供 "))
    assert chat.post().author_id != chat.post().collected_by


def test_the_author_is_asked_by_a_mention(chat: Chat) -> None:
    reply = kept(chat)
    assert chat.called == ["李四"]
    assert "@李四 张三 替你记的，不同意就引用这条回「不要」，或发 #撤 1" in reply


def test_a_muted_author_is_asked_in_private(chat: Chat) -> None:
    chat.says("李四", "#勿扰")
    reply = kept(chat)
    assert chat.called == []
    assert "是 李四 的话，我私下问过 ta 了" in reply
    assert "不同意就引用这条回「不要」" in chat.told("李四")


@pytest.mark.parametrize("word", ["不要", "不同意", "否", "不要。", "不要了", "不用了", "不要谢谢"])
def test_the_author_s_no_drops_it(chat: Chat, word: str) -> None:
    kept(chat)
    assert chat.says("李四", word, quote=chat.reply_id) == "好，#1 不记了。"
    assert chat.post().state == "withdrawn"
    assert "#1 " not in chat.says("王五", "#供 二手投影仪")


def test_the_author_may_refuse_in_private(chat: Chat) -> None:
    chat.says("李四", "#勿扰")
    kept(chat)
    asked = next(
        sent.message_id
        for action, sent in reversed(chat.channel.done)
        if action.target == account("李四")
    )
    assert chat.says("李四", "不要", quote=asked, private=True) == "好，#1 不记了。"


def test_nobody_else_decides_but_an_admin(chat: Chat) -> None:
    kept(chat)
    asked = chat.reply_id
    for who in ("张三", "王五"):
        assert chat.says(who, "不要", quote=asked) == "#1 留不留，由作者本人决定。"
    assert chat.says(ADMIN, "不要", quote=asked) == "好，#1 不记了。"


def test_the_author_withdraws_it_by_its_number(chat: Chat) -> None:
    kept(chat)
    assert chat.says("李四", "#撤 1").startswith("#1 ")


def test_what_was_refused_is_not_kept_again(chat: Chat) -> None:
    chat.says("李四", WANT)
    source = chat.last_id
    chat.says("张三", "#收", quote=source)
    chat.says("李四", "不要", quote=chat.reply_id)
    assert chat.says("王五", "#收", quote=source) == "作者说过不用记这条，就不再记了。"


def test_the_collector_may_take_it_back_and_keep_it_again(chat: Chat) -> None:
    chat.says("李四", WANT)
    source = chat.last_id
    chat.says("张三", "#收", quote=source)
    assert "撤回了" in chat.says("张三", "#撤回")
    assert chat.says("张三", "#求", quote=source).startswith("已记下 #2")


def test_no_under_an_ordinary_receipt_is_chatter(chat: Chat) -> None:
    chat.says("张三", "#求 投影仪")
    assert chat.says("李四", "不要", quote=chat.reply_id) == ""
    assert chat.post().state == "active"


def test_matches_are_listed_but_nobody_is_called_before_the_author_agreed(chat: Chat) -> None:
    chat.says("王五", "#供 二手投影仪")
    reply = kept(chat)
    assert "\n#1 王五：" in reply
    assert chat.called == ["李四"]


def test_a_message_that_is_a_post_already_is_not_kept_twice(chat: Chat) -> None:
    chat.says("李四", "#求 二手投影仪")
    source, receipt = chat.last_id, chat.reply_id
    for quote in (source, receipt):
        assert chat.says("张三", "#收", quote=quote) == (
            "这条已经在了，是 #1（需求「二手投影仪」）。"
        )
    chat.says("李四", "求 二手投影仪！")
    assert chat.says("张三", "#求", quote=chat.last_id).startswith("已记下 #2")


@pytest.mark.both_databases
def test_the_same_words_under_another_message_are_not_kept_twice(chat: Chat) -> None:
    kept(chat)
    assert kept(chat) == "这条已经在了，是 #1。"


def test_one_s_own_words_are_simply_posted(chat: Chat) -> None:
    chat.says("张三", WANT)
    reply = chat.says("张三", "#收", quote=chat.last_id)
    assert reply.startswith("已记下 #1 需求")
    assert "不同意" not in reply
    assert chat.post().collected_by is None


def test_it_counts_for_the_one_who_keeps_it(make_chat: ChatMaker) -> None:
    chat = make_chat(limits=Limits(posts_per_day=1))
    kept(chat)
    assert chat.says("张三", "#求 显示器") == ""
    assert chat.says("李四", "#求 显示器").startswith("已记下 #2")


def test_nobody_is_given_back_what_another_said_as_his_own(make_chat: ChatMaker) -> None:
    chat = make_chat(limits=Limits(posts_per_day=1))
    chat.says("张三", "#求 显示器")
    kept(chat)
    assert chat.told("张三") == "今天已经发了 1 条（每人每天最多 1 条），这条没有保存。"


@pytest.mark.parametrize("text", ["今天天气不错", "有没有人要，我这有多的"])
def test_words_that_do_not_say_which_are_asked_about(chat: Chat, text: str) -> None:
    assert "看不出是需求还是供给" in kept(chat, text)


def test_without_a_quote_it_tells_how(chat: Chat) -> None:
    assert "引用一条消息" in chat.says("张三", "#收")
    assert "想收东西请发 #求" in chat.says("张三", "#收 二手电脑")


def test_what_the_channel_does_not_tell_is_said(chat: Chat) -> None:
    without_text = Quoted(message_id="x", account=account("李四"))
    without_author = Quoted(message_id="x", text=WANT)
    own = Quoted(message_id="x", account="onebot:bot", text="已记下")
    assert "写了什么" in hears(chat, "张三", "#收", without_text)
    assert "是谁发的" in hears(chat, "张三", "#求", without_author)
    assert "这是我说的话" in hears(chat, "张三", "#收", own)


def hears(chat: Chat, who: str, text: str, quoted: Quoted) -> str:
    """Somebody quotes a message that the bot knows nothing of."""
    key = f"{who}-{text}-{quoted.text}"
    chat.feed(
        Message(
            channel="onebot:bot", key=key, time=chat.clock.now(), group=GROUP, message_id=key,
            sender=Sender(account=account(who), name=who), text=text, quoted=quoted,
        )
    )  # fmt: skip
    return chat.heard()


@pytest.mark.both_databases
@pytest.mark.parametrize("how", [f"#求 {WANT}", "#改 1 收一台二手投影仪", "#续 1"])
def test_who_goes_on_with_it_has_agreed(chat: Chat, how: str) -> None:
    kept(chat)
    chat.passes(days=6)
    assert chat.says("李四", how)
    assert chat.post().collected_by is None
    chat.says("王五", "#帮助")
    chat.says("王五", "#供 二手投影仪一台，九成新", private=True)
    chat.passes(minutes=1)
    assert "#2 王五：二手投影仪一台" in chat.told("李四")


@pytest.mark.both_databases
def test_nor_does_who_kept_it_by_having_himself_erased(chat: Chat) -> None:
    kept(chat)
    code = chat.says("张三", "#删除我的数据", private=True).partition("#删除我的数据 ")[2][:6]
    chat.says("张三", f"#删除我的数据 {code} 全删", private=True)
    assert chat.post().state == "active"
    chat.says("李四", "#帮助")
    chat.says("王五", "#帮助")
    chat.says("王五", "#供 二手投影仪一台，九成新", private=True)
    chat.passes(minutes=1)
    assert chat.told("李四") == ""


def test_an_admin_does_not_agree_for_him(chat: Chat) -> None:
    kept(chat)
    chat.passes(days=7)
    assert "续到" in chat.says(ADMIN, "#续 1")
    assert chat.post().collected_by is not None


def test_a_guest_may_refuse_too(chat: Chat) -> None:
    chat.says("李四", "#帮助")
    assert "访客" in chat.says(ADMIN, "#角色 @李四 访客")
    kept(chat)
    assert chat.says("李四", "不要", quote=chat.reply_id) == "好，#1 不记了。"


@pytest.mark.parametrize("word", ["不要", "还要", "同意"])
def test_chatter_of_those_who_may_do_little_gets_no_answer(chat: Chat, word: str) -> None:
    for who in ("李四", "王五"):
        chat.says(who, "#帮助")
    chat.says(ADMIN, "#角色 @李四 访客")
    chat.says("王五", "#退出 确认")
    chat.says("张三", "#求 二手投影仪")
    for who in ("李四", "王五"):
        assert chat.says(who, word, quote=chat.reply_id) == ""
