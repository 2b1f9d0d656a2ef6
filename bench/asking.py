"""Commands on their whole way from the inbox to the outbox, in one thread and without sending."""

import gc
import random
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from secrets import token_hex

from bench.made_up import COMMUNITY, GROUP, Said
from bot.analyser_reload import Analysers
from bot.clock import SystemClock
from bot.communities import Communities
from bot.incoming.processor import Processor
from bot.incoming.router import Router
from bot.process import tune_garbage_collection
from community.matches.mentions import candidates
from community.matches.search import find_matches
from community.rules import Limits
from community.scene import Scene
from community.settings import Settings
from community.updates import Message, Sender, dump_update
from handlers.framework.discovery import discover
from matching import Analyser
from storage.database import Database
from storage.queries.traffic import inbox
from storage.queries.traffic.inbox import Received

WARM = 20


@dataclass(frozen=True)
class Cost:
    """Seconds that one message took: on the clock, and of the processor."""

    wall: float
    cpu: float


def processor_of(database: Database, analyser: Analyser) -> Processor:
    """The bot's own, for the community that is made up."""
    # A refusal would cost next to nothing.
    no_limit = Limits(posts_per_day=0, commands_per_minute=0)
    settings = Settings(id=COMMUNITY, name="大群", groups=(GROUP,), limits=no_limit)
    router = Router(discover(), Communities([settings]), Analysers(analyser), SystemClock())
    return Processor(database, router)


def messages(processor: Processor, *, count: int, members: int) -> Iterator[Callable[[], object]]:
    """So many ``#need``, each ready to be taken the whole way; the first ``WARM`` only warm up."""
    _spare()
    run = token_hex(4)  # other words in each run: the same again would not be a new post
    rng = random.Random(run)
    said = Said(rng)
    for number in range(WARM + count):
        row = _row(processor, f"{run}-{number}", rng.randint(1, members), said())
        yield partial(_take, processor, row)


def trials(processor: Processor, *, count: int) -> Iterator[Callable[[], object]]:
    """As many texts, each only analysed, ranked and decided on; nothing is stored."""
    _spare()
    said = Said(random.Random(token_hex(4)))
    for _ in range(WARM + count):
        yield partial(_try, processor, said())


def asked(processor: Processor, *, count: int, members: int) -> Iterator[Cost]:
    """What each of so many ``#need`` costs, after some that warm up."""
    return costs(messages(processor, count=count, members=members))


def costs(calls: Iterable[Callable[[], object]]) -> Iterator[Cost]:
    """What each costs but for the first ``WARM``."""
    for number, call in enumerate(calls):
        wall, cpu = time.perf_counter(), time.process_time()
        call()
        if number >= WARM:
            yield Cost(time.perf_counter() - wall, time.process_time() - cpu)


def _spare() -> None:
    """As the bot does when it starts."""
    gc.collect()
    tune_garbage_collection()


def _take(processor: Processor, row: Received) -> None:
    with processor.database.begin() as session:
        [id_] = inbox.add(session, rows=[row]).values()
    processor.handle(id_)


def _try(processor: Processor, words: str) -> None:
    router = processor.router
    settings = router.communities.by_id[COMMUNITY]
    with processor.database.read() as session:
        scene = Scene(session, settings, router.analysers.current, router.clock.now())
        looked = find_matches(scene, query=scene.analyser.analyse(words, "need"), kind="need")
        list(candidates(scene, author=None, group=GROUP, calls=looked.calls))


def _row(processor: Processor, key: str, who: int, words: str) -> Received:
    update = Message(
        channel="onebot:bot",
        key=key,
        time=processor.router.clock.now(),
        group=GROUP,
        message_id=key,
        sender=Sender(account=f"onebot:{who}", name=f"成员{who}"),
        text=f"#need {words}",
    )
    return Received(
        channel=update.channel,
        key=update.key,
        lane=GROUP,
        sender=update.sender.account,
        update=dump_update(update),
        sent_at=update.time,
        received_at=update.time,
    )
