"""What has still to be said and holds for a time only."""

import json
from collections.abc import Collection

from sqlmodel import Session, col, select

from storage.tables import Outbox


def forget(
    session: Session, *, community_id: str, post_id: int, lanes: Collection[str] | None = None
) -> None:
    """Forget what has still to be said of the post and holds for a time only.

    ``lanes``: to these alone.
    """
    statement = select(Outbox).where(
        Outbox.community_id == community_id, Outbox.post_id == post_id, Outbox.state == "new"
    )
    if lanes is not None:
        statement = statement.where(col(Outbox.lane).in_(lanes))
    for row in session.exec(statement).all():
        if json.loads(row.action).get("until") is not None:
            session.delete(row)
