"""Files as proof: what is taken, where it lies, and for how long.

The bytes lie in a folder that no page serves, under names that say nothing. A file lives as long
as its row: what has none any more is removed by ``sweep_proofs``.
"""

import contextlib
import os
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlmodel import Session

from community import audit_log, urls
from community.scene import Scene
from community.vetting.online import media
from storage.queries import counters
from storage.queries.vetting import proofs
from storage.tables import Application, JoinForm, Member, Proof

MOST: Final = 5  # of one applicant
LARGEST: Final = 5 * 2**20  # bytes of one
MOST_UNSENT: Final = 300  # in a community, of people whom nobody knows yet
_A_DAY = timedelta(days=1)
_JUST_NOW = timedelta(hours=1)  # the row of a new file may not be committed yet
_LONGEST_NAME = 80
_NAMELESS = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_FILES = re.compile(r"\d 个文件")


def held(scene: Scene, form: JoinForm) -> list[Proof]:
    """What hangs on the form."""
    return proofs.of_form(scene.session, community_id=scene.community_id, form=form.digest)


def add(scene: Scene, form: JoinForm, *, folder: Path, name: str, data: bytes) -> str:
    """Keep a file; gives what is wrong with it, "" when nothing is."""
    shown = _shown(name)
    if len(held(scene, form)) >= MOST:
        return f"最多 {MOST} 个文件，「{shown}」没有传上。先删掉一个再传。"
    if not _has_room(scene):
        return "现在传文件的人太多，没有传上。可以先提交，管理员需要时会再问你。"
    if len(data) > LARGEST:
        return f"「{shown}」超过 {LARGEST // 2**20} MB，没有传上。请压缩一下，或者截图再传。"
    kind = media.kind_of(data)
    if kind is None:
        return f"「{shown}」不是 JPG、PNG、WebP 图片，也不是 PDF，没有传上。"
    try:
        content = media.without_metadata(data, kind)
    except media.BrokenError:
        return f"「{shown}」打不开，可能没存完整。请换一个。"
    proof = Proof(
        community_id=scene.community_id,
        id=counters.take(scene.session, community_id=scene.community_id, name="proof"),
        form=form.digest,
        name=shown,
        kind=kind,
        size=len(content),
        file=_written(folder / scene.community_id, content),
        created_at=scene.now,
    )
    scene.session.add(proof)
    form.updated_at = scene.now
    scene.session.flush()
    return ""


def remove(scene: Scene, form: JoinForm, *, number: int) -> str:
    """The applicant takes a file back; gives the name under which it lies, for ``discard``."""
    proof = proofs.get(scene.session, community_id=scene.community_id, proof_id=number)
    if proof is None or proof.form != form.digest:
        return ""
    scene.session.delete(proof)
    scene.session.flush()
    return proof.file


def discard(folder: Path, community_id: str, name: str) -> None:
    """Off the disk; after the commit, for a file is not brought back by a rollback."""
    if name:
        (folder / community_id / name).unlink(missing_ok=True)


def hand_in(scene: Scene, form: JoinForm, application: Application) -> None:
    """What the person has uploaded, in whichever browser, belongs to the application."""
    proofs.adopt(
        scene.session, community_id=scene.community_id, account=form.account, form=form.digest
    )
    for one in held(scene, form):
        one.application_id = application.id
    scene.session.flush()


def of(scene: Scene, application: Application) -> list[Proof]:
    """What was handed in with an application."""
    return proofs.of_application(
        scene.session, community_id=scene.community_id, application_id=application.id
    )


def handed_in(scene: Scene, *, number: int) -> Proof | None:
    """A file that admins may look at; what was not sent yet is nobody's business."""
    proof = proofs.get(scene.session, community_id=scene.community_id, proof_id=number)
    return None if proof is None or proof.application_id is None else proof


def place_of(proof: Proof, *, folder: Path) -> Path | None:
    """Where the bytes lie; None: they are gone."""
    place = folder / proof.community_id / proof.file
    return place if place.is_file() else None


def note_look(scene: Scene, proof: Proof, *, actor: Member) -> None:
    """Somebody looks at a file: who, and which."""
    audit_log.note(
        scene, verb="look", subject="application", subject_id=proof.application_id or 0,
        actor=actor, detail={"proof": proof.id},
    )  # fmt: skip


def note(scene: Scene, application: Application) -> list[str]:
    """A line for the admins' card: how many there are, and where."""
    count = len(of(scene, application))
    if not count:
        return []
    place = urls.home(scene.settings, f"/office/proofs?a={application.id}")
    return [f"附了 {count} 个文件，登录网页看：{place}" if place else f"附了 {count} 个文件"]


def in_words(files: Sequence[Proof]) -> str:
    """What stands for the proof of somebody who only sends files."""
    return f"{len(files)} 个文件" if files else ""


def without_files(answers: Mapping[str, str]) -> dict[str, str]:
    """The answers as they were typed."""
    return {
        key: value
        for key, value in answers.items()
        if not (key == "proof" and _FILES.fullmatch(value))
    }


def sweep_proofs(session: Session, folder: Path, *, now: datetime) -> int:
    """Remove files without a row: of erased people, of forms that ran out, of work undone.

    Gives how many there were.
    """
    if not folder.is_dir():
        return 0
    gone = 0
    for place in sorted(one for one in folder.iterdir() if one.is_dir()):
        known = set(proofs.files(session, community_id=place.name))
        gone += _swept(
            (one for one in place.iterdir() if one.is_file() and one.name not in known), now
        )
    return gone


def _swept(files: Iterable[Path], now: datetime) -> int:
    gone = 0
    for file in files:
        with contextlib.suppress(FileNotFoundError):  # its owner has just deleted it himself
            if datetime.fromtimestamp(file.stat().st_mtime, UTC) < now - _JUST_NOW:
                file.unlink()
                gone += 1
    return gone


def _has_room(scene: Scene) -> bool:
    """For one more of a person whom nobody knows; where there is none, old ones of such go."""
    session, here = scene.session, scene.community_id
    if proofs.unsent(session, community_id=here) < MOST_UNSENT:
        return True
    proofs.drop_unsent(session, community_id=here, before=scene.now - _A_DAY)
    return proofs.unsent(session, community_id=here) < MOST_UNSENT


def _written(folder: Path, content: bytes) -> str:
    """On the disk, readable by the bot alone; gives the name."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = secrets.token_hex(16)
    number = os.open(folder / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with open(number, "wb") as file:
        file.write(content)
    return name


def _shown(name: str) -> str:
    """The file's name as its owner knows it, without folders and what hides in text."""
    last = _NAMELESS.sub("", name.replace("\\", "/").rpartition("/")[2]).strip()
    return last[-_LONGEST_NAME:] or "文件"
