"""What the peer stores, and how it finds it again."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jieba
from sqlalchemy import event, text
from sqlmodel import Field, Session, SQLModel, create_engine

_INDEX = text("CREATE VIRTUAL TABLE IF NOT EXISTS post_words USING fts5(words)")
_SHELVE = text("INSERT INTO post_words (rowid, words) VALUES (:id, :words)")
_FIND = text(
    "SELECT post.id, post.text FROM post_words JOIN post ON post.id = post_words.rowid "
    "WHERE post_words MATCH :query AND post.kind = :kind AND post.is_open "
    "ORDER BY rank LIMIT 3"
)
OTHER = {"need": "offer", "offer": "need"}


class Post(SQLModel, table=True):
    """What somebody needs or offers."""

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(index=True)
    group_id: int
    user_id: int
    text: str
    is_open: bool = True
    created_at: datetime


class Store:
    """An SQLite file in WAL mode; ``synchronous=NORMAL``, as most have it."""

    def __init__(self, file: Path) -> None:
        self._engine = create_engine(f"sqlite:///{file}")
        event.listen(self._engine, "connect", _set_up)
        SQLModel.metadata.create_all(self._engine)
        with self._engine.begin() as connection:
            connection.execute(_INDEX)

    def post(
        self, kind: str, words: str, *, group_id: int, user_id: int
    ) -> tuple[int, list[tuple[int, str]]]:
        """Store it; gives its number, and number and text of what fits best."""
        cut = _cut(words)
        with Session(self._engine) as session:
            now = datetime.now(UTC)
            row = Post(kind=kind, group_id=group_id, user_id=user_id, text=words, created_at=now)
            session.add(row)
            session.flush()
            number = row.id or 0
            session.connection().execute(_SHELVE, {"id": number, "words": " ".join(cut)})
            found = self._find(session, cut, OTHER[kind])
            session.commit()
        return number, found

    def fill(self, posts: Iterable[tuple[str, int, str]]) -> None:
        """Store many at once: kind, author and text of each."""
        now = datetime.now(UTC)
        with Session(self._engine) as session:
            for number, (kind, user, words) in enumerate(posts, 1):
                fields: dict[str, Any] = {"id": number, "kind": kind, "text": words}
                session.add(Post(**fields, group_id=1, user_id=user, created_at=now))
                cut = " ".join(_cut(words))
                session.connection().execute(_SHELVE, {"id": number, "words": cut})
            session.commit()

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()

    def _find(self, session: Session, cut: list[str], kind: str) -> list[tuple[int, str]]:
        if not cut:
            return []
        query = " OR ".join(f'"{word}"' for word in dict.fromkeys(cut))
        rows = session.connection().execute(_FIND, {"query": query, "kind": kind})
        return [(number, words) for number, words in rows]


def _cut(words: str) -> list[str]:
    """Words of two characters and more: single ones say little and are everywhere."""
    return [word for word in jieba.cut_for_search(words) if len(word) > 1 and word.isalnum()]


def _set_up(connection: Any, _entry: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()
