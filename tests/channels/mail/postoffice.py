"""A real SMTP server in the loop of the test, which can be as rude as servers are."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "bot@club.cn", "p@ss:词"


@dataclass
class PostOffice:
    """Takes letters; ``rcpt`` and ``data`` are what it says to an address, or how it breaks."""

    letters: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    rcpt: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    mail: str = ""
    tls: bool = False
    logins: int = 0
    connections: int = 0
    most_at_once: int = 0
    port: int = 0
    _open: int = 0

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Who writes."""
        self.connections += 1
        self._open += 1
        self.most_at_once = max(self.most_at_once, self._open)
        if self.mail:
            self._open -= 1
            return self.mail
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        await asyncio.sleep(0)
        return "250 ok"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """To whom."""
        answer = self.rcpt.get(address, "250 ok")
        if answer == "drop":
            _drop(server)
        if not answer.startswith("250"):
            self._open -= 1
            return answer
        envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """The letter."""
        self._open -= 1
        answer = self.data.get(envelope.rcpt_tos[0], "250 ok")
        if answer == "drop":
            _drop(server)
        if answer.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            self.letters.append(message_from_bytes(content, policy=default))
            self.envelopes.append((str(envelope.mail_from), list(envelope.rcpt_tos)))
        self.tls = session.ssl is not None
        return answer

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        """The one user that there is."""
        assert isinstance(data, LoginPassword)
        good = (data.login.decode(), data.password.decode()) == (USER, PASSWORD)
        self.logins += good
        return AuthResult(success=good, handled=False)


def _drop(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


@asynccontextmanager
async def opened(
    office: PostOffice, *, tls: ssl.SSLContext | None = None, login: bool = False
) -> AsyncIterator[PostOffice]:
    """Serve on a free port of this machine; with ``login`` nobody writes without a password."""
    loop = asyncio.get_running_loop()

    def greet() -> SMTP:
        return SMTP(
            office,
            hostname="mx.test",
            tls_context=tls,
            require_starttls=login,
            auth_required=login,
            authenticator=office.authenticate if login else None,
            loop=loop,
        )

    server = await loop.create_server(greet, "127.0.0.1", 0)
    office.port = server.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        server.close()
        await server.wait_closed()
