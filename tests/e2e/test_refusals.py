"""What cannot work ends with one clear sentence and exit status 1, without a traceback."""

import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from tests.conftest import NewUrl
from tests.e2e.conftest import NewBot, NewPeer
from tests.e2e.process import Laoyou

pytestmark = [pytest.mark.anyio, pytest.mark.process]

GROUPS = [{"id": "c", "name": "社群", "groups": ["onebot:600300"]}]
REVERSE = {"type": "onebot", "access_token": "${ONEBOT_TOKEN}"}


@pytest.mark.installed
async def test_an_unknown_key(new_bot: NewBot) -> None:
    said = await _refused(new_bot(communitys=[]))
    assert "config.yaml" in said
    assert "第 1 行" in said
    assert "communitys" in said


async def test_a_secret_that_is_not_set(new_bot: NewBot) -> None:
    channel = {"type": "onebot", "access_token": "${LAOYOU_TEST_NOT_SET}"}
    said = await _refused(new_bot(channels=[channel], communities=GROUPS))
    assert "LAOYOU_TEST_NOT_SET" in said


async def test_a_busy_port(new_bot: NewBot) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        web = {"listen": f"127.0.0.1:{port}"}
        said = await _refused(new_bot(channels=[REVERSE], communities=GROUPS, web=web))
    assert f"端口 {port} 已被占用" in said


async def test_a_wrong_access_token(new_bot: NewBot, new_peer: NewPeer) -> None:
    url = await new_peer(token="another").listen()
    bot = new_bot(channels=[{**REVERSE, "url": url}], communities=GROUPS)
    assert "access_token" in await _refused(bot)


async def test_a_locked_database(new_bot: NewBot) -> None:
    bot = new_bot(database="sqlite:///laoyou.db")
    with closing(sqlite3.connect(bot.folder / "laoyou.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "锁住" in await _refused(bot)


async def test_a_read_only_database(database_kind: str, new_bot: NewBot, new_url: NewUrl) -> None:
    url = new_url(database_kind, migrated=True)
    _made_read_only(url)
    assert "只读" in await _refused(new_bot(database=url))


async def test_a_database_that_is_not_there(new_bot: NewBot) -> None:
    bot = new_bot(database="postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert "连不上数据库" in await _refused(bot)


@pytest.mark.installed
async def test_a_second_bot_on_one_sqlite_file(new_bot: NewBot, new_peer: NewPeer) -> None:
    channel = {**REVERSE, "url": await new_peer().listen()}
    bot = new_bot(database="sqlite:///laoyou.db", channels=[channel], communities=GROUPS)
    await bot.start()
    await bot.logs("已启动")
    assert "另一个老友" in await _refused(bot)
    await bot.kill()
    await bot.start()
    await bot.logs("已启动")
    assert await bot.stop() == 0


@pytest.mark.installed
async def test_wrong_use(new_bot: NewBot) -> None:
    status, _, err = await new_bot().command("runn")
    assert status == 2
    assert "Traceback" not in err


def _made_read_only(url: str) -> None:
    """Let nobody write any more, not even root."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        with Path(str(parsed.database)).open("r+b") as file:
            file.seek(18)  # the version that a writer must know; 2 is the newest there is
            file.write(b"\x03")
        return
    address = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as server:
        name = sql.Identifier(str(parsed.database))
        server.execute(
            sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = on").format(name)
        )


async def _refused(bot: Laoyou) -> str:
    """The sentence of a bot that does not start."""
    status, out, err = await bot.command("run")
    assert (status, out) == (1, ""), err
    said = [line for line in err.splitlines() if " INFO " not in line]
    assert len(said) == 1, err
    return said[0]
