"""What a page must not do behind a test's back: errors, failed requests, calls to other hosts."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request, WebError

# A page may break off what it asked for itself, by going elsewhere or by offering a file.
_BROKEN_OFF = "net::ERR_ABORTED"
_OF_THE_PAGE = ("data", "blob", "about")


class Troubles:
    """Collects them from all pages of a test."""

    def __init__(self) -> None:
        self._seen: list[str] = []
        self._contexts: list[BrowserContext] = []

    def watch(self, context: BrowserContext, site: str) -> None:
        """From now on, in all pages of this context; they may ask nobody but ``site``."""
        self._contexts.append(context)
        context.on("console", self._console)
        context.on("weberror", self._page_error)
        context.on("requestfailed", self._failed)
        host = urlsplit(site).netloc
        context.on("request", lambda request: self._asked(request.method, request.url, host))
        context.on("page", lambda page: self._sockets(page, host))

    def taken(self) -> list[str]:
        """What has been seen so far, each a line. It is forgotten: the test has dealt with it."""
        for context in self._contexts:
            for page in context.pages:
                page.wait_for_load_state()
                page.evaluate("0")  # what happened before the answer has been told before it
        taken, self._seen = self._seen, []
        return taken

    def check(self) -> None:
        """Fail if there was anything that no test has taken."""
        if taken := self.taken():
            pytest.fail("The page had troubles:\n" + "\n".join(taken), pytrace=False)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning", "assert"}:
            place = message.location
            where = f"{place['url']}:{place['lineNumber'] + 1}"
            self._seen.append(f"console {message.type}: {message.text} ({where})")

    def _page_error(self, error: WebError) -> None:
        thrown = error.error
        where = thrown.stack if isinstance(thrown, Error) else None
        self._seen.append(f"uncaught: {where or thrown}")

    def _failed(self, request: Request) -> None:
        if request.failure != _BROKEN_OFF:
            self._seen.append(f"failed: {request.method} {request.url} ({request.failure})")

    def _sockets(self, page: Page, host: str) -> None:
        page.on("websocket", lambda socket: self._asked("WebSocket", socket.url, host))

    def _asked(self, method: str, url: str, host: str) -> None:
        asked = urlsplit(url)
        if asked.netloc != host and asked.scheme not in _OF_THE_PAGE:
            self._seen.append(f"outside: {method} {url}")
