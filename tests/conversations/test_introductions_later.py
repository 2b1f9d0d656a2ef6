"""What comes of introductions; what is left of them; people in several communities."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from community.introductions import asking
from community.members.people import by_account
from storage.tables import Introduction, Outbox
from tests.conversations.chat import GROUP, OTHER_GROUP, Chat
from tests.conversations.conftest import ChatMaker
from tests.conversations.erasing import asks, found
from tests.conversations.test_introductions import last_to

ASK = "I1：你和 小红（#1「找代理记账」）谈得怎样？引用这条回一个词：成了、没成、还在谈"


@pytest.fixture
def met(chat: Chat) -> Chat:
    """小明 can help 小红 with what she needs, and both have said yes."""
    chat.sits("小明", "小红", "小刚")
    chat.says("小红", "#求 找代理记账")
    chat.says("小明", "#认识 1 我做这个的")
    chat.says("小红", "愿意", private=True)
    return chat


def test_it_is_asked_three_times_what_came_of_it(met: Chat) -> None:
    asked = []
    for day, days in ((4, 4), (5, 1), (9, 4), (10, 1), (15, 5), (20, 5), (25, 5)):
        met.passes(days=days)
        if met.told("小明").startswith(ASK):
            asked.append(day)
        assert "谈得怎样" not in met.told("小红")
    assert asked == [5, 10, 15]
    assert met.says("小明", "成了", private=True) == ""  # nobody waits for it any more
    assert met.says("小明", "#结果 I1 成了", private=True) == "太好了，记下了。"


def test_a_good_end_is_for_the_author_to_tell_of_the_post(met: Chat) -> None:
    met.passes(days=5)
    question = last_to(met, "小明")
    assert met.says("小明", "挺好的", private=True, quote=question) == (
        "这句我没听懂，I1 还没有记下：回一个词，成了、没成 或 还在谈。"
    )
    assert met.says("小明", "还在谈", private=True, quote=question) == "好，过一阵再问你。"
    met.passes(days=13)
    assert met.told("小明") == ""
    met.passes(days=1)
    assert met.told("小明").startswith(ASK)
    assert met.says("小明", "成了", private=True) == "太好了，记下了。"
    hint = "#1「找代理记账」办成的话，发 #搞定 1 @小明。"
    assert met.told("小红") == f"小明 说 I1 成了。{hint}"
    assert met.says("小红", "#结果 I1 成了", private=True) == f"太好了，记下了。{hint}"
    met.says("小明", "#结果 I1 成了", private=True)
    assert met.told("小红") == ""
    assert met.post().state == "active"
    assert "谢谢 小明！" in met.says("小红", "#搞定 1 @小明", private=True)


def test_a_bad_end_lets_them_try_again(met: Chat) -> None:
    assert met.says("小明", "#认识 1 再聊聊").startswith("已经转达过了（I1）")
    said = met.says("小红", "#结果 I1 没成", private=True)
    assert said == "记下了，没成也没关系，再找找看。"
    met.passes(days=5)
    assert "谈得怎样" not in met.told("小明")
    assert met.says("小明", "#认识 1 再聊聊").startswith("已转达给 小红")
    assert met.says("小明", "#结果 I2 成了", private=True).startswith("I2 还没有牵上线")
    assert met.says("小明", "#结果 I1 不好说", private=True) == (
        "没看懂，没有改动。写成这样：#结果 I1 成了（或 没成、还在谈）"
    )


@pytest.mark.both_databases
def test_a_post_does_not_run_out_while_two_talk_because_of_it(met: Chat) -> None:
    for days in (5, 2, 3, 5, 4):
        met.passes(days=days)
        assert met.post().state == "active"
        assert "到期了" not in met.told("小红")
    met.passes(days=1)  # five days after the last question
    assert met.post().state == "expired"
    assert "#1 需求「找代理记账」到期了，已收起。" in met.told("小红")


@pytest.mark.both_databases
def test_four_processes_ask_once(met: Chat) -> None:
    met.passes(days=4)
    met.passes(hours=37)  # after a night in which the bot was off: by now it is one in the morning
    assert met.told("小明") == ""
    met.clock.advance(timedelta(hours=8))
    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(met.new_ticks().introduce) for _ in range(4)]:
            done.result()
    with met.database.read() as session:
        assert len([one for one in session.exec(select(Outbox)) if ASK in one.action]) == 1
        assert session.get_one(Introduction, ("renren", 1)).chases == 1


def test_a_question_that_could_not_be_sent_in_time_is_forgotten(chat: Chat) -> None:
    chat.sits("小明", "小红")
    for who in ("小明", "小红"):
        chat.says(who, "#帮助")
    with chat.scene() as scene:  # as from a page
        ming, hong = (by_account(scene, account=f"onebot:{who}") for who in ("小明", "小红"))
        assert ming is not None
        assert hong is not None
        asking.ask(scene, asker=ming, asked=hong, words="想请教冰川徒步")
    chat.is_cut_off(days=8)
    assert found(chat, "冰川徒步") == []


@pytest.mark.both_databases
@pytest.mark.parametrize("choice", ["匿名", "全删"])
def test_who_is_erased_leaves_nothing_of_it(met: Chat, choice: str) -> None:
    met.says("小刚", "#引荐 小明 小红 都爱冰川徒步", private=True)
    met.says("小刚", "#认识 小明 聊聊水族馆", private=True)
    met.says("小明", "#认识 小刚 聊聊攀岩", private=True)  # which is a yes
    met.says("小明", "#我的数据", private=True)
    assert "引荐（3）：\n- I1 想认识 小红（#1「找代理记账」） · 牵上线了\n" in met.told("小明")
    assert "攀岩" not in met.told("小明")
    met.says("小刚", f"#删除我的数据 {asks(met, '小刚')} {choice}", private=True)
    with met.database.read() as session:
        kept = session.exec(select(Introduction)).all()
        assert [(one.id, one.introducer_id) for one in kept] == [(1, None)]
    assert found(met, "冰川徒步", "水族馆") == []
    assert met.says("小明", "愿意 I2", private=True).startswith("没有 I2 这个引荐。")
    assert met.says("小明", "#我的引荐", private=True) == (
        "你的引荐：\nI1 想认识 小红（#1「找代理记账」） · 牵上线了"
    )
    met.says("小红", f"#删除我的数据 {asks(met, '小红')} {choice}", private=True)
    with met.database.read() as session:
        assert session.exec(select(Introduction)).all() == []


@pytest.mark.both_databases
def test_an_answer_goes_to_the_community_that_has_asked(make_chat: ChatMaker) -> None:
    chat = make_chat()
    for who in ("小红", "小明"):
        for group in (GROUP, OTHER_GROUP):
            chat.says(who, "#帮助", group=group)
            chat.clock.advance(timedelta(minutes=1))
    chat.says("小明", "#认识 小红 聊聊")
    assert chat.told("小红").startswith("「老友记」I1：小明 想认识你：")
    assert "（或发 #愿意 老友记 I1）" in chat.told("小红")
    question = last_to(chat, "小红")
    chat.says("小明", "#认识 小红 聊聊", group=OTHER_GROUP)
    asked = chat.says("小红", "愿意", private=True)
    assert asked == "你在的几个社群都有等你回答的引荐：写上社群的名字和编号，例如 #愿意 别家 I3"
    asked = chat.says("小红", "#愿意 I1", private=True)
    assert asked == "你在的几个社群都有 I1：写上社群的名字和编号，例如 #愿意 别家 I1"
    assert "是「老友记」介绍的" in chat.says("小红", "愿意", private=True, quote=question)
    assert chat.says("小红", "#婉拒 别家 I1", private=True).startswith("好，I1 到此为止")
    assert chat.says("小红", "愿意", private=True) == ""
    chat.passes(days=5)
    assert chat.told("小明").startswith("「老友记」I1：你和 小红 谈得怎样？")
    assert "#结果 老友记 I1 成了" in chat.told("小明")
    assert chat.says("小明", "没成", private=True).startswith("记下了，没成也没关系")
    mine = chat.says("小明", "#我的引荐 老友记", private=True)
    assert mine == (
        "你在「老友记」的引荐：\nI1 想认识 小红 · 牵上线了，没成\n「别家」另算：发 #我的引荐 别家。"
    )
