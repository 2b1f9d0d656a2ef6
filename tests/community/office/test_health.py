"""What admins learn of the traffic of their community, and of no other, on both databases."""

from datetime import timedelta

from community.office.health import health
from storage.queries import communities
from storage.queries.traffic import inbox, outbox
from storage.queries.traffic.inbox import Received
from storage.tables import Outbox
from tests.community.conftest import NOW, NewScene

MINUTE = timedelta(minutes=1)


def test_nothing_to_tell(scene_in: NewScene) -> None:
    with scene_in() as scene:
        found = health(scene)
        assert found.is_fine
        assert [(lane.name, lane.channel) for lane in found.lanes] == [("100", "QQ"), ("101", "QQ")]
        assert found.ticked_at is None


def test_what_waits_and_what_went_wrong(scene_in: NewScene) -> None:
    with scene_in() as scene:
        session, early = scene.session, NOW - 20 * MINUTE
        communities.ensure(session, community_id="other", name="别家", groups=(), now=NOW)
        for lane, community, at in (
            ("onebot:100", "renren", early), ("onebot:100", "renren", NOW),
            ("onebot:7", "renren", NOW), ("onebot:8", "other", NOW), ("wechaty:x", "other", NOW),
        ):  # fmt: skip
            outbox.put(session, lane=lane, action="{}", now=at, community_id=community)
        for lane, state, community, days in (
            ("onebot:101", "refused", "renren", 0), ("mail:a@b.c", "unknown", "renren", 0),
            ("onebot:100", "refused", "renren", 2), ("onebot:9", "refused", "other", 0),
        ):  # fmt: skip
            at = NOW - timedelta(days=days)
            session.add(
                Outbox(channel=lane.partition(":")[0], lane=lane, community_id=community,
                       action="{}", state=state, created_at=at, due_at=at)
            )  # fmt: skip
        rows = [
            Received(channel="onebot:1", key=str(number), lane=lane, update="", state=state,
                  sent_at=NOW, received_at=NOW)
            for number, (lane, state) in enumerate(
                [("onebot:101", "new"), ("onebot:101", "failed"), ("onebot:999", "new")]
            )
        ]  # fmt: skip
        inbox.add(session, rows=rows)
    with scene_in() as scene:
        found = health(scene)
        first, second, private = found.lanes
        assert (first.waiting, first.waits_since, first.is_late) == (2, early, True)
        assert (second.unread, second.heard_at, second.is_late) == (1, NOW, False)
        assert (private.name, private.channel, private.waiting) == ("私聊", "QQ", 1)
        told = {(one.where, one.how) for one in found.failures}
        assert told == {("101", "平台拒绝了"), ("私聊（邮箱）", "不知道发没发出去")}
        assert found.broken == 1
        assert not found.is_fine
