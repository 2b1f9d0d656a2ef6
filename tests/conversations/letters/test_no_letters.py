"""Who gets no letters: he asked for none, has no address, has left, or unsubscribed."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from community.due import Round
from community.errors import UserError
from community.mailing import preferences, ticking
from community.members.people import get_or_create_holder
from community.membership import standing
from community.scene import Scene
from storage.tables import Account, Member, Preference
from tests.conversations.chat import Chat
from tests.conversations.conftest import ChatMaker
from tests.conversations.letters.mailing import NINE, only_mail, until, waiting, wants


def test_nothing_comes_to_who_did_not_ask(chat: Chat) -> None:
    chat.says("小明", "#供 专业咖啡机出租")
    wants(chat, "小明")
    only_mail(chat, "小明")
    chat.says("小红", "#求 咖啡机，公司活动用")
    chat.passes(days=8)
    assert chat.letters == []


def leave(scene: Scene, member: Member) -> None:
    standing.end(scene, member=member, state="ended", actor=member)


def lose(scene: Scene, _: Member) -> None:
    scene.session.delete(scene.session.get_one(Account, ("renren", "mail:小明@x.cn")))


@pytest.mark.parametrize("happens", [leave, lose])
def test_whom_nothing_is_written_to(chat: Chat, happens: Callable[[Scene, Member], None]) -> None:
    wants(chat, "小明", digest="daily")
    chat.says("小红", "#求 租一辆面包车")
    with chat.scene() as scene:
        happens(scene, get_or_create_holder(scene, account="onebot:小明"))
    until(chat, NINE)
    assert chat.letters == []


def test_without_pages_nothing_comes(make_chat: ChatMaker) -> None:
    chat = make_chat()
    wants(chat, "小明", digest="daily")
    chat.says("小红", "#求 租一辆面包车")
    until(chat, NINE)
    assert chat.letters == []


@pytest.mark.both_databases
def test_unsubscribing_ends_it_at_once(chat: Chat) -> None:
    token = wants(chat, "小明", alerts="now", digest="daily")
    chat.says("小红", "#求 租一辆面包车")
    chat.clock.time = NINE
    with chat.database.begin() as session:
        named = {one.id: one for one in chat.settings}
        ticking.tick(Round(session, named, chat.analyser, chat.clock.now(), 200))
    assert waiting(chat) == 1
    for _ in range(2):  # the same again does no harm
        with chat.scene() as scene:
            assert preferences.unsubscribe(scene, token=token)
    assert waiting(chat) == 0  # not even what was on its way
    chat.passes(days=8)
    assert chat.letters == []
    with chat.database.read() as session:
        row = session.exec(select(Preference)).one()
    assert (row.alerts, row.digest, row.due_at) == ("off", "off", None)


@pytest.mark.both_databases
@pytest.mark.parametrize("token", ["", "falsch", "x" * 500, "\0", "张三"])
def test_a_token_of_nobody(chat: Chat, token: str) -> None:
    wants(chat, "小明", digest="daily")
    with chat.scene() as scene:
        assert preferences.by_token(scene, token=token) is None
        assert not preferences.unsubscribe(scene, token=token)


def test_no_letters_without_an_address(chat: Chat) -> None:
    chat.says("小明", "#求 一台投影仪")
    with chat.scene() as scene:
        member = get_or_create_holder(scene, account="onebot:小明")
        assert preferences.of(scene, member=member).alerts == "off"
        with pytest.raises(UserError, match="先加一个邮箱"):
            preferences.choose(scene, member=member, alerts="now", digest="off")
        with pytest.raises(UserError, match="选一种"):
            preferences.choose(scene, member=member, alerts="hourly", digest="off")
        preferences.choose(scene, member=member, alerts="off", digest="off")
