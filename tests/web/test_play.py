"""The page of the playground: who may open it, and what works without scripts."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
from fastapi import Request
from starlette.testclient import TestClient

from bot.channels.playground.sample import PEOPLE
from community.errors import UserError
from community.settings import Settings
from tests.web.world import ADDRESS, Browser, World
from web.client_address import is_near
from web.guard import Guard
from web.playground import Bubble, Part, Person, Room
from web.site import create_pages

_NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


@dataclass
class FakeStage:
    """Says everything again."""

    settings: Settings
    is_for_all: bool = False
    people: Sequence[Person] = PEOPLE
    said: list[Bubble] = field(default_factory=list)

    async def ready(self) -> None:
        """It always is."""

    @property
    def newest(self) -> int:
        """The last number."""
        return len(self.said)

    def sits(self, person: Person, room: Room) -> bool:
        """Everybody in the group but the newcomer."""
        if room == "group":
            return person.role != "newcomer"
        return room != "admins" or person.role == "admin"

    def account(self, person: Person) -> str:
        """As in the world's own group."""
        return f"onebot:{person.name}"

    def history(self, person: Person, room: Room, *, since: int = 0) -> Sequence[Bubble]:
        """The same for all."""
        del person, room
        return self.said[since:]

    def unseen(self, person: Person, room: Room | None = None) -> int:
        """Nothing."""
        del person, room
        return 0

    async def say(self, person: Person, room: Room, text: str, *, quote: str = "") -> None:
        """Keep it."""
        if not text.strip():
            raise UserError("写点什么再发。")
        number = self.newest + 1
        self.said.append(
            Bubble(number, room, f"m{number}", person.key, person.name, (Part(text),), _NOON, quote)
        )


@pytest.fixture
def stage(world: World) -> FakeStage:
    """Where the visitors play."""
    return FakeStage(world.settings)


def browser(
    world: World, stage: FakeStage | None, *, peer: str = "127.0.0.1", site: str = ADDRESS
) -> Browser:
    pages = create_pages(replace(world.door, playground=stage))
    client = TestClient(
        Guard(pages, secure=False), base_url=site, client=(peer, 50000), follow_redirects=True
    )
    return Browser(client)


def test_there_is_none_beside_a_real_chat(world: World) -> None:
    visitor = browser(world, None)
    for path in ("/play", "/play/news"):
        visitor.looks(path)
        assert visitor.status == 404
    visitor.looks("/c/renren/sign-in")
    visitor.sends("/play/say", text="#帮助")
    assert visitor.status == 404


@pytest.mark.parametrize(
    ("peer", "site"),
    [
        ("192.168.1.7", ADDRESS),
        ("127.0.0.1", "http://laoyou.example.com"),
        ("10.0.0.2", "http://a"),
    ],
)
def test_only_this_machine(world: World, stage: FakeStage, peer: str, site: str) -> None:
    far = browser(world, stage, peer=peer, site=site)
    assert "只能在运行老友的这台电脑上打开" in far.looks("/play")
    assert far.status == 403
    stage.is_for_all = True
    far.looks("/play")
    assert far.status == 200


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Forwarded-For", "127.0.0.1"),
        ("Origin", "https://laoyou.example.com"),
        ("Origin", "http://[broken"),
        ("Origin", "null"),
    ],
)
def test_nothing_is_passed_on(world: World, stage: FakeStage, header: str, value: str) -> None:
    visitor = browser(world, stage)
    visitor.client.headers[header] = value
    visitor.looks("/play")
    assert visitor.status == 403


@pytest.mark.parametrize(("version", "near"), [("1.1", True), ("1.0", False)])
def test_a_proxy_that_says_nothing_of_itself(version: str, near: bool) -> None:
    scope = {
        "type": "http",
        "http_version": version,
        "client": ("127.0.0.1", 4711),
        "server": ("127.0.0.1", 8080),
        "path": "/play",
        "query_string": b"",
        "headers": [(b"host", b"127.0.0.1:8080"), (b"origin", b"http://127.0.0.1:8080")],
    }
    assert is_near(Request(scope)) is near


def test_the_bare_address_leads_there(world: World, stage: FakeStage) -> None:
    visitor = browser(world, stage)
    visitor.looks("/")
    assert visitor.path == "/play"


def test_talking_without_scripts(world: World, stage: FakeStage) -> None:
    visitor = browser(world, stage)
    visitor.looks("/play?as=lisi")
    page = visitor.sends("/play/say", None, **{"as": "lisi"}, text="<b>你好</b>")
    assert (visitor.status, visitor.path) == (200, "/play?as=lisi&room=group")
    assert "&lt;b&gt;你好&lt;/b&gt;" in page
    assert "<b>你好" not in page
    page = visitor.sends("/play/say", None, **{"as": "lisi"}, text=" ")
    assert visitor.status == 422
    assert "写点什么再发" in page


def test_a_form_of_another_site(world: World, stage: FakeStage) -> None:
    visitor = browser(world, stage)
    visitor.client.post("/play/say", data={"as": "lisi", "text": "#帮助"})
    assert stage.said == []


def test_news(world: World, stage: FakeStage) -> None:
    visitor = browser(world, stage)
    visitor.looks("/play")
    visitor.sends("/play/say", text="第一句")
    visitor.looks("/play/news?since=1")
    assert visitor.status == 204
    visitor.looks("/play")
    visitor.sends("/play/say", text="第二句")
    news = visitor.looks("/play/news?since=1")
    assert "第二句" in news
    assert "第一句" not in news
    assert 'since=2"' in news
    assert visitor.client.get("/play/news?since=9").headers["hx-refresh"] == "true"
    assert visitor.client.get(f"/play/news?since={'9' * 5000}").status_code == 200


def test_nobody_but_an_admin_sees_the_admins_group(world: World, stage: FakeStage) -> None:
    visitor = browser(world, stage)
    assert "管理群" not in visitor.looks("/play?as=lisi&room=admins")
    assert "管理群" in visitor.looks("/play?as=laochen&room=admins")


def test_the_pages_of_a_sample_member(world: World, stage: FakeStage) -> None:
    world.member("李四")
    visitor = browser(world, stage)
    visitor.looks("/play?as=lisi")
    visitor.sends("/play/enter", None, **{"as": "lisi"})
    assert (visitor.status, visitor.path) == (200, "/c/renren/find")
    visitor.looks("/c/other/find")
    assert visitor.path.startswith("/c/other/sign-in")


def test_the_sample_admin_has_pages_before_he_has_said_a_word(
    world: World, stage: FakeStage
) -> None:
    visitor = browser(world, stage)
    visitor.looks("/play?as=laochen&room=admins")
    visitor.sends("/play/enter", None, **{"as": "laochen", "room": "admins"})
    assert (visitor.status, visitor.path) == (200, "/c/renren/find")


def test_who_is_no_member_has_no_pages(world: World, stage: FakeStage) -> None:
    visitor = browser(world, stage)
    visitor.looks("/play?as=zhouzhou&room=private")
    assert "周舟 还不是成员" in visitor.sends(
        "/play/enter", None, **{"as": "zhouzhou", "room": "private"}
    )
    assert visitor.status == 422
