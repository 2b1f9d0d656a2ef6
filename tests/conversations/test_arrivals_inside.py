"""A newcomer is in the group: his card, whom he meets, and what he finds in the pool."""

import pytest

from bot.channels.base import Sent
from community.actions import Send, SetCard
from tests.conversations.arriving import COMMENT, RULE, approved
from tests.conversations.chat import ADMIN_GROUP, GROUP, Chat


def test_a_card_that_the_bot_may_not_set_is_asked_for(club: Chat) -> None:
    club.channel.endings[SetCard] = Sent("refused")
    approved(club)
    club.joins("张三")
    assert club.told("张三").endswith(
        "把你在群里的昵称改成下面这行，可以直接复制：\n张三-字节-产品经理"
    )
    club.passes(hours=23)
    assert club.told("张三") == ""
    club.passes(hours=2)
    assert club.told("张三").endswith("张三-字节-产品经理")
    club.passes(hours=48)
    assert club.told("张三").endswith("张三-字节-产品经理")
    assert club.heard(ADMIN_GROUP) == "提醒过三次，这些新朋友的群名片还不合格式：\n- 张三"
    club.passes(days=30)
    assert club.sent == []


def test_who_takes_no_private_messages_is_asked_in_the_group(club: Chat) -> None:
    club.channel.endings[Send] = Sent("refused")
    club.joins("阿强")
    said = [send for send in club.sent if send.group == GROUP]
    assert said[-1].text == f"@阿强 {RULE}，例如：张三-拾光科技-产品经理"


@pytest.mark.both_databases
def test_a_bot_that_was_off_for_days_asks_once(club: Chat) -> None:
    club.joins("阿强")
    club.passes(days=10)
    assert club.told("阿强").count(RULE) == 1
    club.passes(hours=25)
    assert club.told("阿强").count(RULE) == 1
    assert "- 阿强" in club.heard(ADMIN_GROUP)


def test_a_card_that_is_right_at_once(club: Chat) -> None:
    club.joins("阿强", card="阿强－拾光－摄影师")
    assert club.told("阿强") == ""
    club.passes(days=4)
    assert club.sent == []


@pytest.mark.both_databases
def test_a_card_that_changes_away_is_mentioned_once(club: Chat) -> None:
    club.wears("小明", "小明-拾光-摄影师")
    club.wears("小明", "吃瓜群众")
    assert RULE in club.told("小明")
    assert club.did == []
    club.wears("小明", "还在吃瓜")
    club.passes(days=4)
    assert club.sent == []
    club.wears("小明", "小明-拾光-导演")
    club.wears("小明", "又在吃瓜")
    assert RULE in club.told("小明")


@pytest.mark.both_databases
def test_the_newcomer_meets_those_with_most_in_common(club: Chat) -> None:
    club.sits("小明", "小红", "小李", "小王", "小赵", "小钱")
    club.says("小明", "#名片 公司 字节跳动 城市 北京", private=True)
    club.says("小红", "#名片 公司 字节 城市 上海", private=True)
    club.says("小李", "#名片 城市 北京", private=True)
    club.says("小王", "#名片 公司 字节 城市 北京", private=True)
    club.says("小王", "#勿扰", private=True)
    club.says("小赵", "#名片 公司 字节", private=True)
    club.says("小钱", "#名片 公司 字节 城市 北京", private=True)
    approved(club)
    club.joins("张三")
    assert club.called == ["张三", "小明", "小钱", "小红"]
    assert "@小明 同是字节的，都在北京" in club.heard()
    assert "@小红 同是字节的\n" in club.heard()
    club.says("小红", "#我的数据", private=True)
    assert "被 @（1）：\n- 认识新人 2026-03-02 12:00\n" in club.told("小红")


def test_nobody_is_called_beyond_his_budget(club: Chat) -> None:
    club.says("小明", "#名片 公司 字节", private=True)
    approved(club)
    club.joins("张三")
    assert club.called == ["张三", "小明"]
    approved(club, "李四", COMMENT.replace("张三", "李四"))
    club.joins("李四")
    assert "小明" not in club.called
    club.passes(days=2)
    approved(club, "王五", COMMENT.replace("张三", "王五"))
    club.joins("王五")
    assert "小明" in club.called


@pytest.mark.both_databases
def test_what_the_newcomer_seeks_is_in_the_pool(club: Chat) -> None:
    club.says("小红", "#offer 跨境电商独立站代运营，做过三个品牌")
    approved(club, comment=f"{COMMENT}；想要：找跨境电商独立站代运营")
    club.joins("张三")
    assert "@小红 #1「" in club.heard()
    assert "正是 ta 要找的" in club.heard()
