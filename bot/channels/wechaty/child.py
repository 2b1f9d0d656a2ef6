"""The process in which python-wechaty runs: ``python -m bot.channels.wechaty.child``.

Its log handlers, its pools, its files and its deaths stay in here. It knows nothing of
communities: it passes on what the gateway reports, and asks the gateway what the bot wants to
know. It ends when the gateway is lost, or when the bot is gone, and never tries again by itself.
"""

import asyncio
import os
import sys
from typing import Any, BinaryIO

from bot.channels.untrusted import Fields
from bot.channels.wechaty import shim
from bot.channels.wechaty.protocol import LONGEST, Settings, read, write

_SETTINGS = ("TOKEN", "token", "ENDPOINT", "endpoint")
_LONG_SETTINGS = ("WECHATY_PUPPET_SERVICE_TOKEN", "WECHATY_PUPPET_SERVICE_ENDPOINT")


def main() -> None:
    """Talk to the bot by the standard streams until one side ends."""
    out = _take_stdout()
    # Read before wechaty is imported: it looks for these as well, and prints what it finds.
    for name in (*_SETTINGS, *_LONG_SETTINGS):
        os.environ.pop(name, None)
    os.environ |= {"WECHATY_LOG": "error", "CACHE_DIR": "."}
    asyncio.run(_serve(out))


def _take_stdout() -> BinaryIO:
    """Keep standard output for our lines: wechaty prints to it."""
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    return out


async def _serve(out: BinaryIO) -> None:
    asked = await _stdin()
    settings = Settings(**read(await asked.readline()))  # type: ignore[arg-type]

    def tell(line: Fields) -> None:
        out.write(write(line))

    try:
        shim.apply()
        from bot.channels.wechaty.session import Session

        tell(await Session(settings, tell).run(asked))
    # The boundary of the process: the bot must hear of it, whatever it is.
    except Exception as trouble:
        tell({"ended": "broken", "detail": f"{type(trouble).__name__}: {trouble}"})
        raise


async def _stdin() -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=LONGEST)
    protocol: Any = asyncio.StreamReaderProtocol(reader)
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin)
    return reader


if __name__ == "__main__":
    main()
