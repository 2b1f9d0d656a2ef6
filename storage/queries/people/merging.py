"""Making two members one: every row of the second becomes one of the first."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Table as SqlTable
from sqlalchemy import and_, delete, func, or_, select, update
from sqlmodel import Session

from storage.tables import Table

# Columns that name a member without being a foreign key.
_PLAIN: Final = (
    ("post", "collected_by"),
    ("event", "created_by"),
    ("application", "handled_by"),
    ("application", "assigned_to"),
    ("audit", "actor_id"),
    ("mark", "member_id"),
    ("mark", "by_id"),
    ("report", "decided_by"),
)


@dataclass(frozen=True)
class _Change:
    """One id that takes the place of another in a community."""

    session: Session
    community_id: str
    old: int
    new: int

    def replace(self, table: SqlTable, column: str) -> None:
        """In every row."""
        mine = and_(table.c.community_id == self.community_id, table.c[column] == self.old)
        self.session.execute(update(table).where(mine).values({column: self.new}))

    def replace_in_lists(self, table: SqlTable, column: str) -> None:
        """Where ids stand in a list; the new one is in it once."""
        here = table.c.community_id == self.community_id
        for number, ids in self.session.execute(select(table.c.id, table.c[column]).where(here)):
            if self.old in ids:
                kept = list(dict.fromkeys(self.new if id_ == self.old else id_ for id_ in ids))
                row = and_(here, table.c.id == number)
                self.session.execute(update(table).where(row).values({column: kept}))

    def drop_doubles(self, table: SqlTable, column: str) -> None:
        """Rows that the new one has already, as far as the rest of the key goes."""
        others = [one for one in table.primary_key.columns if one.name != column]
        for values in self._keys(table, column, self.old) & self._keys(table, column, self.new):
            same = [one == value for one, value in zip(others, values, strict=True)]
            self.session.execute(delete(table).where(*same, table.c[column] == self.old))

    def _keys(self, table: SqlTable, column: str, member_id: int) -> set[tuple[Any, ...]]:
        """What the keys of the member's rows hold beside him."""
        others = [one for one in table.primary_key.columns if one.name != column]
        held = and_(table.c.community_id == self.community_id, table.c[column] == member_id)
        return {tuple(row) for row in self.session.execute(select(*others).where(held))}


def hand_over(session: Session, *, community_id: str, old: int, new: int) -> None:
    """Put the new member's id wherever the old one's stands; nothing of the member row itself."""
    change = _Change(session, community_id, old, new)
    for table, column in _keys():
        if table.c[column].primary_key:
            change.drop_doubles(table, column)
        change.replace(table, column)
    tables = Table.metadata.tables
    for name, column in _PLAIN:
        change.replace(tables[name], column)
    change.replace_in_lists(tables["application"], "approvals")
    audit = tables["audit"]
    about = and_(audit.c.community_id == community_id, audit.c.subject == "member")
    statement = update(audit).where(about, audit.c.subject_id == old)
    session.execute(statement.values(subject_id=new))


def drop_own_thanks(session: Session, *, community_id: str, member_id: int) -> None:
    """Nobody is thanked for helping himself, which he may have done by his other account."""
    credit, post = Table.metadata.tables["credit"], Table.metadata.tables["post"]
    own = select(post.c.id).where(
        post.c.community_id == community_id, post.c.author_id == member_id
    )
    mine = and_(credit.c.community_id == community_id, credit.c.helper_id == member_id)
    session.execute(delete(credit).where(mine, credit.c.post_id.in_(own)))


def drop_own_links(session: Session, *, community_id: str, member_id: int) -> None:
    """Nobody fits a post of his own, nor has somebody else kept it for him."""
    post = Table.metadata.tables["post"]
    his = and_(post.c.community_id == community_id, post.c.author_id == member_id)
    own = select(post.c.id).where(his)
    for name in ("match", "tip", "label"):
        row = Table.metadata.tables[name].c
        himself = or_(row.target_member_id == member_id, row.target_post_id.in_(own))
        here = and_(row.community_id == community_id, row.post_id.in_(own))
        session.execute(delete(Table.metadata.tables[name]).where(here, himself))
    by_himself = and_(his, post.c.collected_by == member_id)
    session.execute(update(post).where(by_himself).values(collected_by=None))


def drop_double_links(session: Session, *, community_id: str, member_id: int) -> None:
    """A post fits one person once: what he was told of comes first, then what fits best."""
    tables = Table.metadata.tables
    untold = {"match": tables["match"].c.shown.is_(False), "tip": tables["tip"].c.told_at.is_(None)}
    for name, last in untold.items():
        row, seen = tables[name].c, set[int]()
        here = and_(row.community_id == community_id, row.target_member_id == member_id)
        found = select(row.id, row.post_id).where(here).order_by(last, row.score.desc(), row.id)
        for number, post in session.execute(found).all():
            if post in seen:
                session.execute(delete(tables[name]).where(here, row.id == number))
            seen.add(post)


def drop_own_introductions(session: Session, *, community_id: str, member_id: int) -> None:
    """Nobody is put in touch with himself; of two whom he introduced, one has become himself."""
    table = Table.metadata.tables["introduction"]
    row = table.c
    his = or_(row.asker_id == member_id, row.asked_id == member_id)
    here = and_(row.community_id == community_id, his)
    by_party = row.introducer_id.in_([row.asker_id, row.asked_id])
    lost = or_(row.asker_id == row.asked_id, and_(by_party, row.state != "agreed"))
    session.execute(delete(table).where(here, lost))
    session.execute(update(table).where(here, by_party).values(introducer_id=None))


def drop_double_labels(session: Session, *, community_id: str, member_id: int) -> None:
    """Of what was said twice of one match, by two accounts or of two, the last word stays."""
    label = Table.metadata.tables["label"]
    row = label.c
    of = (row.post_id, row.target_post_id, row.target_member_id, row.by_id, row.source)
    concerned = or_(row.by_id == member_id, row.target_member_id == member_id)
    here = and_(row.community_id == community_id, concerned)
    last = select(func.max(row.id)).where(here).group_by(*of)
    session.execute(delete(label).where(here, row.id.not_in(last)))


def _keys() -> list[tuple[SqlTable, str]]:
    """Every column that refers to a member."""
    return [
        (table, column)
        for table in Table.metadata.sorted_tables
        for key in table.foreign_key_constraints
        if key.referred_table.name == "member"
        for column in key.column_keys
        if column != "community_id"
    ]
