"""What the doctor says of communities that only the database knows."""

from tests.commands.conftest import Laoyou
from tests.commands.importing import CSV

CLUB = "communities:\n  - {{id: {}, name: 甲, groups: ['onebot:2']}}\n"
MORE = "  - {id: more, name: 乙}\n"


def said(laoyou: Laoyou, config: str) -> list[str]:
    lines = laoyou("doctor", config=config).out.splitlines()
    return [line for line in lines if line[2:].startswith("社群：")]


def imported(laoyou: Laoyou, roster: str, config: str, community: str) -> None:
    with open("m.csv", "w", encoding="utf-8") as file:
        file.write(roster)
    assert laoyou("import", "members", "m.csv", "--community", community, config=config).status == 0


def test_another_id_than_before(laoyou: Laoyou) -> None:
    imported(laoyou, CSV, CLUB.format("club"), "club")
    assert said(laoyou, CLUB.format("club")) == []
    assert said(laoyou, CLUB.format("Club")) == [
        "✗ 社群：数据库里有 club（2 位成员），配置里没有；配置里的 Club 还没有成员"
        " → id 写得和数据库里不一样的，改回来"
    ]


def test_one_that_has_come_to_its_end(laoyou: Laoyou) -> None:
    imported(laoyou, CSV, CLUB.format("club") + MORE, "club")
    imported(laoyou, CSV, CLUB.format("club") + MORE, "more")
    assert said(laoyou, CLUB.format("club")) == [
        "✓ 社群：数据库里还有 more（2 位成员），配置里没有，机器人不管它（如果改过 id，请改回来）"
    ]


def test_one_that_begins_when_another_has_ended(laoyou: Laoyou) -> None:
    both = CLUB.format("club") + MORE
    imported(laoyou, CSV, both, "club")
    imported(laoyou, CSV, both, "more")
    assert said(laoyou, CLUB.format("club") + "  - {id: fresh, name: 丙}\n") == [
        "✓ 社群：数据库里有 more（2 位成员），配置里没有；配置里的 fresh 还没有成员"
        "（id 写得和数据库里不一样的，改回来）"
    ]


def test_who_tried_the_bot_by_hand_does_not_count(laoyou: Laoyou) -> None:
    imported(laoyou, "账号,姓名\nconsole:张三,张三\n", CLUB.format("trial"), "trial")
    assert said(laoyou, CLUB.format("club")) == []


def test_a_backup_of_a_community_with_another_id(laoyou: Laoyou) -> None:
    imported(laoyou, CSV, CLUB.format("club"), "club")
    laoyou("backup", "all.zip")
    there = "database: sqlite:///there/x.db\n"
    restored = laoyou("restore", "all.zip", config=there + CLUB.format("other")).out
    assert restored.splitlines()[1:] == ["配置文件里还没有社群 club：加上它，机器人才会管。"]
