"""Measure both: python -m bench.beside [--full] [--rounds N] [--keep DIR]."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.beside.report import table
from bench.beside.rounds import Plan, measure
from bench.beside.sides import PEER, Ours, Peer, Side
from bench.pools import KEPT, Pools
from matching import Analyser

ONE = [range(1, 33)]
EIGHT = [range(at * 4 + 1, at * 4 + 5) for at in range(8)]
Found = dict[tuple[str, str, str], list[float]]


def main(arguments: Sequence[str]) -> None:
    """Both in turn, round after round, and the table of their medians."""
    parser = argparse.ArgumentParser(prog="python -m bench.beside")
    parser.add_argument("--full", action="store_true", help="more of everything: half an hour")
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=KEPT, help="where filled pools are kept")
    given = parser.parse_args(arguments)
    if not PEER.exists():
        raise SystemExit("the peer's packages are missing: make bench sets them up")
    pools = Pools(given.keep, Analyser())
    rounds = given.rounds or (5 if given.full else 3)
    found = asyncio.run(_measured([Ours(pools), Peer(pools)], plans(full=given.full), rounds))
    print(table(found, rounds=rounds))  # noqa: T201


def plans(*, full: bool) -> list[Plan]:
    """What is measured at which size."""
    alone, crowded, chatter = (500, 960, 20_000) if full else (100, 320, 5_000)
    some = {"outstanding": 32, "crowded": crowded}
    found = [
        Plan(0, ONE, "no posts", alone=alone, **some, chatter=chatter),
        Plan(10_000, ONE, "10,000 posts", alone=alone, **some),
        Plan(100_000, ONE, "100,000 posts", alone=alone),
    ]
    if full:
        found.append(Plan(10_000, EIGHT, "10,000 posts, 8 communities", **some))
    return found


async def _measured(sides: Sequence[Side], plans: Sequence[Plan], rounds: int) -> Found:
    found: Found = {}
    for number in range(1, rounds + 1):
        for plan in plans:
            for side in sides:
                sys.stderr.write(f"round {number} of {rounds}: {plan.label}, {side.name}\n")
                for what, value in (await measure(side, plan)).items():
                    found.setdefault((plan.label, what, side.name), []).append(value)
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
