"""Posting, as members do it: receipts, matches, and silence."""

import re
from datetime import UTC, datetime

import pytest

from community.rules import Limits, MatchingRules
from community.updates import Mentioned, Message, Sender
from storage.queries import audit
from storage.queries.pool import matches
from storage.tables import Member
from tests.conversations.chat import GROUP, OTHER_GROUP, Chat
from tests.conversations.conftest import ChatMaker

NEED = "#need 找一位懂跨境电商的合伙人"
OFFER = "#offer 做过三年亚马逊运营，跨境电商找合作"


def test_a_receipt_tells_number_kind_title_keywords_expiry_and_the_way_back(chat: Chat) -> None:
    assert chat.says("张三", NEED).splitlines() == [
        "已记下 #1 需求：找一位懂跨境电商的合伙人",
        "关键词：跨境电商、合伙人 · 3月9日到期",
        "暂时没有合适的，以后有合适的，我私下告诉你。",
        "写错了：#撤回（10 分钟内）或 #改 1 新内容",
    ]
    assert chat.sent[0].quote == chat.last_id
    assert len(chat.sent) == 1


def test_an_offer_lives_longer(chat: Chat) -> None:
    assert "5月31日到期" in chat.says("张三", "#供 办公桌六张")


def test_dates_are_told_in_the_community_s_own_zone(chat: Chat) -> None:
    chat.clock.time = datetime(2026, 12, 28, 16, 30, tzinfo=UTC)  # already the 29th in Shanghai
    assert "2027年1月5日到期" in chat.says("张三", NEED)


def test_the_first_number_is_the_post_s_own(chat: Chat) -> None:
    chat.says("李四", OFFER)
    reply = chat.says("张三", "#求 3 台 27 寸显示器，2000 以内")
    assert re.findall(r"\d+", reply)[0] == "2"


def test_a_match_is_a_line_of_its_own_with_its_reason(chat: Chat) -> None:
    chat.says("张三", NEED)
    lines = chat.says("李四", OFFER).splitlines()
    match = next(line for line in lines if line.startswith("#1 "))
    assert "张三" in match
    assert "因为：" in match
    assert "跨境电商" in match
    assert chat.called == ["张三"]


@pytest.mark.both_databases
def test_matches_are_stored_and_seen_from_both_sides(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says("李四", OFFER)
    with chat.database.read() as session:
        [row] = matches.of_post(session, community_id="renren", post_id=1)
        assert matches.of_post(session, community_id="renren", post_id=2) == [row]
        assert (row.post_id, row.target_post_id) == (2, 1)
        assert row.reasons
        assert row.rules


def test_nothing_that_fits_is_said_in_one_line(chat: Chat) -> None:
    chat.says("张三", "#求 儿童钢琴陪练")
    reply = chat.says("李四", "#供 两千平厂房出租")
    assert "暂时没有合适的" in reply
    assert "#1 " not in reply
    assert chat.called == []


def test_one_s_own_posts_are_no_match(chat: Chat) -> None:
    chat.says("张三", NEED)
    assert "暂时没有合适的" in chat.says("张三", OFFER)


def test_the_same_side_is_no_match(chat: Chat) -> None:
    chat.says("张三", NEED)
    assert "暂时没有合适的" in chat.says("李四", NEED)


@pytest.mark.both_databases
def test_a_text_without_any_keyword_is_kept_and_matches_nothing(chat: Chat) -> None:
    chat.says("张三", NEED)
    reply = chat.says("李四", "#供 有的")
    assert reply.startswith("已记下 #2 供给：有的")
    assert "没看出关键词" in reply
    assert "#1 " not in reply


@pytest.mark.both_databases
def test_other_communities_hear_nothing(chat: Chat) -> None:
    chat.says("张三", NEED)
    reply = chat.says("李四", OFFER, group=OTHER_GROUP)
    assert reply.startswith("已记下 #1 供给")
    assert "暂时没有合适的" in reply
    assert chat.called == []


def test_chatter_is_met_with_silence(chat: Chat) -> None:
    for text in (
        "早",
        "要发需求打 #need 就行",
        "#供应链 这行太苦",
        "#2 那张图是哪家厂？",
        "撤",
        "不要",
    ):
        assert chat.says("张三", text) == ""
    assert chat.sent == []


@pytest.mark.parametrize("text", ["#need", "#求：", "【求】 ", "#offer 🙏🙏", "#供 ……"])
def test_an_empty_post_is_answered_with_an_example(chat: Chat, text: str) -> None:
    assert chat.says("张三", text).startswith("还没写内容。例如：#")


@pytest.mark.parametrize("text", ["#求 1", "#供 666！", "#need 2021/11"])
def test_numbers_alone_are_no_post(chat: Chat, text: str) -> None:
    answer = chat.says("张三", text)
    assert "看不出要说什么，没有保存。例如：#" in answer
    assert text.split()[1] in answer
    assert chat.says("张三", "#mine").startswith("你还没有进行中的")
    assert "#1 " in chat.says("张三", NEED)


def test_both_kinds_in_one_message_store_nothing(chat: Chat) -> None:
    assert "请分成两条发" in chat.says("张三", "#need 招前端\n#offer 送显示器")
    assert "#1 " in chat.says("张三", NEED)


def test_in_private_a_post_goes_into_the_pool_and_calls_nobody(chat: Chat) -> None:
    chat.says("李四", OFFER)
    reply = chat.says("李四", "#供 会议室一间，可以按小时租", private=True)
    assert "已放进资源池" in reply
    chat.says("张三", "#求 儿童钢琴陪练")
    chat.says("张三", "#求 找做过亚马逊运营的跨境电商合伙人", private=True)
    assert chat.heard(GROUP) == ""
    assert "\n#1 李四" in chat.told("张三")
    assert chat.called == []


@pytest.mark.parametrize(("results", "mentions"), [(0, 3), (3, 0), (0, 0), (1, 1)])
def test_the_rules_switch_the_parts_off(make_chat: ChatMaker, results: int, mentions: int) -> None:
    rules = MatchingRules(max_results=results, max_mentions=mentions)
    chat = make_chat(limits=Limits(posts_per_day=0), matching=rules)
    for who in ("甲", "乙"):
        chat.says(who, "#求 亚马逊运营，跨境电商方向")
    lines = chat.says("李四", OFFER).splitlines()
    listed = [line for line in lines if re.match(r"#[12] ", line)]
    assert len(listed) == min(results, 2)
    assert len(chat.called) <= mentions


@pytest.mark.both_databases
def test_the_audit_knows_who_posted_what_and_where(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says("张三", NEED)
    with chat.database.read() as session:
        entries = audit.of(session, community_id="renren", subject="post", subject_id=1)
        names = {session.get_one(Member, ("renren", one.actor_id)).name for one in entries}
    assert [(one.verb, one.via) for one in entries] == [("post", GROUP), ("bump", GROUP)]
    assert names == {"张三"}
    assert all(not one.detail for one in entries)


@pytest.mark.parametrize(
    "text", ["#求 @李四-字节-会计 帮忙看个简历", "#求 看简历\n@李四-字节-会计"]
)
def test_the_card_of_somebody_who_is_called_is_none_of_the_words(chat: Chat, text: str) -> None:
    chat.feed(
        Message(
            channel="onebot:bot",
            key="called",
            time=chat.clock.now(),
            group=GROUP,
            message_id="called",
            sender=Sender(account="onebot:张三", name="张三"),
            text=text,
            mentions=(Mentioned(account="onebot:李四", name="李四-字节-会计"),),
        )
    )
    assert "关键词：简历 ·" in chat.heard()
    assert "@李四" in chat.post(1).text
    assert "#1 " not in chat.says("王五", "#供 代理记账，会计出身")


@pytest.mark.parametrize(
    ("need", "offer"),
    [("深圳找会计做账", "深圳二手车，微信同号"), ("杭州 Java 工程师 25k", "杭州 月嫂 25k")],
)
def test_the_same_city_alone_is_no_match(chat: Chat, need: str, offer: str) -> None:
    chat.says("张三", f"#求 {need}")
    assert "暂时没有合适的" in chat.says("李四", f"#供 {offer}")
    assert chat.called == []


def test_a_private_receipt_names_the_community_where_there_are_several(chat: Chat) -> None:
    chat.says("张三", "#帮助")
    assert "发在" not in chat.says("张三", NEED, private=True)
    chat.says("张三", "#帮助", group=OTHER_GROUP)
    assert "发在" not in chat.says("张三", "#求 二手投影仪")
    chat.passes(hours=1)
    chat.says("张三", "#帮助", group=OTHER_GROUP)
    reply = chat.says("张三", "#求 二手显示器", private=True)
    assert reply.splitlines()[1] == "关键词：显示器 · 3月9日到期 · 发在「别家」"
