"""A mail channel before a real server."""

import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from loguru import logger

from bot.channels.mail import Mail, Sender, Server
from tests.channels.mail.certificates import Certificate, made
from tests.fakes import FakeClock

NewMail = Callable[..., Mail]


@pytest.fixture
def new_mail(tmp_path: Path, clock: FakeClock) -> NewMail:
    """A channel to the server of that address; without one, to files."""

    def make(url: str = "", tls: ssl.SSLContext | None = None) -> Mail:
        server = Server.of(url) if url else None
        return Mail(
            server, sender=Sender("bot@club.cn"), files=tmp_path / "mail", clock=clock, tls=tls
        )

    return make


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """For ``localhost``."""
    return made(tmp_path_factory.mktemp("tls"), "localhost")


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """The lines from INFO on."""
    lines: list[str] = []
    sink = logger.add(lines.append, level="INFO", format="{level} {message}")
    yield lines
    logger.remove(sink)
