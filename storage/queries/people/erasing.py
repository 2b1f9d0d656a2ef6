"""Taking a person out of the tables."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, or_, update
from sqlalchemy import select as rows
from sqlmodel import Session, col, select

from storage.queries.chunks import chunked
from storage.tables import (
    Application,
    Audit,
    Credit,
    Group,
    Inbox,
    Introduction,
    Mark,
    Member,
    Outbox,
    Post,
    Table,
)

_BIT_BY_BIT = {"yield_per": 1_000}


@dataclass(frozen=True)
class Letter:
    """Something that was sent or has to be: its JSON, and what it speaks of."""

    id: int
    lane: str
    action: str
    post: int | None
    application: int | None


@dataclass(frozen=True)
class ReceivedCommand:
    """A command that came in from somebody, and what he was called then."""

    message_id: str
    name: str
    card: str


def said(session: Session, *, accounts: Collection[str]) -> list[ReceivedCommand]:
    """What came in from the accounts, for as long as it is kept."""
    statement = select(Inbox.update).where(col(Inbox.sender).in_(accounts), Inbox.update != "")
    found = [json.loads(content) for content in session.exec(statement)]
    return [
        ReceivedCommand(one["message_id"], one["sender"]["name"], one["sender"]["card"])
        for one in found
    ]


def sent(session: Session, *, community_id: str) -> Iterator[Letter]:
    """What was sent already: half a year of it, read a part at a time."""
    return _outbox(session, community_id, waiting=False)


def waiting(session: Session, *, community_id: str) -> list[Letter]:
    """What has still to be sent."""
    return list(_outbox(session, community_id, waiting=True))


def rewrite(session: Session, *, outbox_id: int, action: str) -> None:
    """Let something else be sent."""
    session.execute(update(Outbox).where(col(Outbox.id) == outbox_id).values(action=action))


def blank_sent(session: Session, *, ids: Collection[int]) -> None:
    """Keep of these only that they were sent."""
    for part in chunked(sorted(ids)):
        session.execute(update(Outbox).where(col(Outbox.id).in_(part)).values(action="", detail=""))


def drop_sent(session: Session, *, ids: Collection[int]) -> None:
    """Keep nothing of these."""
    for part in chunked(sorted(ids)):
        session.execute(delete(Outbox).where(col(Outbox.id).in_(part)))


def received(
    session: Session, *, community_id: str, accounts: Collection[str]
) -> Iterator[tuple[int, str, str]]:
    """Id, key and content of what came in and was handled: too much to be held at once.

    What others said in the groups of other communities is left to those.
    """
    elsewhere = select(Group.address).where(Group.community_id != community_id)
    statement = select(Inbox.id, Inbox.key, Inbox.update).where(
        Inbox.state != "new",
        Inbox.update != "",
        or_(col(Inbox.lane).not_in(elsewhere), col(Inbox.sender).in_(accounts)),
    )
    for id_, key, content in session.exec(statement, execution_options=_BIT_BY_BIT):
        yield id_ or 0, key, content


def blank_received(session: Session, *, ids: Collection[int]) -> None:
    """Keep of these only that they came, so that a redelivery is still known."""
    for part in chunked(sorted(ids)):
        blank = {"update": "", "sender": None}
        session.execute(update(Inbox).where(col(Inbox.id).in_(part)).values(blank))


def drop_received(session: Session, *, ids: Collection[int]) -> None:
    """Keep nothing of these."""
    for part in chunked(sorted(ids)):
        session.execute(delete(Inbox).where(col(Inbox.id).in_(part)))


def drop_lanes(session: Session, *, lanes: Collection[str]) -> None:
    """Keep nothing that was handled of whole private chats."""
    session.execute(delete(Inbox).where(col(Inbox.lane).in_(lanes), col(Inbox.state) != "new"))


def blank_current(session: Session, *, channel: str, key: str) -> bool:
    """The update that is at work now ends as a row that says nothing; False: it does already."""
    row = session.exec(select(Inbox).where(Inbox.channel == channel, Inbox.key == key)).first()
    if row is not None:
        row.key, row.lane, row.sender, row.update = f"erased:{row.id}", "", None, ""
    return row is not None


def forget_deeds(session: Session, *, member: Member, accounts: Collection[str]) -> None:
    """The audit keeps what happened to posts, but not who did it and from where."""
    here = col(Audit.community_id) == member.community_id
    about = (col(Audit.subject) == "member") & (col(Audit.subject_id) == member.id)
    session.execute(delete(Audit).where(here, about))
    session.execute(
        update(Audit).where(here, col(Audit.actor_id) == member.id).values(actor_id=None, via="")
    )
    session.execute(update(Audit).where(here, col(Audit.via).in_(accounts)).values(via=""))


def forget_applications(session: Session, *, member: Member, accounts: Collection[str]) -> int:
    """No application of the person is left; gives how many there were."""
    mine = or_(col(Application.member_id) == member.id, col(Application.account).in_(accounts))
    here = col(Application.community_id) == member.community_id
    return session.exec(delete(Application).where(here, mine)).rowcount


def forget_accounts(session: Session, *, member: Member, accounts: Collection[str]) -> None:
    """Every row that a community keeps under one of the accounts, in whichever table."""
    for table in Table.metadata.sorted_tables:
        if {"community_id", "account"} <= set(table.c.keys()):
            here = table.c.community_id == member.community_id
            session.execute(delete(table).where(here, table.c.account.in_(accounts)))


def forget_marks(session: Session, *, member: Member) -> None:
    """A bar stays on the account, without what was said of the person."""
    here = col(Mark.community_id) == member.community_id
    session.execute(
        update(Mark).where(here, col(Mark.member_id) == member.id).values(member_id=None, reason="")
    )
    session.execute(update(Mark).where(here, col(Mark.by_id) == member.id).values(by_id=None))


def leave_introduced(session: Session, *, member: Member) -> None:
    """Those whom the member put in touch stay so; what is still open between others ends."""
    mine = (
        col(Introduction.community_id) == member.community_id,
        col(Introduction.introducer_id) == member.id,
        col(Introduction.state) == "agreed",
    )
    session.execute(update(Introduction).where(*mine).values(introducer_id=None))


def has_collected(session: Session, *, member: Member) -> bool:
    """The member kept something for others."""
    found = session.exec(select(Post.id).where(*_collected_by(member)).limit(1))
    return found.first() is not None


def hand_over_collected(session: Session, *, member: Member, to: int) -> None:
    """What the member kept for others stays kept for them, who have not agreed to it by that."""
    session.execute(update(Post).where(*_collected_by(member)).values(collected_by=to))


def _collected_by(member: Member) -> tuple[ColumnElement[bool], ...]:
    return col(Post.community_id) == member.community_id, col(Post.collected_by) == member.id


def thanked(session: Session, *, community_id: str, ids: Collection[int]) -> set[int]:
    """Those of the posts for which somebody was thanked."""
    statement = select(Credit.post_id).where(
        Credit.community_id == community_id, col(Credit.post_id).in_(ids)
    )
    return set(session.exec(statement))


def forget_links(session: Session, *, community_id: str, posts: Collection[int]) -> None:
    """What was found between the posts and others: it quotes words of both sides."""
    kept = {"credit", "mention"}
    for table in Table.metadata.sorted_tables:
        if table.name in kept:
            continue
        for key in table.foreign_key_constraints:
            if key.referred_table.name == "post":
                here = table.c.community_id == community_id
                column = next(name for name in key.column_keys if name != "community_id")
                session.execute(delete(table).where(here, table.c[column].in_(posts)))


def forget_member(session: Session, *, member: Member) -> None:
    """The member and all that hangs on him."""
    session.execute(
        delete(Member).where(
            col(Member.community_id) == member.community_id, col(Member.id) == member.id
        )
    )


def _outbox(session: Session, community_id: str, *, waiting: bool) -> Iterator[Letter]:
    pending = col(Outbox.state).in_(("new", "sending"))
    table = Table.metadata.tables["outbox"].c
    statement = rows(table.id, table.lane, table.action, table.post_id, table.application_id).where(
        or_(table.community_id == community_id, table.community_id.is_(None)),
        pending if waiting else ~pending,
        table.action != "",
    )
    for row in session.execute(statement, execution_options=_BIT_BY_BIT):
        yield Letter(*row)
