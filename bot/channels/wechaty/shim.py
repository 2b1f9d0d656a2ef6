"""Lets python-wechaty 0.10.7 be imported on Python 3.11 and newer, with today's libraries.

Only the child process imports wechaty, and only after ``apply``. Each part says what it mends.
"""

import sys
import types

import pyee
import pyee.asyncio
import urllib3
from urllib3.util import parse_url


def apply() -> None:
    """Put back what wechaty expects to find. To be called before the first import of it."""
    # pyee 12 moved it to a module of its own.
    vars(pyee).setdefault("AsyncIOEventEmitter", pyee.asyncio.AsyncIOEventEmitter)
    # urllib3 2 removed it.
    vars(urllib3).setdefault("get_host", _get_host)
    # Python 3.13 removed it. It is asked for a port check that our gateway class leaves out.
    sys.modules.setdefault("telnetlib", _telnetlib())
    _make_hashable()


def _get_host(url: str) -> tuple[str, str | None, int | None]:
    parts = parse_url(url)
    return parts.scheme or "http", parts.host, parts.port


def _telnetlib() -> types.ModuleType:
    module = types.ModuleType("telnetlib")
    vars(module)["Telnet"] = object
    return module


def _make_hashable() -> None:
    """Python 3.11 takes no default of a dataclass that cannot be hashed."""
    from wechaty_puppet.schemas.puppet import PuppetOptions

    if PuppetOptions.__hash__ is None:
        PuppetOptions.__hash__ = object.__hash__
