"""The search index follows the operator's words, also where two processes see to that."""

from dataclasses import replace
from pathlib import Path

from sqlmodel import select

from bot.analyser_reload import Analysers
from bot.schedule.steps import Steps
from bot.schedule.ticks import Ticks
from storage.database import Database
from storage.tables import Follow, Member
from tests.fakes import START

MANY = 50  # more than one step takes


def versions(database: Database) -> set[str]:
    with database.read() as session:
        return set(session.exec(select(Follow.analysis_version)))


def test_words_that_change_meanwhile_are_taken_up_by_both(ticks: Ticks, tmp_path: Path) -> None:
    """Else each would undo what the other has done, again and again."""
    with ticks.database.begin() as session:
        session.add(Member(community_id="renren", id=1, created_at=START, updated_at=START))
        session.flush()
        session.add_all(
            Follow(
                community_id="renren", id=number, member_id=1, keyword="宫灯", term="",
                created_at=START,
            )
            for number in range(MANY)
        )  # fmt: skip
    folder = tmp_path / "lexicon"
    one, other = (replace(ticks, analysers=Analysers.from_folder(folder)) for _ in range(2))
    before = other.analysers.current.version

    def between_steps() -> bool:
        if not folder.exists():
            assert before in versions(ticks.database)
            folder.mkdir()
            (folder / "ours.yaml").write_text("灯笼: 宫灯", encoding="utf-8")
            one.index()
        return False

    replace(other, steps=Steps(busy=between_steps)).index()
    assert versions(ticks.database) == {one.analysers.current.version} != {before}
