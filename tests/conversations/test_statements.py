"""What a message costs the database, so that it does not grow unseen."""

import pytest

from community.rules import MatchingRules
from tests.conversations.conftest import ChatMaker
from tests.listening import statements

MOST = 40  # from the inbox to what is sent, without beginnings and ends of transactions
OFFERS = {
    "李四": "#offer 代理记账报税，小规模一般纳税人都做",
    "王五": "#offer 代理记账、报税，老会计二十年",
    "赵六": "#offer 做代理记账报税的，工商年报也做",
}


@pytest.mark.both_databases
def test_a_need_that_calls_three_takes_as_many_as_one_that_calls_one(make_chat: ChatMaker) -> None:
    chat = make_chat(matching=MatchingRules(mentions_per_day=0, mentions_per_week=0))
    chat.says("张三", "#我的")
    taken = []
    for count, (name, offer) in enumerate(OFFERS.items(), 1):
        chat.says(name, offer)
        with statements(chat.database) as seen:
            chat.says("张三", f"#need 找代理记账报税的，第 {count} 次")
        assert len(chat.called) == count
        taken.append(len(seen))
    assert max(taken) == taken[0] <= MOST


@pytest.mark.both_databases
def test_no_question_is_asked_of_each_follower(make_chat: ChatMaker) -> None:
    chat = make_chat()
    chat.says("张三", "#我的")
    asked = []
    for count, name in enumerate(OFFERS, 1):
        chat.says(name, "#订阅 咖啡机")
        with statements(chat.database) as seen:
            chat.says("张三", f"#offer 转让咖啡机，第 {count} 台", private=True)
        assert "你订阅的「咖啡机」有新消息" in chat.told(name)
        told = [one for one in seen if one.startswith("INSERT INTO outbox")]
        assert len(told) == 1 + count
        asked.append([one for one in seen if "FROM account" in one])
    assert len(asked[0]) == len(asked[-1])
