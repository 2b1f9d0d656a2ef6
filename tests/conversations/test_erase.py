"""A member reads what is kept of him, and has it erased."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from community.actions import Send
from community.covenant import Covenant
from community.terms import Terms
from community.updates import Message, Sender
from storage.tables import Follow, Member, Post, Seat, Table, Tip
from tests.conversations.chat import ADMIN, ADMIN_GROUP, GROUP, OTHER_GROUP, Chat, account
from tests.conversations.conftest import ChatMaker
from tests.conversations.erasing import TEXT, WHO, asks, found, lives
from tests.conversations.vetting import applies, orders

ID = "onebot:欧阳修文"
OWNERS = {"member", "post", "application", "join_form"}


def heard(chat: Chat, *, name: str, card: str) -> Message:
    """He speaks under another name."""
    sender = Sender(account=ID, name=name, card=card)
    return Message(
        channel="onebot:bot", key="m900", time=chat.clock.now(), group=GROUP, message_id="m900",
        sender=sender, text="#我的",
    )  # fmt: skip


def posts(chat: Chat) -> dict[int, Post]:
    with chat.database.read() as session:
        return {post.id: post for post in session.scalars(select(Post))}


def test_the_export_shows_everything_in_private(chat: Chat) -> None:
    lives(chat)
    chat.says(WHO, "#我的数据", private=True)
    told = chat.told(WHO)
    for part in (ID, "字节", "增长、投放", TEXT, "办公桌六张", "投影仪", "#4", "欧阳修文"):
        assert part in told
    assert "小红" not in told
    assert all(send.account == ID for send in chat.sent)


def test_a_long_life_is_told_in_several_messages(chat: Chat) -> None:
    for number in range(40):
        chat.says(WHO, f"#需求 第{number}号事情：" + "要" * 100)
    chat.says(WHO, "#导出", private=True)
    assert len(chat.sent) > 3
    assert all(len(send.text) <= 1_500 for send in chat.sent)
    assert sum("号事情" in line for line in chat.told(WHO).split("\n")) == 40


def test_both_are_only_for_the_private_chat(chat: Chat) -> None:
    assert chat.says(WHO, "#我的数据") == "#我的数据 只能私聊用：请单独给我发，不要发在群里。"
    assert "只能私聊用" in chat.says(WHO, "#删除我的数据")


@pytest.mark.both_databases
@pytest.mark.parametrize("choice", ["匿名", "全删"])
def test_nothing_of_an_erased_person_is_left_in_any_table(chat: Chat, choice: str) -> None:
    lives(chat)
    assert len({hit.split(":")[0] for hit in found(chat, WHO)}) >= 5
    assert chat.says(WHO, f"#删除我的数据 {asks(chat)} {choice}", private=True) != ""
    assert found(chat, WHO, "xiuwen_1007") == []
    if choice == "全删":
        assert found(chat, "跨境电商的合伙人", "办公桌六张") == []
    chat.passes(days=1)
    chat.sits(WHO, "小红", "小刚")
    assert [hit for hit in found(chat, WHO) if not hit.startswith("inbox")] == []


@pytest.mark.both_databases
def test_the_receipt_tells_what_was_done(chat: Chat) -> None:
    lives(chat)
    receipt = chat.says(WHO, f"#删除我的数据 {asks(chat)} 全删", private=True)
    assert receipt.startswith("「老友记」里你的数据已经删除：名片 1 张、账号 1 个、帖子删掉 2 条")
    assert "订阅 1 个、感谢 1 次、申请 0 份、举报 0 条" in receipt
    with chat.database.read() as session:
        assert session.scalars(select(Follow)).all() == []
        assert session.scalars(select(Seat).where(col(Seat.account) == ID)).all() == []
        names = [member.name for member in session.scalars(select(Member))]
    assert sorted(names) == ["小刚", "小红"]


@pytest.mark.both_databases
def test_anonymous_posts_stay_without_name_and_contact(chat: Chat) -> None:
    lives(chat)
    receipt = chat.says(WHO, f"#删除我的数据 {asks(chat)} 匿名", private=True)
    assert "帖子匿名 2 条（其中撤下 2 条）" in receipt
    first = posts(chat)[1]
    assert first.text == "找一位懂跨境电商的合伙人，我的［已隐去］"
    assert first.state == "withdrawn"
    assert first.source_message is None
    assert chat.says("小红", "#找 跨境电商合伙人").count("#1 ") == 0


@pytest.mark.both_databases
def test_removed_posts_are_gone_but_thanks_to_others_stay(chat: Chat) -> None:
    lives(chat)
    chat.says(WHO, "#搞定 1 @小红")
    chat.says(WHO, f"#删除我的数据 {asks(chat)} 全删", private=True)
    assert posts(chat).keys() == {1, 3, 4, 5}
    assert posts(chat)[1].text == "（作者已删除）"
    assert "小红 1 次" in chat.says("小红", "#统计")
    assert chat.says("小红", "#搞定 2") == "没有 #2 这一条。发 #我的 看自己的编号。"


@pytest.mark.both_databases
def test_nobody_keeps_what_was_told_of_a_removed_post(chat: Chat) -> None:
    chat.says("小刚", "#供 投影仪一台")
    chat.says(WHO, "#帮助")
    chat.says(WHO, "#求 投影仪，开会用", private=True)
    chat.passes(minutes=1)
    assert f"#2 {WHO}：" in chat.told("小刚")
    chat.says(WHO, "#搞定 2 @小刚")
    chat.says(WHO, f"#删除我的数据 {asks(chat)} 全删", private=True)
    assert posts(chat)[2].text == "（作者已删除）"
    with chat.database.read() as session:
        assert session.scalars(select(Tip)).all() == []


def test_a_wrong_or_old_code_erases_nothing(chat: Chat) -> None:
    lives(chat)
    code = asks(chat)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    refusal = "验证码不对或已过期，什么都没删。发 #删除我的数据 重新开始。"
    assert chat.says(WHO, f"#删除我的数据 {wrong} 匿名", private=True) == refusal
    assert chat.says("小红", f"#删除我的数据 {code} 匿名", private=True) == refusal
    assert "没看懂，什么都没删" in chat.says(WHO, f"#删除我的数据 {code}", private=True)
    chat.passes(minutes=11)
    assert chat.says(WHO, f"#删除我的数据 {code} 匿名", private=True) == refusal
    assert posts(chat)[1].text == TEXT


@pytest.mark.both_databases
def test_only_the_latest_code_counts(chat: Chat) -> None:
    lives(chat)
    first, second = asks(chat), asks(chat)
    assert "什么都没删" in chat.says(WHO, f"#删除我的数据 {first} 全删", private=True)
    assert "已经删除" in chat.says(WHO, f"#删除我的数据 {second} 全删", private=True)


@pytest.mark.both_databases
def test_whoever_comes_back_is_somebody_new(chat: Chat) -> None:
    lives(chat)
    chat.says(WHO, f"#删除我的数据 {asks(chat)} 匿名", private=True)
    assert "还不认识你" in chat.says(WHO, "#我的", private=True)
    assert "没有" in chat.says(WHO, "#我的")
    assert chat.says("小红", f"#谁是 @{WHO}").startswith(WHO)
    chat.sits(WHO, "小红", "小刚")
    assert any(hit.startswith("seat") for hit in found(chat, WHO))


def test_others_cannot_bring_an_erased_person_back(chat: Chat) -> None:
    lives(chat)
    chat.says(WHO, f"#删除我的数据 {asks(chat)} 全删", private=True)
    chat.says(WHO, "我这里有闲置的办公椅转让")
    said = chat.last_id
    assert chat.says("小红", "#收", quote=said) == "这位要求过不再记录 ta 的任何内容，所以没有记。"
    assert [hit for hit in found(chat, WHO) if not hit.startswith("inbox")] == []


@pytest.mark.both_databases
def test_each_community_is_left_by_itself(chat: Chat) -> None:
    lives(chat)
    chat.says(WHO, "#需求 别家的投影仪", group=OTHER_GROUP)
    chat.clock.advance(timedelta(minutes=1))
    chat.says(WHO, "#我的")
    chat.says(WHO, f"#删除我的数据 {asks(chat)} 全删", private=True)
    assert [post.community_id for post in posts(chat).values() if "别家" in post.text] == ["other"]
    assert "「别家」" in chat.says(WHO, "#删除我的数据", private=True)


@pytest.mark.both_databases
def test_an_applicant_can_see_and_erase_what_he_sent(chat: Chat) -> None:
    applies(chat)
    orders(chat, "#拒绝 A1 太笼统")
    assert "A1 没通过" in chat.says("小张", "#我的数据", private=True)
    assert "非成员" in chat.told("小张")
    assert chat.says("小张", "#求 投影仪", private=True).startswith("你还不是「老友记」的成员")
    asked = chat.says("小张", "#删除我的数据", private=True)
    code = re.findall(r"#删除我的数据 (\d{6}) 全删", asked)[0]
    assert "申请 1 份" in chat.says("小张", f"#删除我的数据 {code} 全删", private=True)
    assert found(chat, "小张", "张三", "人人网") == []


def test_who_only_applied_is_a_member_once_he_speaks_in_the_group(chat: Chat) -> None:
    applies(chat)
    chat.says("小张", "#我的数据", private=True)
    assert chat.says("小张", "#求 一台投影仪").startswith("已记下 #1")


def test_the_audit_keeps_that_it_happened(chat: Chat) -> None:
    lives(chat)
    chat.says(WHO, f"#删除我的数据 {asks(chat)} 全删", private=True)
    (line,) = [hit for hit in found(chat, "erase") if hit.startswith("audit")]
    assert "'posts': 'removed'" in line


@pytest.mark.both_databases
def test_no_table_is_forgotten() -> None:
    """A new table goes with the member, or with the account, or erasure.py has to learn of it."""
    nothing_personal = {"community", "counter", "chat_group", "chore", "posting", "lesson"}
    nothing_personal |= {"tuning"}  # numbers alone
    nothing_personal |= {"bot_account"}  # the bot's own
    nothing_personal |= {"mail_code"}  # digests alone, and only for hours
    treated = {"event", "audit", "inbox", "outbox", "mark", "post", "member"}
    treated |= {"anonymous_draft"}
    for table in Table.metadata.sorted_tables:
        owners = [key for key in table.foreign_key_constraints if key.referred_table.name in OWNERS]
        goes_along = any(key.ondelete == "CASCADE" for key in owners)
        by_account = {"community_id", "account"} <= set(table.c.keys())
        assert goes_along or by_account or table.name in nothing_personal | treated, table.name


@pytest.mark.both_databases
@pytest.mark.parametrize("choice", ["匿名", "全删"])
def test_nothing_is_left_of_what_he_was_answered_in_the_group(chat: Chat, choice: str) -> None:
    chat.sits(WHO, "小红")
    chat.says(WHO, "#求 微信 xiuwen_1007 找人一起开水族馆")
    chat.says(WHO, "#改 1 微信 xiuwen_1008 找人一起开水族馆")
    chat.says(WHO, "#订阅 冰川徒步")
    chat.says(WHO, "#找 潜水装备")
    chat.says("小红", "#找 登山装备")
    chat.says(WHO, f"#删除我的数据 {asks(chat)} {choice}", private=True)
    assert found(chat, "xiuwen_100", "冰川徒步", "潜水装备") == []
    assert len(found(chat, "登山装备")) == 2


@pytest.mark.both_databases
def test_nothing_is_left_of_the_names_that_he_went_by_before(chat: Chat) -> None:
    chat.sits(WHO, "小红")
    chat.wears(WHO, "鲸落")
    chat.says(WHO, "#供 水族馆的票")
    chat.says("小红", f"#谁是 @{WHO}")
    chat.feed(heard(chat, name="海星", card="海豚"))
    chat.says("小红", f"#谁是 @{WHO}")
    chat.says("小红", "我们都认识海豚，也认识海星")
    chat.says("小红", "#供 海豚的玩偶")
    chat.wears(WHO, "鲸鱼")
    chat.says(WHO, f"#删除我的数据 {asks(chat)} 全删", private=True)
    hits = found(chat, "鲸落", "海星", "海豚", "鲸鱼")
    assert {hit.partition(":")[0] for hit in hits} == {"post", "posting"}  # what 小红 wrote


@pytest.mark.both_databases
def test_nothing_is_left_of_what_he_reported(make_chat: ChatMaker) -> None:
    chat = make_chat(terms=Terms(covenant=Covenant("第1条 好好说话")))
    chat.sits(WHO, "小红")
    chat.says("小红", "#帮助")
    chat.says(WHO, "#帮助")
    chat.says(WHO, "#举报 第1条 @小红 抢我\n鲸鱼", private=True)
    assert "抢我\n｜鲸鱼" in chat.says(ADMIN, "#处理", group=ADMIN_GROUP)
    chat.says(WHO, f"#删除我的数据 {asks(chat)} 匿名", private=True)
    assert found(chat, "鲸鱼") == []


def test_what_was_blanked_can_still_be_quoted(chat: Chat) -> None:
    chat.says("小红", "#帮助")
    chat.says(WHO, "#求 一台咖啡机")
    chat.says(WHO, "#搞定 1 @小红")
    thanks = next(
        sent.message_id
        for action, sent in chat.channel.done
        if isinstance(action, Send) and action.account == account("小红")
    )
    chat.says(WHO, f"#删除我的数据 {asks(chat)} 全删", private=True)
    assert chat.says("小红", "还要", private=True, quote=thanks) == ""
