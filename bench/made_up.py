"""A large community that is made up: members and posts of the clauses of the judged data.

The clauses of bench/data and bench/synthetic are put together at random, so that common words are
common.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert
from sqlmodel import Session

from bot.commands.evaluate import load
from community.pool.indexing import index_members
from matching import Analyser, Analysis
from matching.evaluation import Community
from storage.database import Database
from storage.queries import communities, counters
from storage.queries.pool import postings
from storage.tables import Account, Member, Table

ROOT = Path(__file__).parent
COMMUNITY, GROUP = "large", "onebot:1"
AT_ONCE = 1_000
COMMIT = 50_000  # with each, all the pages of the index are written that were touched since
KINDS = ("need", "offer")
_POST = Table.metadata.tables["post"]


def is_filled(database: Database) -> bool:
    """An earlier run has been here."""
    with database.read() as session:
        return communities.exists(session, community_id=COMMUNITY)


@dataclass(frozen=True)
class Pool:
    """A community that is made up, and filled a thousand rows at a time."""

    database: Database
    analyser: Analyser
    now: datetime
    rng: random.Random

    def add_members(self, count: int) -> None:
        """Members with profiles like those of the judged data."""
        known = [one for part in _judged() for one in part.members]
        for ids in _parts_of(self._numbers("member", count), AT_ONCE):
            rows = [self._member(id_, self.rng.choice(known)) for id_ in ids]
            with self.database.begin() as session:
                session.add_all(rows)
                session.flush()
                session.add_all(
                    Account(community_id=COMMUNITY, address=f"onebot:{id_}", member_id=id_)
                    for id_ in ids
                )
                index_members(session, self.analyser, rows)

    def add_posts(self, count: int, *, authors: int) -> None:
        """Live posts of both kinds, indexed."""
        said = Said(self.rng)
        for many in _parts_of(self._numbers("post", count), COMMIT):
            with self.database.begin() as session:
                for ids in _parts_of(many, AT_ONCE):
                    self._add(session, {id_: said() for id_ in ids}, authors)

    def _member(self, id_: int, like: Mapping[str, Any]) -> Member:
        company, title, city, industry, bio = (
            str(like.get(name, "")) for name in ("company", "title", "city", "industry", "bio")
        )
        return Member(
            community_id=COMMUNITY,
            id=id_,
            name=f"成员{id_}",
            company=company,
            title=title,
            city=city,
            industry=industry,
            bio=bio,
            skills=list(like.get("skills", ())),
            created_at=self.now,
            updated_at=self.now,
        )

    def _add(self, session: Session, texts: Mapping[int, str], authors: int) -> None:
        """Each is read by the analyser that the bot has; objects would cost as much again."""
        rows: list[dict[str, Any]] = []
        terms: dict[str, dict[int, Mapping[str, int]]] = {kind: {} for kind in KINDS}
        for id_, text in texts.items():
            kind = self.rng.choice(KINDS)
            analysis = self.analyser.analyse(text, kind)
            terms[kind][id_] = analysis.entries
            rows.append(self._post(id_, kind, text, analysis, self.rng.randint(1, authors)))
        session.connection().execute(insert(_POST), rows)
        for kind, items in terms.items():
            postings.replace_all(session, community_id=COMMUNITY, shelf=kind, items=items)

    def _post(
        self, id_: int, kind: str, text: str, analysis: Analysis, author: int
    ) -> dict[str, Any]:
        return {
            "community_id": COMMUNITY,
            "id": id_,
            "kind": kind,
            "author_id": author,
            "text": text,
            "title": text[:20],
            "fingerprint": str(id_),
            "created_at": self.now,
            "updated_at": self.now,
            "expires_at": self.now + timedelta(days=30),
            "analysis": analysis.dump(),
            "analysis_version": self.analyser.version,
        }

    def _numbers(self, name: str, count: int) -> range:
        """So many numbers of that name that nobody has yet."""
        if count <= 0:
            return range(0)
        with self.database.begin() as session:
            first = counters.take(session, community_id=COMMUNITY, name=name, count=count)
        return range(first, first + count)


def fill(pool: Pool, posts: int, members: int) -> None:
    """The community with so many posts and members; what is there already counts."""
    with pool.database.begin() as session:
        communities.ensure(
            session, community_id=COMMUNITY, name="大群", groups=(GROUP,), now=pool.now
        )
        held = {
            name: counters.value(session, community_id=COMMUNITY, name=name)
            for name in ("member", "post")
        }
    pool.add_members(members - held["member"])
    pool.add_posts(posts - held["post"], authors=members)
    with pool.database.begin() as session:  # else the bot would look for old posts for all of them
        session.connection().execute(delete(Table.metadata.tables["fresh"]))


def _parts_of(numbers: range, size: int) -> Iterator[range]:
    return (numbers[at : at + size] for at in range(0, len(numbers), size))


class Said:
    """Something that nobody said like this before, of one to three clauses."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        posts = [str(one["text"]) for part in _judged() for one in part.posts]
        self._clauses = [clause for text in posts for clause in re.split("[，。；！？\n]", text)]
        self._clauses = [clause for clause in self._clauses if len(clause) > 3]

    def __call__(self) -> str:
        """The next one."""
        return "，".join(self._rng.sample(self._clauses, self._rng.randint(1, 3)))


def _judged() -> Sequence[Community]:
    return [*load(ROOT / "data"), *load(ROOT / "synthetic")]
