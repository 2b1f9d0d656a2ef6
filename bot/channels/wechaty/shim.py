"""Lets python-wechaty 0.10.7 be imported on Python 3.11 and newer, with today's libraries.

Only the child process imports wechaty, and only after ``apply``. Each part says what it mends.
"""

import sys
import types

import pyee
import pyee.asyncio
import urllib3
from apscheduler.jobstores.memory import MemoryJobStore
from urllib3.util import parse_url

_LEFT_OUT = (
    "apscheduler.jobstores.sqlalchemy",
    "github",
    "github.Issue",
    "github.IssueComment",
    "github.PullRequest",
    "github.PullRequestComment",
    "github.Repository",
    "quart",
    "quart_cors",
)


def apply() -> None:
    """Put back what wechaty expects to find. To be called before the first import of it."""
    # pyee 12 moved it to a module of its own.
    vars(pyee).setdefault("AsyncIOEventEmitter", pyee.asyncio.AsyncIOEventEmitter)
    # urllib3 2 removed it.
    vars(urllib3).setdefault("get_host", _get_host)
    # Python 3.13 removed it. It is asked for a port check that our gateway class leaves out.
    sys.modules.setdefault("telnetlib", _telnetlib())
    _leave_out()
    _make_hashable()


def _get_host(url: str) -> tuple[str, str | None, int | None]:
    parts = parse_url(url)
    return parts.scheme or "http", parts.host, parts.port


def _telnetlib() -> types.ModuleType:
    module = types.ModuleType("telnetlib")
    vars(module)["Telnet"] = object
    return module


class Unused:
    """Whatever wechaty builds of a part that is left out."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Takes what the real one would take."""


class Jobs(MemoryJobStore):  # type: ignore[misc]  # apscheduler has no types
    """Where wechaty's scheduler would keep its jobs in a database; it never gets one."""

    def __init__(self, _url: str) -> None:
        super().__init__()


def _leave_out() -> None:
    """A web server, a job database and a client for GitHub: a second of start-up, never used."""
    for name in _LEFT_OUT:
        module = types.ModuleType(name)
        vars(module)["__getattr__"] = _unused
        sys.modules.setdefault(name, module)
    vars(sys.modules["apscheduler.jobstores.sqlalchemy"]).setdefault("SQLAlchemyJobStore", Jobs)


def _unused(name: str) -> type[Unused]:
    if name.startswith("__"):
        raise AttributeError(name)
    return Unused


def _make_hashable() -> None:
    """Python 3.11 takes no default of a dataclass that cannot be hashed."""
    from wechaty_puppet.schemas.puppet import PuppetOptions

    if PuppetOptions.__hash__ is None:
        PuppetOptions.__hash__ = object.__hash__
