"""Delivering one letter over one SMTP connection.

A digest for thousands needs no more: a handful of connections side by side carry several letters
in a second, and one that is fresh has never gone stale or used up.
"""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import NoReturn

import aiosmtplib
from aiosmtplib import SMTPException, SMTPResponseException

from bot.channels.base import Sent
from bot.channels.mail.errors import MailError, explain
from bot.channels.mail.server import Server

RETRY_DELAY = 300.0  # seconds; greylisting servers want to be asked again after some minutes
_TIMEOUT = 20.0  # for each answer
_DATA_TIMEOUT = 120.0  # for a letter to be looked through; in all well below the outbox's lease
_CLOSING = 421
_LOGIN = (530, 534, 535, 538)


@dataclass(frozen=True)
class Transport:
    """Connects to one server. ``tls`` for tests; else what the machine trusts."""

    server: Server
    hostname: str  # as which we greet
    tls: ssl.SSLContext | None = None
    timeout: float = _TIMEOUT
    data_timeout: float = _DATA_TIMEOUT

    @cached_property
    def _trusted(self) -> ssl.SSLContext:
        return self.tls or ssl.create_default_context()  # reading it anew takes its time

    async def deliver(self, letter: bytes, *, sender: str, recipient: str) -> Sent:
        """Hand the letter over. Raises MailError when the server takes no letters at all."""
        async with self.connected() as client:
            try:
                await client.mail(sender)
                await client.rcpt(recipient)
            except aiosmtplib.SMTPSenderRefused as error:
                raise MailError(
                    f"{self.server.shown} 不接受发件地址 {sender}（{error.code}）",
                    "检查 mail.sender",
                    lasting=True,
                ) from error
            except aiosmtplib.SMTPRecipientRefused as error:
                return self._answered(error)
            except (SMTPException, OSError) as error:
                raise explain(self.server, error) from error
            try:
                await client.data(letter, timeout=self.data_timeout)
            except SMTPResponseException as error:
                return self._answered(error)
            except (SMTPException, OSError):  # it may have arrived all the same
                return Sent("unknown", detail="交出信件后没有回音")
        return Sent("sent")

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[aiosmtplib.SMTP]:
        """A server that has greeted us and let us in. Raises MailError."""
        server = self.server
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.tls,
            start_tls=server.start_tls,
            username=server.user or None,
            password=server.password or None,
            tls_context=self._trusted,
            timeout=self.timeout,
            local_hostname=self.hostname,
        )
        try:
            await client.connect()
        except (SMTPException, OSError, ValueError) as error:
            raise explain(server, error) from error
        try:
            yield client
        finally:
            await _quit(client)

    def _answered(self, error: SMTPResponseException) -> Sent:
        """A plain answer of the server to this letter."""
        if error.code == _CLOSING or error.code in _LOGIN:
            self._raise(error)
        detail = f"{error.code} {error.message}"
        if 400 <= error.code < 500:
            return Sent("offline", detail=detail, retry_after=RETRY_DELAY)
        if 500 <= error.code < 600:
            return Sent("refused", detail=detail)
        if isinstance(error, aiosmtplib.SMTPRecipientRefused):
            self._raise(error)  # no answer that means anything, and the letter is still here
        return Sent("unknown", detail=detail)

    def _raise(self, error: SMTPResponseException) -> NoReturn:
        raise explain(self.server, error) from error


async def _quit(client: aiosmtplib.SMTP) -> None:
    """Politely if that is quick; the letter's fate is known by now."""
    with contextlib.suppress(SMTPException, OSError, TimeoutError):
        async with asyncio.timeout(2.0):
            await client.quit()
    client.close()
