"""The mail channel: letters go out, and nothing ever comes in."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from loguru import logger

from bot.channels.base import Caps, Feed, Sent
from bot.channels.mail import folder
from bot.channels.mail.errors import MailError
from bot.channels.mail.server import NO_ADDRESS, Sender, Server
from bot.clock import Clock
from bot.finding import Finding
from bot.logs import masked
from community.actions import Action, Send
from storage.refusals import os_error_reason

if TYPE_CHECKING:
    import ssl

    from bot.channels.mail.transport import Transport

MIN_BACKOFF, MAX_BACKOFF = 60.0, 300.0  # seconds in which a server in trouble is left alone
MAX_RETRY_DELAY = 3600.0  # for an address that is to be tried later
_AT_ONCE = 4  # connections; more make a provider suspicious


class Mail:
    """Without a ``server`` each letter becomes a file in ``files``.

    Not paced like a chat: nobody's account is banned for a digest. What protects the server
    instead is that few letters are under way at once, and that after trouble it is left alone
    for a while, in which every letter waits in its outbox.
    """

    name = "mail"
    address: str | None = None
    caps = Caps(can_mention=False, can_quote=False, paced=False, max_concurrent=_AT_ONCE)

    def __init__(
        self,
        server: Server | None,
        *,
        sender: Sender,
        files: Path,
        clock: Clock,
        tls: "ssl.SSLContext | None" = None,
    ) -> None:
        self._server = server
        self.sender = sender
        self._files = files
        self._clock = clock
        self._tls = tls
        self._transport: Transport | None = None
        self._backoff = MIN_BACKOFF
        self._paused_until = clock.now()
        self._trouble = ""
        self._tries: dict[str, int] = {}  # addresses that were to be tried later

    def reaches(self, target: str) -> bool:
        """Any process can write a letter."""
        del target
        return True

    async def run(self, feed: Feed) -> None:  # noqa: ARG002
        """Nothing comes in."""
        if self._server is None:
            logger.info("没有设置 mail.url，信件写成文件，放在 {}", self._files)

    async def perform(self, action: Action) -> Sent:
        """Send one letter."""
        from bot.channels.mail.codec import AddressError, address_of, to_letter  # noqa: PLC0415

        if not isinstance(action, Send):
            return Sent("refused", detail="邮件做不到")
        key = token_hex(12)
        try:
            recipient = address_of(action.target)
            letter = to_letter(
                action,
                sender=self.sender,
                key=key,
                date=self._clock.now(),
                readable=self._server is None,
            )
        except AddressError:
            return Sent("refused", detail="不是邮箱地址")
        if self._server is None:
            sent = await self._write(letter.as_bytes(), recipient, key)
        else:
            sent = await self._deliver(self._server, letter.as_bytes(), recipient)
        if sent.state in ("refused", "unknown"):
            logger.warning("mail: {} → {} {}", masked(action.target), sent.state, sent.detail[:3])
        return Sent(
            sent.state, key if sent.state == "sent" else None, sent.detail, sent.retry_after
        )

    async def check(self) -> list[Finding]:
        """Look whether letters can be written, or the server lets us in."""
        if self._server is None:
            if wrong := folder.trouble(self._files):
                return [Finding(ok=False, text=f"邮件：{wrong}", fix=f"让 {self._files} 能写")]
            text = f"邮件：没有设置 mail.url，信件会写成文件，放在 {self._files}"
            return [Finding(ok=True, text=text)]
        try:
            async with self._transport_to(self._server).connected():
                pass
        except MailError as error:
            return [Finding(ok=False, text=f"邮件：{error.text}", fix=error.fix)]
        if self.sender.address == NO_ADDRESS:
            text = f"邮件：{self._server.shown} 可以登录，但没有发件地址，信多半会被退回"
            return [Finding(ok=False, text=text, fix="写上 mail.sender")]
        how = f"邮件：{self._server.shown} 可以发信，发件地址 {self.sender.address}"
        return [Finding(ok=True, text=how)]

    async def _write(self, letter: bytes, recipient: str, key: str) -> Sent:
        stamp = f"{self._clock.now():%Y%m%d-%H%M%S}"

        def write() -> None:
            folder.write(self._files, letter, stamp=stamp, recipient=recipient, key=key)

        try:
            await asyncio.to_thread(write)
        except OSError as error:
            text = f"信件写不进 {self._files}（{os_error_reason(error)}）"
            return self._back_off(MailError(text, "检查文件夹的权限和磁盘空间"))
        self._reset_backoff()
        return Sent("sent")

    async def _deliver(self, server: Server, letter: bytes, recipient: str) -> Sent:
        waits = (self._paused_until - self._clock.now()).total_seconds()
        if 0 < waits <= MAX_BACKOFF:  # more was never agreed: the clock was set back
            return Sent("offline", detail=self._trouble, retry_after=waits)
        try:
            sent = await self._transport_to(server).deliver(
                letter, sender=self.sender.address, recipient=recipient
            )
        except MailError as error:
            return self._back_off(error)
        if sent.state == "unknown":  # one such letter may be lost, a whole digest must not
            self._back_off(MailError(f"{server.shown} {sent.detail}", "看看邮件服务器的日志"))
        else:
            self._reset_backoff()
        return self._with_backoff(sent, recipient)

    def _with_backoff(self, sent: Sent, recipient: str) -> Sent:
        """An address that is to be tried later is tried less and less often."""
        if sent.state != "offline":
            self._tries.pop(recipient, None)
            return sent
        tries = self._tries.get(recipient, 0)
        self._tries[recipient] = tries + 1
        return replace(sent, retry_after=min(sent.retry_after * 2**tries, MAX_RETRY_DELAY))

    def _transport_to(self, server: Server) -> "Transport":
        if self._transport is None:
            from bot.channels.mail.transport import Transport  # noqa: PLC0415 – not at the start

            self._transport = Transport(server, self.sender.domain, tls=self._tls)
        return self._transport

    def _back_off(self, error: MailError) -> Sent:
        """Pause all letters for a while, longer each time; the operator hears of it once."""
        now = self._clock.now()
        if now < self._paused_until:  # a letter beside it has met the same
            waits = (self._paused_until - now).total_seconds()
            return Sent("offline", detail=error.text, retry_after=waits)
        if error.text != self._trouble:
            logger.error("邮件：{}；{}。信件都留着，之后再发", error.text, error.fix)
        self._trouble = error.text
        rest = MAX_BACKOFF if error.lasting else self._backoff
        self._backoff = min(self._backoff * 2, MAX_BACKOFF)
        self._paused_until = now + timedelta(seconds=rest)
        return Sent("offline", detail=error.text, retry_after=rest)

    def _reset_backoff(self) -> None:
        if self._trouble:
            logger.info("邮件：恢复发送")
        self._trouble, self._backoff = "", MIN_BACKOFF
