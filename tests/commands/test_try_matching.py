"""laoyou matching try: what would happen to a text, and why."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from community.members import profiles
from community.members.people import get_or_create_member
from community.posts.publishing import publish
from community.scene import Scene
from community.settings import Settings
from matching import Analyser
from storage.database import Database
from storage.queries import communities
from tests.commands.conftest import Laoyou

CONFIG = """
communities:
  - id: renren
    name: 老友记
    groups: ["onebot:100"]
  - id: other
    name: 别家
    groups: ["onebot:200"]
"""
NEED = "找一位懂跨境电商、做过亚马逊运营的合伙人"


def fill(analyser: Analyser) -> None:
    """One who offers, one whose profile fits, one who wants to be left alone."""
    with closing(Database("sqlite:///data/laoyou.db")) as database, database.begin() as session:
        now = datetime.now(UTC)
        communities.ensure(
            session, community_id="renren", name="老友记", groups=("onebot:100",), now=now
        )
        settings = Settings(id="renren", name="老友记", groups=("onebot:100",))
        scene = Scene(session, settings, analyser, now)
        for name in ("王五", "赵六"):
            member = get_or_create_member(scene, account=f"onebot:{name}", name=name)
            profiles.update(scene, member=member, values={"skills": "跨境电商、亚马逊运营"})
        profiles.mute(scene, member=member, muted=True)
        author = get_or_create_member(scene, account="onebot:吴十", name="吴十")
        publish(scene, author=author, kind="offer", text="做过三年亚马逊运营，跨境电商找合伙人")
        publish(scene, author=author, kind="offer", text="北京出一台投影仪，3000 元")


def test_posts_and_people_with_their_reasons(laoyou: Laoyou, analyser: Analyser) -> None:
    laoyou("db", "upgrade", config=CONFIG)
    fill(analyser)
    outcome = laoyou("matching", "try", NEED, "--kind", "need", "--community", "renren")
    assert (outcome.status, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert lines[0] == f"老友记 需求：{NEED}"
    assert lines[1].startswith("关键词：跨境电商、")
    assert lines[2] == "会列出："
    assert lines[3].startswith("  #1 吴十：做过三年亚马逊运营")
    assert "· 把握 " in lines[3]
    assert "· 因为：跨境电商" in lines[3]
    assert lines[4] == "在 onebot:100 里 @："
    said = {line.split()[0]: line for line in lines[5:]}
    assert said["吴十"].startswith("  吴十 会，在 #1 那一行 · 把握 ")
    assert said["王五"].startswith("  王五 会 · 把握 ")
    assert "跨境电商（技能）" in said["王五"]
    assert said["赵六"].startswith("  赵六 不会，开了勿扰 · 把握 ")


def test_what_speaks_against_it(laoyou: Laoyou, analyser: Analyser) -> None:
    laoyou("db", "upgrade", config=CONFIG)
    fill(analyser)
    text = "深圳求一台投影仪，预算 2000"
    outcome = laoyou("matching", "try", text, "--kind", "need", "--community", "renren")
    (line,) = [line for line in outcome.out.splitlines() if line.startswith("  #2 ")]
    assert line.endswith(" · 但：在北京，不是深圳；要 3000 元，超出预算 2000")


def test_nothing_fits(laoyou: Laoyou, analyser: Analyser) -> None:
    laoyou("db", "upgrade", config=CONFIG)
    fill(analyser)
    outcome = laoyou("matching", "try", "养一只猫", "--kind", "offer", "--community", "renren")
    assert outcome.out.splitlines()[2:] == ["没有可列的帖子", "没有可 @ 的人"]


def test_which_community(laoyou: Laoyou) -> None:
    outcome = laoyou("matching", "try", "会计", "--kind", "need", config=CONFIG)
    assert (outcome.status, outcome.err) == (
        2,
        "有几个社群，请用 --community 写明是哪一个：renren、other\n",
    )
    outcome = laoyou("matching", "try", "会计", "--kind", "need", "--community", "none")
    assert (outcome.status, outcome.err) == (2, "没有社群 none，可以写：renren、other\n")


def test_a_database_that_is_not_there_is_not_made(laoyou: Laoyou, folder: Path) -> None:
    outcome = laoyou(
        "matching", "try", "会计", "--kind", "need", "--community", "renren", config=CONFIG
    )
    assert outcome.status == 1
    assert outcome.err == "还没有数据库：先运行 laoyou run 或 laoyou import members\n"
    assert not (folder / "data").exists()
