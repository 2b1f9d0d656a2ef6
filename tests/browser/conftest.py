"""A browser for tests, and what they look at pages with.

A test of a page is synchronous, lies in this folder, and carries the marker ``browser``::

    pytestmark = pytest.mark.browser

    def test_form(serve: Serve, new_page: NewPage, screenshot: Screenshot) -> None:
        site = serve(create_app(...))             # the bot's own server on a free port
        page = new_page(site, PHONE, dark=True)   # or DESKTOP, javascript=False
        page.goto("/apply")                       # a path of the site
        expect(page.get_by_role("heading")).to_have_text("申请加入")
        check_accessible(page)                    # axe-core: nothing serious, nothing critical
        screenshot(page, "apply-phone")           # a picture for the documentation

``Serve``, ``NewPage``, ``Screenshot``, ``Troubles``, ``PHONE``, ``DESKTOP`` and
``check_accessible`` come from ``tests.browser``, ``expect`` and ``Page`` from
``playwright.sync_api``.

- ``serve(app)`` gives the address of any ASGI application, served by ``web.server.WebServer`` in
  a thread until the test is over. Requests that are still open then are waited for.
- ``new_page(site, size=DESKTOP, *, dark=False, javascript=True)`` opens a page in a new browser
  context: no cookies, zh-CN, Asia/Shanghai. Two calls are two people;
  ``page.context.new_page()`` is a second tab of the same one.
- ``troubles`` watches all of them, whether a test asks for it or not. A console error or warning,
  an uncaught exception, a failed request, a request to another host than ``site``: each fails the
  test at its end. A test that wants one takes it: ``assert "404" in troubles.taken()[0]``. The
  browser tells every answer from 400 on as a console error.
- ``screenshot(page, name, whole=False)`` writes ``<name>.png`` where ``make pictures`` wants it,
  in docs/images; a plain test run draws none.
- With ``javascript=False`` ``<noscript>`` is drawn, but no locator finds what is in it:
  ``page.inner_text("body")`` does.
- Wait with ``expect(…)``, ``page.wait_for_url`` and ``page.expect_response``, never for a time.
- The security policy of pages is in force, in ``check_accessible`` as well.

Only synchronous tests: Playwright keeps a loop running in this thread, so ``asyncio.run`` and
anyio's tests fail while the browser is up. It is closed after the last test of this folder.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from starlette.types import ASGIApp

from matching import Analyser
from storage.database import Database
from tests.browser import DESKTOP, NewPage, Screenshot, Serve, Size, Troubles
from tests.browser.chromium import started
from tests.browser.install import installed
from tests.browser.opening import PATIENCE, opened
from tests.browser.pictures import take
from tests.browser.serving import Servers
from tests.npm import NODE
from tests.web.world import World
from web.cookies import SIGNED_IN


class SignIn(Protocol):
    """Signs a browser in."""

    def __call__(self, page: Page, world: World, name: str, **about: Any) -> None: ...


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for this folder; ``new_page`` is what tests want."""
    parts = installed()
    expect.set_options(timeout=PATIENCE)
    with pytest.MonkeyPatch.context() as environment:
        # The Node that comes with Playwright needs libatomic, which small machines lack.
        environment.setenv("PLAYWRIGHT_NODEJS_PATH", str(NODE))
        with sync_playwright() as playwright:
            browser = started(playwright.chromium, parts)
            yield browser
            browser.close()


@pytest.fixture(scope="package")
def _servers() -> Iterator[Servers]:
    """Stopping a server takes a fifth of a second: they are used again."""
    servers = Servers()
    yield servers
    servers.stop()


@pytest.fixture
def serve(_servers: Servers) -> Iterator[Serve]:
    """Serves applications, and gives their addresses."""
    with ExitStack() as applications:

        def start(app: ASGIApp) -> str:
            return applications.enter_context(_servers.serving(app))

        yield start


@pytest.fixture
def troubles() -> Troubles:
    """What went wrong in the pages of this test."""
    return Troubles()


@pytest.fixture
def new_page(browser: Browser, serve: Serve, troubles: Troubles) -> Iterator[NewPage]:
    """Opens pages, each for somebody else."""
    del serve  # asked for only so that the pages are closed before their servers
    with ExitStack() as contexts:

        def new(
            site: str, size: Size = DESKTOP, *, dark: bool = False, javascript: bool = True
        ) -> Page:
            context = opened(browser, site, size, dark=dark, javascript=javascript)
            contexts.callback(context.close)
            troubles.watch(context, site)
            return context.new_page()

        yield new
        troubles.check()


@pytest.fixture
def screenshot() -> Screenshot:
    """Takes pictures, where they are wanted."""
    return take


@pytest.fixture
def database_kind() -> str:
    """One kind is enough here."""
    return "sqlite"


@pytest.fixture
def world(database: Database, analyser: Analyser, tmp_path: Path) -> Iterator[World]:
    """A community to look at; ``serve(world.site)`` gives its address."""
    made = World(database, analyser, tmp_path / "proofs")
    yield made
    assert made.faults == []


@pytest.fixture
def sign_in() -> SignIn:
    """Signs a browser in as somebody: ``sign_in(page, world, "小明")``; he is made if need be."""

    def enter(page: Page, world: World, name: str, **about: Any) -> None:
        token = world.token(name, **about)
        path = f"/c/{about.get('community', 'renren')}"
        page.context.add_cookies(
            [{"name": SIGNED_IN, "value": token, "domain": "127.0.0.1", "path": path}]
        )

    return enter
