"""Which mail server takes the letters, and in whose name they go."""

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

NO_ADDRESS = "laoyou@localhost"  # what nobody could answer to, and many servers refuse
_PLAIN, _SUBMISSION, _TLS = 25, 587, 465


@dataclass(frozen=True)
class Sender:
    """Who writes: the address, and the name that is shown where no community is known."""

    address: str
    name: str = "老友"

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True)
class Server:
    """The parts of ``mail.url``."""

    host: str
    port: int
    tls: bool = False  # from the first byte on
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, url: str) -> "Server":
        """Read ``smtp(s)://user:password@host:port``; signs in the password may be %-encoded."""
        parts = urlsplit(url)
        tls, user = parts.scheme == "smtps", unquote(parts.username or "")
        usual = _TLS if tls else _SUBMISSION if user else _PLAIN
        return cls(
            host=parts.hostname or "",
            port=parts.port or usual,
            tls=tls,
            user=user,
            password=unquote(parts.password or ""),
        )

    @property
    def shown(self) -> str:
        """For people: without the user and his password."""
        return f"{self.host}:{self.port}"

    @property
    def waits_for_tls(self) -> bool:
        """Whether the port is one that says nothing before the first word of TLS."""
        return self.port == _TLS and not self.tls

    @property
    def start_tls(self) -> bool | None:
        """Whether an open connection is made a secret one. None: where the server offers it.

        A password is never told to another machine in the open, even if somebody on the way
        hides the offer. Nobody is on the way to a relay on the same machine.
        """
        if self.tls:
            return False
        if self.user:
            return None if self._here else True
        return False if self._here else None

    @property
    def _here(self) -> bool:
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def sender_of(configured: tuple[str, str], *guesses: str) -> Sender:
    """The sender that is configured (name, address), else the first guess that is an address."""
    name, address = configured
    return Sender(address or next(filter(None, guesses), NO_ADDRESS), name or Sender.name)
