"""What waits to be sent, and what was received, when a person is erased."""

from sqlmodel import select

from community.actions import Mention, Send, Text, dump_action, load_action
from community.membership import traffic_redaction
from community.membership.redaction import Traces
from community.scene import Scene
from storage.queries import communities
from storage.queries.traffic import outbox
from storage.tables import Inbox, Outbox, Post
from tests.community.conftest import NOW, NewScene

WHO = Traces(frozenset({"onebot:10001"}), frozenset({"张三"}))


def put(scene: Scene, lane: str, *segments: Text | Mention, post_id: int | None = None) -> None:
    send = Send(
        group=lane if lane == "onebot:100" else None,
        account=None if lane == "onebot:100" else lane,
        segments=segments,
    )
    outbox.put(
        scene.session, lane=lane, action=dump_action(send), now=NOW,
        community_id=scene.community_id, post_id=post_id,
    )  # fmt: skip
    scene.session.flush()


def received(
    scene: Scene, key: str, content: str, *, lane: str = "onebot:100", sender: str | None = None,
    state: str = "done",
) -> None:  # fmt: skip
    scene.session.add(
        Inbox(channel="onebot:1", key=key, lane=lane, update=content, state=state, sender=sender,
              sent_at=NOW, received_at=NOW)
    )  # fmt: skip
    scene.session.flush()


def post(scene: Scene) -> Post:
    return Post(
        community_id=scene.community_id, id=1, kind="need", author_id=1, text="找人", title="找人",
        fingerprint="", created_at=NOW, updated_at=NOW, expires_at=NOW,
    )  # fmt: skip


def forget(scene: Scene) -> int:
    count = traffic_redaction.forget(scene, traces=WHO, posts=[], applications=[], at_work=None)
    scene.session.expire_all()
    return count


def said(scene: Scene) -> list[str]:
    rows = scene.session.exec(select(Outbox.action)).all()
    actions = [load_action(row) for row in rows if row]
    return [action.text for action in actions if isinstance(action, Send)]


def test_waiting_messages_go_without_him_or_not_at_all(scene_in: NewScene) -> None:
    with scene_in() as scene:
        put(scene, "onebot:10001", Text(text="只给你"))
        put(scene, "onebot:100", Mention(account="onebot:10001", name="张三"), Text(text="来看"))
        put(scene, "onebot:100", Text(text="不相干"))
        assert forget(scene) == 2
        assert sorted(said(scene)) == ["不相干", "已注销的成员 来看"]


def test_nor_does_the_subject_of_a_letter_name_him(scene_in: NewScene) -> None:
    with scene_in() as scene:
        letter = Send(
            account="mail:a@b.c", segments=(Text(text="张三 说"),), subject="张三 给你捎了句话"
        )
        outbox.put(
            scene.session, lane="mail:a@b.c", action=dump_action(letter), now=NOW,
            community_id=scene.community_id,
        )  # fmt: skip
        forget(scene)
        [action] = scene.session.exec(select(Outbox.action))
        assert "张三" not in action


def test_a_post_that_stays_loses_its_ways_to_reach_him(scene_in: NewScene) -> None:
    with scene_in() as scene:
        put(scene, "onebot:2", Text(text="有新消息：#1「找人，微信 sanzhang_1」"), post_id=1)
        traffic_redaction.forget(
            scene, traces=WHO, posts=[post(scene)], posts_go=False, applications=[], at_work=None
        )
        scene.session.expire_all()
        assert said(scene) == ["有新消息：#1「找人，［已隐去］」"]


def test_sent_messages_keep_their_row_for_quoting_but_no_words(scene_in: NewScene) -> None:
    with scene_in() as scene:
        put(scene, "onebot:100", Text(text="张三的 #7"), post_id=7)
        put(scene, "onebot:10001", Text(text="只给你"))
        for row in scene.session.exec(select(Outbox)):
            row.state = "sent"
        assert forget(scene) == 2
        (row,) = scene.session.exec(select(Outbox))
        assert (row.action, row.post_id) == ("", 7)


def test_what_others_said_elsewhere_is_left_to_the_community_that_heard_it(
    scene_in: NewScene,
) -> None:
    with scene_in() as scene:
        communities.ensure(
            scene.session, community_id="other", name="别家", groups=("onebot:200",), now=NOW
        )
        received(scene, "200:m1:1", '{"text":"张三在吗"}', lane="onebot:200", sender="onebot:2")
        own = '{"account":"onebot:10001"}'
        received(scene, "200:m2:1", own, lane="onebot:200", sender="onebot:10001")
        received(scene, "2:m3:1", '{"text":"#谁是 张三"}', lane="onebot:2", sender="onebot:2")
        received(scene, "900:m4:1", '{"text":"#通过 张三"}', lane="onebot:900", sender="onebot:9")
        assert forget(scene) == 3
        left = [row.key for row in scene.session.exec(select(Inbox)) if row.update]
        assert left == ["200:m1:1"]


def test_what_came_in_is_blanked_and_still_known(scene_in: NewScene) -> None:
    with scene_in() as scene:
        received(scene, "100:m1:1", '{"text":"张三在吗"}')
        received(scene, "group_increase:100:10001:1", '{"account":"onebot:10001"}')
        received(scene, "100:m2:1", '{"text":"别的"}')
        received(scene, "100:m3:1", '{"text":"张三，还没处理"}', state="new")
        assert forget(scene) == 2
        left = {row.key: row.update for row in scene.session.exec(select(Inbox))}
        assert left == {
            "100:m1:1": "",
            "100:m2:1": '{"text":"别的"}',
            "100:m3:1": '{"text":"张三，还没处理"}',
        }
