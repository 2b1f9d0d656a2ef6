"""What commands have in common that look into a community's database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

from bot.config import Config
from bot.errors import StartError, WrongUseError
from bot.opening import open_database
from community.settings import Settings
from storage import schema
from storage.database import Database, database_exists
from storage.queries import communities


def chosen(config: Config, wanted: str | None) -> Settings:
    """The community of that id, or the only one. Raises WrongUseError."""
    known = {one.id: one for one in config.settings}
    if wanted is None and len(known) == 1:
        return next(iter(known.values()))
    ids = "、".join(known)
    if wanted is None:
        raise WrongUseError(f"有几个社群，请用 --community 写明是哪一个：{ids}")
    if wanted not in known:
        raise WrongUseError(f"没有社群 {wanted}，可以写：{ids}")
    return known[wanted]


@contextmanager
def opened(config: Config) -> Iterator[Database]:
    """The database as it is; nothing is made or upgraded. Raises StartError."""
    if not database_exists(config.database_url):
        raise StartError("还没有数据库：先运行 laoyou run 或 laoyou import members")
    with open_database(config.database_url) as database:
        current, newest = schema.revisions(database)
        if current != newest:
            raise StartError(schema.mismatch_text(current, newest))
        yield database


@contextmanager
def community_session(config: Config, *, community_id: str, commit: bool) -> Iterator[Session]:
    """Work in a community, which nobody else changes meanwhile; without ``commit`` only a look.

    Raises StartError.
    """
    with opened(config) as database:
        if not commit:
            with database.read() as session:
                yield session
            return
        with database.begin() as session:
            communities.lock(session, community_id=community_id)
            yield session
