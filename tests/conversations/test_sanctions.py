"""Roles, removing, barring, taking back: with clause, reason, and word to whom it concerns."""

import pytest
from sqlmodel import col, select

from community.actions import Kick, Send, plain
from community.covenant import Covenant
from community.membership import blacklisted
from community.terms import Terms
from storage.tables import Audit
from tests.conversations.chat import ADMIN, ADMIN_GROUP, Chat
from tests.conversations.conftest import ChatMaker

COVENANT = Covenant("老友公约\n第1条 待人以诚。\n第2条 不发广告。\n第三条：不外传成员资料。")


@pytest.fixture
def club(make_chat: ChatMaker) -> Chat:
    """A community with a covenant, and three members."""
    chat = make_chat(terms=Terms(covenant=COVENANT))
    for who in (ADMIN, "小明", "小红", "王五"):
        chat.says(who, "#帮助")
    return chat


def verbs(chat: Chat) -> list[str]:
    with chat.database.read() as session:
        entries = session.exec(
            select(Audit).where(Audit.subject == "member").order_by(col(Audit.id))
        )
        return [entry.verb for entry in entries]


@pytest.mark.both_databases
def test_an_admin_gives_roles_and_the_member_hears_of_it(club: Chat) -> None:
    told = club.says(ADMIN, "#角色 @小明 运营 帮忙审核新人")
    assert told == "小明 从成员改成了运营，已经告诉 ta。"
    assert club.told("小明") == (
        "管理员 管理员 把你在「老友记」的角色改成了运营。理由：帮忙审核新人"
    )
    assert club.says(ADMIN, "#角色 @小明") == "小明 是运营。"
    assert "运营：小明" in club.says(ADMIN, "#角色", private=True)
    assert club.says(ADMIN, "#角色 @小明 运营") == "小明 本来就是运营。"
    assert club.says(ADMIN, "#角色 @小明 会长").startswith("没有「会长」这个角色")
    assert verbs(club) == ["role"]


def test_only_the_owner_appoints_admins_and_decides_about_them(club: Chat) -> None:
    club.says(ADMIN, "#角色 @小明 管理员")
    assert club.says("小明", "#角色 @小红 管理员").startswith("只有群主")
    club.says(ADMIN, "#角色 @小红 管理员")
    assert "只有群主能改" in club.says("小明", "#移除 @小红 第1条 吵架")
    assert "只能在配置里改" in club.says("小明", "#移除 @管理员 第1条 夺权")
    assert "不能对自己" in club.says("小明", "#角色 @小明 成员")
    assert club.says("小明", "#移除 @王五 第1条 骂人").startswith("已移除 王五")
    assert club.says(ADMIN, "#角色 @小红 成员").startswith("小红 从管理员改成了成员")


def test_a_guest_is_not_told_to_post(club: Chat) -> None:
    club.says(ADMIN, "#角色 @王五 访客")
    assert club.says("王五", "#找 投影仪") == "没找到和「投影仪」有关的。"


def test_a_guest_may_look_but_not_post(club: Chat) -> None:
    club.says(ADMIN, "#角色 @王五 访客")
    refusal = club.says("王五", "#求 一台投影仪")
    assert refusal == "你现在是访客，可以看（#找、#统计），#求 要成为成员才能用，请找管理员开通。"
    assert club.says("王五", "#找 投影仪").startswith("没找到")
    assert "老友记" in club.says("王五", "#统计")


@pytest.mark.parametrize(
    ("word", "answer"),
    [("#搞定 1", "#1 需求「一台投影仪」办成了，真好。"), ("#撤", "#1 需求「一台投影仪」撤下了")],
)
def test_a_guest_ends_what_he_posted_as_a_member(club: Chat, word: str, answer: str) -> None:
    club.says("王五", "#求 一台投影仪")
    club.says("小红", "#求 一台咖啡机")
    club.says(ADMIN, "#角色 @王五 访客")
    assert "要成为成员才能用" in club.says("王五", "#续 1")
    assert "只有 ta 本人或管理员能改" in club.says("王五", word.partition(" ")[0] + " 2")
    assert club.says("王五", word).startswith(answer)
    assert club.says("王五", "#撤回").startswith("#1 需求「一台投影仪」")


def test_a_guest_answers_the_notice_that_his_post_runs_out(make_chat: ChatMaker) -> None:
    chat = make_chat()
    chat.says("王五", "#求 一台投影仪")
    chat.says(ADMIN, "#角色 @王五 访客")
    chat.passes(days=6)
    assert "还有 24 小时到期" in chat.told("王五")
    assert "撤下了" in chat.says("王五", "不要了", private=True, quote=chat.reply_id)


def test_somebody_is_meant_by_his_whole_card(club: Chat) -> None:
    club.wears("王五", "王五-字节-产品经理")
    assert club.says(ADMIN, "#角色 王五-字节-产品经理") == "王五 是成员。"
    told = club.says(ADMIN, "#移除 王五-字节-产品经理 第2条 广告", group=ADMIN_GROUP)
    assert told.startswith("已移除 王五，")


def test_who_was_removed_is_not_asked_to_accept_the_covenant(club: Chat) -> None:
    assert club.says("王五", "#公约", private=True).endswith("\n同意就发 #同意。")
    club.says(ADMIN, "#移除 @王五 第2条 广告")
    assert club.says("王五", "#公约", private=True).endswith("第三条：不外传成员资料。")


@pytest.mark.both_databases
def test_a_removal_names_clause_and_reason(club: Chat) -> None:
    club.says("王五", "#供 投影仪一台")
    told = club.says(ADMIN, "#移除 @王五 第2条 一天五条广告")
    assert told.startswith("已移除 王五，撤下 1 条，已经把理由告诉 ta。要恢复，发 #解除 M")
    assert club.told("王五").startswith(
        "管理员把你移出了「老友记」。依据公约第 2 条「不发广告。」，理由：一天五条广告"
    )
    assert club.says("王五", "#求 咖啡机") == (
        "你已被移出「老友记」，这个指令用不了。有异议请联系管理员。"
    )
    assert club.says("小明", "#谁是 王五").startswith("没找到")
    with club.database.read() as session:
        entry = session.exec(select(Audit).where(Audit.verb == "remove")).one()
        assert entry.detail == {"clause": 2}


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (
            "#移除 @王五 发广告",
            "要写明依据公约第几条，例如 第3条（现有第 1 到 3 条，#公约 看全文）。",
        ),
        ("#移除 @王五 第9条 发广告", "公约没有第 9 条（现有第 1 到 3 条，#公约 看全文）。"),
        ("#移除 @王五 第2条", "要写上理由，本人会看到。例如：#移除 @谁 第3条 多次发广告"),
        ("#移除", "说的是谁？用法：#移除 @谁 第3条 理由"),
        (
            "#移除 查无此人 第2条 广告",
            "没找到叫「查无此人」的成员：写全名，或在群里 @ ta，或引用 ta 的话。",
        ),
        ("#移除 王 第2条 广告", "没找到叫「王」的成员：写全名，或在群里 @ ta，或引用 ta 的话。"),
    ],
)
def test_nothing_happens_without_clause_and_reason(club: Chat, said: str, answer: str) -> None:
    assert club.says(ADMIN, said) == answer
    assert club.told("王五") == ""
    assert club.says("王五", "#我的") != ""


def test_by_name_number_and_quote(club: Chat) -> None:
    assert club.says(ADMIN, "#移除 小明 第三条 外传名单", private=True).startswith("已移除 小明")
    number = club.says(ADMIN, "#移除 小红 第1条 骂人").partition("#解除 ")[2].rstrip("。")
    assert club.says(ADMIN, f"#解除 {number}", private=True).startswith("小红 已恢复")
    club.says("王五", "加微信看片")
    assert club.says(ADMIN, "#移除 第2条 广告", quote=club.last_id).startswith("已移除 王五")


def test_one_at_a_time(club: Chat) -> None:
    for command in (
        "#移除 @小明 @小红 第2条 广告",
        "#拉黑 @小明 @小红 第2条 广告",
        "#角色 @小明 @小红 运营",
    ):
        assert club.says(ADMIN, command) == "一次只写一位，没有改动；几位就分几条发。"
    assert club.told("小明") == ""
    assert club.says(ADMIN, "#移除 @小明 第1条 骂 @小红 骗子").startswith("已移除 小明")


def test_namesakes_are_asked_about(club: Chat) -> None:
    club.says("小明", "#名片 姓名 张三 公司 字节")
    club.says("小红", "#名片 姓名 张三 公司 拾光")
    answer = club.says(ADMIN, "#移除 张三 第1条 骂人")
    assert answer.startswith("叫「张三」的有 2 位，写编号")
    assert "张三 · 字节" in answer


def test_the_group_is_asked_to_let_him_go(club: Chat) -> None:
    club.sits("小明", "小红", "王五")
    club.says(ADMIN, "#移除 @王五 第2条 广告")
    kicks = [action for action, _ in club.channel.done if isinstance(action, Kick)]
    assert [(kick.account, kick.for_good) for kick in kicks] == [("onebot:王五", False)]
    by_hand = kicks[0].otherwise
    assert isinstance(by_hand, Send)
    assert plain(by_hand.segments) == "我没法把 王五 请出群「100」，请管理员手动移出。"


@pytest.mark.both_databases
def test_a_bar_is_known_to_the_vetting_and_lifted_again(club: Chat) -> None:
    assert club.says(ADMIN, "#拉黑 @王五 第3条 卖成员资料").startswith("已拉黑 王五")
    assert "移出了「老友记」，并列入黑名单。" in club.told("王五")
    with club.database.read() as session:
        found = blacklisted(session, community_id="renren", account="onebot:王五")
        assert found is not None
        assert (found.clause, found.reason) == (3, "卖成员资料")
    assert "黑名单" in club.says("王五", "#求 一台投影仪")
    assert "黑名单里，不能申请" in club.says("王五", "#申请", private=True)
    assert club.says(ADMIN, "#拉黑 @王五 第3条 又来").startswith("王五 已经在黑名单里")
    assert (
        club.says(ADMIN, "#解除 @王五 弄错了人") == "王五 已移出黑名单，恢复成员资格，已经告诉 ta。"
    )
    assert "理由：弄错了人" in club.told("王五")
    assert club.says("王五", "#求 一台投影仪").startswith("已记下")
    assert verbs(club) == ["bar", "lift"]


def test_somebody_who_never_spoke_can_be_barred(club: Chat) -> None:
    assert club.says(ADMIN, "#拉黑 @路人 第2条 群里刷屏").startswith("已拉黑 路人")
    assert club.says("路人", "#求 一台投影仪").startswith("你在「老友记」的黑名单里")
    club.says("刷子", "加微信看片")
    assert club.says(ADMIN, "#拉黑 第2条 广告", quote=club.last_id).startswith("已拉黑 刷子")
    assert club.told("刷子")
    asked = club.says(ADMIN, "#拉黑", quote=club.reply_id)
    assert asked == "说的是谁？用法：#拉黑 @谁 第3条 理由"


@pytest.mark.both_databases
def test_a_bar_outlives_the_erasure_without_its_words(club: Chat) -> None:
    club.says(ADMIN, "#拉黑 @王五 第3条 王五卖资料")
    code = club.says("王五", "#删除我的数据", private=True).partition("#删除我的数据 ")[2][:6]
    club.says("王五", f"#删除我的数据 {code} 全删", private=True)
    with club.database.read() as session:
        found = blacklisted(session, community_id="renren", account="onebot:王五")
    assert found is not None
    assert (found.clause, found.reason, found.member_id) == (3, "", None)


@pytest.mark.both_databases
def test_nobody_erases_the_bar_on_himself(club: Chat) -> None:
    club.says(ADMIN, "#拉黑 @王五 第3条 王五卖资料")
    code = club.says("王五", "#删除我的数据", private=True).partition("#删除我的数据 ")[2][:6]
    club.says("王五", f"#删除我的数据 {code} 全删", private=True)
    assert club.says("王五", "#供 会员资料").startswith("你在「老友记」的黑名单里")
    assert club.says("小红", "#谁是 @王五").startswith("我还不认识这位")
    assert club.says(ADMIN, "#解除 @王五").startswith("王五 已移出黑名单")
    assert club.says("王五", "#供 办公桌").startswith("已记下")


def test_nothing_to_lift(club: Chat) -> None:
    assert club.says(ADMIN, "#解除 @小明") == "小明 现在就是成员，没有什么要解除的。"


def test_in_the_admin_group(club: Chat) -> None:
    assert club.says(ADMIN, "#移除 王五 第2条 广告", group=ADMIN_GROUP).startswith("已移除 王五")
