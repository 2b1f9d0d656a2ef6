"""Who may decide about applications, cell by cell: command, role and place."""

import pytest

from community.rights import ROLES
from storage.queries.people import memberships, people
from tests.conversations.chat import ADMIN, ADMIN_GROUP, GROUP, PLACES, Chat, account
from tests.conversations.vetting import SECRETS, applies

COMMANDS = (
    "#待审",
    "#待审 A1",
    "#补充 A1 哪个部门？",
    "#转 A1 @管理员",
    "#拒绝 A1 太笼统",
    "#通过 A2",
)
MAY = {
    "owner": True,
    "admin": True,
    "operator": True,
    "member": False,
    "guest": False,
    "outsider": False,
}
WHO = "某人"


def gives(chat: Chat, role: str) -> str:
    """Somebody of that role."""
    chat.says(ADMIN, "#帮助")
    if role == "owner":
        return ADMIN
    chat.says(WHO, "#帮助")
    with chat.database.begin() as session:
        member = people.by_account(session, community_id="renren", account=account(WHO))
        assert member is not None
        row = memberships.ensure(session, community_id="renren", member_id=member.id)
        if role == "outsider":
            row.state = "removed"
        else:
            row.role = role
    return WHO


def test_every_role_has_its_column() -> None:
    assert set(MAY) == set(ROLES)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", MAY)
def test_every_cell(chat: Chat, role: str, place: str) -> None:
    who = gives(chat, role)
    applies(chat)
    applies(chat, "小赵")
    before = len(chat.channel.done)
    for command in COMMANDS:
        group = PLACES[place]
        answer = chat.says(who, command, group=group or GROUP, private=group is None)
        allowed = not any(said in answer for said in ("只有管理员", "不再是", "移出", "已经不在"))
        assert allowed == MAY[role], (command, answer)
        if place == "group" or not MAY[role]:
            assert not any(secret in answer for secret in SECRETS), answer
    changed = [one for one in chat.channel.done[before:] if "「老友记」的申请" in str(one[0])]
    assert bool(changed) == MAY[role]
    verdict = chat.says(ADMIN, "#待审", group=ADMIN_GROUP)
    assert verdict.startswith("没有待审的申请。" if MAY[role] else "待审 2 份")
