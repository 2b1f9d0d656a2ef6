"""Run the peer: python -m bench.peer PORT DATABASE, in the environment of the group ``bench``."""

import sys
from pathlib import Path

import nonebot
from nonebot.adapters.onebot.v11 import Adapter

from bench.peer.commands import register
from bench.peer.store import Store


def main(port: int, file: Path) -> None:
    """Until it is stopped. Quiet: a line for each message would be half of its work."""
    nonebot.init(
        driver="~fastapi",
        host="127.0.0.1",
        port=port,
        command_start={"#", "＃"},
        log_level="WARNING",
    )
    nonebot.get_driver().register_adapter(Adapter)
    register(Store(file))
    nonebot.run()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
