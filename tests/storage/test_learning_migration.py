"""Matches of before the labels keep their place."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from storage import migrations
from storage.database import Database
from storage.schema import upgrade
from storage.tables import Match

NOW = "2026-03-02 04:00:00+00:00"
ROWS = (
    f"INSERT INTO community (id, name, created_at) VALUES ('a', 'a', '{NOW}')",
    "INSERT INTO member (community_id, id, name, group_nickname, company, title, city, industry,"
    " bio, gives, seeks, skills, keywords, muted, active, analysis_version, created_at, updated_at)"
    " VALUES ('a', 1, '', '', '', '', '', '', '', '', '', '[]', '[]', false, true, '',"
    f" '{NOW}', '{NOW}')",
    "INSERT INTO post (community_id, id, kind, author_id, text, title, fingerprint, state,"
    " created_at, updated_at, expires_at, bumps, analysis, analysis_version)"
    f" VALUES ('a', 1, 'need', 1, 't', 't', 'f', 'active', '{NOW}', '{NOW}', '{NOW}', 0, '{{}}',"
    " '')",
    "INSERT INTO match (community_id, id, post_id, target_member_id, score, reasons, rules,"
    f" created_at) VALUES ('a', 1, 1, 1, 0.9, '[\"代账\"]', 'v', '{NOW}')",
)


def test_matches_of_before_were_not_seen_to_be_shown(database_url: str) -> None:
    database = Database(database_url)
    with database.engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        for row in ROWS:
            connection.execute(text(row))
    upgrade(database)
    with database.read() as session:
        match = session.get_one(Match, ("a", 1))
    assert (match.score, match.reasons) == (0.9, ["代账"])
    assert (match.coverage, match.parts, match.shown) == (0.0, [], False)
    database.close()
