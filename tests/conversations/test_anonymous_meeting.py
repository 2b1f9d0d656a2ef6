"""Getting to know whoever wrote an anonymous post: he reads who asks, and both have to say yes."""

import pytest
from sqlmodel import col, select

from storage.tables import Audit, Inbox, Introduction, Outbox
from tests.conversations.anonymity import WHO, alias_in, publishes, told, works
from tests.conversations.chat import ADMIN, Chat, account


@pytest.fixture
def posted(chat: Chat) -> Chat:
    """小明 of 腾讯 has posted #1; 李四 of 阿里 and a colleague read along."""
    works(chat, 小明="腾讯", 李四="阿里")
    publishes(chat)
    chat.says("小红", "#名片 公司 腾讯")
    chat.passes(minutes=1)
    return chat


@pytest.mark.both_databases
def test_contacts_are_exchanged_once_both_have_said_yes(posted: Chat) -> None:
    alias = alias_in(posted.says("李四", "#找 增长黑客"))
    assert posted.says("李四", "#认识 1 我们在招人，聊聊？") == ""
    assert f"已转达给 {alias}（#1 需求「想聊聊增长黑客」）" in posted.told("李四")
    asked = posted.told(WHO)
    assert asked.startswith("I1：李四 想认识你（#1「想聊聊增长黑客」）：\n｜我们在招人，聊聊？")
    assert "ta 会拿到你的联系方式：QQ 小明" in asked
    assert "给出去就收不回来" in asked
    assert WHO not in posted.told("李四").replace("QQ 李四", "")
    assert "I1 李四 想认识你" in posted.says(WHO, "#我的引荐", private=True)
    posted.says(WHO, "#我的数据", private=True)
    assert "引荐（1）：\n- I1 李四 想认识你" in posted.told(WHO)
    assert "牵上线了" in posted.says(WHO, "愿意", private=True)
    assert posted.told("李四").startswith(f"I1：你和 {alias} 牵上线了")
    assert "｜QQ 小明" in posted.told("李四")
    assert all(one.forget for one in (*told(posted, WHO), *told(posted, "李四")))
    posted.passes(days=8)
    assert all(one.forget for one in told(posted, WHO))
    with posted.database.read() as session:
        row = session.exec(select(Introduction)).one()
        assert (row.asked_contact, row.asker_contact, row.words) == ("", "", "")
        assert row.asked_id == posted.post().author_id
        about = select(Outbox).where(col(Outbox.post_id) == 1, Outbox.lane == f"onebot:{WHO}")
        assert session.exec(about).all() == []
        [entry] = session.exec(select(Audit).where(col(Audit.verb) == "meet"))
        assert entry.subject_id == row.asked_id


def test_who_declines_stays_unknown(posted: Chat) -> None:
    posted.says("李四", "#认识 1 我们在招人，聊聊？", private=True)
    posted.says(WHO, "#婉拒 I1", private=True)
    assert posted.told("李四") == ""
    assert "等对方回复" in posted.says("李四", "#我的引荐", private=True)


def test_colleagues_cannot_ask(posted: Chat) -> None:
    assert "没有 #1 这一条" in posted.says("小红", "#认识 1 你好，聊聊？", private=True)
    assert posted.told(WHO) == ""


@pytest.mark.parametrize("why", ["muted", "guest", "left"])
def test_whether_he_can_be_asked_is_told_to_nobody(posted: Chat, why: str) -> None:
    """Else it would be seen when somebody leaves, or who is made a guest to try it out."""
    if why == "guest":
        posted.says(ADMIN, f"#角色 @{WHO} 访客", private=True)
    else:
        posted.says(WHO, {"muted": "#勿扰", "left": "#退出 确认"}[why], private=True)
    posted.says("李四", "#认识 1 我们在招人，聊聊？")
    assert "已转达给 匿名·" in posted.told("李四")
    assert posted.told(WHO) == ""
    if why == "muted":  # he may look for himself
        assert "I1 李四 想认识你" in posted.says(WHO, "#我的引荐", private=True)


@pytest.mark.both_databases
def test_asking_himself_looks_to_others_as_if_they_asked(posted: Chat) -> None:
    """However often, and whatever is refused: the group reads nothing."""
    for words in ("", " 聊聊代理记账", " 聊聊代理记账"):
        assert posted.says("李四", f"#认识 1{words}") == ""
        assert posted.told("李四") != ""
        assert posted.says(WHO, f"#认识 1{words}") == ""
    assert posted.told(WHO) == "这是你自己，不用引荐。"
    assert all(one.forget and not one.aloud for one in posted.sent)
    assert "这是你自己" in posted.says(WHO, "#认识 1 聊聊代理记账", private=True)
    with posted.database.read() as session:
        kept = [one.update for one in session.exec(select(Inbox)) if one.sender == account(WHO)]
        assert [one for one in kept if "代理记账" in one] == []
        sent = session.exec(select(Outbox).where(Outbox.lane == account(WHO))).all()
        assert [one for one in sent if "自己" in one.action] == []


def test_asking_under_his_own_name_is_another_matter(posted: Chat) -> None:
    """Else the one who had asked the alias would learn who it is."""
    posted.says("李四", "#认识 1 我们在招人，聊聊？", private=True)
    answer = posted.says(WHO, "#认识 李四 想聊聊阿里", private=True)
    assert answer.endswith("已转达给 李四，对方愿意的话私聊告诉你。")
    assert posted.told("李四").startswith("I2：小明 想认识你")
    assert "这是你自己" in posted.says(WHO, "#认识 1 聊聊？", private=True)
