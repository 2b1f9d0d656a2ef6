"""What a good configuration becomes."""

from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import make_url

from bot.config import Config, ConsoleConfig, OneBotConfig, WechatyConfig, load
from tests.config.conftest import Loaded

CONTRACT = """
database: postgresql+psycopg://laoyou:geheim@db/laoyou
channels:
  - type: console
  - type: onebot
    access_token: ${ONEBOT_TOKEN}
    url: ws://127.0.0.1:3001
  - type: wechaty
    endpoint: 127.0.0.1:8788
    token: ${WECHATY_TOKEN}
communities:
  - id: renren
    name: 老友记
    groups: ["onebot:12345678", "wechaty:老友记一群"]
    admins: ["onebot:10001", "wechaty:wxid_abc", "mail:a@b.c"]
    admin_group: onebot:87654321
    nickname: "{name}-{company}-{title}"
    welcome: false
matching:
  max_results: 3
  max_mentions: 3
  mentions_per_day: 1
  mentions_per_week: 3
limits:
  posts_per_day: 3
outbox:
  min_interval: 3
  per_hour: 60
web:
  listen: 127.0.0.1:8080
  public_url: http://127.0.0.1:8080
mail:
  url: smtp://user:geheim@host:587
"""


@pytest.fixture
def contract(loaded: Loaded) -> Config:
    return loaded(CONTRACT, ONEBOT_TOKEN="geheim-0123", WECHATY_TOKEN="geheim-4567")


def test_the_contract_is_read(contract: Config) -> None:
    console, onebot, wechaty = contract.channels
    assert isinstance(console, ConsoleConfig)
    assert isinstance(onebot, OneBotConfig)
    assert isinstance(wechaty, WechatyConfig)
    assert onebot.access_token is not None
    assert onebot.access_token.get_secret_value() == "geheim-0123"
    assert (onebot.url, wechaty.endpoint) == ("ws://127.0.0.1:3001", "127.0.0.1:8788")
    [community] = contract.settings
    assert (community.id, community.name) == ("renren", "老友记")
    assert community.groups == ("onebot:12345678", "wechaty:老友记一群")
    assert community.admins == {"onebot:10001", "wechaty:wxid_abc", "mail:a@b.c"}
    assert community.admin_group == "onebot:87654321"
    assert community.timezone == "Asia/Shanghai"
    assert not community.welcome
    assert (contract.web.host, contract.web.port) == ("127.0.0.1", 8080)
    assert contract.database_url == "postgresql+psycopg://laoyou:geheim@db/laoyou"


def test_secrets_are_not_shown(contract: Config) -> None:
    assert "geheim" not in repr(contract)
    assert "geheim" not in str(contract)
    assert "geheim" not in contract.model_dump_json()


def test_without_a_file_the_defaults_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = load()
    assert config.file is None
    assert config.channels == (ConsoleConfig(),)
    assert config.database_url == f"sqlite:///{tmp_path}/data/laoyou.db"
    assert [community.groups for community in config.communities] == [("console:main",)]
    assert config.mail_folder == tmp_path / "data" / "mail"


def test_config_yaml_of_the_folder_is_found(loaded: Loaded) -> None:
    loaded("limits:\n  posts_per_day: 7\n")
    assert load().limits.posts_per_day == 7
    assert load().file == Path("config.yaml")


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "老友"
    folder.mkdir()
    file = folder / "my.yaml"
    file.write_text("database: sqlite:///store/x.db\n", encoding="utf-8")
    config = load(file)
    assert make_url(config.database_url).database == str(folder / "store" / "x.db")
    assert config.mail_folder == folder / "data" / "mail"


def test_an_absolute_database_stays_where_it_is(loaded: Loaded) -> None:
    assert loaded("database: sqlite:////srv/x.db\n").database_url == "sqlite:////srv/x.db"


def test_postgresql_always_goes_through_psycopg(loaded: Loaded) -> None:
    config = loaded("database: postgres://u:p%40w@h:5433/x?sslmode=require\n")
    assert config.database_url == "postgresql+psycopg://u:p%40w@h:5433/x?sslmode=require"


def test_public_url_follows_listen(loaded: Loaded) -> None:
    config = loaded("web:\n  listen: '[::1]:9000'\n")
    assert config.web.public_url == "http://[::1]:9000"
    assert (config.web.host, config.web.port) == ("::1", 9000)
    assert loaded("web:\n  public_url: https://x.cn/\n").web.public_url == "https://x.cn"


def test_a_group_may_be_the_admin_group_of_its_own_community(loaded: Loaded) -> None:
    keys = ("- id: a", "  name: 甲", "  groups: ['onebot:1']", "  admin_group: onebot:1")
    config = loaded("communities:\n" + "\n".join(keys))
    assert config.communities[0].admin_group == "onebot:1"


def test_the_example_at_the_top_of_the_project_says_the_defaults() -> None:
    example = load(Path(__file__).parents[2] / "config.yaml", {})
    defaults = Config()
    for section in ("channels", "communities", "matching", "limits", "outbox", "web", "mail"):
        assert getattr(example, section) == getattr(defaults, section), section
    assert example.database_url.endswith("/data/laoyou.db")


def test_onebot_may_go_without_a_token_when_it_says_so(loaded: Loaded) -> None:
    club = "communities:\n  - id: a\n    name: 甲\nchannels:\n  - type: onebot\n"
    [said_plainly] = loaded(club + '    access_token: ""\n').channels
    assert isinstance(said_plainly, OneBotConfig)
    assert said_plainly.access_token == SecretStr("")
    [forward] = loaded(club + "    url: ws://127.0.0.1:3001\n").channels
    assert isinstance(forward, OneBotConfig)
    assert forward.access_token is None


def test_a_playground_only_where_nothing_is_real(contract: Config, loaded: Loaded) -> None:
    assert not contract.has_playground
    assert loaded("").has_playground
    assert loaded("web: {playground: true}").has_playground
    assert not loaded("web: {playground: false}").has_playground


def test_links_name_the_port_that_was_taken(loaded: Loaded) -> None:
    moved = loaded("web: {listen: '127.0.0.1:0'}").listening_on(4711)
    assert (moved.web.listen, moved.web.public_url) == ("127.0.0.1:4711", "http://127.0.0.1:4711")
    assert moved.settings[0].public_url == "http://127.0.0.1:4711"
    assert moved.mail_folder == loaded("").mail_folder
    behind = loaded("web: {public_url: 'https://a.example'}").listening_on(4711)
    assert behind.web.public_url == "https://a.example"
