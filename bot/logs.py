"""Where log lines go: standard error, so that standard output stays for the conversation."""

import json
import logging
import os
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC
from typing import TYPE_CHECKING, TextIO

from loguru import logger
from typing_extensions import override

from bot.errors import StartError

if TYPE_CHECKING:
    from loguru import Record

LEVELS = ("TRACE", "DEBUG", "INFO", "SUCCESS", "WARNING", "ERROR", "CRITICAL")
CHATTY = ("alembic", "apscheduler", "asyncio", "jieba", "sqlalchemy", "uvicorn", "websockets")
_TIME, _LEVEL = "<green>{time:YYYY-MM-DD HH:mm:ss}</green>", "<level>{level: <7}</level>"
_FORMAT = f"{_TIME} {_LEVEL} <cyan>{{name}}</cyan> <level>{{message}}</level>"


def level_from(environ: Mapping[str, str] = os.environ) -> str:
    """The level that LAOYOU_LOG asks for. Raises StartError."""
    level = environ.get("LAOYOU_LOG", "").strip().upper() or "INFO"
    if level not in LEVELS:
        raise StartError(f'环境变量 LAOYOU_LOG 应为 {"、".join(LEVELS)} 之一，现在是 "{level}"')
    return level


def is_json(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether LAOYOU_LOG_FORMAT asks for lines that programs read. Raises StartError."""
    wanted = environ.get("LAOYOU_LOG_FORMAT", "").strip().lower() or "text"
    if wanted not in ("text", "json"):
        raise StartError(f'环境变量 LAOYOU_LOG_FORMAT 应为 text 或 json，现在是 "{wanted}"')
    return wanted == "json"


def set_up(level: str, stream: TextIO | None = None, *, as_json: bool = False) -> None:
    """Send our lines, and those of the libraries, to the stream; standard error without one."""
    target = _Stderr() if stream is None else stream
    logger.remove()
    logger.add(
        target,
        level=level,
        format=_object if as_json else _FORMAT,
        colorize=not as_json and target.isatty() and not os.environ.get("NO_COLOR"),
        backtrace=False,
        diagnose=False,  # it would print the values of variables: names and messages of members
    )
    logging.basicConfig(handlers=[_Bridge()], level=logging.INFO, force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def masked(address: str) -> str:
    """An address that can be told apart in a log but not read: ``onebot:10…01``."""
    channel, colon, name = address.rpartition(":")
    cut = f"{name[:2]}…{name[-2:]}" if len(name) > 4 else f"{name[:1]}…"
    return f"{channel}{colon}{cut}" if name else address


def _object(record: "Record") -> str:
    """The line as one JSON object, put where loguru's own formatting finds it."""
    line = {
        "time": record["time"].astimezone(UTC).isoformat(timespec="milliseconds"),
        "level": record["level"].name,
        "message": record["message"],
        "process": record["process"].id,
        "name": record["name"],
    }
    if record["exception"] is not None:
        line["exception"] = "".join(traceback.format_exception(record["exception"].value))
    record["extra"]["json"] = json.dumps(line, ensure_ascii=False)
    return "{extra[json]}\n"


class _Stderr:
    """Standard error as it is now: while somebody types, the prompt puts its own in place."""

    def write(self, text: str) -> None:
        sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()

    def isatty(self) -> bool:
        return sys.stderr.isatty()


class _Bridge(logging.Handler):
    """Hands the lines of the standard library's logging over."""

    @override
    def emit(self, record: logging.LogRecord) -> None:
        level: str | int = record.levelno
        if record.levelname in LEVELS:
            level = record.levelname

        def named(entry: "Record") -> None:
            entry["name"] = record.name

        line = logger.patch(named).opt(exception=record.exc_info)
        line.log(level, "{}", record.getMessage())
