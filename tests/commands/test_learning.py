"""laoyou matching report, learn, refit and rollback."""

import json
from contextlib import closing
from datetime import UTC, datetime

import pytest

from community.learning import labels
from community.members import profiles
from community.members.people import get_or_create_member
from community.posts.publishing import publish
from community.scene import Scene
from community.settings import Settings
from matching import Analyser
from storage.database import Database
from storage.queries import communities
from storage.queries.pool import matches, posts
from storage.tables import Match
from tests.commands.conftest import Laoyou
from tests.community.learning.telling import say

CONFIG = "communities:\n  - {id: renren, name: 老友记, groups: ['onebot:100']}\n"


@pytest.fixture
def annoyed(laoyou: Laoyou, analyser: Analyser) -> None:
    """A community in which six people were told of the wrong member."""
    laoyou("db", "upgrade", config=CONFIG)
    settings = Settings(id="renren", name="老友记", groups=("onebot:100",))
    with closing(Database("sqlite:///data/laoyou.db")) as database, database.begin() as session:
        now = datetime.now(UTC)
        communities.ensure(
            session, community_id="renren", name="老友记", groups=settings.groups, now=now
        )
        scene = Scene(session, settings, analyser, now)
        able = get_or_create_member(scene, account="onebot:able", name="王五")
        profiles.update(scene, member=able, values={"skills": "代理记账、报税"})
        for number in range(6):
            who = get_or_create_member(scene, account=f"onebot:{number}", name=str(number))
            publish(scene, author=who, kind="need", text="代理记账", source_group="onebot:100")
            session.flush()
            wrong = [one for one in labels.recent(scene, who) if one.target_member_id]
            wrong = wrong or _unshown(scene, who.id)
            labels.record(scene, found=wrong, by=who, good=False)


def _unshown(scene: Scene, author: int) -> list[Match]:
    """The member's budget is used up; the match is stored all the same."""
    (post,) = posts.by_author(
        scene.session, community_id=scene.community_id, author_id=author, state="active"
    )
    return matches.of_post(scene.session, community_id=scene.community_id, post_id=post.id)


@pytest.mark.usefixtures("annoyed")
def test_the_report(laoyou: Laoyou) -> None:
    outcome = laoyou("matching", "report", "--json")
    assert (outcome.status, outcome.err) == (0, "")
    found = json.loads(outcome.out)
    assert found["labels"] == {"good": 0, "bad": 6, "precision": 0.0}
    assert found["by_source"] == {"said": found["labels"]}
    assert found["by_rule"] == {"skills": found["labels"]}
    assert list(found["by_version"].values()) == [found["labels"]]
    assert found["by_word"] == [{"word": "代理记账", **found["labels"], "people": 6, "weight": 1.0}]
    assert found["matches"] == {"stored": 6, "shown": 6}  # in a letter where not by a call
    assert found["lesson"] is found["weights"] is found["last_refit"] is None
    told = laoyou("matching", "report").out
    assert told.startswith(
        "老友记：存有 6 条匹配，给人看过 6 条；还没有学过\n"
        "打分的权重：出厂的\n反馈 6 条，准的占 0%\n"
    )
    for part in ("说的（有用、没用）", "技能", "代理记账"):
        assert part in told


@pytest.mark.usefixtures("annoyed")
def test_learning_and_going_back(laoyou: Laoyou) -> None:
    tried = laoyou("matching", "learn", "--dry-run").out
    assert tried == "会这样改（没有保存）：\n  代理记账：1.00 → 0.75\n"
    assert laoyou("matching", "learn", "--dry-run").out == tried
    assert laoyou("matching", "learn").out == "学好了，第 1 版：\n  代理记账：1.00 → 0.75\n"
    assert laoyou("matching", "learn").out == "学好了，第 2 版：\n  代理记账：0.75 → 0.62\n"
    assert laoyou("matching", "learn").out == "没有要改的：反馈还不够，或者已经学过了。\n"
    assert "权重是第 2 版" in laoyou("matching", "report").out
    assert laoyou("matching", "rollback").out == "退回到第 1 版：\n  代理记账：0.62 → 0.75\n"
    assert laoyou("matching", "rollback").out == "退回到最初：\n  代理记账：0.75 → 1.00\n"
    outcome = laoyou("matching", "rollback")
    assert (outcome.status, outcome.out) == (1, "还没有学过什么，没有可以退回的。\n")
    assert laoyou("matching", "learn").out.startswith("没有要改的")


def test_nothing_was_said_yet(laoyou: Laoyou) -> None:
    laoyou("db", "upgrade", config=CONFIG)
    assert laoyou("matching", "report").out == (
        "老友记：存有 0 条匹配，给人看过 0 条；还没有学过\n打分的权重：出厂的\n还没有反馈。\n"
    )
    assert json.loads(laoyou("matching", "report", "--json").out)["labels"] == {"good": 0, "bad": 0}


@pytest.fixture
def telling(annoyed: None, analyser: Analyser) -> None:  # noqa: ARG001
    """Twelve people with a taste have said so, often enough."""
    settings = Settings(id="renren", name="老友记", groups=("onebot:100",))
    with closing(Database("sqlite:///data/laoyou.db")) as database, database.begin() as session:
        scene = Scene(session, settings, analyser, datetime.now(UTC))
        say(scene, 240, first=100)


@pytest.mark.usefixtures("annoyed")
def test_too_few_labels_for_weights(laoyou: Laoyou) -> None:
    told = laoyou("matching", "refit", "--try").out
    assert told.startswith("没有试：可用的反馈 6 条，其中新的 6 条。要有新的，至少 100 条、8 个人")
    assert laoyou("matching", "refit").out == told
    assert laoyou("matching", "rollback", "--only", "weights").status == 1


@pytest.mark.usefixtures("telling")
def test_weights_of_its_own_and_back(laoyou: Laoyou) -> None:
    tried = laoyou("matching", "refit", "--try").out
    assert tried.startswith("用 246 条反馈试了，没参加训练的反馈上的损失：\n  方向：")
    assert "会这样挪（没有保存）：\n  帖子：起点 " in tried
    assert "same_city +1.50" in tried
    assert "打分的权重：出厂的" in laoyou("matching", "report").out
    assert "\n挪了：\n" in laoyou("matching", "refit").out
    assert laoyou("matching", "refit").out.startswith("没有试：可用的反馈 246 条，其中新的 0 条")
    today = datetime.now(UTC).date()
    told = laoyou("matching", "report").out
    assert f"打分的权重：自己的第 1 版，{today}，246 条反馈\n  帖子：起点 " in told
    held = json.loads(laoyou("matching", "report", "--json").out)["weights"]
    assert (held["number"], held["labels"], held["date"]) == (1, 246, str(today))
    assert held["shifts"]["post"]["same_city"] == 1.5
    laoyou("matching", "learn")
    assert laoyou("matching", "rollback").out.startswith("退回到最初：")  # the words came last
    told = "打分的权重第 1 版退掉了，现在用出厂的；做它用过的反馈不再算。\n"
    assert laoyou("matching", "rollback").out == told
    told = laoyou("matching", "report").out
    assert f"最近一次试：第 1 版，{today}，246 条反馈，已退回\n" in told
    assert laoyou("matching", "refit").out.startswith("没有试：可用的反馈 0 条")


@pytest.mark.parametrize("command", ["report", "learn", "refit", "rollback"])
def test_an_unknown_community(laoyou: Laoyou, command: str) -> None:
    outcome = laoyou("matching", command, "--community", "x", config=CONFIG)
    assert (outcome.status, outcome.err) == (2, "没有社群 x，可以写：renren\n")
