"""Bots that are killed at one step of the way of a message.

``python -m tests.faults.dying`` loads everything once, and forks a process for each line that it
reads: the JSON of a ``Life``. Each is answered with a line, the way in which the process ended.
"""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from alembic.operations.base import Operations
from loguru import logger
from pydantic import BaseModel
from typing_extensions import override

from bot.analyser_reload import Analysers
from bot.app import App
from bot.channels.base import Feed, Sent
from bot.config.sections import OutboxConfig
from bot.dependencies import Dependencies
from bot.incoming.lanes import Lanes
from bot.incoming.processor import Processor
from bot.outbox.store import Store
from community.actions import Action, Send
from handlers.framework.context import Context
from handlers.framework.discovery import collect
from handlers.framework.feature import Call, Feature
from matching import Analyser
from storage.database import Database
from storage.queries import audit
from storage.queries.traffic import inbox
from storage.schema import upgrade
from tests.bot.people import GROUP, OTHER_GROUP, SETTINGS, message
from tests.fakes import FakeChannel, FakeClock

Settle = Callable[[], Awaitable[None]]

MESSAGES = ("零", "一", "二")
CROWD = (("甲", GROUP), ("乙", OTHER_GROUP))
SECOND = 2  # the message at which it dies
PATIENCE = 60.0


class Life(BaseModel):
    """Which database, what the platform remembers, and after which call it ends; "": never.

    ``crowded``: two messages are said at once, in two groups, and answers keep a pace.
    """

    url: str
    heard: Path
    crowded: bool = False
    dies: str = ""
    at: int = SECOND


class Platform(FakeChannel):
    """Delivers all messages whenever the bot connects, and keeps what was said in a file."""

    def __init__(self, file: Path, *, crowded: bool) -> None:
        super().__init__()
        self._file = file
        self._crowded = crowded
        self._all = asyncio.Event()
        self.settle: Settle

    @override
    async def run(self, feed: Feed) -> None:
        """Deliver, and wait until all is answered."""
        if self._crowded:
            await asyncio.gather(
                *(feed(message(f"#echo {text}", key=text, group=group)) for text, group in CROWD)
            )
            await self.settle()
        for text in () if self._crowded else MESSAGES:
            self.receive()
            await feed(message(f"#echo {text}", key=text))
            await self.settle()
        self._look()
        async with asyncio.timeout(PATIENCE):
            await self._all.wait()

    @override
    async def perform(self, action: Action) -> Sent:
        """Say it."""
        assert isinstance(action, Send)
        self.reach()
        self.speak(action.text)
        self._look()
        return Sent("sent", "m")

    def receive(self) -> None:
        """The bot has it in memory."""

    def reach(self) -> None:
        """It is on its way."""

    def speak(self, text: str) -> None:
        """It is out."""
        with self._file.open("a") as file:
            file.write(f"{text}\n")

    def _look(self) -> None:
        expected = {text for text, _ in CROWD} if self._crowded else set(MESSAGES)
        if self._file.exists() and expected <= set(self._file.read_text().split()):
            self._all.set()


STEPS: dict[str, tuple[Any, str]] = {
    "received": (Platform, "receive"),
    "inbox written": (inbox, "add"),
    "inbox committed": (Lanes, "push"),
    "in the handler": (audit, "add"),
    "handled and committed": (Processor, "handle"),
    "claimed by the sender": (Store, "claim_in"),
    "at the platform": (Platform, "reach"),
    "sent": (Platform, "speak"),
    "marked as sent": (Store, "_record_result"),
    "mark committed": (Store, "record"),
    "given back": (Store, "unclaim"),
    "in a migration": (Operations, "batch_alter_table"),
}
"""Each ends with the return of a call."""


def arm(step: str, at: int) -> None:
    """Die without warning at the end of that call, the ``at``-th time it is made."""
    owner, name = STEPS[step]
    call = getattr(owner, name)
    calls: list[str] = []

    def last(*args: Any, **kwargs: Any) -> Any:
        result = call(*args, **kwargs)
        calls.append(name)
        if len(calls) == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, last)


def feature() -> Feature:
    """``#echo`` writes a row, and says it again."""
    made = Feature("test", usage="#echo", summary="测试")

    @made.command("echo")
    def echo(ctx: Context, call: Call) -> str:
        audit.add(
            ctx.scene.session, community_id=ctx.scene.community_id, at=ctx.scene.now,
            verb="echo", subject="test", subject_id=1,
        )  # fmt: skip
        return call.body

    return made


async def live(life: Life, analysers: Analysers) -> None:
    """Run until everything is answered."""
    database = Database(life.url)
    platform = Platform(life.heard, crowded=life.crowded)
    dependencies = Dependencies(
        database=database,
        settings=SETTINGS,
        channels=(platform,),
        features=collect([feature()]),
        analysers=analysers,
        clock=FakeClock(),
        outbox=OutboxConfig(min_interval=3 if life.crowded else 0, per_hour=0),
    )
    app = App(dependencies)
    platform.settle = app.settle
    await app.start()
    await app.serve(asyncio.Event())
    database.close()


def run(life: Life, analysers: Analysers) -> None:
    """One life, to its end."""
    if life.dies:
        arm(life.dies, life.at)
    if life.dies == "in a migration":
        upgrade(Database(life.url))
    else:
        asyncio.run(live(life, analysers))


def main() -> None:
    """Fork a process for each line."""
    logger.remove()
    logger.add(sys.stderr, level="INFO")
    analysers = Analysers(Analyser())
    gc.freeze()  # what is loaded is shared with each life, and not looked through in it
    for line in sys.stdin:
        child = os.fork()
        if not child:
            run(Life.model_validate_json(line), analysers)
            os._exit(0)
        _, ended = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(ended)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
