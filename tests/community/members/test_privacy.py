"""What members see of each other."""

import pytest

from community.errors import UserError
from community.members import privacy
from community.members.directory import find as by_name
from community.members.directory import page
from community.members.privacy import Privacy
from community.pool.finding import Scope, find
from community.pool.indexing import index_member
from storage.queries.people import acquaintance
from storage.queries.pool import browsing
from tests.community.conftest import NewScene
from tests.community.people import member


def test_the_defaults_show_all_but_the_contact(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ming, hong = member(scene, "小明"), member(scene, "小红", company="拾光")
        seen = privacy.seen(scene, member=hong, viewer=ming)
        assert (seen.company, seen.contact, seen.listed) == ("拾光", "", True)


def test_who_is_not_listed_is_found_by_nobody_but_himself(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ming, hong = member(scene, "小明"), member(scene, "小红", title="会计师")
        index_member(scene.session, scene.analyser, hong)
        assert find(scene, words="会计师", member=ming).members
        assert privacy.choose(scene, member=hong, chosen=Privacy(listed=False))
        assert not privacy.choose(scene, member=hong, chosen=Privacy(listed=False))
        assert not find(scene, words="会计师", member=ming).members
        assert by_name(scene, name="小红", viewer=ming).total == 0
        assert by_name(scene, name="小红", viewer=hong).total == 1


def test_a_company_that_is_not_shown_is_not_found_either(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ming = member(scene, "小明")
        hong = member(
            scene, "小红", company="博锐猎头", group_nickname="小红-博锐猎头-会计", bio="会计师"
        )
        index_member(scene.session, scene.analyser, hong)
        scope = Scope(kind="member")
        assert find(scene, words="猎头", member=ming, scope=scope).members
        privacy.choose(scene, member=hong, chosen=Privacy(shows_company=False))
        assert not find(scene, words="猎头", member=ming, scope=scope).members
        [person] = find(scene, words="会计师", member=ming, scope=scope).members
        assert (person.member.company, person.member.group_nickname) == ("", "")
        assert privacy.seen(scene, member=hong, viewer=hong).company == "博锐猎头"
        assert by_name(scene, name="博锐猎头", viewer=ming).total == 0
        assert page(scene, viewer=ming, name="猎头", size=5).total == 0
        assert page(scene, viewer=ming, name="小红", size=5).total == 1
        privacy.choose(scene, member=hong, chosen=Privacy())
        assert find(scene, words="猎头", member=ming, scope=scope).members


def test_a_contact_is_shown_where_its_owner_wants_it(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ming, hong = member(scene, "小明"), member(scene, "小红")
        privacy.choose(scene, member=hong, chosen=Privacy(contact=" 微信 hong "))
        assert privacy.seen(scene, member=hong, viewer=ming).contact == ""
        assert privacy.seen(scene, member=hong, viewer=hong).contact == "微信 hong"
        privacy.choose(scene, member=hong, chosen=Privacy(shows_contact=True, contact="微信 hong"))
        assert privacy.seen(scene, member=hong, viewer=ming).contact == "微信 hong"


def test_what_cannot_be_chosen(scene_in: NewScene) -> None:
    with scene_in() as scene:
        hong = member(scene, "小红")
        with pytest.raises(UserError, match="先写上怎么联系你"):
            privacy.choose(scene, member=hong, chosen=Privacy(shows_contact=True, contact=" "))
        with pytest.raises(UserError, match="超出 1 字"):
            privacy.choose(scene, member=hong, chosen=Privacy(contact="字" * 201))


def test_newcomers_are_told_of_nobody_who_does_not_show_it(scene_in: NewScene) -> None:
    with scene_in() as scene:
        for name, chosen in (
            ("甲", Privacy()),
            ("乙", Privacy(listed=False)),
            ("丙", Privacy(shows_company=False)),
        ):
            one = member(scene, name, company="拾光", city="深圳")
            privacy.choose(scene, member=one, chosen=chosen)
        scene.session.flush()
        assert [row[:3] for row in acquaintance.ties(scene.session, community_id="renren")] == [
            (1, "拾光", "深圳"),
            (3, "", "深圳"),
        ]


def test_the_common_words_of_cards_are_those_of_the_listed(scene_in: NewScene) -> None:
    with scene_in() as scene:
        member(scene, "甲", industry="餐饮")
        hidden = member(scene, "乙", industry="驯鹰")
        privacy.choose(scene, member=hidden, chosen=Privacy(listed=False))
        scene.session.flush()
        told = browsing.common(scene.session, community_id="renren", field="industry", limit=9)
        assert told == ["餐饮"]
