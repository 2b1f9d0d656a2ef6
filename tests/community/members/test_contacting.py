"""Leaving word for each other."""

from datetime import timedelta

import pytest
from sqlmodel import select

from community.actions import load_action
from community.errors import UserError
from community.members import contacting, privacy
from community.members.contacting import Word
from community.members.privacy import Privacy
from community.membership import standing
from community.posts.publishing import publish
from community.scene import Scene
from storage.queries import audit
from storage.queries.learning import labels
from storage.tables import Account, Member, Outbox
from tests.community.conftest import NOW, NewScene
from tests.community.people import member, post


def said(scene: Scene, address: str) -> list[str]:
    """What went out to an address."""
    rows = scene.session.exec(select(Outbox).where(Outbox.lane == address))
    return [getattr(load_action(row.action), "text", "") for row in rows]


def leave(scene: Scene, sender: Member, receiver: Member, text: str = "你好") -> None:
    contacting.pass_on(scene, sender=sender, receiver=receiver, word=Word(text))


def test_a_word_is_passed_on_with_who_it_is_from(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ming, hong = member(scene, "小明"), member(scene, "小红")
        made = post(scene, hong, "代运营")
        privacy.choose(scene, member=ming, chosen=Privacy(contact="微信 ming"))
        word = Word("想请教报价", post=made, contact=True)
        contacting.pass_on(scene, sender=ming, receiver=hong, word=word)
        [text] = said(scene, "onebot:小红")
        assert text == (
            "小明 在「老友记」给你捎了句话（说的是 #1「代运营」）：\n"
            "想请教报价\nta 的联系方式：微信 ming"
        )
        entry = audit.of(scene.session, community_id="renren", subject="member", subject_id=hong.id)
        assert [(one.verb, one.actor_id, one.detail) for one in entry] == [
            ("word", ming.id, {"post": 1})
        ]


def test_a_word_after_a_match_says_that_it_was_good(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ming, hong, lan = (member(scene, name) for name in ("小明", "小红", "小兰"))
        texts = ((hong, "offer", "代理记账，报税"), (ming, "need", "找代理记账"))
        offer, need = (
            publish(scene, author=who, kind=kind, text=text).post for who, kind, text in texts
        )
        leave(scene, lan, hong)  # has nothing to do with either
        contacting.pass_on(scene, sender=ming, receiver=hong, word=Word("多少钱？", post=offer))
        leave(scene, hong, ming)
        scene.session.flush()
        kept = labels.all_of(scene.session, community_id="renren")
        assert [(one.post_id, one.target_post_id, one.by_id) for one in kept] == [
            (need.id, offer.id, ming.id),
            (need.id, offer.id, hong.id),
        ]
        assert {(one.source, one.good) for one in kept} == {("word", True)}


def test_what_is_refused(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ming, hong = member(scene, "小明"), member(scene, "小红")
        quiet, gone = member(scene, "小静", muted=True), member(scene, "小离")
        hidden, mute = member(scene, "小隐"), member(scene, "小哑")
        guest = member(scene, "小客")
        standing.of(scene, member=guest).role = "guest"
        standing.end(scene, member=gone, state="ended", actor=gone)
        privacy.choose(scene, member=hidden, chosen=Privacy(listed=False))
        scene.session.delete(scene.session.get_one(Account, ("renren", "onebot:小哑")))
        scene.session.flush()
        for sender, receiver, text, why in (
            (ming, hong, "  ", "还没写"),
            (ming, hong, "字" * 301, "超出 1 字"),
            (ming, ming, "你好", "你自己"),
            (guest, hong, "你好", "成为成员"),
            (ming, quiet, "你好", "勿扰"),
            (ming, gone, "你好", "已经不是成员"),
            (ming, hidden, "你好", "没有这位成员"),
            (ming, mute, "你好", "还没有能收到消息的账号"),
        ):
            with pytest.raises(UserError, match=why):
                leave(scene, sender, receiver, text)
        with pytest.raises(UserError, match="还没写联系方式"):
            contacting.pass_on(scene, sender=ming, receiver=hong, word=Word("你好", contact=True))
        word = Word("你好", post=post(scene, hidden, "出租"))
        contacting.pass_on(scene, sender=ming, receiver=hidden, word=word)


def test_who_wrote_is_answered(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ming, quiet = member(scene, "小明"), member(scene, "小静", muted=True)
        privacy.choose(scene, member=quiet, chosen=Privacy(listed=False))
        assert not contacting.may_know_of(scene, viewer=ming, other=quiet)
        leave(scene, quiet, ming)
        assert contacting.may_know_of(scene, viewer=ming, other=quiet)
        leave(scene, ming, quiet)
    with scene_in(NOW + timedelta(days=31)) as scene:
        ming, quiet = scene.session.merge(ming), scene.session.merge(quiet)
        with pytest.raises(UserError, match="勿扰"):
            leave(scene, ming, quiet)


def test_one_a_day_to_each_and_five_in_all(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ming, hong = member(scene, "小明"), member(scene, "小红")
        leave(scene, ming, hong)
        with pytest.raises(UserError, match="已经给 小红 捎过"):
            leave(scene, ming, hong)
        for number in range(4):
            leave(scene, ming, member(scene, f"路人{number}"))
        with pytest.raises(UserError, match="已经捎了 5 句"):
            leave(scene, ming, member(scene, "第六个"))
    with scene_in(NOW + timedelta(hours=12)) as scene:  # the next day in Shanghai
        leave(scene, scene.session.merge(ming), scene.session.merge(hong))
