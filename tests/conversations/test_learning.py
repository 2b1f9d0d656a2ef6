"""A community learns which words mislead it, and can be made to forget."""

import pytest

from community.learning import lessons
from community.learning.lessons import Change
from matching import FITTED
from matching.feature_version import weights_version
from matching.tuning import BIAS, MODELS
from storage.queries import communities, counters
from storage.queries.learning import lessons as queries
from storage.tables import Tuning
from tests.conversations.chat import Chat

NEED = "#求 代理记账"
SKILLS = "#名片 技能：代理记账、报税"
WHO = ("甲", "乙", "丙", "丁", "戊")


def weights(chat: Chat) -> dict[str, float]:
    with chat.database.read() as session:
        return dict(queries.learned(session, community_id="renren").words or {})


def learns(chat: Chat) -> Change:
    with chat.database.begin() as session:
        communities.lock(session, community_id="renren")
        return lessons.learn(session, community_id="renren", now=chat.clock.now())


def forgets(chat: Chat) -> Change | None:
    with chat.database.begin() as session:
        communities.lock(session, community_id="renren")
        return lessons.roll_back(session, community_id="renren")


def annoys(chat: Chat, *, times: int = 5) -> None:
    """Somebody is called in vain, again and again, by several members."""
    chat.says("王五", SKILLS)
    for who in WHO[:times]:
        chat.says(who, NEED)
        assert chat.called == ["王五"]
        chat.says(who, "#没用")
        chat.passes(days=3)


def test_words_that_mislead_call_nobody_any_more(chat: Chat) -> None:
    annoys(chat, times=4)
    assert weights(chat) == {}
    chat.says("戊", NEED)
    chat.says("戊", "#没用")
    chat.passes(days=1)
    held = weights(chat)
    assert held == {"C代理记账": 0.75}
    chat.passes(days=2)
    assert weights(chat) == {"C代理记账": 0.667}
    chat.says("己", NEED)
    assert chat.called == []


def test_one_member_alone_teaches_nothing(chat: Chat) -> None:
    chat.says("王五", SKILLS)
    for text in ("", "，急", "，便宜", "，长期", "，靠谱", "，南山"):
        chat.says("甲", f"{NEED}{text}")
        chat.says("甲", "#没用")
        chat.passes(days=3)
    assert weights(chat) == {}


@pytest.mark.both_databases
def test_another_community_learns_nothing_from_it(chat: Chat) -> None:
    annoys(chat)
    chat.passes(days=1)
    with chat.database.read() as session:
        assert queries.learned(session, community_id="other").words is None


def test_searching_is_left_alone(chat: Chat) -> None:
    annoys(chat)
    for _ in range(3):
        learns(chat)
    assert "王五" in chat.says("己", "#找 代理记账")


@pytest.mark.both_databases
def test_a_night_learns_once_however_often_it_is_asked(chat: Chat) -> None:
    annoys(chat)
    before = weights(chat)
    chat.passes(minutes=1)
    chat.passes(minutes=1)
    assert weights(chat) == before


@pytest.mark.both_databases
def test_back_to_what_it_was_and_not_the_same_again(chat: Chat) -> None:
    annoys(chat)
    learns(chat)
    learns(chat)
    assert weights(chat) == {"C代理记账": 0.667}
    assert forgets(chat) is not None
    assert weights(chat) == {"C代理记账": 0.75}
    assert forgets(chat) is not None
    assert weights(chat) == {}
    assert forgets(chat) is None
    assert learns(chat).words == []
    chat.says("己", NEED)
    assert chat.called == ["王五"]


@pytest.mark.both_databases
def test_weights_of_its_own_decide_who_is_called_and_what_is_listed(chat: Chat) -> None:
    chat.says("王五", SKILLS)
    chat.says("赵六", "#供 代理记账，报税")
    assert "#1 " in chat.says("甲", NEED)
    assert set(chat.called) == {"王五", "赵六"}
    shift(chat, -20.0)
    assert "#1 " not in chat.says("乙", NEED)
    assert chat.called == []
    assert "#1" in chat.says("丙", "#找 代理记账")  # searching is left alone
    shift(chat, -20.0, made_for="weights of another release")
    chat.passes(days=3)
    chat.says("丁", NEED)
    assert set(chat.called) == {"王五", "赵六"}


def shift(chat: Chat, bias: float, *, made_for: str | None = None) -> None:
    """The community gets weights of its own."""
    with chat.database.begin() as session:
        session.add(
            Tuning(
                community_id="renren",
                id=counters.take(session, community_id="renren", name="tuning"),
                shifts={model: {BIAS: bias} for model in MODELS},
                weights=made_for or weights_version(FITTED),
                labels=200,
                last_label_id=0,
                created_at=chat.clock.now(),
            )
        )


def test_praise_brings_a_word_back(chat: Chat) -> None:
    annoys(chat)
    learns(chat)
    learns(chat)
    for who in WHO:
        chat.says(who, "#有用 @王五")
    learns(chat)
    learns(chat)
    assert weights(chat) == {}
