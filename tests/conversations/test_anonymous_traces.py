"""The database alone does not tell who wrote an anonymous post; the key opens it, aloud."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import select
from sqlmodel import col

from bot.config.sections import RetentionConfig
from community.members.people import by_account
from community.membership import linking
from community.settings import AnonymousKey
from storage.database import Database
from storage.tables import Account, AnonymousAuthor, Audit, Inbox, Member, Post, Table
from tests.conversations.anonymity import WHO, WISH, publishes, told, works
from tests.conversations.chat import ADMIN, ADMIN_GROUP, GROUP, Chat, account
from tests.conversations.conftest import ChatMaker

OTHER_KEY = AnonymousKey(secret=SecretStr("y" * 32))


def rows(chat: Chat) -> Iterator[tuple[str, str]]:
    """Every row of the database, as text."""
    with chat.database.engine.connect() as connection:
        for table in Table.metadata.sorted_tables:
            for row in connection.execute(select(*table.columns)).mappings():
                yield table.name, json.dumps(dict(row), ensure_ascii=False, default=str)


def dump(chat: Chat) -> set[tuple[str, str]]:
    return set(rows(chat))


def author(chat: Chat, number: int = 1) -> AnonymousAuthor:
    with chat.database.read() as session:
        post = session.get_one(Post, ("renren", number))
        return session.get_one(AnonymousAuthor, ("renren", post.author_id))


@pytest.fixture
def posted(chat: Chat) -> Chat:
    works(chat, 小明="腾讯", 李四="阿里")
    publishes(chat)
    return chat


@pytest.mark.both_databases
def test_nothing_that_is_stored_names_him(chat: Chat) -> None:
    """Each thing that its author does, and what has changed in the whole database by it."""
    works(chat, 小明="腾讯", 李四="阿里")
    before = dump(chat)
    deeds = [
        f"#匿名 {WISH}", "发布", "#我的", "#改 1 想聊聊拉新", "#撤 1", "#撤回", "#撤 1", "#续 1",
        "#匿名 求 另一个机会", "取消", "#没用 1",
    ]  # fmt: skip
    for deed in deeds:
        chat.passes(minutes=1)
        chat.says(WHO, deed, private=True)
        new = dump(chat) - before
        assert new
        for table, row in new:
            assert WHO not in row, (deed, table, row)
            assert table not in ("account", "member") or '"active": false' in row.lower(), (
                deed,
                row,
            )
    with chat.database.read() as session:
        alias = session.scalars(
            select(Member).where(col(Member.id) == author(chat).member_id)
        ).one()
        entries = session.scalars(select(Audit).where(col(Audit.subject) == "post")).all()
        assert {(one.actor_id, one.via) for one in entries} == {(alias.id, "")}


@pytest.mark.both_databases
def test_what_he_said_is_forgotten_also_where_it_was_refused(club: Chat) -> None:
    for said in (
        "#匿名 求 " + "长" * 2_000,
        "#匿名 今天天气不错",
        "#匿名 求 换工作\n#求 茶",
        "#撤 1",
    ):
        club.says(WHO, said, private=True)
    club.recalls(club.last_id, group=None)
    club.says(WHO, "#匿名 求 换工作")  # which everybody has read
    with club.database.read() as session:
        kept = [one.update for one in session.scalars(select(Inbox)) if one.sender is not None]
        every = [one.update for one in session.scalars(select(Inbox))]
    assert [one for one in kept if "匿名" in one] == []
    assert [one for one in every if '"recalled"' in one] == []
    assert len([one for one in kept if "#撤 1" in one]) == 1  # which says nothing


def test_the_same_person_looks_like_two(posted: Chat) -> None:
    publishes(posted, text="求 另一个机会")
    first, second = author(posted), author(posted, 2)
    assert first.sealed != second.sealed
    assert first.blind == second.blind  # but that is known to the database alone
    assert len(first.sealed) == len(second.sealed)
    assert first.sealed[:12] == second.sealed[:12]  # no time in it
    assert len(first.employers) == 16  # however long the name is


@pytest.mark.both_databases
def test_breaking_the_glass(make_chat: ChatMaker) -> None:
    chat = make_chat(admins=(ADMIN, "老王"), admin_group=None)
    works(chat, 小明="腾讯", 李四="阿里")
    publishes(chat)
    assert "只能私聊用" in chat.says(ADMIN, "#揭名 1 有人举报是诈骗")
    assert "要写清楚理由" in chat.says(ADMIN, "#揭名 1", private=True)
    assert "只有管理员" in chat.says("李四", "#揭名 1 好奇是谁", private=True)
    chat.says("李四", "#求 咖啡机")
    assert chat.says(ADMIN, "#揭名 2 想知道是谁", private=True) == "#2 不是匿名发的。"
    before = dump(chat)
    answer = chat.says(ADMIN, "#揭名 1 有人举报是诈骗", private=True)
    assert answer.startswith("#1 是 小明（M1）发的。已经记下是你看的和理由")
    heard = f"管理员 {ADMIN} 查看了匿名的 #1 是谁发的，理由：有人举报是诈骗"
    assert chat.told("老王") == heard
    assert chat.told(WHO) == (
        f"管理员 {ADMIN} 查看了你匿名的 #1「想聊聊增长黑客」是谁发的，理由：有人举报是诈骗\n"
        "有异议请联系群主。"
    )
    assert chat.heard(GROUP) == ""
    assert [one.forget for one in told(chat, WHO)] == [True]
    with chat.database.read() as session:
        [entry] = session.scalars(select(Audit).where(col(Audit.verb) == "unmask"))
        assert entry.detail == {"why": "有人举报是诈骗"}
    assert [row for _, row in dump(chat) - before if WHO in row] == []


@pytest.mark.parametrize("together", [True, False])
def test_colleagues_do_not_hear_that_the_glass_was_broken(
    make_chat: ChatMaker, together: bool
) -> None:
    """For them there is no such post; whether the admins share a group or not."""
    group = ADMIN_GROUP if together else None
    chat = make_chat(admins=(ADMIN, "老王", "老张"), admin_group=group)
    works(chat, 小明="腾讯", 老王="腾讯云", 老张="阿里")
    chat.sits(WHO, "老张")
    publishes(chat)
    chat.sits(ADMIN, "老王", "老张", group=ADMIN_GROUP)
    chat.says(ADMIN, "#揭名 1 有人举报是诈骗", private=True)
    assert {one.target for one in chat.sent} == {account(one) for one in (ADMIN, WHO, "老张")}


def test_another_key_opens_nothing_and_seals_nothing(make_chat: ChatMaker) -> None:
    chat = make_chat()
    works(chat, 小明="腾讯", 李四="阿里")
    publishes(chat)
    chat.settings = tuple(one.model_copy(update={"anonymous": OTHER_KEY}) for one in chat.settings)
    chat.restarts()
    assert "匿名发布现在用不了" in chat.says("李四", "#匿名 求 换工作", private=True)
    assert "打不开" in chat.says(ADMIN, "#揭名 1 有人举报是诈骗", private=True)
    assert "没有 #1" in chat.says("李四", "#撤 1", private=True)  # it cannot be told who may see it
    assert "撤下了" in chat.says(ADMIN, "#撤 1", private=True)
    assert "还没有发布" in chat.says("李四", "#匿名 求 换工作", private=True)


@pytest.mark.both_databases
@pytest.mark.parametrize("choice", ["匿名", "全删"])
def test_who_is_erased_is_behind_nothing(posted: Chat, choice: str) -> None:
    alias = author(posted).member_id
    posted.says(WHO, "#删除我的数据", private=True)
    assert "匿名帖子（1）：\n- #1 需求 进行中" in posted.told(WHO)
    assert all(one.forget for one in told(posted, WHO)[:-1])
    code = posted.told(WHO).split("#删除我的数据 ")[1][:6]
    receipt = posted.says(WHO, f"#删除我的数据 {code} {choice}", private=True)
    assert ("帖子匿名 1 条" if choice == "匿名" else "帖子删掉 1 条") in receipt
    with posted.database.read() as session:
        kept = session.get(AnonymousAuthor, ("renren", alias))
        post = session.get(Post, ("renren", 1))
        if choice == "全删":
            assert (kept, post, session.get(Member, ("renren", alias))) == (None, None, None)
        else:
            assert kept is not None
            assert (kept.sealed, kept.blind) == ("", "")
            assert post is not None
            assert (post.state, post.author_id) == ("withdrawn", alias)
        [erased] = session.scalars(select(Audit).where(col(Audit.verb) == "erase"))
        assert erased.detail["count"] == 0


@pytest.mark.both_databases
def test_two_accounts_of_one_person_keep_what_either_posted(posted: Chat) -> None:
    posted.says("小明的小号", "#帮助", private=False)
    with posted.scene() as scene:
        old, new = (by_account(scene, account=f"onebot:{who}") for who in (WHO, "小明的小号"))
        assert old is not None
        assert new is not None
        linking.merge(scene, keep=new, gone=old)
    assert "撤下了" in posted.says("小明的小号", "#撤 1", private=True)
    assert "没有你能撤回的" not in posted.says(WHO, "#撤回", private=True)
    assert author(posted).sealed


@pytest.mark.both_databases
def test_what_is_forgotten_takes_its_author_along(posted: Chat) -> None:
    posted.says(WHO, "#撤 1", private=True)
    posted.passes(days=400)
    replace(posted.new_ticks(), retention=RetentionConfig(ended_posts_days=365)).prune()
    with posted.database.read() as session:
        assert session.scalars(select(AnonymousAuthor)).all() == []
        assert [one.name for one in session.scalars(select(Member)) if "匿名" in one.name] == []


@pytest.mark.both_databases
def test_the_moment_of_the_account_does_not_tell(posted: Chat) -> None:
    posted.passes(hours=1)
    with posted.database.read() as session:
        before = session.get_one(Account, ("renren", f"onebot:{WHO}")).seen_at
    posted.says(WHO, "#撤 1", private=True)
    with posted.database.read() as session:
        assert session.get_one(Account, ("renren", f"onebot:{WHO}")).seen_at == before
    posted.passes(hours=1)
    posted.says(WHO, "#求 咖啡机", private=True)
    with posted.database.read() as session:
        seen = session.get_one(Account, ("renren", f"onebot:{WHO}")).seen_at
    assert seen == posted.clock.now()
    assert before is not None
    assert seen - before > timedelta(hours=1)


def test_the_export_of_his_data_holds_them(posted: Chat, database: Database) -> None:
    assert database is posted.database
    posted.says(WHO, "#我的数据", private=True)
    assert "匿名帖子（1）" in posted.told(WHO)
    posted.says("李四", "#我的数据", private=True)
    assert "匿名" not in posted.told("李四")
