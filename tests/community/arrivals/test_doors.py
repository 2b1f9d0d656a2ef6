"""Contacts and requests, where the bot serves one community or has nobody to turn to."""

from dataclasses import replace

import pytest
from sqlmodel import col, select

from community.actions import Action, AnswerRequest, Invite, Send, load_action
from community.arrivals import answering, doors
from community.scene import Scene
from community.updates import FriendRequested
from community.vetting.outcomes import Outcome
from storage.queries import counters
from storage.tables import Application, Group, Outbox
from tests.community.conftest import NOW, NewScene
from tests.community.people import member

GROUP = "onebot:100"


def actions(scene: Scene) -> list[Action]:
    """What is in the outbox."""
    scene.session.flush()
    rows = scene.session.exec(select(Outbox).order_by(col(Outbox.id)))
    return [load_action(row.action) for row in rows]


def applied(scene: Scene, account: str = "onebot:张三", *, flag: str = "") -> Application:
    """Somebody's application, approved; with a flag it came as a request of QQ."""
    application = Application(
        community_id=scene.community_id,
        id=counters.take(scene.session, community_id=scene.community_id, name="application"),
        state="approved",
        source="qq_request" if flag else "chat",
        account=account,
        flag=flag,
        group_address=GROUP if flag else None,
        created_at=scene.now,
        updated_at=scene.now,
    )
    scene.session.add(application)
    scene.session.flush()
    return application


def befriended(scene: Scene, who: str) -> list[Action]:
    """Somebody wants to be the bot's contact."""
    update = FriendRequested(
        channel="onebot:bot", key="f", time=NOW, account=f"onebot:{who}", name=who, flag="f1"
    )
    doors.on_friend_requested(scene, update)
    return actions(scene)


def test_a_stranger_becomes_a_contact_and_is_asked(scene_in: NewScene) -> None:
    with scene_in() as scene:
        yes, question = befriended(scene, "张三")
        assert yes == AnswerRequest(kind="friend", account="onebot:张三", flag="f1", approve=True)
        assert isinstance(question, Send)
        assert question.account == "onebot:张三"
        assert scene.session.get(Application, ("renren", 1)) is not None


def test_a_member_is_asked_nothing(scene_in: NewScene) -> None:
    with scene_in() as scene:
        member(scene, "小明")
        assert len(befriended(scene, "小明")) == 1


def approve(scene: Scene, application: Application) -> list[Action]:
    """An admin has said yes."""
    answering.on_outcome(scene, Outcome("approve", application))
    return actions(scene)


def test_on_qq_nobody_is_brought_in(scene_in: NewScene) -> None:
    with scene_in() as scene:
        scene.session.get_one(Group, ("renren", GROUP)).synced_at = NOW
        assert approve(scene, applied(scene)) == []


@pytest.mark.parametrize("synced", [True, False])
def test_on_wechat_everybody_is_who_may_not_be_there_already(
    scene_in: NewScene, synced: bool
) -> None:
    with scene_in() as scene:
        room = "wechaty:老友记一群"
        scene.session.add(
            Group(community_id="renren", address=room, synced_at=NOW if synced else None)
        )
        settings = scene.settings.model_copy(
            update={"groups": (room,), "admin_group": "wechaty:管理"}
        )
        application = applied(scene, "wechaty:zhao")
        done = approve(replace(scene, settings=settings), application)
        assert len(done) == synced
        for invitation in done:
            assert isinstance(invitation, Invite)
            assert (invitation.group, invitation.account) == (room, "wechaty:zhao")
            assert invitation.otherwise is not None
            assert "请管理员手动邀请" in invitation.otherwise.text


def test_who_applied_by_mail_has_no_group_there(scene_in: NewScene) -> None:
    with scene_in() as scene:
        assert approve(scene, applied(scene, "mail:a@b.c")) == []


def test_without_a_group_of_admins_one_of_them_is_told(scene_in: NewScene) -> None:
    with scene_in() as scene:
        alone = applied(scene, flag="f1")
        settings = scene.settings.model_copy(update={"admins": frozenset({"onebot:老王"})})
        (yes,) = approve(replace(scene, settings=settings), alone)
        assert isinstance(yes, AnswerRequest)
        assert yes.otherwise is not None
        assert yes.otherwise.account == "onebot:老王"


def test_a_request_that_was_withdrawn_is_answered(scene_in: NewScene) -> None:
    with scene_in() as scene:
        application = applied(scene, flag="f1")
        for outcome in (
            Outcome("withdraw", application),
            Outcome("time_out", application),
            Outcome("supersede", application),
        ):
            answering.on_outcome(scene, outcome)
        answers = [one for one in actions(scene) if isinstance(one, AnswerRequest)]
        assert [(one.approve, bool(one.reason)) for one in answers] == [(False, True)] * 2
