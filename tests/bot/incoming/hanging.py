"""A command that never ends: a bot with it is ``python -m tests.bot.incoming.hanging FILE``."""

import sys
import time
from pathlib import Path

from bot import app, start
from bot.config import load
from handlers.framework.context import Context
from handlers.framework.discovery import Features, collect
from handlers.framework.feature import Call, Feature

HANGING = "the handler hangs"

feature = Feature("hang", usage="#hang", summary="测试")


@feature.command("hang")
def hang(ctx: Context, call: Call) -> None:
    """Never come back."""
    del ctx, call
    sys.stdout.write(f"{HANGING}\n")
    sys.stdout.flush()
    while True:
        time.sleep(1)


def features() -> Features:
    """That command alone."""
    return collect([feature])


if __name__ == "__main__":
    app.GRACE = 0.1
    vars(start).update(discover=features)
    sys.exit(start.run(load(Path(sys.argv[1]))))
