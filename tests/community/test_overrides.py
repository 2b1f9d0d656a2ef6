"""What was set on the web goes before the configuration."""

from community.overrides import PLACES, Overrides, current_settings, locked_settings, with_overrides
from community.settings import Settings
from storage.database import Database
from storage.queries import communities
from tests.community.conftest import NOW
from tests.listening import statements

SETTINGS = Settings(id="renren", name="老友记")


def test_everything_that_may_be_set_has_its_place() -> None:
    assert set(PLACES) == set(Overrides.model_fields)


def test_nothing_chosen_changes_nothing() -> None:
    assert with_overrides(SETTINGS, {}) is SETTINGS


def test_each_section_takes_its_own() -> None:
    found = with_overrides(
        SETTINGS,
        {"posts_per_day": 9, "max_mentions": 0, "welcome": False, "timeout_days": 30,
         "nickname": "{name}", "front": True, "about": "我们"},
    )  # fmt: skip
    assert found.limits.posts_per_day == 9
    assert (found.matching.max_mentions, found.matching.mentions_per_week) == (0, 3)
    assert (found.welcome, found.nickname, found.application.timeout_days) == (False, "{name}", 30)
    assert (found.front.on, found.front.about) == (True, "我们")
    assert found.application.fields == SETTINGS.application.fields


def test_what_another_version_has_kept_does_no_harm() -> None:
    found = with_overrides(
        SETTINGS, {"max_mentions": 99, "new": 1, "posts_per_day": 4, "nickname": "{"}
    )
    assert found.matching.max_mentions == 3
    assert found.nickname == SETTINGS.nickname
    assert found.limits.posts_per_day == 4


def test_the_lock_brings_it_in_one_statement(database: Database) -> None:
    with database.begin() as session:
        communities.ensure(session, community_id="renren", name="老友记", groups=(), now=NOW)
        session.flush()
        communities.choose(session, community_id="renren", values={"posts_per_day": 7})
    with database.begin() as session, statements(database) as seen:
        assert locked_settings(session, SETTINGS).limits.posts_per_day == 7
        assert len(seen) == 1
    with database.read() as session:
        assert current_settings(session, SETTINGS).limits.posts_per_day == 7
        assert (
            current_settings(session, Settings(id="other", name="别家")).limits.posts_per_day == 3
        )
