"""Whatever happens to posts, in any order: what is found is what is live here, and no more."""

import contextlib
import random
import re

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from community.pool.indexing import index_post, significant_words
from community.pool.search import ranked
from community.scene import Scene
from storage.tables import Post
from tests.conversations.chat import GROUP, OTHER_GROUP, Chat
from tests.conversations.conftest import ChatMaker

pytestmark = pytest.mark.both_databases

WHO = ("甲甲", "乙乙", "丙丙")
THINGS = ("投影仪", "咖啡机", "办公桌", "打印机")
STEPS = 40


class CrashError(Exception):
    """The process dies before the commit."""


def step(rng: random.Random, chats: list[Chat]) -> None:
    """Something happens, seen by one of the processes."""
    chat, who, thing = rng.choice(chats), rng.choice(WHO), rng.choice(THINGS)
    group = rng.choice((GROUP, GROUP, OTHER_GROUP))
    number = rng.randint(1, 8)
    match rng.randint(0, 12):
        case 0 | 1 | 2:
            chat.says(who, f"#求 一台{thing}，{rng.choice(THINGS)}也行", group=group)
        case 3 | 4:
            chat.says(who, f"#供 {thing}一台", group=group)
        case 5:
            chat.says(who, f"#改 {number} 换成{thing}了", group=group)
        case 6:
            chat.says(who, rng.choice((f"#搞定 {number}", f"#撤 {number}")), group=group)
        case 7:
            chat.says(who, f"#续 {number}", group=group)
        case 8:
            chat.says(who, "#撤回", group=group)
        case 9:
            chat.passes(days=rng.choice((0.1, 3, 8)))
            for other in chats:
                other.clock.time = chat.clock.time
        case 10:
            _forgets(chat) if rng.random() < 0.5 else chat.restarts()
        case 11:
            _crashes(chat, thing)
        case 12:
            _erases(chat, who, rng.choice(("匿名", "全删")))


def _forgets(chat: Chat) -> None:
    """A new version reads texts differently: everything is put into the index anew."""
    with chat.database.begin() as session:
        session.execute(update(Post).values(analysis_version=""))
    chat.passes(minutes=1)


def _crashes(chat: Chat, thing: str) -> None:
    """Everything was changed and put into the index, and then the process died."""
    with contextlib.suppress(CrashError), chat.scene() as scene:
        here = select(Post).where(Post.community_id == scene.community_id)
        for post in list(scene.session.exec(here)):
            post.text, post.state = f"求{thing}", "active"
            index_post(scene, post)
        scene.session.flush()
        raise CrashError


def _erases(chat: Chat, who: str, choice: str) -> None:
    asked = chat.says(who, "#删除我的数据", private=True)
    if asked:  # who is not known gets no answer
        code = re.search(rf"#删除我的数据 (?:\S+ )?\d{{6}} {choice}", asked)
        assert code is not None, asked
        assert "已经删除" in chat.says(who, code[0], private=True)


def check(chat: Chat) -> int:
    """Each word finds the live posts of the community that have it, and no other; how many."""
    count = 0
    with chat.database.read() as session:
        for settings in chat.settings:
            scene = Scene(session, settings, chat.analyser, chat.clock.now())
            live = select(Post).where(
                Post.community_id == settings.id,
                Post.state == "active",
                col(Post.expires_at) > chat.clock.now(),
            )
            held = list(session.exec(live))
            for kind in ("need", "offer"):
                for thing in THINGS:
                    query = scene.analyser.analyse(thing)
                    assert significant_words(query)
                    found = {one.id for one in ranked(scene, query=query, shelf=kind)}
                    meant = {one.id for one in held if one.kind == kind and thing in one.text}
                    every = {one.id for one in held if one.kind == kind}
                    assert meant <= found <= every, (settings.id, kind, thing)
                    count += len(found)
    return count


@pytest.mark.parametrize("seed", [1])
def test_what_is_found_is_what_is_live(make_chat: ChatMaker, seed: int) -> None:
    rng = random.Random(seed)
    chats = [make_chat(limits=None), make_chat(limits=None)]
    chats[1]._count = 100_000  # another process gets other messages
    found = 0
    for _ in range(STEPS):
        step(rng, chats)
        step(rng, chats)
        found += check(rng.choice(chats))
    assert found > STEPS
    chats[0].passes(days=200)
    assert check(chats[0]) == 0
