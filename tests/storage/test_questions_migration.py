"""What an applicant was asked before the upgrade, he is still asked after it."""

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from storage import migrations
from storage.database import Database
from storage.schema import upgrade
from storage.tables import Application

NOW = "2026-03-02 04:00:00+00:00"
COMMUNITY = f"INSERT INTO community (id, name, created_at) VALUES ('a', 'a', '{NOW}')"
APPLICATION = (
    "INSERT INTO application (community_id, id, state, source, account, name, answers, asking,"
    " flag, sub_type, comment, question, exchanges, approvals, reason, repeats, reminders,"
    " created_at, updated_at) VALUES ('a', {}, 'needs_info', 'chat', 'onebot:1', '', '{{}}', '',"
    f" '', '', '', '{{}}', '[]', '[]', '', 0, 0, '{NOW}', '{NOW}')"
)


def config_of(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = connection
    return config


@pytest.mark.parametrize("asked", ["哪个部门？", ""])
def test_a_question_becomes_the_first_of_several_and_back(database_url: str, asked: str) -> None:
    database = Database(database_url)
    with database.engine.begin() as connection:
        command.upgrade(config_of(connection), "0018")
        connection.execute(text(COMMUNITY))
        connection.execute(text(APPLICATION.format(1, asked)))
    upgrade(database)
    with database.begin() as session:
        application = session.get_one(Application, ("a", 1))
        assert application.questions == ([asked] if asked else [])
        application.questions = [*application.questions, "谁带你的？"]
    with database.engine.begin() as connection:
        command.downgrade(config_of(connection), "0018")
        found = connection.execute(text("SELECT question FROM application")).scalar_one()
    assert found == "\n".join(filter(None, [asked, "谁带你的？"]))
    database.close()
