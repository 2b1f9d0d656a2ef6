"""Who may use which command where: the whole table, cell by cell."""

import pytest

from community.errors import UserError
from community.rights import RIGHTS, ROLES, Role, role_of
from community.scene import Scene
from community.updates import Message, Sender
from handlers.framework import gate
from handlers.framework.context import Context
from handlers.framework.discovery import discover
from handlers.framework.feature import Call, Command
from matching import Analyser
from storage.queries.people import people
from tests.conversations.chat import ADMIN, GROUP, PLACES, Chat
from tests.fakes import START

# Written by hand, and not taken from the table that it checks.
# owner, admin, operator, member, guest, outsider
MAY = """
help        yes yes yes yes yes yes
covenant    yes yes yes yes yes yes
mute        yes yes yes yes yes yes
unfollow    yes yes yes yes yes yes
join        yes yes yes yes yes yes
export      yes yes yes yes yes yes
erase       yes yes yes yes yes yes
find        yes yes yes yes yes no
mine        yes yes yes yes yes no
stats       yes yes yes yes yes no
events      yes yes yes yes yes no
sign_off    yes yes yes yes yes no
review      yes yes yes yes yes no
profile     yes yes yes yes yes no
agree       yes yes yes yes yes no
quit        yes yes yes yes yes no
done        yes yes yes yes yes no
withdraw    yes yes yes yes yes no
undo        yes yes yes yes yes no
report      yes yes yes yes yes no
bind        yes yes yes yes yes no
sign_in     yes yes yes yes yes no
dues        yes yes yes yes yes no
need        yes yes yes yes no  no
offer       yes yes yes yes no  no
collect     yes yes yes yes no  no
renew       yes yes yes yes no  no
edit        yes yes yes yes no  no
follow      yes yes yes yes no  no
whois       yes yes yes yes no  no
feedback    yes yes yes yes no  no
meet        yes yes yes yes no  no
introduce   yes yes yes yes no  no
introductions yes yes yes yes no  no
sign_up     yes yes yes yes no  no
confirm     yes yes yes yes no  no
anonymous   yes yes yes yes no  no
pending     yes yes yes no  no  no
approve     yes yes yes no  no  no
reject      yes yes yes no  no  no
ask         yes yes yes no  no  no
hand_over   yes yes yes no  no  no
attendance  yes yes yes no  no  no
host        yes yes yes no  no  no
change_event yes yes yes no no no
call_off    yes yes yes no  no  no
role        yes yes no  no  no  no
remove      yes yes no  no  no  no
bar         yes yes no  no  no  no
lift        yes yes no  no  no  no
decide      yes yes no  no  no  no
unmask      yes yes no  no  no  no
"""
PRIVATE = {"export", "erase", "report", "sign_in", "unmask"}
PARTS = {
    "dues.others": "operator",
    "covenant.pending": "operator",
    "events.names": "member",
    "review.others": "operator",
    "office.numbers": "admin",
    "office.members": "admin",
    "office.posts": "admin",
    "office.settings": "admin",
    "office.audit": "admin",
    "office.health": "admin",
    "role.admin": "owner",
    "bind.others": "owner",
}
PEOPLE: dict[Role, str] = {
    "owner": ADMIN,
    "admin": "甲",
    "operator": "乙",
    "member": "丙",
    "guest": "丁",
    "outsider": "戊",
}
TABLE = {
    row.split()[0]: dict(zip(ROLES, row.split()[1:], strict=True)) for row in MAY.split("\n")[1:-1]
}
FEATURES = discover()
ALL = {one.name: one.commands[0] for one in FEATURES.all if one.commands}
COMMANDS: dict[str, Command] = {name: ALL[name] for name in TABLE if name in ALL}


@pytest.fixture
def club(chat: Chat) -> Chat:
    """One person of each role."""
    for who in PEOPLE.values():
        chat.says(who, "#帮助")
    for who, role in (("甲", "管理员"), ("乙", "运营"), ("丁", "访客")):
        chat.says(ADMIN, f"#角色 @{who} {role}")
    chat.says("戊", "#退出 确认")
    return chat


def said(scene: Scene, who: str, command: Command, group: str | None) -> str:
    """What stands in the way of the command there, "" for nothing."""
    sender = Sender(account=f"onebot:{who}", name=who)
    message = Message(
        channel="onebot:bot", key="k", time=START, group=group, message_id="m", sender=sender,
        text="",
    )  # fmt: skip
    member = people.by_account(scene.session, community_id="renren", account=sender.account)
    try:
        gate.check(Context(scene, message, member, FEATURES), Call(command, command.words[0], ""))
    except UserError as error:
        return error.text
    return ""


def test_the_table_here_and_there_have_the_same_rows() -> None:
    """A new command needs its row in community/rights.py, and here."""
    assert set(TABLE) == set(ALL)
    assert set(TABLE) | set(PARTS) == set(RIGHTS)


def test_every_role_has_its_person(club: Chat, analyser: Analyser) -> None:
    with club.database.read() as session:
        scene = Scene(session, club.settings[0], analyser, START)
        for role, who in PEOPLE.items():
            member = people.by_account(session, community_id="renren", account=f"onebot:{who}")
            assert member is not None
            assert role_of(scene, member) == role


def test_every_command_role_and_place(club: Chat, analyser: Analyser) -> None:
    cells = 0
    with club.database.read() as session:
        scene = Scene(session, club.settings[0], analyser, START)
        for name, command in COMMANDS.items():
            for role, who in PEOPLE.items():
                for place, group in PLACES.items():
                    answer = said(scene, who, command, group)
                    here = name not in PRIVATE or place == "private"
                    allowed = TABLE[name][role] == "yes" and here
                    assert (answer == "") == allowed, (name, role, place, answer)
                    cells += 1
    assert cells == len(COMMANDS) * len(ROLES) * len(PLACES)


@pytest.mark.parametrize("part", PARTS)
def test_the_parts_that_take_more(part: str) -> None:
    lowest = ROLES.index(RIGHTS[part].lowest)
    assert ROLES[lowest] == PARTS[part]
    assert [RIGHTS[part].allows(role) for role in ROLES] == [at <= lowest for at in range(6)]


@pytest.mark.parametrize("place", PLACES)
def test_a_refusal_is_one_sentence_and_changes_nothing(club: Chat, place: str) -> None:
    """Through the whole bot: each command, by the highest role that may not use it."""
    group = PLACES[place]
    for name, command in COMMANDS.items():
        role = next((role for role in ROLES if TABLE[name][role] == "no"), None)
        if role is None:
            continue
        text = f"#{command.words[-1]} M3 第1条 @丙 理由"
        answer = club.says(PEOPLE[role], text, group=group or GROUP, private=group is None)
        assert answer.startswith(("只有管理员", "你现在是访客", "你已退出「老友记」")), (
            name,
            answer,
        )
        assert "\n" not in answer
        assert len(club.sent) == 1
    assert club.says("丙", "#我的") != ""
