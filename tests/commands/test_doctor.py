"""laoyou doctor: every trouble has its sentence and its cure."""

import sqlite3
from pathlib import Path

import psycopg
import pytest

from storage.presence import LOCK_CLASS, lease_of, new_instance_id
from tests.commands.conftest import Laoyou
from tests.conftest import NewUrl

CLUB = "communities:\n  - id: a\n    name: 甲\n    admins: ['onebot:1']\n    groups: ['onebot:2']\n"


def lines(text: str, start: str) -> list[str]:
    """The findings that begin so."""
    return [line for line in text.splitlines() if line[2:].startswith(start)]


def test_all_is_well_before_the_first_start(laoyou: Laoyou, folder: Path) -> None:
    outcome = laoyou("doctor")
    assert (outcome.status, outcome.err) == (0, "")
    marks = [line[:2] for line in outcome.out.splitlines()[:-1]]
    assert set(marks) == {"✓ "}
    assert outcome.out.splitlines()[-1] == "一切正常。"
    assert lines(outcome.out, "数据库") == [
        f"✓ 数据库：{folder}/data/laoyou.db 还没有，启动时会建好"
    ]
    assert not (folder / "data").exists()  # looking changes nothing


def test_all_is_well_afterwards(laoyou: Laoyou, folder: Path) -> None:
    laoyou("db", "upgrade")
    outcome = laoyou("doctor")
    assert outcome.status == 0
    writable, newest, private = lines(outcome.out, "数据库")
    assert writable == f"✓ 数据库：{folder}/data/laoyou.db 可以读写"
    assert newest.startswith("✓ 数据库：结构是最新的")
    assert private == "✓ 数据库：只有自己能读（权限 600）"


@pytest.mark.parametrize("made", [False, True])
def test_a_disk_that_is_nearly_full(
    made: bool, laoyou: Laoyou, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if made:
        laoyou("db", "upgrade")
    full = (2**40, 2**40 - 3 * 2**20, 3 * 2**20)
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: full)
    outcome = laoyou("doctor")
    assert outcome.status == 1
    assert lines(outcome.out, "磁盘") == [
        f"✗ 磁盘：{folder / 'data' if made else folder} 所在的磁盘只剩 3 MB，满了之后什么都记不下来"
        " → 腾出空间：旧备份、旧日志、别的程序的文件"
    ]


def test_it_says_which_configuration_was_read(laoyou: Laoyou, folder: Path) -> None:
    assert lines(laoyou("doctor").out, "配置")[0].endswith("没有 config.yaml，用内置的默认配置")
    said = laoyou("doctor", config="limits: {}\n").out
    assert lines(said, "配置") == [f"✓ 配置：{folder}/config.yaml"]


def test_a_bad_configuration_does_not_hide_the_rest(laoyou: Laoyou) -> None:
    outcome = laoyou("doctor", config="limit: {}\nweb: 1\n")
    assert outcome.status == 1
    assert outcome.out.splitlines()[:2] == [
        "✗ config.yaml 第 1 行：不认识 limit，是不是 limits？ → 改好后再运行 laoyou doctor",
        '✗ config.yaml 第 2 行：web 应为一组“键: 值”，现在是 "1" → 改好后再运行 laoyou doctor',
    ]
    assert [line[0] for line in outcome.out.splitlines()[2:-1]] == ["✓"] * 3
    assert outcome.out.splitlines()[-1] == "发现 2 个问题。"


def troubles(laoyou: Laoyou, config: str | None = None) -> list[str]:
    """What is wrong."""
    outcome = laoyou("doctor", config=config)
    found = [line for line in outcome.out.splitlines() if line.startswith("✗")]
    assert outcome.status == (1 if found else 0)
    assert outcome.err == ""
    return found


def test_a_file_that_is_no_database(laoyou: Laoyou, folder: Path) -> None:
    (folder / "x.db").write_bytes(b"no database at all" * 100)
    (folder / "x.db").chmod(0o600)
    assert troubles(laoyou, "database: sqlite:///x.db\n") == [
        f"✗ 数据库：{folder}/x.db，这个文件不是 SQLite 数据库 → 请检查 database 一项"
    ]


def test_a_database_without_tables(laoyou: Laoyou, folder: Path) -> None:
    (folder / "x.db").touch(0o600)
    [found] = troubles(laoyou, "database: sqlite:///x.db\n")
    assert found.startswith("✗ 数据库：里面还是空的，这个版本要 ")
    assert found.endswith(" → 启动或运行 laoyou db upgrade 时会建好")


@pytest.mark.usefixtures("quick_to_give_up")
def test_a_locked_database(laoyou: Laoyou, folder: Path) -> None:
    laoyou("db", "upgrade")
    other = sqlite3.connect(folder / "data" / "laoyou.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    found = troubles(laoyou)
    other.close()
    assert found == [
        f"✗ 数据库：{folder}/data/laoyou.db，数据库被另一个程序锁住了 → 请关掉正在使用它的程序再试"
    ]


def test_a_database_that_others_may_read(laoyou: Laoyou, folder: Path) -> None:
    laoyou("db", "upgrade")
    file = folder / "data" / "laoyou.db"
    file.chmod(0o644)
    assert troubles(laoyou) == [
        f"✗ 数据库：{file} 的权限是 644，这台机器上的其他用户也能读到成员资料 → chmod 600 {file}"
    ]


def test_postgresql_that_does_not_answer(laoyou: Laoyou) -> None:
    found = troubles(laoyou, "database: postgresql://u:geheim@127.0.0.1:1/club\n")
    assert found == [
        "✗ 数据库：PostgreSQL 127.0.0.1/club，连不上数据库 → 请检查它是否在运行、地址和端口是否正确"
    ]


@pytest.mark.postgres
def test_postgresql_that_is_well(laoyou: Laoyou, new_url: NewUrl) -> None:
    url = new_url("postgres", migrated=True)
    assert troubles(laoyou, f"database: '{url}'\n") == []


def test_nobody_listens_at_the_other_end(laoyou: Laoyou) -> None:
    onebot = "channels: [{type: onebot, access_token: abcdefgh, url: 'ws://127.0.0.1:1'}]\n"
    [found] = troubles(laoyou, CLUB + onebot)
    assert found.startswith("✗ QQ：连不上 ws://127.0.0.1:1")


def test_links_that_only_this_machine_can_open(laoyou: Laoyou) -> None:
    said = laoyou(
        "doctor", config=f"channels:\n  - type: onebot\n    url: ws://127.0.0.1:1\n{CLUB}"
    )
    [found] = lines(said.out, "网页")
    assert found.startswith("✓ 网页：给成员的链接以 http://127.0.0.1:8080 开头，只有这台机器打得开")
    said = laoyou(
        "doctor",
        config="channels:\n  - type: onebot\n    url: ws://127.0.0.1:1\n"
        f"web: {{public_url: 'https://club.example'}}\n{CLUB}",
    )
    assert lines(said.out, "网页") == []


def test_a_short_token(laoyou: Laoyou) -> None:
    onebot = "channels: [{type: onebot, access_token: geheim}]\nweb: {listen: '127.0.0.1:0'}\n"
    found = troubles(laoyou, CLUB + onebot)
    assert found == [
        "✗ 令牌：onebot.access_token 只有 6 个字符，容易被猜到"
        " → 换成至少 8 个字符的随机文字，两边一起改"
    ]


def test_a_gateway_of_wechat_that_is_not_there(laoyou: Laoyou) -> None:
    wechaty = "channels: [{type: wechaty, endpoint: '127.0.0.1:1', token: abcdefgh}]\n"
    assert troubles(laoyou, wechaty + CLUB.replace("onebot", "wechaty")) == [
        "✗ 微信：连不上网关 127.0.0.1:1（端口上没有服务）"
        " → 启动网关，端口与 config.yaml 的 endpoint 一致（见 docs/wechat.md）"
    ]


def test_communities_that_nobody_can_reach(laoyou: Laoyou) -> None:
    assert troubles(laoyou, CLUB + "  - {id: b, name: 乙}\n") == [
        "✗ 群 onebot:2：没有配置 onebot 渠道 → 在 channels 里加上 type: onebot，"
        "或从 communities 里删掉这个群",
        "✗ 社群 b：一个群也没有 → 在 groups 里写上群，例如 onebot:群号",
        "✗ 社群 b：没有管理员 → 在 admins 里写上管理员，例如 onebot:QQ号",
    ]


def test_letters_without_a_mail_server(laoyou: Laoyou, folder: Path) -> None:
    said = lines(laoyou("doctor").out, "邮件")
    assert said == [f"✓ 邮件：没有设置 mail.url，信件会写成文件，放在 {folder}/data/mail"]


def test_a_mail_server_that_is_not_there(laoyou: Laoyou) -> None:
    assert troubles(laoyou, "mail: {url: 'smtp://bot:geheim@127.0.0.1:1'}\n") == [
        "✗ 邮件：连不上 127.0.0.1:1 → 检查邮件服务器是否在运行，地址和端口是否正确"
    ]


def test_no_words_of_ones_own(laoyou: Laoyou, folder: Path) -> None:
    said = lines(laoyou("doctor").out, "自己的词典")
    assert said == [f"✓ 自己的词典：没有（要加就写成 {folder}/lexicon/*.yaml）"]


def test_words_of_ones_own(laoyou: Laoyou, folder: Path) -> None:
    (folder / "lexicon").mkdir()
    (folder / "lexicon" / "ours.yaml").write_text(
        "+代理记账: 拢账先生\n荷花盏: 许愿盏 水盏 <礼品\n"
    )
    (folder / "lexicon" / "places.yaml").write_text("渔阳: 渔阳镇\n")
    said = lines(laoyou("doctor").out, "自己的词典")
    assert said == ["✓ 自己的词典：2 个文件，加了 1 个概念、6 个词"]


def test_words_of_ones_own_that_name_a_concept_that_is_not_there(
    laoyou: Laoyou, folder: Path
) -> None:
    (folder / "lexicon").mkdir()
    (folder / "lexicon" / "ours.yaml").write_text("灯笼: 宫灯 <节庆灯饰品\n")
    assert troubles(laoyou) == [
        "✗ 自己的词典：lexicon/ours.yaml 里的“灯笼”：没有“节庆灯饰品”这个概念"
        f" → 改好 {folder}/lexicon 里的文件（写法见 docs/matching.md）；"
        "改好之前 laoyou run 不会启动"
    ]


def test_the_log_level(laoyou: Laoyou, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAOYOU_LOG", "loud")
    [found] = troubles(laoyou)
    assert found.startswith("✗ 日志：环境变量 LAOYOU_LOG 应为 ")
    monkeypatch.setenv("LAOYOU_LOG", "debug")
    assert troubles(laoyou) == []


def test_the_clock_is_held_against_the_newest_row(laoyou: Laoyou, folder: Path) -> None:
    laoyou("db", "upgrade")
    with sqlite3.connect(folder / "data" / "laoyou.db") as connection:
        connection.execute(
            'INSERT INTO inbox (channel, key, lane, "update", state, sent_at, received_at)'
            " VALUES ('c', 'k', 'l', '{}', 'done', '2999-01-01 00:00:00', '2999-01-01 00:00:00')"
        )
    connection.close()
    [found] = troubles(laoyou)
    assert "早于数据库里最新的消息（2999-01-01 00:00）" in found


@pytest.mark.postgres
def test_who_runs_which_account(laoyou: Laoyou, new_url: NewUrl) -> None:
    url = new_url("postgres", migrated=True)
    config = f"database: {url}\nchannels:\n  - type: onebot\n    url: ws://127.0.0.1:1/\n{CLUB}"
    said = laoyou("doctor", config=config).out
    assert lines(said, "进程") == ["✓ 进程：没有在运行的"]
    assert lines(said, "账号") == ["✓ 账号：onebot ws://127.0.0.1:1/ 现在没有进程在运行"]
    lease = lease_of("onebot ws://127.0.0.1:1/")
    with psycopg.connect(
        url.replace("+psycopg", ""), application_name="laoyou vm:7", autocommit=True
    ) as process:
        for number in (lease, new_instance_id()):
            process.execute("SELECT pg_advisory_lock(%s, %s)", (LOCK_CLASS, number))
        said = laoyou("doctor", config=config).out
    assert lines(said, "进程") == ["✓ 进程：laoyou vm:7"]
    assert lines(said, "账号") == ["✓ 账号：onebot ws://127.0.0.1:1/ 由 laoyou vm:7 运行"]


def test_the_key_of_anonymous_posts(laoyou: Laoyou, folder: Path) -> None:
    laoyou("db", "upgrade")
    assert lines(laoyou("doctor").out, "匿名") == []
    file = folder / "data" / "anonymous.key"
    with sqlite3.connect(folder / "data" / "laoyou.db") as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute(
            "INSERT INTO anonymous_author VALUES ('laoyou', 1, '', '', '[]', 'of another')"
        )
    connection.close()
    assert lines(laoyou("doctor").out, "匿名")[0].startswith(
        f"✗ 匿名：没有密钥 {file}，匿名帖的作者谁也通知不到 → 从另存的地方把它放回去"
    )
    file.write_text("x" * 40)
    file.chmod(0o644)
    assert lines(laoyou("doctor").out, "匿名") == [
        f"✓ 匿名：密钥 {file} 对得上，它不在备份里，要另外存一份",
        f"✗ 匿名：别人也能读密钥（权限 644） → chmod 600 {file}",
    ]
