"""What the pages need no more is deleted by the clock."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlmodel import select

from bot.schedule.ticks import Ticks
from storage.database import Database
from storage.tables import Application, JoinForm, MailCode, Member, Proof, SignIn
from tests.fakes import START, FakeClock

DAY = timedelta(days=1)


def leave_behind(database: Database) -> None:
    """What somebody leaves who has begun an application, and signed in."""
    with database.begin() as session:
        session.add(Member(community_id="renren", id=1, created_at=START, updated_at=START))
        session.flush()
        session.add(
            SignIn(
                community_id="renren", digest="s", member_id=1, created_at=START, seen_at=START,
                expires_at=START + 30 * DAY,
            )
        )  # fmt: skip
        session.add(
            MailCode(
                community_id="renren", purpose="join", address="d", browser="b", place="p",
                    expires_at=START,
                window_at=START,
            )
        )  # fmt: skip
        session.add(
            Application(
                community_id="renren", id=1, state="submitted", source="web", account="mail:a@b.cn",
                created_at=START, updated_at=START,
            )
        )  # fmt: skip
        for digest, application in (("begun", None), ("sent", 1)):
            session.add(
                JoinForm(
                    community_id="renren", digest=digest, application_id=application,
                    created_at=START, updated_at=START,
                )
            )  # fmt: skip
        session.flush()
        for number, digest in ((1, "begun"), (2, "sent")):
            session.add(
                Proof(
                    community_id="renren", id=number, form=digest, name="证.png",
                    kind="image/png", size=1, file=f"{number}", created_at=START,
                )
            )  # fmt: skip


def left_in(database: Database) -> list[int]:
    with database.read() as session:
        tables = (MailCode, SignIn, JoinForm, Proof)
        return [len(session.exec(select(table)).all()) for table in tables]


def test_what_the_pages_need_no_more_is_forgotten(
    ticks: Ticks, database: Database, clock: FakeClock, tmp_path: Path
) -> None:
    ticks = replace(ticks, proofs=tmp_path)
    leave_behind(database)
    folder = tmp_path / "renren"
    folder.mkdir()
    for name in ("1", "2"):
        (folder / name).touch()
        os.utime(folder / name, (START.timestamp(), START.timestamp()))
    ticks.prune()
    assert left_in(database) == [1, 1, 2, 2]
    clock.advance(DAY + timedelta(seconds=1))
    ticks.prune()
    assert left_in(database) == [0, 1, 2, 2]
    clock.advance(29 * DAY)
    for _ in range(2):
        ticks.prune()
        assert left_in(database) == [0, 0, 1, 1]  # what admins have before them stays with it
        assert [one.name for one in folder.iterdir()] == ["2"]
