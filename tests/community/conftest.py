"""Scenes for tests of the rules, without any chat around them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime

import pytest

from community.scene import Scene
from community.settings import Settings
from matching import Analyser
from storage.database import Database
from storage.queries import communities

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
SETTINGS = Settings(id="renren", name="老友记", groups=("onebot:100", "onebot:101"))

NewScene = Callable[..., AbstractContextManager[Scene]]


@pytest.fixture
def scene_in(database: Database, analyser: Analyser) -> NewScene:
    """Opens one piece of work in the community, committed at its end."""
    with database.begin() as session:
        communities.ensure(
            session, community_id="renren", name="老友记", groups=SETTINGS.groups, now=NOW
        )

    @contextmanager
    def scene(now: datetime = NOW) -> Iterator[Scene]:
        with database.begin() as session:
            communities.lock(session, community_id="renren")
            yield Scene(session, SETTINGS, analyser, now, via="onebot:100")

    return scene
