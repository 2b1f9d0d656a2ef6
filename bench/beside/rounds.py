"""One start of one bot, and what is measured until it is stopped."""

import asyncio
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.beside.report import DRIVER
from bench.beside.sides import Layout, Side
from bench.driver.qq import QQ, Scenery
from bench.driver.running import Running, free_port
from bench.made_up import Said

PEOPLE = range(1, 201)
WARM = 20


@dataclass(frozen=True)
class Plan:
    """What is asked of a bot with so many live posts."""

    posts: int
    layout: Layout
    label: str
    alone: int = 0  # needs, one after the other
    outstanding: int = 0  # needs that wait for an answer at any time, each in a group of its own
    crowded: int = 0  # needs that are asked so
    chatter: int = 0  # messages that are for nobody


@dataclass
class Round:
    """One run: by what was measured, the number."""

    side: Side
    running: Running
    port: int
    said: Said
    found: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def watched(self, what: str, count: int) -> Iterator[None]:
        """Also notes the processor's time of the bot for each, and how busy the driver was."""
        wall, cpu, own = time.perf_counter(), self.running.cpu(), time.process_time()
        yield
        wall, own = time.perf_counter() - wall, time.process_time() - own
        self.found[f"{what}: CPU, ms"] = (self.running.cpu() - cpu) / count * 1000
        self.found[f"{what}: {DRIVER}"] = own / wall * 100


async def measure(side: Side, plan: Plan) -> dict[str, float]:
    """Start it on a fresh copy of its pool, and measure all that the plan has."""
    with tempfile.TemporaryDirectory(prefix="beside-") as name:
        folder, port = Path(name) / side.name, free_port()
        side.prepare(folder, plan.posts, plan.layout)
        running = side.start(folder, port)
        try:
            return await _measure(Round(side, running, port, Said(random.Random())), plan)
        except TimeoutError as error:
            log = (folder / "log").read_text(encoding="utf-8", errors="replace")
            raise SystemExit(f"{side.name} did not answer; its log ends:\n{log[-2000:]}") from error
        finally:
            running.stop()


async def _measure(one: Round, plan: Plan) -> dict[str, float]:
    groups = [group for groups in plan.layout for group in groups]
    await one.running.opens(one.port)
    qq = await QQ.dial(one.port, Scenery(groups, PEOPLE))
    await qq.ask(PEOPLE[0], f"#need {one.said()}", group=groups[0])
    one.found["start to the first answer, s"] = time.perf_counter() - one.running.started
    for _ in range(WARM):
        await _ask(qq, one, groups[0])
    await one.running.settled()
    if plan.alone:
        await _alone(qq, one, plan, groups[0])
    one.found["resident memory, MB"] = one.running.memory()
    if plan.crowded:
        await _crowded(qq, one, plan, groups)
    if plan.chatter:
        await _chatter(qq, one, plan)
    await qq.close()
    return one.found


async def _ask(qq: QQ, one: Round, group: int) -> float:
    return await qq.ask(random.choice(PEOPLE), f"#need {one.said()}", group=group)


async def _alone(qq: QQ, one: Round, plan: Plan, group: int) -> None:
    with one.watched("one #need", plan.alone):
        took = sorted([await _ask(qq, one, group) for _ in range(plan.alone)])
    one.found["one #need: p50, ms"] = took[len(took) // 2] * 1000
    one.found["one #need: p99, ms"] = took[int(len(took) * 0.99)] * 1000


async def _crowded(qq: QQ, one: Round, plan: Plan, groups: list[int]) -> None:
    each = plan.crowded // plan.outstanding

    async def talk(group: int) -> None:
        for _ in range(each):
            await _ask(qq, one, group)

    what = f"{plan.outstanding} outstanding"
    start = time.perf_counter()
    with one.watched(what, each * plan.outstanding):
        await asyncio.gather(*(talk(group) for group in groups[: plan.outstanding]))
    took = time.perf_counter() - start
    one.found[f"{what}: answers a second"] = each * plan.outstanding / took


async def _chatter(qq: QQ, one: Round, plan: Plan) -> None:
    texts = [one.said() for _ in range(plan.chatter)]
    before = one.side.overheard(one.port)
    await one.running.settled()
    cpu, own = one.running.cpu(), time.process_time()
    took = await qq.chat(texts, "#need")  # without words: the cheapest answer
    own = time.process_time() - own
    await one.running.settled()
    spent = one.running.cpu() - cpu
    after = one.side.overheard(one.port)
    if before is not None and after is not None and after - before != plan.chatter:
        raise SystemExit(f"{one.side.name} read {after - before} of {plan.chatter} messages")
    one.found["chatter: messages a second"] = plan.chatter / took
    one.found["chatter: CPU, µs"] = spent / plan.chatter * 1e6
    one.found[f"chatter: {DRIVER}"] = own / took * 100
