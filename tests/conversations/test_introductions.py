"""Two people are put in touch, once both have said yes."""

import pytest
from sqlmodel import select

from community.actions import Send
from community.members import privacy
from community.members.people import by_account
from community.members.privacy import Privacy
from storage.queries.learning import labels
from storage.tables import Audit, Inbox, Introduction, Outbox
from tests.conversations.chat import Chat, account
from tests.conversations.erasing import found

ASKED = "已转达给 小红（#1 供给「代理记账，报税」），对方愿意的话私聊告诉你。"


@pytest.fixture
def club(chat: Chat) -> Chat:
    """小红 offers something that 小明 may want; 小刚 knows both."""
    chat.sits("小明", "小红", "小刚")
    chat.says("小红", "#供 代理记账，报税")
    chat.says("小明", "#名片 公司 字节 职位 产品经理")
    chat.says("小刚", "#帮助")
    return chat


def last_to(chat: Chat, who: str) -> str:
    """The id of the last message that somebody got in private."""
    sent = [one.message_id for action, one in chat.channel.done if _is_to(action, who)]
    assert sent[-1] is not None
    return sent[-1]


def _is_to(action: object, who: str) -> bool:
    return isinstance(action, Send) and action.account == account(who)


def row(chat: Chat, number: int = 1) -> Introduction:
    with chat.database.read() as session:
        return session.get_one(Introduction, ("renren", number))


@pytest.mark.both_databases
def test_the_asked_one_decides_and_then_both_can_reach_each_other(club: Chat) -> None:
    club.says("小明", "#求 找代理记账的")
    assert club.says("小明", "#认识 1 想聊聊代理记账") == ASKED
    assert club.told("小明") == (
        "I1：小红 愿意的话，会拿到你的联系方式：QQ 小明。给出去就收不回来；"
        "改主意了，在 ta 回答之前发 #婉拒 I1。"
    )
    assert club.told("小红") == (
        "I1：小明 想认识你（#1「代理记账，报税」）：\n"
        "｜想聊聊代理记账\n"
        "ta 的名片：\n"
        "小明\n"
        "公司：字节 · 职位：产品经理\n"
        "愿意就引用这条回 愿意（或发 #愿意 I1），ta 会拿到你的联系方式：QQ 小红。"
        "想给别的，写在后面：愿意 微信 abc123。给出去就收不回来。\n"
        "不愿意就回 婉拒（或发 #婉拒 I1），没有人会知道。七天没回就算过去了。"
    )
    answer = club.says("小红", "愿意", private=True, quote=last_to(club, "小红"))
    assert answer == (
        "I1：你和 小明 牵上线了（#1「代理记账，报税」）。ta 的联系方式：\n"
        "｜QQ 小明\n"
        "主动打个招呼，说一声是「老友记」介绍的。过几天我来问问谈得怎样。\n"
        "---\n"
        "好，I1 牵上线了，联系方式也给了对方。"
    )
    assert "｜QQ 小红\n" in club.told("小明")
    assert club.heard() == ""
    with club.database.read() as session:
        kept = labels.all_of(session, community_id="renren")
        assert [(one.post_id, one.target_post_id, one.source) for one in kept] == [(2, 1, "word")]
        meant = [one for one in session.exec(select(Audit)) if one.verb == "meet"]
        assert [(one.actor_id, one.detail) for one in meant] == [
            (2, {"introduction": 1, "post": 1})
        ]


def test_nothing_is_kept_of_words_and_contacts(club: Chat) -> None:
    club.says("小明", "#认识 小红 想聊聊记账，我的微信 ming_2026", private=True)
    assert "ming_2026" not in club.told("小红")
    club.says("小红", "愿意 I1 微信 hong_2026", private=True)
    assert "ming_2026" in club.told("小红")
    assert "hong_2026" in club.told("小明")
    assert [one.partition(":")[0] for one in found(club, "hong_2026")] == []
    with club.database.read() as session:
        assert not [one for one in session.exec(select(Outbox)) if "ming_2026" in one.action]
        commands = [one.lane for one in session.exec(select(Inbox)) if "ming_2026" in one.update]
    assert commands == ["onebot:小明"]  # for 30 days, as any command
    assert (row(club).words, row(club).asker_contact) == ("", "")


def test_whoever_asks_never_sees_a_no(club: Chat) -> None:
    """Whether 小红 declines or keeps silent, 小明 reads the same, for weeks."""
    seen: dict[str, list[str]] = {"小红": [], "小刚": []}
    for who in seen:
        club.says("小明", f"#认识 {who} 想聊聊")
    assert club.says("小红", "婉拒", private=True) == "好，I1 到此为止，没有人会知道。"
    assert club.told("小明") == ""
    for days in (1, 5, 1, 1, 5, 1):
        club.passes(days=days)
        assert club.told("小明") == ""
        for who, answers in seen.items():
            answers.append(club.says("小明", f"#认识 {who} 再问问").replace(who, ""))
            answers[-1] = answers[-1].replace("I1", "I?").replace("I2", "I?")
    assert seen["小红"] == seen["小刚"]
    assert seen["小红"][4] == "已经转达过了（I?）。看进展：私聊我发 #我的引荐"
    assert seen["小红"][5] == "已转达给 ，对方愿意的话私聊告诉你。"
    mine = club.says("小明", "#我的引荐", private=True)
    assert mine == (
        "你的引荐：\n"
        "I4 想认识 小刚 · 等对方回复\n"
        "I3 想认识 小红 · 等对方回复\n"
        "I2 想认识 小刚 · 没有下文\n"
        "I1 想认识 小红 · 没有下文"
    )
    assert "I1 小明 想认识你 · 你婉拒了" in club.says("小红", "#我的引荐", private=True)
    assert club.says("小刚", "#愿意 I2", private=True).startswith("I2 已经过去了。")


@pytest.mark.both_databases
def test_a_third_introduces_two_and_hears_that_they_are_in_touch(club: Chat) -> None:
    said = club.says("小刚", "#引荐 @小明 @小红 都在做财税")
    assert said == "已分别转达给 小明 和 小红，都愿意的话私聊告诉你。"
    assert "I1：小刚 想介绍你和 小红 认识：\n｜都在做财税\n" in club.told("小明")
    assert "I1：小刚 想介绍你和 小明 认识：\n" in club.told("小红")
    assert club.says("小明", "愿意", private=True) == (
        "记下了，I1 对方也愿意的话，我把联系方式给你。"
    )
    assert (club.told("小红"), club.told("小刚")) == ("", "")
    assert club.says("小明", "愿意 I1", private=True) == "I1 你已经说过愿意，在等对方回复。"
    assert "I1 小刚 介绍你和 小红 认识 · 等对方回复" in club.says("小明", "#我的引荐", private=True)
    assert club.says("小刚", "愿意 I1", private=True) == "I1 是你引荐的，愿不愿意由他们两位说。"
    club.says("小红", "#愿意 I1", private=True)
    assert "｜QQ 小红\n" in club.told("小明")
    thanks = "I1：你引荐的 小明 和 小红 牵上线了，联系方式都给到了，谢谢你。"
    assert club.told("小刚") == thanks
    assert club.says("小刚", "#我的引荐", private=True) == (
        "你的引荐：\nI1 引荐 小明 和 小红 · 牵上线了\n你一共引荐成了 1 对，谢谢你。"
    )
    club.passes(days=5)
    assert "I1：你引荐的 小明 和 小红 谈得怎样？" in club.told("小刚")
    assert "I1：你和 小红 谈得怎样？" in club.told("小明")
    assert club.told("小红") == ""


def test_that_one_of_two_declined_is_told_to_nobody(club: Chat) -> None:
    club.says("小刚", "#引荐 小明、小红 都在做财税", private=True)
    club.says("小红", "不愿意", private=True)
    assert (club.told("小明"), club.told("小刚")) == ("", "")
    assert club.says("小明", "愿意", private=True).startswith("记下了，I1 对方也愿意的话")
    assert (club.told("小红"), club.told("小刚")) == ("", "")
    for who in ("小明", "小刚"):
        assert "等" in club.says(who, "#我的引荐", private=True)
    club.passes(days=7)
    for who in ("小明", "小刚"):
        assert club.told(who) == ""
        assert "没有下文" in club.says(who, "#我的引荐", private=True)
    assert row(club).asker_contact == ""
    again = club.says("小刚", "#引荐 小红 小明 都在做财税", private=True)
    assert again == "已经转达过了（I1）。看进展：私聊我发 #我的引荐"


@pytest.mark.both_databases
def test_two_who_ask_each_other_need_not_answer(club: Chat) -> None:
    club.says("小明", "#认识 1 想聊聊代理记账")
    club.says("小刚", "#引荐 小明 小红 同行", private=True)
    assert club.says("小红", "#认识 @小明 请教产品") == "已转达给 小明，对方愿意的话私聊告诉你。"
    assert "｜QQ 小红\n" in club.told("小明")
    assert "｜QQ 小明\n" in club.told("小红")
    assert club.says("小红", "愿意 I2", private=True).startswith("I2 已经过去了。")
    assert club.says("小红", "#认识 小明 再聊聊").startswith("已经转达过了（I1）")


def test_an_answer_that_is_unclear_gives_nothing_away(club: Chat) -> None:
    club.says("小明", "#认识 1 想聊聊代理记账")
    question = last_to(club, "小红")
    hint = "这句我没听懂，I1 还没有记下：愿意就回 愿意，不愿意就回 婉拒。"
    for text in ("好", "多少钱？", "可以啊"):
        assert club.says("小红", text, private=True, quote=question) == hint
    for text in ("愿意，不过先说说是谁", "愿意？", "愿意 I1 I2"):
        answer = club.says("小红", text, private=True, quote=question)
        assert answer.startswith("没有记下：愿意就只发 #愿意 I1")
    assert club.says("小红", "谢谢", private=True, quote=question) == ""
    assert club.says("小红", "#愿意 I1") == "这个只能私聊用：请单独给我发，不要发在群里。"
    assert club.says("小刚", "愿意 I1", private=True).startswith("没有 I1 这个引荐。")
    assert club.says("小红", "愿意 I9", private=True).startswith("没有 I9 这个引荐。")
    assert row(club).asked_said == ""
    club.says("小红", "愿意，谢谢", private=True)
    assert "｜QQ 小红\n" in club.told("小明")
    for text in ("愿意 I1", "#愿意I1", "#愿意#I1", "#婉拒 i1"):
        assert club.says("小红", text, private=True).startswith("I1 已经牵上线了")


def test_of_several_questions_one_has_to_be_named(club: Chat) -> None:
    club.says("小明", "#认识 1 想聊聊代理记账")
    club.says("小刚", "#认识 小红 想请教报税")
    assert club.says("小红", "愿意", private=True) == (
        "是哪一个？写上编号，例如 #愿意 I2：\n"
        "I2 小刚 想认识你\n"
        "I1 小明 想认识你（#1「代理记账，报税」）"
    )
    assert club.says("小红", "#我的引荐", private=True) == (
        "等你回答的：\n"
        "I2 小刚 想认识你：想请教报税 → #愿意 I2 或 #婉拒 I2\n"
        "I1 小明 想认识你（#1「代理记账，报税」）：想聊聊代理记账 → #愿意 I1 或 #婉拒 I1"
    )
    both = club.says("小红", "#婉拒 I1\n#愿意 I2 微信 hong_2026", private=True)
    assert "好，I1 到此为止，没有人会知道。" in both
    assert "微信 hong_2026" in club.told("小刚")


def test_whoever_asked_may_take_it_back_until_it_is_answered(club: Chat) -> None:
    club.says("小明", "#认识 1 想聊聊代理记账")
    assert club.says("小明", "#婉拒 I1", private=True) == "好，I1 到此为止，没有人会知道。"
    assert club.told("小红") == ""
    assert club.says("小红", "愿意", private=True).startswith("光说「愿意」") is False
    assert club.says("小红", "愿意 I1", private=True).startswith("I1 已经过去了。")
    assert "你取消了" in club.says("小明", "#我的引荐", private=True)


def test_words_of_everyday_are_chatter(club: Chat) -> None:
    for text in ("愿意", "成了", "婉拒", "还在谈", "没成"):
        assert club.says("小明", text) == ""
        assert club.says("小明", text, private=True) == ""
        assert club.says("小红", text, quote=club.reply_id) == ""
    for text in ("#愿意 帮忙的举手", "#认识新朋友", "#结果 出来了", "#引荐人"):
        assert club.says("小明", text) == ""


def test_what_is_refused(club: Chat) -> None:
    club.says("小静", "#勿扰")
    club.says("小离", "#退出 确认")
    for text, why in (
        ("#认识", "想认识谁？写编号或名字，再加一句话，例如：#认识 12 想聊聊代理记账"),
        ("#认识 1", "后面再写一句为什么，对方看了才好决定。没有转达。"),
        ("#认识 9 你好", "没有 #9 这一条。发 #我的 看自己的编号。"),
        ("#认识 老张 你好", "没找到叫「老张」的成员：写全名，或真的 @ ta。"),
        ("#认识 小明 你好", "这是你自己，不用引荐。"),
        ("#认识 @小静 你好", "小静 开了勿扰，现在不收引荐。"),
        ("#认识 @小离 你好", "小离 已经不是成员了，转达不了。"),
        (f"#认识 1 {'字' * 301}", "那句话最多 300 字，超出 1 字，没有转达。"),
        ("#引荐 小明", "引荐谁和谁？写两位和一句理由，例如：#引荐 @张三 @李四 都在做跨境电商"),
        ("#引荐 @小明 你好", "要引荐的是两位，没有转达。"),
        ("#引荐 小红 小红 同行", "这是同一位，引荐要写两位。"),
        ("#引荐 小明 小红 同行", "你自己想认识谁，发 #认识 加名字和一句话；"),
        ("#引荐 小红 小刚", "后面再写一句为什么"),
    ):
        assert club.says("小明", text, private=True).startswith(why), text
        assert club.told("小红") == ""
    assert club.says("小明", "#认识 @小静 你好") == ""  # told in private
    assert club.told("小明") == "小静 开了勿扰，现在不收引荐。"


def test_who_has_left_or_is_a_guest_is_put_in_touch_with_nobody(club: Chat) -> None:
    club.says("小明", "#认识 1 想聊聊代理记账")
    club.says("小明", "#退出 确认")
    answer = club.says("小红", "愿意", private=True)
    assert answer == "小明 已经不是成员了，I1 就算过去了。"
    club.says("管理员", "#角色 @小刚 访客")
    assert club.says("小红", "#认识 小刚 你好", private=True) == "小刚 现在是访客，转达不了。"


def test_five_a_day_and_five_that_wait(club: Chat) -> None:
    for number in range(7):
        club.says(f"路人{number}", "#帮助")
        said = club.says("小明", f"#认识 路人{number} 你好")
        assert said.startswith("已转达给" if number < 5 else "今天已经转达了 5 次")
    club.passes(days=1)
    assert club.says("小明", "#认识 路人5 你好").startswith("已经有 5 个在等回复了")
    club.says("路人0", "愿意", private=True)
    assert club.says("小明", "#认识 路人5 你好").startswith("已转达给 路人5")


def test_namesakes_are_told_apart_by_their_numbers(club: Chat) -> None:
    club.says("张三", "#名片 公司 字节")
    club.says("老张", "#名片 姓名 张三 公司 腾讯")
    assert club.says("小明", "#认识 张三 你好", private=True) == (
        "叫「张三」的有几位，写编号，例如 #认识 M4 想聊聊代理记账：\nM4 张三 · 字节\nM5 张三 · 腾讯"
    )
    club.says("小明", "#认识 M5 你好", private=True)
    assert "小明 想认识你：" in club.told("老张")


def test_whoever_is_quoted_is_meant(club: Chat) -> None:
    club.says("小红", "我做跨境电商的")
    said = club.says("小刚", "#认识 想聊聊", quote=club.last_id)
    assert said == "已转达给 小红，对方愿意的话私聊告诉你。"
    club.says("小红", "#求 场地")
    said = club.says("小明", "#认识 @小红 我有", quote=club.last_id)  # as QQ calls who is quoted
    assert said.startswith("已转达给 小红（#2 需求「场地」）")
    assert "｜我有\n" in club.told("小红")


def test_who_shows_no_card_to_others_shows_none_here(club: Chat) -> None:
    with club.scene() as scene:
        ming = by_account(scene, account=account("小明"))
        assert ming is not None
        privacy.choose(scene, member=ming, chosen=Privacy(listed=False, contact="微信 ming_2026"))
    club.says("小明", "#认识 1 想聊聊代理记账")
    assert "会拿到你的联系方式：微信 ming_2026。" in club.told("小明")
    assert "字节" not in club.told("小红")
    assert "ming_2026" not in club.told("小红")
    assert club.says("小刚", "#引荐 小明 小红 同行").startswith("没找到叫「小明」的成员")
    assert club.says("小刚", "#认识 M2 你好").startswith("没找到叫「M2」的成员")
