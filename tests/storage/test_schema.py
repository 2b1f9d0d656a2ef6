"""Migrations lead from nothing to exactly the tables of the code, and back."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from storage import migrations
from storage.database import BUSY_SECONDS, Database
from storage.migrating import migrate
from storage.schema import UPGRADE_SECONDS, revisions, upgrade
from storage.tables import Group, Seat, Table

UPGRADE = """
import sys
from storage.database import Database
from storage.schema import upgrade
database = Database(sys.argv[1])
sys.stdin.readline()
upgrade(database)
database.close()
"""


def differences(database: Database) -> list[object]:
    options = {"compare_type": True, "compare_server_default": True}
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, Table.metadata))


def tables(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names())


def downgrade(database: Database) -> None:
    with database.engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = connection
        command.downgrade(config, "base")


def test_migrating_from_nothing_gives_the_tables_of_the_code(database_url: str) -> None:
    database = Database(database_url)
    assert revisions(database)[0] is None
    assert differences(database) != []
    upgrade(database)
    assert differences(database) == []
    assert tables(database) == {*Table.metadata.tables, "alembic_version"}
    current, newest = revisions(database)
    assert current == newest == ScriptDirectory(migrations.__path__[0]).get_current_head()
    database.close()


def test_upgrading_again_changes_nothing(database: Database) -> None:
    before = revisions(database), tables(database)
    upgrade(database)
    assert (revisions(database), tables(database)) == before
    assert differences(database) == []


def test_the_way_back_ends_with_nothing(database: Database) -> None:
    downgrade(database)
    assert tables(database) == {"alembic_version"}
    upgrade(database)
    assert differences(database) == []


def test_what_hangs_on_a_table_that_is_made_anew_stays(database_url: str) -> None:
    database, at = Database(database_url), "2026-03-01 00:00:00.000000"
    with database.engine.begin() as connection:
        migrate(connection, to="0005")
        for row in (
            f"community (id, name, created_at) VALUES ('a', 'a', '{at}')",
            "chat_group (community_id, address, name) VALUES ('a', 'g', '')",
            "seat (community_id, group_address, account, name, card, role, seen_at) "
            f"VALUES ('a', 'g', 'x', '', '', 'member', '{at}')",
        ):
            connection.execute(text(f"INSERT INTO {row}"))
    upgrade(database)
    with database.begin() as session:
        assert session.get(Seat, ("a", "g", "x")) is not None
        session.delete(session.get_one(Group, ("a", "g")))
    with database.read() as session:
        assert session.get(Seat, ("a", "g", "x")) is None
    database.close()


def test_a_failed_migration_leaves_nothing_behind(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(database_url)

    def stop(*_: object, **__: object) -> None:
        raise RuntimeError("in the middle")

    with monkeypatch.context() as patch:
        patch.setattr("alembic.operations.base.Operations.batch_alter_table", stop)
        with pytest.raises(RuntimeError):
            upgrade(database)
    assert tables(database) == set()
    upgrade(database)
    assert differences(database) == []
    database.close()


def test_an_upgrade_has_more_patience_than_daily_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, patience = Database(f"sqlite:///{tmp_path}/x.db"), "PRAGMA busy_timeout"
    seen: list[int] = []
    monkeypatch.setattr(
        "storage.migrating.migrate",
        lambda connection: seen.append(connection.exec_driver_sql(patience).scalar_one()),
    )
    upgrade(database)
    with database.engine.connect() as connection:
        seen.append(connection.exec_driver_sql(patience).scalar_one())
    assert seen == [UPGRADE_SECONDS * 1000, BUSY_SECONDS * 1000]
    database.close()


@pytest.mark.process
def test_processes_that_upgrade_at_once_do_not_disturb_each_other(database_url: str) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", UPGRADE, database_url],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate()[1] for process in started]
    assert [process.returncode for process in started] == [0, 0], said
    database = Database(database_url)
    assert differences(database) == []
    database.close()
