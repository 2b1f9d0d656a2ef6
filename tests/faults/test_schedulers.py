"""Several schedulers do what is due at the same moment, and all of it is done once."""

import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from threading import Barrier

from sqlalchemy import func
from sqlmodel import select

from bot.analyser_reload import Analysers
from bot.communities import Communities
from bot.schedule.ticks import Ticks
from community.covenant import Covenant
from community.mailing import preferences
from community.members.people import get_or_create_holder
from community.membership import probation
from community.rules import Limits
from community.scene import Scene
from community.terms import Terms
from matching import Analyser
from storage.database import Database
from storage.queries import communities
from storage.tables import Account, Outbox, Table
from tests.conversations.arriving import approved
from tests.conversations.chat import ADMIN, Chat
from tests.conversations.looking_back import SKILLS, asks_in_vain
from tests.conversations.vetting import applies
from tests.emptying import empty

SCHEDULERS = 4
TICKS: tuple[Callable[[Ticks], set[str]], ...] = (
    Ticks.index, Ticks.expire, Ticks.receive, Ticks.vet, Ticks.remind, Ticks.events,
    Ticks.look_back, Ticks.mail, Ticks.learn, Ticks.prune,
)  # fmt: skip
JUMPS = (timedelta(minutes=11), timedelta(days=1), timedelta(days=1), timedelta(days=6))
TERMS = Terms(covenant=Covenant(text="第1条 待人以诚。"), dues=True, probation=True)
WHO = ("甲", "乙", "丙", "丁", "戊")
_TOKEN = re.compile(r"[\w-]{20,}", re.ASCII)
Said = Counter[tuple[str, str]]


def lives(chat: Chat) -> None:
    """So much happens that each tick has something to do a day later."""
    chat.sits("小明", "小红", "张三", "王五", *WHO)
    chat.says("小红", "#供 代理记账")
    for who in WHO:
        chat.says(who, "#求 代理记账")
        chat.says(who, "#没用 1")
    chat.says(ADMIN, "#办活动 圆桌 时间 3月6日 14:00 地点 科技园 人数 1")
    for who in ("小明", "小红", "张三"):
        chat.says(who, "#报名 E1")
    chat.says("小明", "#取消报名 E1")
    chat.says(ADMIN, "#会费 @小明 2026-03-17")
    chat.requests_to_join("新人", "姓名：新人；公司：字节；职位：产品；城市：北京")
    applies(chat)
    chat.says("写到一半", "#申请 老友记", private=True)
    approved(chat, "来了")
    chat.joins("来了")
    asks_in_vain(chat)
    with chat.database.begin() as session:
        communities.lock(session, community_id="renren")
        scene = Scene(session, chat.settings[0], chat.analyser, chat.clock.now(), via="web")
        member = get_or_create_holder(scene, account="onebot:小明", name="小明")
        session.add(Account(community_id="renren", address="mail:a@x.cn", member_id=member.id))
        session.flush()
        preferences.choose(scene, member=member, alerts="daily", digest="daily")
        probation.begin(scene, member=member)
    chat.says("小明", "#供 咖啡机出租")
    chat.says("王五", SKILLS)
    chat.says("小红", "#求 咖啡机")


def done(database: Database, analyser: Analyser, schedulers: int) -> tuple[Said, Counter[str]]:
    """What is put out in eight days, and how many rows each table has then."""
    with closing(
        Chat(
            database, analyser, limits=Limits(posts_per_day=0), terms=TERMS,
            public_url="https://x.cn",
        )
    ) as chat:  # fmt: skip
        lives(chat)
        settings, clock = chat.settings, chat.clock
    before = sum(put_out(database).values())
    all_ = [
        Ticks(database, Communities(settings), Analysers(analyser), clock)
        for _ in range(schedulers)
    ]
    at_once = Barrier(schedulers)

    def run(ticks: Ticks) -> None:
        for tick in TICKS:
            at_once.wait()
            tick(ticks)

    with ThreadPoolExecutor(schedulers) as threads:
        for jump in JUMPS:
            clock.advance(jump)
            list(threads.map(run, all_))
    said = put_out(database)
    assert sum(said.values()) > before + 10
    return said, rows(database)


def put_out(database: Database) -> Said:
    """To whom, and in what words, but for the tokens in links."""
    with database.read() as session:
        found = session.exec(select(Outbox.lane, Outbox.action)).all()
    return Counter((lane, _TOKEN.sub("…", action)) for lane, action in found)


def rows(database: Database) -> Counter[str]:
    with database.read() as session:
        return Counter(
            {
                table.name: session.scalar(select(func.count()).select_from(table)) or 0
                for table in Table.metadata.sorted_tables
            }
        )


def test_all_that_is_due_is_done_once(database: Database, analyser: Analyser) -> None:
    alone = done(database, analyser, 1)
    empty(database)
    together = done(database, analyser, SCHEDULERS)
    assert together[0] - alone[0] == alone[0] - together[0] == Counter()
    assert together[1] == alone[1]
    assert not {"lesson", "tip", "chore", "arrival"} - set(+alone[1])
