"""Mail addresses of one's own."""

import re

import pytest
from sqlmodel import select

from community.actions import Send, load_action
from community.errors import UserError
from community.members.people import get_or_create_member
from community.membership import addresses
from community.scene import Scene
from community.signing_in.codes import Asker
from storage.tables import Member, Outbox
from tests.community.conftest import NewScene

MAIL = "ming@example.com"
HE = Asker("his browser", "at home")


def code(scene: Scene, account: str = f"mail:{MAIL}") -> str:
    row = scene.session.exec(select(Outbox).where(Outbox.lane == account)).all()[-1]
    action = load_action(row.action)
    assert isinstance(action, Send)
    found = re.search(r"\d{6}", action.text)
    assert found is not None
    return found[0]


def added(scene: Scene, member: Member, typed: str = MAIL) -> str:
    account = addresses.ask(scene, member=member, typed=typed, asker=HE)
    return addresses.add(scene, member=member, account=account, asker=HE, code=code(scene, account))


def test_added_by_a_code_told_in_the_chat_and_removed(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ming = get_or_create_member(scene, account="onebot:小明", name="小明")
        account = addresses.ask(scene, member=ming, typed=f" {MAIL.upper()} ", asker=HE)
        assert addresses.add(scene, member=ming, account=account, asker=HE, code="x") == "wrong"
        assert addresses.of(scene, member=ming) == []
        assert (
            addresses.add(scene, member=ming, account=account, asker=HE, code=code(scene))
            == "right"
        )
        assert addresses.of(scene, member=ming) == [MAIL]
        assert scene.session.exec(select(Outbox).where(Outbox.lane == "onebot:小明")).all()
        with pytest.raises(UserError, match="已经加过"):
            addresses.ask(scene, member=ming, typed=MAIL, asker=HE)
        assert addresses.remove(scene, member=ming, address=MAIL)
        assert not addresses.remove(scene, member=ming, address=MAIL)


def test_an_address_of_somebody_else_is_told_to_its_owner_alone(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ming = get_or_create_member(scene, account="onebot:小明", name="小明")
        get_or_create_member(scene, account=f"mail:{MAIL}", name="小红")
        account = addresses.ask(scene, member=ming, typed=MAIL, asker=HE)
        assert addresses.add(scene, member=ming, account=account, asker=HE, code="x") == "wrong"
        with pytest.raises(UserError, match="#绑定"):
            addresses.add(scene, member=ming, account=account, asker=HE, code=code(scene))
        assert addresses.of(scene, member=ming) == []


def test_the_last_way_to_somebody_stays_and_there_are_not_too_many(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ming = get_or_create_member(scene, account=f"mail:{MAIL}", name="小明")
        with pytest.raises(UserError, match="唯一"):
            addresses.remove(scene, member=ming, address=MAIL)
        for number in range(4):
            assert added(scene, ming, f"m{number}@example.com") == "right"
        with pytest.raises(UserError, match="最多加 5 个"):
            addresses.ask(scene, member=ming, typed="more@example.com", asker=HE)
