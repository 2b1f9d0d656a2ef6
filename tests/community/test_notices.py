"""By which way members are told, and in which words."""

from datetime import timedelta

from sqlmodel import col, select

from community.actions import Send, load_action
from community.notices import Letter, tell, tell_each, way_to, ways_to
from community.scene import Scene
from storage.queries import communities
from storage.tables import Account, Member, Outbox
from tests.community.conftest import NOW, NewScene
from tests.community.people import member


def account(scene: Scene, address: str, who: Member, *, minutes: int | None = None) -> None:
    """One more account of the member, last used so many minutes ago."""
    seen = None if minutes is None else NOW - timedelta(minutes=minutes)
    scene.session.add(
        Account(community_id=who.community_id, address=address, member_id=who.id, seen_at=seen)
    )
    scene.session.flush()


def known_elsewhere(scene: Scene, *addresses: str) -> None:
    """Another community knows these accounts, too."""
    communities.ensure(scene.session, community_id="other", name="别家", groups=(), now=NOW)
    who = Member(community_id="other", id=1, created_at=NOW, updated_at=NOW)
    scene.session.add(who)
    scene.session.flush()
    for address in addresses:
        account(scene, address, who)


def sent(scene: Scene) -> list[tuple[str, str]]:
    """To whom something goes, in this order, and the text."""
    actions = [
        load_action(one)
        for one in scene.session.exec(select(Outbox.action).order_by(col(Outbox.id)))
    ]
    return [(one.target, one.text) for one in actions if isinstance(one, Send)]


def test_each_has_words_of_his_own_by_the_way_that_reaches_him(scene_in: NewScene) -> None:
    with scene_in() as scene:
        only, both, absent = (member(scene, name) for name in ("小明", "小红", "小刚"))
        letters = Member(community_id="renren", id=90, created_at=NOW, updated_at=NOW)
        nowhere = Member(community_id="renren", id=91, created_at=NOW, updated_at=NOW)
        scene.session.add_all([letters, nowhere])
        scene.session.flush()
        account(scene, "mail:a@x.cn", letters, minutes=1)
        account(scene, "mail:b@x.cn", absent, minutes=0)
        account(scene, "wechaty:小红", both, minutes=-1)
        known_elsewhere(scene, "wechaty:小红", "onebot:小红", "mail:a@x.cn")
        texts = {letters.id: "信", both.id: "二", nowhere.id: "无", only.id: "一", absent.id: "三"}
        told = tell_each(scene, texts=texts, letter=Letter("题", "信里的话"))
        assert told == texts.keys() - {nowhere.id}
        assert sent(scene) == [
            ("mail:a@x.cn", "信里的话"),
            ("wechaty:小红", "「老友记」二"),
            ("onebot:小明", "一"),
            ("onebot:小刚", "三"),
        ]


def test_whoever_is_in_several_need_not_be_told_twice_which_it_is(scene_in: NewScene) -> None:
    with scene_in() as scene:
        who = member(scene, "小明")
        known_elsewhere(scene, "onebot:小明")
        for text in ("你好", "欢迎来「老友记」"):
            assert tell(scene, member=who, text=text)
        assert [text for _, text in sent(scene)] == ["「老友记」你好", "欢迎来「老友记」"]


def test_chats_before_letters_and_the_one_used_last(scene_in: NewScene) -> None:
    with scene_in() as scene:
        who, other = member(scene, "小明"), member(scene, "小红")
        assert way_to(scene, member=who) == "onebot:小明"
        account(scene, "mail:a@x.cn", who, minutes=-2)
        account(scene, "wechaty:从没用过", who)
        assert way_to(scene, member=who) == "onebot:小明"
        account(scene, "wechaty:小明", who, minutes=-1)
        ids = [other.id, who.id, 99]
        assert ways_to(scene, ids=ids) == {other.id: "onebot:小红", who.id: "wechaty:小明"}
        assert ways_to(scene, ids=[]) == {}
