"""A mail channel before a real server."""

import ssl
from collections.abc import Callable
from pathlib import Path

import pytest

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
