"""The key that seals who is behind an alias. It is never in the database.

Whoever holds both can open everything; whoever holds one of them, nothing.
"""

import base64
import hmac
import json
import os
import secrets
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from community.errors import UserError
from community.scene import Scene
from community.settings import AnonymousKey
from storage.queries import anonymity

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

SHORTEST = 32  # characters
_NO_TIME = 0  # a token tells when it was made: that would tell whose it is
_CLOSED = "匿名发布现在用不了：密钥有问题，请管理员运行 laoyou doctor 看看。什么都没有保存。"


@dataclass(frozen=True)
class KeyRing:
    """What is derived from the secret: a key to seal, one to blind, and a fingerprint."""

    secret: bytes = field(repr=False)

    @cached_property
    def id(self) -> str:
        """The fingerprint: tells two keys apart, and nothing of them."""
        return self._derived("fingerprint").hex()[:16]

    def seal(self, *parts: str) -> str:
        """Closed for everybody without the key, and each time another text."""
        return self._fernet.encrypt_at_time(_joined(*parts), _NO_TIME).decode()

    def open(self, sealed: str) -> list[str] | None:
        """What was sealed; None: by another key, or not at all."""
        from cryptography.fernet import InvalidToken  # noqa: PLC0415 – see below

        try:
            parts: list[str] = json.loads(self._fernet.decrypt(sealed.encode()))
        except InvalidToken:
            return None
        return parts

    def blind(self, *parts: str) -> str:
        """The same for the same parts; without the key nobody finds them out by trying."""
        return hmac.digest(self._blinding, _joined(*parts), "sha256").hex()

    @cached_property
    def _blinding(self) -> bytes:
        return self._derived("blind")

    @cached_property
    def _fernet(self) -> "Fernet":
        from cryptography.fernet import Fernet  # noqa: PLC0415 – few need it

        return Fernet(base64.urlsafe_b64encode(self._derived("seal")))

    def _derived(self, purpose: str) -> bytes:
        return hmac.digest(self.secret, f"laoyou {purpose}".encode(), "sha256")


def key_ring(scene: Scene) -> KeyRing | None:
    """The key, if there is one."""
    return read(scene.settings.anonymous)


def usable_ring(scene: Scene) -> KeyRing:
    """The key to seal with; a new one where there was none. Raises UserError.

    Nothing is sealed while posts run that were sealed with another one: it may be that this
    machine has not been given the key of the others, and two would never understand each other.
    """
    source = scene.settings.anonymous
    used = anonymity.live_keys(scene.session)
    ring = read(source)
    if ring is None and not used and source.file is not None and not source.file.exists():
        ring = make(source.file)
    if ring is None or used - {ring.id}:
        raise UserError(_CLOSED)
    return ring


def read(source: AnonymousKey) -> KeyRing | None:
    """The key as it is configured, or as it lies in its file."""
    text = ""
    if source.secret is not None:
        text = source.secret.get_secret_value()
    elif source.file is not None:
        try:
            text = source.file.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
    return KeyRing(text.encode()) if len(text) >= SHORTEST else None


def make(file: Path) -> KeyRing | None:
    """A new key in its file, whole from the first moment; of two processes one makes it."""
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(f"{secrets.token_urlsafe(48)}\n")
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(part, file)
        except FileExistsError:
            pass  # somebody else was faster
        finally:
            part.unlink()
    except OSError:
        return None
    return read(AnonymousKey(file=file))


def _joined(*parts: str) -> bytes:
    return json.dumps(parts).encode()
