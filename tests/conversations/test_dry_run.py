"""Trying a text against a lively community: what would happen, and nothing happens."""

import pytest
from sqlalchemy import func, select

from community.matches.dry_run import DryRun, attempt
from community.scene import Scene
from storage.tables import Table
from tests.conversations.chat import GROUP, Chat
from tests.conversations.looking_back import SKILLS

NEED = "找一位懂跨境电商、做过亚马逊运营的合伙人"


def tries(chat: Chat, text: str, kind: str = "need", group: str | None = GROUP) -> DryRun:
    with chat.database.read() as session:
        scene = Scene(session, chat.settings[0], chat.analyser, chat.clock.now())
        return attempt(scene, text=text, kind=kind, group=group)


def rows(chat: Chat) -> dict[str, int]:
    with chat.database.read() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Table.metadata.sorted_tables
        }


def lives(chat: Chat) -> None:
    for name in ("王五", "赵六", "孙七", "周八", "郑一", "冯二", "陈三"):
        chat.says(name, SKILLS)
    chat.says("赵六", "#勿扰")
    chat.says("钱九", "#订阅 亚马逊运营")
    chat.says("吴十", "#供 做过三年亚马逊运营，跨境电商找合伙人")
    chat.sits("王五", "赵六", "周八", "郑一", "冯二", "陈三", "吴十", "钱九")


def test_everybody_s_part_is_told_and_nothing_is_stored(chat: Chat) -> None:
    lives(chat)
    before = rows(chat)
    trial = tries(chat, NEED)
    assert [found.author.name for found in trial.found] == ["吴十"]
    assert [fan.member.name for fan in trial.fans] == ["钱九"]
    verdicts = {one.candidate.member.name: one.verdict for one in trial.judged}
    assert verdicts["赵六"] == "muted"
    assert verdicts["孙七"] == "absent"
    assert list(verdicts.values()).count("called") == 2
    assert set(verdicts.values()) <= {"called", "muted", "absent", "full", "tired"}
    assert "full" in verdicts.values()
    assert rows(chat) == before


def test_what_is_told_is_what_then_happens(chat: Chat) -> None:
    lives(chat)
    trial = tries(chat, NEED)
    told = [fan.member.name for fan in trial.fans]
    told += [one.candidate.member.name for one in trial.judged if one.verdict == "called"]
    reply = chat.says("张三", f"#求 {NEED}")
    assert sorted(chat.called) == sorted(told)
    assert [f"#{found.post.id} " in reply for found in trial.found] == [True]
    verdicts = {one.candidate.member.name: one.verdict for one in tries(chat, NEED).judged}
    assert [verdicts[name] for name in told[1:]] == ["tired", "tired"]


@pytest.mark.both_databases
def test_near_misses_are_told_apart(chat: Chat) -> None:
    chat.says("王五", "#供 电商代运营、短视频投流")
    trial = tries(chat, NEED)
    shown = [found.post.id for found in trial.found]
    assert shown + [post.id for post, _ in trial.posts_short] == [1]


def test_what_speaks_against_it(chat: Chat) -> None:
    chat.says("王五", "#供 北京出一台投影仪，3000 元")
    chat.says("赵六", "#名片 城市 北京 技能 投影仪")
    trial = tries(chat, "深圳求一台投影仪，预算 2000")
    assert trial.against.posts == {1: ("在北京，不是深圳", "要 3000 元，超出预算 2000")}
    assert trial.against.members[2] == ("在北京，不是深圳",)


def test_words_that_say_nothing(chat: Chat) -> None:
    lives(chat)
    trial = tries(chat, "合作")
    assert (trial.found, trial.fans, trial.judged) == ([], [], [])


def test_without_a_group_nobody_is_called(chat: Chat) -> None:
    lives(chat)
    trial = tries(chat, NEED, group=None)
    assert trial.fans == []
    assert {one.verdict for one in trial.judged} <= {"absent", "muted", "tired"}
