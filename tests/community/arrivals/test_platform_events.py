"""Who comes, where it is no plain coming."""

from dataclasses import replace

from sqlmodel import col, select

from community.actions import Send, load_action
from community.arrivals import platform_events
from community.membership import blacklist, erased_accounts, standing
from community.scene import Scene
from storage.tables import Arrival, Outbox, Seat
from tests.community.conftest import NOW, NewScene
from tests.community.people import member

GROUP = "onebot:100"


def comes(scene: Scene, who: str) -> list[str]:
    """Somebody takes a seat; gives what the bot says because of it."""
    account = f"onebot:{who}"
    scene.session.add(
        Seat(
            community_id=scene.community_id,
            group_address=GROUP,
            account=account,
            name=who,
            seen_at=NOW,
        )
    )
    scene.session.flush()
    settings = scene.settings.model_copy(update={"admin_group": "onebot:900"})
    platform_events.on_arrived(replace(scene, settings=settings), group=GROUP, account=account)
    scene.session.flush()
    rows = scene.session.exec(select(Outbox).order_by(col(Outbox.id)))
    actions = [load_action(row.action) for row in rows]
    return [one.text for one in actions if isinstance(one, Send)]


def test_who_is_kept_out_is_not_received_but_reported(scene_in: NewScene) -> None:
    with scene_in() as scene:
        bad, admin = member(scene, "坏人"), member(scene, "老王")
        blacklist.bar(
            scene.session,
            member=bad,
            accounts=["onebot:坏人"],
            by=admin,
            clause=0,
            reason="骗钱",
            at=NOW,
        )
        assert comes(scene, "坏人") == ["坏人 在黑名单里，刚进了群。请看一下，该移出就手动移出。"]


def test_of_who_was_erased_nothing_is_kept(scene_in: NewScene) -> None:
    with scene_in() as scene:
        erased_accounts.remember(scene, accounts=["onebot:阿强"])
        assert comes(scene, "阿强") == []
        assert scene.session.exec(select(Arrival)).all() == []


def test_a_member_of_the_roster_is_introduced(scene_in: NewScene) -> None:
    with scene_in() as scene:
        member(scene, "小明", company="字节", title="设计师")
        welcome, *_ = comes(scene, "小明")
        assert welcome.startswith("欢迎 @小明 ！\n小明 · 字节 · 设计师")


def test_whose_membership_has_ended_is_a_stranger(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ended, admin = member(scene, "小明", company="字节", title="设计师"), member(scene, "老王")
        standing.end(scene, member=ended, state="removed", actor=admin)
        report, request, welcome = comes(scene, "小明")
        assert report.startswith("小明 进了群，但没有经过审核")
        assert "拾光科技" in request
        assert "字节" not in request + welcome
