"""laoyou import members: what members have set themselves since the last time."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from matching import Analyser
from storage.database import Database
from storage.queries.people import members as queries
from tests.commands.conftest import Laoyou
from tests.commands.importing import BOTH, CSV, members
from tests.conversations.chat import Chat

CLUB = 'communities:\n  - {id: renren, name: 老友记, groups: ["onebot:100"]}\n'
KEPT = (
    "有 1 位成员自己填过的内容和名册不一样，保留本人的：公司 1 位。"
    "要改成名册上的，加 --overwrite 再导入。\n"
)
NOTHING_NEW = "新增 0 位，更新 0 位，不变 2 位。"
HIS = [("张三", "远帆", "onebot:10001"), BOTH[1]]


@pytest.fixture
def chat(laoyou: Laoyou, folder: Path, analyser: Analyser) -> Iterator[Chat]:
    """The group of those on the roster, where the first one changes his company."""
    (folder / "m.csv").write_text(CSV, encoding="utf-8")
    laoyou("import", "members", "m.csv", config=CLUB)
    with (
        closing(Database("sqlite:///data/laoyou.db")) as database,
        closing(Chat(database, analyser)) as chat,
    ):
        assert chat.says("10001", "#名片 公司 远帆").startswith("已更新：公司。")
        yield chat


def own(chat: Chat) -> list[list[str]]:
    """What each of them has set himself."""
    with chat.scene() as scene:
        return [one.own for one in queries.everyone(scene.session, community_id="renren")]


def test_what_a_member_set_himself_stays_and_is_told(laoyou: Laoyou, chat: Chat) -> None:
    assert laoyou("import", "members", "m.csv").out == f"导入完成：{NOTHING_NEW}\n{KEPT}"
    assert members() == HIS
    assert own(chat) == [["company"], []]


def test_the_roster_may_overwrite_it(laoyou: Laoyou, chat: Chat) -> None:
    taken = laoyou("import", "members", "m.csv", "--overwrite")
    assert taken.out == "导入完成：新增 0 位，更新 1 位，不变 1 位。\n"
    assert (members(), own(chat)) == (BOTH, [[], []])
    assert laoyou("import", "members", "m.csv").out == f"导入完成：{NOTHING_NEW}\n"


def test_a_dry_run_tells_of_it(laoyou: Laoyou, folder: Path, chat: Chat) -> None:
    before = (folder / "data" / "laoyou.db").read_bytes()
    dry = laoyou("import", "members", "m.csv", "--dry-run")
    assert dry.out == (
        "第 2 行 不变 张三（成员 1）\n"
        "    公司：远帆（本人填的，不改成 拾光科技）\n"
        "第 3 行 不变 李四（成员 2）\n"
        f"试运行：{NOTHING_NEW}什么也没有改动。\n{KEPT}"
    )
    dry = laoyou("import", "members", "m.csv", "--dry-run", "--overwrite")
    assert dry.out == (
        "第 2 行 更新 张三（成员 1）\n"
        "    公司：远帆 → 拾光科技\n"
        "第 3 行 不变 李四（成员 2）\n"
        "试运行：新增 0 位，更新 1 位，不变 1 位。什么也没有改动。\n"
    )
    assert (members(), own(chat)) == (HIS, [["company"], []])
    assert (folder / "data" / "laoyou.db").read_bytes() == before


def test_members_and_fields_are_counted(laoyou: Laoyou, folder: Path, chat: Chat) -> None:
    chat.says("10001", "#名片 姓名 张老三 技能 清空")
    chat.says("10002", "#名片 公司 清空 城市 北京")
    rows = ("姓名,QQ,公司,技能", "张三,10001,拾光科技,剪辑", "李四,10002,蓝桨科技,", "王五,10003,,")
    (folder / "m.csv").write_text("\n".join(rows), encoding="utf-8")
    assert laoyou("import", "members", "m.csv").out == (
        "导入完成：新增 1 位，更新 0 位，不变 2 位。\n"
        "有 2 位成员自己填过的内容和名册不一样，保留本人的：姓名 1 位、公司 2 位、技能 1 位。"
        "要改成名册上的，加 --overwrite 再导入。\n"
    )
    assert members()[:2] == [("张老三", "远帆", "onebot:10001"), ("李四", "", "onebot:10002")]
