"""Applying on a page: what is kept, what becomes of it, and when it is forgotten."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from community.form import ApplicationRules, FormField
from community.membership import export
from community.membership.erasure import erase
from community.scene import Scene
from community.vetting import cards, deciding, drafts, finding, submitting
from community.vetting.online import forms, proofs, sending
from community.vetting.online.ticking import prune
from storage.queries import people
from storage.queries import proofs as rows
from storage.tables import Application, JoinForm, Outbox, Proof
from tests.community.conftest import NOW, SETTINGS, NewScene
from tests.community.people import member
from tests.community.vetting.pictures import JPEG, PDF, PLACE

MAIL = "zhang@example.com"
TYPED = {
    forms.MAIL: MAIL, "name": "张三", "company": "人人网", "years": "2016-2019",
    "title": "产品经理", "city": "北京", "consent": forms.YES,
}  # fmt: skip
Scenes = Callable[..., AbstractContextManager[Scene]]
HOURS = timedelta(hours=2)


@pytest.fixture
def scene_of(scene_in: NewScene) -> Scenes:
    """Scenes whose community has rules of its own."""

    @contextmanager
    def scene(now: datetime = NOW, **rules: object) -> Iterator[Scene]:
        application = ApplicationRules.model_validate(rules)
        settings = SETTINGS.model_copy(
            update={"application": application, "public_url": "https://x.cn"}
        )
        with scene_in(now) as bare:
            yield Scene(bare.session, settings, bare.analyser, now, via="web")

    return scene


def written(scene: Scene, **typed: str) -> forms.Held:
    """A form that is filled in."""
    held = unproven(scene, **typed)
    forms.confirm(scene, held.form)
    return held


def unproven(scene: Scene, **typed: str) -> forms.Held:
    """Likewise, before a code has come back."""
    return forms.save(scene, token="", typed={**TYPED, **typed})


def sent(scene: Scene, **typed: str) -> Application:
    """An application from a page."""
    application = sending.submit(scene, written(scene, **typed).form)
    assert application is not None
    return application


def test_what_is_wrong_is_kept_and_told_all_at_once(scene_of: Scenes) -> None:
    typed = {forms.MAIL: "zhang", "name": "我叫张三，你好", "city": "京" * 21, "gives": " 招  人 "}
    with scene_of() as scene:
        token = forms.save(scene, token="", typed=typed).token
    with scene_of() as scene:
        form = forms.find(scene, token=token)
        assert form is not None
        assert form.answers == {**typed, "gives": "招 人"}
        assert list(forms.troubles(scene, form).values()) == [
            "邮箱地址写得不对，应该像 name@example.com。",
            "「姓名」只写名字就好，例如 张三。",
            "「公司」是必填的。",
            "「在职时间」是必填的。",
            "「现在职位」是必填的。",
            "「城市」最多 20 字，超出 1 字。",
            "要勾上这一项才能提交。",
        ]
        assert forms.find(scene, token="somebody else's") is None


def test_another_address_has_to_be_proven_again(scene_of: Scenes) -> None:
    with scene_of() as scene:
        held = written(scene)
        again = forms.save(scene, token=held.token, typed={forms.MAIL: "li@example.com"})
        assert (again.form.account, again.form.confirmed) == ("mail:li@example.com", False)
        assert again.token == held.token
        assert sending.submit(scene, again.form) is None


def test_what_was_sent_stays_with_the_address_that_sent_it(scene_of: Scenes) -> None:
    with scene_of() as scene:
        held = written(scene)
        assert sending.submit(scene, held.form)
        other = forms.save(scene, token=held.token, typed={forms.MAIL: "li@example.com"})
        assert other.token != held.token
        assert other.form.answers["name"] == "张三"
        assert other.form.application_id is None
        assert forms.latest(scene, other.form) is None


def test_it_is_an_application_like_any_other(scene_of: Scenes) -> None:
    with scene_of() as scene:
        application = sent(scene)
        assert (application.state, application.source) == ("submitted", "web")
        assert application.due_at is None
        card = cards.card(scene, application)
        assert card.startswith("#A1 新申请（网页）\n姓名：张三\n")
        assert f"邮箱：{MAIL}（验证过）" in card
        admin = member(scene, "甲")
        assert deciding.approve(scene, application=application, admin=admin)
        found = people.by_account(scene.session, community_id="renren", account=f"mail:{MAIL}")
        assert found is not None
        assert (found.name, found.company) == ("张三", "人人网")


def test_sent_twice_it_is_one_and_changed_it_takes_the_place(scene_of: Scenes) -> None:
    with scene_of() as scene:
        held = written(scene)
        first = sending.submit(scene, held.form)
        assert sending.submit(scene, held.form) is first
        forms.save(scene, token=held.token, typed={"city": "上海"})
        second = sending.submit(scene, held.form)
        assert first is not None
        assert second is not None
        assert (first.state, second.state) == ("superseded", "submitted")
        assert finding.open_of(scene, f"mail:{MAIL}") is second


def test_whoever_waits_already_is_asked_before_it_is_replaced(scene_of: Scenes) -> None:
    with scene_of() as scene:
        first = sent(scene)
        form = written(scene, city="上海").form
        found = sending.obstacle(scene, form)
        assert found is not None
        assert "已经有一份申请 #A1" in found.text
        assert sending.submit(scene, form) is None
        assert sending.submit(scene, form, replace=True)
        assert first.state == "superseded"


def test_members_and_the_barred_are_told_and_only_after_the_code(scene_of: Scenes) -> None:
    with scene_of(block_at=2) as scene:
        deciding.approve(scene, application=sent(scene), admin=member(scene, "甲"))
        form = unproven(scene).form
        assert sending.obstacle(scene, form) is None
        assert sending.submit(scene, form, replace=True) is None
        forms.confirm(scene, form)
        found = sending.obstacle(scene, form)
        assert found is not None
        assert found.kind == "member"
        assert sending.submit(scene, form, replace=True) is None
        for _ in range(2):
            application = sent(scene, **{forms.MAIL: "li@example.com"})
            deciding.reject(scene, application=application, admin=None, reason="不符")
        found = sending.obstacle(scene, written(scene, **{forms.MAIL: "li@example.com"}).form)
        assert found is not None
        assert found.text == "已经连着 2 次没有成功，先不再受理。有话请直接找管理员。"


def test_five_a_day(scene_of: Scenes) -> None:
    with scene_of() as scene:
        held = written(scene)
        for city in ("北京", "上海", "广州", "深圳", "杭州"):
            forms.save(scene, token=held.token, typed={"city": city})
            assert sending.submit(scene, held.form)
        forms.save(scene, token=held.token, typed={"city": "成都"})
        assert sending.submit(scene, held.form) is None
        found = sending.obstacle(scene, held.form)
        assert found is not None
        assert found.text.startswith("一天最多提交 5 次")


def test_the_roster_lets_in_at_once(scene_of: Scenes) -> None:
    with scene_of(auto_approve=True) as scene:
        known = member(scene, "张三", company="人人网")
        for account in people.accounts(scene.session, community_id="renren", member_id=known.id):
            scene.session.delete(account)
        scene.session.flush()
        application = sent(scene)
        assert (application.state, application.member_id) == ("approved", known.id)


def test_an_answer_that_gives_up_in_words_is_an_answer(scene_of: Scenes) -> None:
    with scene_of() as scene:
        application = sent(scene)
        deciding.ask(scene, application=application, admin=member(scene, "甲"), question="谁认识你")
        drafts.take_answer(scene, application, "算了")
        assert application.state == "submitted"
        assert application.exchanges == [{"question": "谁认识你", "answer": "算了"}]


def test_in_another_browser_the_answers_are_there_after_the_code(scene_of: Scenes) -> None:
    with scene_of() as scene:
        application = sent(scene)
        deciding.reject(scene, application=application, admin=None, reason="看不清")
        held = forms.begin_looking(scene, token="", typed=MAIL)
        assert forms.latest(scene, held.form) is None
        forms.confirm(scene, held.form)
        assert forms.latest(scene, held.form) is application
        assert held.form.answers["company"] == "人人网"
        assert forms.troubles(scene, held.form) == {}
        again = sending.submit(scene, held.form)
        assert again is not None
        assert again.repeats == 1


def test_an_address_of_the_domain_proves(scene_of: Scenes) -> None:
    fields = [FormField(key="name", required=True), FormField(key="proof", required=True)]
    with scene_of(fields=fields, mail_domains=["Example.com"]) as scene:
        assert sent(scene).answers["proof"] == MAIL
        other = written(scene, **{forms.MAIL: "a@else.org", "proof": "我在那里读过书"}).form
        assert forms.troubles(scene, other) == {"proof": "还不够证明，需要 @Example.com 的邮箱。"}
        told = {forms.MAIL: "zhao@example.com", "proof": "见邮箱"}
        application = sent(scene, **told)
        assert deciding.approve(scene, application=application, admin=member(scene, "甲"))


def test_files_are_proof_where_anything_is(scene_of: Scenes, tmp_path: Path) -> None:
    fields = [FormField(key="name", required=True), FormField(key="proof", required=True)]
    with scene_of(fields=fields) as scene:
        form = written(scene).form
        assert forms.troubles(scene, form) == {"proof": "「证明」是必填的。"}
        assert not proofs.add(scene, form, folder=tmp_path, name="工牌.jpg", data=JPEG)
        application = sending.submit(scene, form)
        assert application is not None
        assert application.answers["proof"] == "1 个文件"
        assert "附了 1 个文件，登录网页看：https://x.cn/c/renren/office/proofs?a=1" in cards.card(
            scene, application
        )
        handed = proofs.handed_in(scene, number=1)
        assert handed is not None
        (file,) = (tmp_path / "renren").iterdir()
        assert (file.name, file.stat().st_mode & 0o777) == (handed.file, 0o600)
        assert PLACE not in file.read_bytes()


def test_what_is_no_picture_is_too_large_or_too_many(scene_of: Scenes, tmp_path: Path) -> None:
    with scene_of() as scene:
        form = written(scene).form

        def add(name: str, data: bytes) -> str:
            return proofs.add(scene, form, folder=tmp_path, name=name, data=data)

        assert add("a.jpg", b"<svg>") == "「a.jpg」不是 JPG、PNG、WebP 图片，也不是 PDF，没有传上。"
        assert "超过 5 MB" in add("大.pdf", PDF + b"\0" * proofs.LARGEST)
        assert "打不开" in add("半.jpg", JPEG[:40])
        assert not (tmp_path / "renren").exists()
        for _ in range(proofs.MOST):
            assert not add("../../etc/\u202e<b>.pdf", PDF)
        assert "最多 5 个文件" in add("6.pdf", PDF)
        assert {one.name for one in proofs.held(scene, form)} == {"<b>.pdf"}
        assert proofs.handed_in(scene, number=1) is None


def test_only_ones_own_file_is_taken_back(scene_of: Scenes, tmp_path: Path) -> None:
    with scene_of() as scene:
        mine = written(scene).form
        other = written(scene, **{forms.MAIL: "li@example.com"}).form
        proofs.add(scene, mine, folder=tmp_path, name="a.pdf", data=PDF)
        assert proofs.remove(scene, other, number=1) == ""
        name = proofs.remove(scene, mine, number=1)
        proofs.discard(tmp_path, "renren", name)
        assert list((tmp_path / "renren").iterdir()) == []
        assert proofs.remove(scene, mine, number=1) == ""


def test_files_of_another_browser_go_along(scene_of: Scenes, tmp_path: Path) -> None:
    with scene_of() as scene:
        here, there = written(scene).form, written(scene).form
        stranger = unproven(scene).form
        for form in (here, there, stranger):
            proofs.add(scene, form, folder=tmp_path, name="a.pdf", data=PDF)
        application = sending.submit(scene, here)
        assert application is not None
        found = rows.of_application(scene.session, community_id="renren", application_id=1)
        assert [one.id for one in found] == [1, 2]
        assert [one.form for one in found] == [here.digest] * 2


def aged(folder: Path) -> None:
    """Nobody has written these files a moment ago."""
    for file in folder.rglob("*"):
        os.utime(file, (NOW.timestamp(), NOW.timestamp()))


def test_thirty_days_but_not_while_the_admins_have_it(scene_of: Scenes, tmp_path: Path) -> None:
    with scene_of() as scene:
        lost = written(scene, **{forms.MAIL: "li@example.com"}).form
        waits = written(scene)
        for form in (lost, waits.form):
            proofs.add(scene, form, folder=tmp_path, name="a.pdf", data=PDF)
        sending.submit(scene, waits.form)
    aged(tmp_path)
    with scene_of(NOW + forms.LIFE + HOURS) as scene:
        prune(scene.session, folder=tmp_path, now=scene.now)
        assert [one.digest for one in scene.session.exec(select(JoinForm))] == [waits.form.digest]
        assert len(list((tmp_path / "renren").iterdir())) == 1
        deciding.reject(scene, application=finding.by_number(scene, 1), admin=None, reason="看不清")
        scene.session.flush()
        prune(scene.session, folder=tmp_path, now=scene.now)
        assert list((tmp_path / "renren").iterdir()) == []
        assert list(scene.session.exec(select(Proof))) == []


def test_a_file_whose_row_is_still_on_its_way_stays(scene_of: Scenes, tmp_path: Path) -> None:
    (tmp_path / "renren").mkdir()
    (tmp_path / "renren" / "new").write_bytes(PDF)
    aged(tmp_path)
    with scene_of() as scene:
        soon = NOW + timedelta(minutes=59)
        assert proofs.sweep_proofs(scene.session, tmp_path, now=soon) == 0
        assert proofs.sweep_proofs(scene.session, tmp_path, now=NOW + HOURS) == 1
        assert proofs.sweep_proofs(scene.session, tmp_path / "nothing", now=NOW) == 0


def test_erased_with_rows_files_and_letters(scene_of: Scenes, tmp_path: Path) -> None:
    with scene_of() as scene:
        form = written(scene).form
        proofs.add(scene, form, folder=tmp_path, name="张三.pdf", data=PDF)
        application = sending.submit(scene, form)
        assert application is not None
        deciding.approve(scene, application=application, admin=member(scene, "甲"))
        found = people.by_account(scene.session, community_id="renren", account=f"mail:{MAIL}")
        assert found is not None
        told = export.as_text(export.collect(scene, member=found))
        assert "网页上填的申请（1）" in told
        assert "张三.pdf" in told
        erase(scene, member=found, choice="removed")
    aged(tmp_path)
    with scene_of(NOW + HOURS) as scene:
        for table in (JoinForm, Proof, Application):
            assert list(scene.session.exec(select(table))) == []
        assert [one for one in scene.session.exec(select(Outbox)) if "张三" in one.action] == []
        prune(scene.session, folder=tmp_path, now=scene.now)
        assert list((tmp_path / "renren").iterdir()) == []


def test_letters_lead_to_the_page(scene_of: Scenes) -> None:
    with scene_of() as scene:
        application = sent(scene)
        deciding.ask(scene, application=application, admin=member(scene, "甲"), question="哪个部门")
        submitting.answer(scene, application, "产品部")
        deciding.reject(scene, application=application, admin=None, reason="对不上")
        letters = scene.session.exec(select(Outbox).where(Outbox.lane == f"mail:{MAIL}"))
        told = [one.action for one in letters]
    assert len(told) == 3
    assert all("#A1" in one and "https://x.cn/join/renren/progress" in one for one in told)
    assert not any("#申请" in one for one in told)
