"""From colleagues an anonymous post is hidden wherever a post can be seen."""

from datetime import timedelta

import pytest

from handlers.framework.discovery import discover
from tests.conversations.anonymity import WHO, WISH, publishes, works
from tests.conversations.chat import ADMIN, GROUP, Chat

MATE, STRANGER = "小红", "李四"
TRACES = ("#1 ", "#1「", "增长黑客", "匿名·")


def leaks(text: str) -> list[str]:
    return [one for one in TRACES if one in text]


@pytest.fixture
def posted(chat: Chat) -> Chat:
    """小明 of 腾讯 has posted #1, which fits #2 of his colleague and #3 of 李四."""
    works(chat, 小明="腾讯", 小红="腾讯科技（深圳）有限公司", 李四="阿里")
    chat.sits(WHO, STRANGER, complete=True)
    publishes(chat)
    chat.says(MATE, "#供 咨询，做过三个产品的拉新和留存", private=True)
    chat.says(STRANGER, "#供 增长咨询，做过三个产品", private=True)
    return chat


@pytest.mark.both_databases
def test_no_command_tells_a_colleague_of_it(posted: Chat) -> None:
    """Every command there is, with the number, with the words of the post, and with nothing."""
    commands = [command for feature in discover().all for command in feature.commands]
    assert leaks(posted.says(STRANGER, "#找 增长黑客", private=True))
    for word in sorted(command.words[-1] for command in commands if command.words):
        for rest in ("", " 1", " 增长"):
            posted.clock.advance(timedelta(minutes=1))
            posted.says(MATE, f"#{word}{rest}", private=rest != " 1" or word in "撤续改")
            said = "\n".join(one.text for one in posted.sent)
            assert not leaks(said.replace("没有 #1 这一条", "")), (word, rest, said)
    posted.passes(hours=25)
    assert not leaks(posted.told(MATE))
    assert posted.post().state == "active"


@pytest.mark.both_databases
def test_in_a_group_with_a_colleague_nobody_reads_of_it(posted: Chat) -> None:
    assert leaks(posted.says(STRANGER, "#找 增长黑客"))
    assert leaks(posted.says(STRANGER, "#供 增长黑客的书"))
    posted.sits(MATE, complete=False)
    assert not leaks(posted.says(STRANGER, "#找 黑客").replace("「黑客」", ""))
    assert not leaks(posted.says(STRANGER, "#供 拉新的书"))
    assert posted.says(STRANGER, "#撤 1") == posted.says(STRANGER, "#撤 999").replace("999", "1")


def test_who_becomes_a_colleague_sees_it_no_more(posted: Chat) -> None:
    assert leaks(posted.says(STRANGER, "#找 增长黑客", private=True))
    posted.passes(minutes=1)
    posted.says(STRANGER, "#名片 公司 腾讯云", private=True)
    assert "没有 #1" in posted.says(STRANGER, "#撤 1", private=True)


def test_nobody_finds_the_employer_by_trying_companies(posted: Chat) -> None:
    """Whoever changes his card sees it no more, whatever he writes there."""
    posted.passes(minutes=1)
    posted.says(STRANGER, "#名片 公司 美团", private=True)
    assert "没有 #1" in posted.says(STRANGER, "#撤 1", private=True)


def test_an_admin_who_is_a_colleague_cannot_ask_for_the_name(posted: Chat) -> None:
    posted.says(ADMIN, f"#角色 @{MATE} 管理员")
    assert "没有 #1" in posted.says(MATE, "#揭名 1 想知道是谁", private=True)


def test_without_a_company_it_is_hidden_from_nobody(chat: Chat) -> None:
    works(chat, 小明="", 小红="腾讯")
    publishes(chat, WHO, WISH)
    assert leaks(chat.says(MATE, "#找 增长黑客", private=True))


def test_colleagues_are_not_called(chat: Chat) -> None:
    works(chat, 小明="腾讯", 李四="阿里")
    chat.says(STRANGER, "#供 增长黑客咨询，做过三个产品")
    chat.says(MATE, "#供 增长黑客培训，做过三个产品", private=True)
    chat.says(MATE, "#名片 公司 腾讯", private=True)
    chat.sits(WHO, STRANGER)
    chat.passes(minutes=1)
    publishes(chat)
    assert MATE not in chat.called
    assert chat.told(MATE) == ""
    chat.passes(hours=25)
    assert "匿名" not in chat.told(MATE)
    assert GROUP == "onebot:100"
