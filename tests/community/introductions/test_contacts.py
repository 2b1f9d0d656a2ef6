"""What is given of somebody once both have agreed."""

import pytest

from community.errors import UserError
from community.introductions import answering, asking, contacts, listing
from community.members import privacy
from community.members.people import get_or_create_member
from community.members.privacy import Privacy
from community.membership import linking
from community.scene import Scene
from storage.tables import Introduction, Member
from tests.community.conftest import NewScene
from tests.community.people import member


def on_wechat(scene: Scene, name: str) -> Member:
    return get_or_create_member(scene, account=f"wechaty:{name}", name=name)


def test_his_own_words_then_his_qq_then_nothing(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ming, hong = member(scene, "小明"), on_wechat(scene, "小红")
        assert contacts.known(scene, member=ming) == "QQ 小明"
        assert contacts.known(scene, member=hong) == ""
        privacy.choose(scene, member=hong, chosen=Privacy(contact="微信 hong\n下午在"))
        assert contacts.known(scene, member=hong) == "微信 hong；下午在"


@pytest.mark.parametrize(
    ("said", "given"),
    [
        ("", "QQ 小明"),
        ("微信 ming_2026", "微信 ming_2026"),
        ("明天上午方便", "QQ 小明；明天上午方便"),
    ],
)
def test_what_is_said_for_this_once(scene_in: NewScene, said: str, given: str) -> None:
    with scene_in() as scene:
        assert contacts.answering(scene, member=member(scene, "小明"), said=said) == given


def test_who_cannot_be_reached_is_asked_how_before_anything_is_sent(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ming, hong = on_wechat(scene, "小明"), on_wechat(scene, "小红")
        with pytest.raises(UserError, match="没有转达") as refused:
            asking.ask(scene, asker=ming, asked=hong, words="聊聊记账")
        assert "聊聊记账" in refused.value.text
        row = asking.ask(
            scene, asker=ming, asked=hong, words="聊聊记账，我的微信是 ming_2026可以加"
        )
        assert row.asker_contact == "微信是 ming_2026"
        assert contacts.kept_back(row.words) == "聊聊记账，我的［联系方式等你愿意了再给］可以加"
        for said in ("", "明天上午方便"):
            with pytest.raises(UserError, match="还没有记下：对方怎么联系你？"):
                answering.agree(scene, row=row, person=hong, contact=said)
        with pytest.raises(UserError, match="超出 1 字"):
            answering.agree(scene, row=row, person=hong, contact="微" * 201)
        assert answering.agree(scene, row=row, person=hong, contact="微信 hong_2026")
        assert (row.words, row.asker_contact, row.asked_contact) == ("", "", "")


def test_two_who_become_one_are_put_in_touch_with_nobody(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ming, two, hong, lan = (member(scene, name) for name in ("小明", "二号", "小红", "小兰"))
        asking.ask(scene, asker=ming, asked=two, words="你好")
        asking.introduce(scene, introducer=two, pair=(ming, hong), words="同行")
        done = asking.introduce(scene, introducer=two, pair=(ming, lan), words="同行")
        for person in (ming, lan):
            answering.agree(scene, row=done, person=person)
        asking.ask(scene, asker=two, asked=hong, words="你好")
        scene.session.flush()
        linking.merge(scene, keep=ming, gone=two)
        kept = [scene.session.get(Introduction, ("renren", number)) for number in range(1, 5)]
        assert [one and (one.asker_id, one.introducer_id) for one in kept] == [
            None, None, (ming.id, None), (ming.id, None),
        ]  # fmt: skip
        assert len(listing.of(scene, ming).lines) == 2
