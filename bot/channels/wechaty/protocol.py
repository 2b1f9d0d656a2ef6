"""What the bot and its child process write to each other: one JSON object a line.

The bot asks ``{"call": 7, "name": "send", …}`` and the child answers ``{"answer": 7, "result": …}``
or ``{"answer": 7, "trouble": "refused", "detail": …}``. By itself the child tells
``{"event": "message", "data": {…}}``, and before it ends ``{"ended": "lost", "detail": …}``.
"""

import json
from dataclasses import dataclass
from typing import Literal

from bot.channels.untrusted import Fields, as_fields

Ended = Literal["lost", "unreachable", "token", "tls", "stranger", "broken"]
"""Why the child has ended: the connection was lost, there was none, the token is refused, the
gateway speaks TLS, it is no gateway of ours, or something is wrong with the child itself."""

LONGEST = 32 * 2**20  # bytes of one line: a list of some ten thousand contacts


@dataclass(frozen=True)
class Settings:
    """What the bot writes in the first line of all."""

    endpoint: str
    token: str
    timeout: float  # seconds that the gateway has for an answer
    ping_interval: float  # seconds between two looks whether it still answers
    takes_over: bool  # from another client that listens to the gateway


def write(line: Fields) -> bytes:
    """The line as bytes."""
    return json.dumps(line).encode() + b"\n"


def read(line: bytes) -> Fields:
    """The object in a line; an empty one when it holds none."""
    try:
        return as_fields(json.loads(line))
    except (ValueError, RecursionError):
        return {}
