"""What one #need costs from a thousand to a million posts: python -m bench.curve [POSTS …].

Each message goes the way that bench/asking.py has. Prints a table, and draws it with --picture.
Pools are filled when they are not kept from an earlier run; a million posts take ten minutes.
"""

import argparse
import math
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pygal
from loguru import logger
from pygal.style import Style

from bench.asking import asked, processor_of
from bench.pools import KEPT, Pools, members_of
from matching import Analyser
from storage.database import Database

ASKED = 300
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)


@dataclass(frozen=True)
class Point:
    """Milliseconds for one message."""

    p50: float
    p99: float
    cpu: float


def main(arguments: Sequence[str]) -> None:
    """The table, and the picture where one is asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.curve")
    parser.add_argument("posts", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--picture", type=Path, help="an SVG file to draw the curve into")
    parser.add_argument("--keep", type=Path, default=KEPT, help="where filled pools are kept")
    given = parser.parse_args(arguments)
    logger.remove()
    pools = Pools(given.keep, Analyser())
    _say("| live posts | members | p50 ms | p99 ms | CPU ms |")
    _say("|---|---|---|---|---|")
    found: dict[int, Point] = {}
    for posts in given.posts:
        found[posts] = one = measured(pools, posts)
        size = f"{posts:,} | {members_of(posts):,}"
        _say(f"| {size} | {one.p50:.1f} | {one.p99:.1f} | {one.cpu:.1f} |")
    if given.picture is not None:
        given.picture.write_text(drawn(found), encoding="utf-8")


def measured(pools: Pools, posts: int) -> Point:
    """In a pool of that size, with the members that go with it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pool.db"
        pools.copy(posts, file)
        database = Database(f"sqlite:///{file}")
        processor = processor_of(database, pools.analyser)
        costs = list(asked(processor, count=ASKED, members=members_of(posts)))
        database.close()
    wall, cpu = sorted(cost.wall for cost in costs), sorted(cost.cpu for cost in costs)
    return Point(
        p50=wall[ASKED // 2] * 1000, p99=wall[int(ASKED * 0.99)] * 1000, cpu=cpu[ASKED // 2] * 1000
    )


def drawn(found: Mapping[int, Point]) -> str:
    """The picture as SVG: posts on a scale of powers of ten."""
    chart = pygal.XY(
        width=720,
        height=400,
        js=(),
        no_prefix=True,
        legend_at_bottom=True,
        legend_at_bottom_columns=3,
        x_title="live posts",
        y_title="milliseconds for one #need",
        range=(0, max(point.p99 for point in found.values()) * 1.1),
        stroke_style={"width": 2.5},
        dots_size=4,
        style=Style(
            background="white",
            plot_background="white",
            colors=("#0d6358", "#c98a3b", "#8b8678"),
            font_family="sans-serif",
            label_font_size=13,
            major_label_font_size=13,
            title_font_size=14,
            legend_font_size=14,
        ),
    )
    chart.x_labels = [{"value": math.log10(posts), "label": f"{posts:,}"} for posts in found]
    for name, of in (("p50", "p50"), ("p99", "p99"), ("CPU, median", "cpu")):
        chart.add(name, [(math.log10(posts), getattr(one, of)) for posts, one in found.items()])
    picture: str = chart.render(is_unicode=True)
    return re.sub(r"<script.*?</script>", "", picture, flags=re.DOTALL)


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
