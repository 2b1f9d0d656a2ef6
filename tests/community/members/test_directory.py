"""Who is meant by a name."""

import pytest

from community.members.directory import find
from tests.community.conftest import NewScene
from tests.community.people import member


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("张三", [1, 2]),
        ("張三", [1, 2]),
        ("张三丰", [3]),
        ("老周", [4]),
        ("博锐猎头", [4]),
        ("老周-博锐猎头-CEO", [4]),
        ("LI", [5]),
        ("li lei", [5]),
        ("李", [6]),
        ("三", [1, 2, 3]),
        ("王五", []),
        ("", []),
        ("赵六", []),
        ("%", []),
    ],
)
def test_finds(scene_in: NewScene, name: str, expected: list[int]) -> None:
    with scene_in() as scene:
        member(scene, "甲").name = "张三"
        member(scene, "乙", group_nickname="张三-拾光-产品").name = ""
        member(scene, "丙").name = "张三丰"
        member(scene, "丁", group_nickname="老周-博锐猎头-CEO").name = "周海波"
        member(scene, "戊").name = "Li Lei"
        member(scene, "己").name = "李雷"
        member(scene, "庚", active=False).name = "赵六"
        scene.session.flush()
        assert [one.id for one in find(scene, name=name).members] == expected


def test_many_of_a_name_are_counted(scene_in: NewScene) -> None:
    with scene_in() as scene:
        for place in range(12):
            member(scene, f"张{place}号")
        scene.session.flush()
        found = find(scene, name="张", limit=5)
        assert (len(found.members), found.total) == (5, 12)
