"""What the bot spoke of in a message, and where it spoke of something."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from storage.tables import Outbox

# Some implementations of QQ count from 1 again after a restart: of two messages with one id, the
# later one is what somebody can still quote.
_NEWEST = col(Outbox.id).desc()


def post_of_message(
    session: Session, *, community_id: str, lane: str, message_id: str
) -> int | None:
    """The community's post that a message of the bot spoke of."""
    statement = select(Outbox.post_id).where(
        Outbox.lane == lane, Outbox.message_id == message_id, Outbox.community_id == community_id
    )
    statement = statement.order_by(_NEWEST)
    return session.exec(statement).first()


def lanes_about(
    session: Session, *, community_id: str, post_id: int, among: Collection[str]
) -> set[str]:
    """Those of the conversations in which the bot has spoken of the post, or will."""
    statement = select(Outbox.lane).where(
        col(Outbox.lane).in_(among), Outbox.community_id == community_id, Outbox.post_id == post_id
    )
    return set(session.exec(statement))


def action_of_message(session: Session, *, lane: str, message_id: str) -> str | None:
    """What the bot did with a message, as JSON."""
    statement = select(Outbox.action).where(Outbox.lane == lane, Outbox.message_id == message_id)
    statement = statement.order_by(_NEWEST)
    return session.exec(statement).first()


def community_of_message(session: Session, *, lane: str, message_id: str) -> str | None:
    """The community in whose name the bot said something."""
    statement = select(Outbox.community_id).where(
        Outbox.lane == lane, Outbox.message_id == message_id
    )
    statement = statement.order_by(_NEWEST)
    return session.exec(statement).first()


def application_of_message(
    session: Session, *, lane: str, message_id: str
) -> tuple[str, int] | None:
    """Community and number of the application that a message of the bot spoke of."""
    statement = select(Outbox.community_id, Outbox.application_id).where(
        Outbox.lane == lane,
        Outbox.message_id == message_id,
        col(Outbox.application_id).is_not(None),
    )
    statement = statement.order_by(_NEWEST)
    return session.exec(statement).first()  # type: ignore[return-value]
