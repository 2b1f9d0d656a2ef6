"""What a post has been through."""

from community.members.people import get_or_create_member
from community.membership import standing
from community.posts import closing, collecting, editing, timeline
from community.posts.publishing import publish
from community.updates import Quoted
from tests.community.conftest import NewScene


def test_names_are_for_the_author_and_for_admins(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ming, hong, boss = (
            get_or_create_member(scene, account=f"onebot:{name}", name=name)
            for name in ("明", "红", "管")
        )
        standing.of(scene, member=boss).role = "admin"
        made = publish(scene, author=ming, kind="need", text="找一位会计师").post
        editing.edit(scene, post=made, actor=boss, text="找一位税务师", group=None)
        closing.finish(scene, post=made, actor=ming, helpers=[hong])
        scene.session.flush()

        def told(name: str) -> list[str]:
            viewer = {"明": ming, "红": hong, "管": boss}[name]
            return [
                f"{one.who} {one.what}" for one in timeline.steps(scene, post=made, viewer=viewer)
            ]

        assert told("明") == ["明 发布", "管 改了内容", "明 标记办成"]
        assert told("管") == told("明")
        assert told("红") == ["作者 发布", "管理员 改了内容", "作者 标记办成"]
        assert [one.shown for one in timeline.thanked(scene, post=made)] == ["红"]


def test_what_is_withdrawn_is_for_its_author(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ming = get_or_create_member(scene, account="onebot:明", name="明")
        hong = get_or_create_member(scene, account="onebot:红", name="红")
        quoted = Quoted(message_id="1", account="onebot:明", name="明", text="求一位会计师")
        made = collecting.collect(
            scene, collector=hong, quoted=quoted, group=None, kind="need", text="求一位会计师"
        ).post
        scene.session.flush()
        assert timeline.visible(scene, post=made, viewer=hong)
        assert [one.who for one in timeline.steps(scene, post=made, viewer=hong)] == ["一位成员"]
        collecting.refuse(scene, post=made, actor=ming)
        assert not timeline.visible(scene, post=made, viewer=hong)
        assert timeline.visible(scene, post=made, viewer=ming)
