"""Whatever members and admins do to each other, in whatever order, some things always hold."""

import random

import pytest
from sqlmodel import select

from community.covenant import Covenant
from community.rights import ROLES, role_of
from community.scene import Scene
from community.terms import Terms
from storage.tables import Member, Membership, Post
from tests.conversations.chat import ADMIN, Chat
from tests.conversations.conftest import ChatMaker

pytestmark = pytest.mark.both_databases

WHO = ("甲甲", "乙乙", "丙丙", "丁丁")
TROUBLE = "出了点问题"


def deed(rng: random.Random, codes: list[str]) -> tuple[str, str, bool]:
    """Who says what, and whether in private."""
    if rng.random() < 0.2:
        return ADMIN, f"#解除 @{rng.choice(WHO)}", False
    who, other = rng.sample((*WHO, ADMIN, ADMIN), 2)
    said = rng.choice(
        [
            "#求 一台投影仪" + "新" * rng.randint(0, 3),
            "#供 一台投影仪",
            "#退出 确认",
            "#同意",
            "#公约 未同意",
            "#绑定",
            "#绑定",
            f"#绑定 {codes[-1]}",
            f"#角色 @{other} {rng.choice(['管理员', '运营', '成员', '访客'])}",
            f"#移除 @{other} 第1条 吵架",
            f"#拉黑 @{other} 第1条 诈骗",
            f"#解除 @{other}",
            f"#会费 @{other} 2026-04-01",
            f"#到场 @{other}",
            f"#举报 第1条 @{other} 吵架",
            f"#处理 R{rng.randint(1, 3)} 成立 提醒过了",
            f"#搞定 {rng.randint(1, 5)} @{other}",
            "#删除我的数据",
            f"#删除我的数据 {codes[-1]} {rng.choice(['匿名', '全删'])}",
        ]
    )
    return who, said, rng.random() < 0.5 or "数据" in said or "绑定" in said


def holds(chat: Chat) -> None:
    """Nobody outside has anything in the pool, is found, or holds a role; roles are known."""
    with chat.database.read() as session:
        scene = Scene(session, chat.settings[0], chat.analyser, chat.clock.now())
        live = set(session.exec(select(Post.author_id).where(Post.state == "active")))
        for member in session.exec(select(Member)):
            role = role_of(scene, member)
            assert role in ROLES
            if role == "outsider":
                assert not member.active
                assert member.id not in live
        for row in session.exec(select(Membership)):
            assert row.state in ("active", "ended", "removed", "nobody")
            assert row.role == "member" or row.state == "active"


@pytest.mark.parametrize("seed", range(2))
def test_any_course_of_events(make_chat: ChatMaker, seed: int) -> None:
    rng, codes = random.Random(seed), ["000000"]
    chat = make_chat(terms=Terms(covenant=Covenant("第1条 好好说话"), dues=True, probation=True))
    for step in range(80):
        who, said, private = deed(rng, codes)
        answer = chat.says(who, said, private=private)
        assert TROUBLE not in answer, (step, who, said)
        words = answer.replace("：", " ").split()
        if said == "#绑定" and "\n#绑定" in answer:
            other = chat.says(rng.choice(WHO), answer.split("\n")[1], private=True)
            assert TROUBLE not in other, (step, other)
        codes += [word for word in words if len(word) == 6 and word.isdigit()]
        if rng.random() < 0.1:
            chat.passes(days=rng.randint(1, 9))
            assert all(TROUBLE not in send.text for send in chat.sent)
    holds(chat)
