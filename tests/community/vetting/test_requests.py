"""Join requests of a platform become applications, each person's one at a time."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import select

from community.actions import Send, load_action
from community.scene import Scene
from community.vetting import deciding, drafts, filling, finding, requests
from storage.tables import Application, Member, Outbox
from tests.community.conftest import NOW, NewScene
from tests.community.people import member

WHO = "onebot:77"
COMMENT = "问题：你是谁\n答案：李雷 人人 2018-2020"


@pytest.fixture
def scene(scene_in: NewScene) -> Iterator[Scene]:
    with scene_in() as scene:
        yield scene


def asks(scene: Scene, flag: str, comment: str = COMMENT, who: str = WHO) -> Application:
    request = requests.JoinRequest(
        account=who,
        name="小李",
        source="qq_request",
        group="onebot:100",
        flag=flag,
        comment=comment,
    )
    return requests.submit(scene, request=request)


def test_a_request_is_an_application(scene: Scene) -> None:
    one = asks(scene, "f1")
    assert (one.state, one.source, one.flag) == ("submitted", "qq_request", "f1")
    assert one.group_address == "onebot:100"
    assert one.answers == {"name": "李雷", "company": "人人", "years": "2018-2020"}
    assert one.comment == COMMENT


def test_the_same_request_again_is_one(scene: Scene) -> None:
    assert asks(scene, "f1").id == asks(scene, "f1").id
    again = asks(scene, "f2")
    assert (again.id, again.flag) == (1, "f2")
    assert again.repeats == 0
    assert len(list(scene.session.exec(select(Application)))) == 1


def test_an_old_request_does_not_open_what_is_decided(scene: Scene) -> None:
    one = asks(scene, "f1")
    deciding.reject(scene, application=one, admin=member(scene, "甲"), reason="太笼统")
    assert asks(scene, "f1").state == "rejected"
    new = asks(scene, "f2")
    assert (new.id, new.state, new.repeats) == (2, "submitted", 1)


def test_the_next_request_answers_the_question(scene: Scene) -> None:
    one = asks(scene, "f1", "李雷")
    deciding.ask(scene, application=one, admin=member(scene, "甲"), question="哪家公司？")
    assert one.state == "needs_info"
    again = asks(scene, "f2", "答案：公司 人人网")
    assert (again.id, again.state, again.flag) == (one.id, "submitted", "f2")
    assert again.exchanges == [{"question": "哪家公司？", "answer": "公司 人人网"}]
    assert again.answers["company"] == "人人网"


def test_whoever_failed_too_often_is_refused_with_the_reason(scene: Scene) -> None:
    admin = member(scene, "甲")
    for number in range(5):
        deciding.reject(scene, application=asks(scene, f"f{number}"), admin=admin, reason="不")
    one = asks(scene, "f9")
    assert (one.state, one.handled_by) == ("rejected", None)
    assert one.reason.startswith("已经连着 5 次没有成功")


def test_waiting_for_a_human_is_no_try(scene: Scene) -> None:
    for number in range(9):
        one = asks(scene, f"f{number}", f"答案：李雷 人人 {number}")
    assert (one.id, one.state, one.repeats) == (1, "submitted", 0)


def test_whoever_was_approved_elsewhere_is_let_in(scene: Scene) -> None:
    draft = drafts.begin(scene, drafts.Applicant(WHO, "小李"))
    filling.fill(scene, draft, "姓名 李雷 公司 人人 在职时间 2018 职位 设计 城市 北京")
    drafts.hear(scene, draft, "确认")
    deciding.approve(scene, application=draft, admin=member(scene, "甲"))
    one = asks(scene, "f1")
    assert (one.id, one.state, one.flag) == (draft.id, "approved", "f1")


def test_whoever_left_since_is_looked_at_again(scene: Scene) -> None:
    one = asks(scene, "f1")
    deciding.approve(scene, application=one, admin=member(scene, "甲"))
    scene.session.get_one(Member, ("renren", one.member_id)).active = False
    assert asks(scene, "f2").state == "submitted"


def test_a_request_takes_over_a_draft(scene: Scene) -> None:
    draft = drafts.begin(scene, drafts.Applicant(WHO, "小李"))
    drafts.hear(scene, draft, "李雷")
    one = asks(scene, "f1", "答案：公司 人人")
    assert draft.state == "superseded"
    assert one.answers == {"name": "李雷", "company": "人人"}
    assert finding.open_of(scene, WHO) is one


def test_a_friend_is_asked_for_the_rest(scene_in: NewScene) -> None:
    with scene_in() as scene:
        request = requests.JoinRequest(
            account=WHO,
            name="小李",
            source="friend_request",
            comment="我是李雷，2018-2020在人人做设计",
        )
        one = requests.submit(scene, request=request)
        assert (one.state, one.asking) == ("draft", "title")
        assert one.due_at == NOW + timedelta(days=1)
        sent = [load_action(row.action) for row in scene.session.exec(select(Outbox))]
    texts = [send.text for send in sent if isinstance(send, Send) and send.account == WHO]
    assert texts[-1].endswith("4/10 现在做什么职位？例如 产品经理。")
