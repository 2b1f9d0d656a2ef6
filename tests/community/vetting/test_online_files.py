"""Files that applicants hand in on a page, and what is forgotten when."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from community.form import FormField
from community.membership import export
from community.membership.erasure import erase
from community.vetting import cards, deciding, finding
from community.vetting.online import forms, proofs, sending
from community.vetting.online.ticking import prune
from storage.queries.people import people
from storage.queries.vetting import proofs as rows
from storage.tables import Application, JoinForm, Outbox, Proof
from tests.community.conftest import NOW
from tests.community.people import member
from tests.community.vetting.online import MAIL, Scenes, unproven, written
from tests.community.vetting.pictures import JPEG, PDF, PLACE

HOURS = timedelta(hours=2)


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


def test_files_that_nobody_sends_keep_nobody_else_out(
    scene_of: Scenes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proofs, "MOST_UNSENT", 2)
    with scene_of() as scene:
        proven, flood = written(scene).form, unproven(scene, **{forms.MAIL: "x@example.com"}).form
        assert not proofs.add(scene, proven, folder=tmp_path, name="1.pdf", data=PDF)
        assert not proofs.add(scene, flood, folder=tmp_path, name="2.pdf", data=PDF)
        assert "太多" in proofs.add(scene, proven, folder=tmp_path, name="3.pdf", data=PDF)
    with scene_of(now=NOW + timedelta(hours=25)) as scene:
        mine = written(scene, **{forms.MAIL: "li@example.com"}).form
        assert not proofs.add(scene, mine, folder=tmp_path, name="4.pdf", data=PDF)
        left = scene.session.exec(select(Proof.name).order_by(Proof.name))
        assert list(left) == ["1.pdf", "4.pdf"]


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
