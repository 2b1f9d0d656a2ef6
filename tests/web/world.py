"""A community with its pages, and people who look at them from browsers of their own."""

import copy
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from anyio.from_thread import BlockingPortal
from fastapi import FastAPI
from httpx2 import Response
from sqlmodel import col, select
from starlette.datastructures import State
from starlette.testclient import TestClient

from community.actions import Send, load_action
from community.members.people import get_or_create_member
from community.membership import standing
from community.posts.publishing import publish
from community.rights import Role
from community.scene import Scene
from community.settings import Settings
from community.signing_in import devices
from matching import Analyser
from storage.database import Database
from storage.queries import communities
from storage.tables import Account, Member, Outbox, Post
from tests.fakes import FakeClock
from web import cookies
from web.access import Shared
from web.door import ChannelState, Door
from web.guard import Guard
from web.limits import Limiter
from web.rendering import Renderer
from web.site import create_routes

ADDRESS = "http://127.0.0.1:8080"
HOME = "/c/renren"
OWNER = "管理员"
GROUP, ADMIN_GROUP = "onebot:100", "onebot:900"
_CSRF = re.compile(r'(?:"X-CSRF-Token": |name="csrf" value=)"([0-9a-f.]+)"')


@cache
def _renderer() -> Renderer:
    """The same for all worlds; reading the templates takes ten times as long as a page."""
    return Renderer()


@cache
def _routes() -> FastAPI:
    """Likewise; a route is made ready when it is first asked for."""
    return create_routes()


def _pages(door: Door) -> FastAPI:
    """What ``create_pages`` gives, of parts that are there already and stay as they are."""
    app = copy.copy(_routes())
    shared = Shared(door=door, limiter=Limiter(door.now), renderer=_renderer())
    app.state = State({"shared": shared})
    return app


File = tuple[str, bytes, str]
Files = dict[str, File] | list[tuple[str, File]]
"""By the names of fields; a list, where one field has several."""


class Browser:
    """One person's browser. Forms carry the token of the page that was looked at last."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.status = 0
        self.page = ""
        self.path = ""

    @property
    def token(self) -> str:
        """What a form of the page that is open carries."""
        found = _CSRF.search(self.page)
        return found[1] if found else ""

    def looks(self, path: str) -> str:
        """Opens a page, and follows where it leads; gives its HTML."""
        return self._seen(self.client.get(path))

    def sends(self, path: str, files: Files | None = None, **fields: str) -> str:
        """Sends a form of the page that is open; gives the HTML of where it leads."""
        return self._seen(self.client.post(path, data={"csrf": self.token, **fields}, files=files))

    def describes(self, **fields: Any) -> None:
        """Fills in the card of the member whose browser it is."""
        self.looks(f"{HOME}/me/profile")
        self.sends(f"{HOME}/me/profile", **fields)

    def _seen(self, response: Response) -> str:
        self.status, self.page = response.status_code, response.text
        self.path = response.url.raw_path.decode()
        return self.page


class World:
    """Two communities, ``renren`` and ``other``, behind one site. Nothing is really sent."""

    def __init__(
        self,
        database: Database,
        analyser: Analyser,
        files: Path,
        portal: BlockingPortal | None = None,
        **rules: Any,
    ) -> None:
        self._portal = portal
        self.clock = FakeClock()
        self.database = database
        self.woken: set[str] = set()
        self.faults: list[BaseException] = []
        self.channels: dict[str, ChannelState] = {}
        self.settings = Settings(
            id="renren", name="老友记", groups=(GROUP,), admin_group=ADMIN_GROUP,
            admins=frozenset({f"onebot:{OWNER}"}), public_url=ADDRESS, **rules,
        )  # fmt: skip
        self.other = Settings(id="other", name="别家", groups=("onebot:200",), public_url=ADDRESS)
        with database.begin() as session:
            for one in (self.settings, self.other):
                communities.ensure(
                    session, community_id=one.id, name=one.name, groups=one.groups,
                    now=self.clock.now(),
                )  # fmt: skip
        self.door = Door(
            database=database,
            communities={one.id: one for one in (self.settings, self.other)},
            analyser=lambda: analyser,
            now=self.clock.now,
            wake=self.woken.update,
            fault=lambda _what, error: self.faults.append(error),
            files=files,
            public_url=ADDRESS,
            channels=lambda: self.channels,
        )
        self.pages = _pages(self.door)
        self.site = Guard(self.pages, secure=False)

    @contextmanager
    def scene(self, community: str = "renren") -> Iterator[Scene]:
        """One transaction, to prepare something or to look at what has become of it."""
        with self.door.writing(self.door.communities[community]) as scene:
            yield scene

    def browser(self, place: str = "testclient") -> Browser:
        """A browser that nobody has used yet, at an address of its own or at that of the others."""
        client = TestClient(
            self.site, base_url=ADDRESS, raise_server_exceptions=False, client=(place, 50_000)
        )
        client.portal = self._portal
        return Browser(client)

    def member(
        self,
        name: str,
        *,
        role: Role = "member",
        mail: str = "",
        community: str = "renren",
        **fields: Any,
    ) -> Member:
        """Somebody who has spoken in the group. The owner is OWNER, whoever else is asked for."""
        with self.scene(community) as scene:
            made = get_or_create_member(scene, account=f"onebot:{name}", name=name)
            for field, value in fields.items():
                setattr(made, field, value)
            if role in ("admin", "operator", "guest"):
                standing.of(scene, member=made).role = role
            if role == "outsider":
                standing.of(scene, member=made).state = "ended"
            if mail:
                self.add_mail(scene, made, mail)
        return made

    def add_mail(self, scene: Scene, member: Member, mail: str) -> None:
        """An address as one more account."""
        scene.session.add(
            Account(community_id=scene.community_id, address=f"mail:{mail}", member_id=member.id)
        )

    def signed_in(self, name: str, **about: Any) -> Browser:
        """The browser of a member, who is made when there is none of that name."""
        community = str(about.get("community", "renren"))
        token = self.token(name, **about)
        browser = self.browser()
        browser.client.cookies.set(
            cookies.SIGNED_IN, token, domain="127.0.0.1", path=f"/c/{community}"
        )
        return browser

    def token(self, name: str, **about: Any) -> str:
        """What the cookie of a signed-in browser holds; for real browsers."""
        member = self.member(name, **about)
        with self.scene(str(about.get("community", "renren"))) as scene:
            return devices.start(scene, member=scene.session.merge(member), device="测试")

    def posts(
        self, author: str, text: str, *, kind: str = "need", community: str = "renren"
    ) -> Post:
        """A post in the pool."""
        with self.scene(community) as scene:
            member = get_or_create_member(scene, account=f"onebot:{author}", name=author)
            return publish(scene, author=member, kind=kind, text=text).post

    def letters(self, address: str) -> list[Send]:
        """What was said to an address, in order: ``mail:a@b.c``, ``onebot:小明``, a group."""
        with self.database.read() as session:
            rows = session.exec(
                select(Outbox).where(Outbox.lane == address).order_by(col(Outbox.id))
            )
            actions = [load_action(row.action) for row in rows]
        return [action for action in actions if isinstance(action, Send)]
