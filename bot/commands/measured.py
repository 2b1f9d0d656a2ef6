"""What laoyou eval has found, as tables and as JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from matching.evaluation import Outcome
from matching.metrics import Intervals, Measures, intervals, mean

COLUMNS = {
    "p_at_1": "P@1",
    "precision": "精确率",
    "recall": "召回率",
    "f05": "F0.5",
    "f1": "F1",
    "quiet_when_empty": "该静则静",
}
MEAN = "mean"


@dataclass(frozen=True)
class Line:
    """One community, or the mean of all."""

    posts: Measures
    mentions: Measures
    posts_within: Intervals
    mentions_within: Intervals


@dataclass(frozen=True)
class Measured:
    """By the name of the community; the mean comes last where there are several."""

    lines: Mapping[str, Line]

    @classmethod
    def of(cls, found: Mapping[str, Outcome]) -> "Measured":
        """Measure, and draw again for the intervals."""
        posts = intervals([one.posts for one in found.values()])
        mentions = intervals([one.mentions for one in found.values()])
        pairs = [one.measures for one in found.values()]
        if len(found) > 1:
            pairs.append((mean([p for p, _ in pairs]), mean([m for _, m in pairs])))
        named = zip([*found, MEAN], pairs, posts, mentions, strict=False)
        return cls({name: Line(*pair, p, m) for name, pair, p, m in named})


def as_json(shipped: Measured, left_out: Measured | None) -> dict[str, Any]:
    """Of one community alone its measures, of several each by its name."""
    sides = {name: _sides(line) for name, line in shipped.lines.items()}
    for name, line in (left_out.lines if left_out else {}).items():
        sides[name]["leave_one_out"] = _sides(line)
    return next(iter(sides.values())) if len(sides) == 1 else sides


def _sides(line: Line) -> dict[str, Any]:
    return {
        "posts": line.posts.as_dict(),
        "mentions": line.mentions.as_dict(),
        "intervals": {"posts": line.posts_within, "mentions": line.mentions_within},
    }


def tables(shipped: Measured, left_out: Measured | None) -> None:
    """Print them."""
    console = Console()
    for how, measured in (("", shipped), ("（留一法）", left_out)):
        if measured is None:
            continue
        for title, rows in (("帖子", _posts(measured)), ("提及", _mentions(measured))):
            table = Table("社群", *COLUMNS.values(), title=f"{title}{how}")
            for row in rows:
                table.add_row(*row)
            console.print(table)


def _posts(measured: Measured) -> Iterator[list[str]]:
    yield from (_row(name, line.posts) for name, line in measured.lines.items())
    yield from _within(list(measured.lines.values())[-1].posts_within)


def _mentions(measured: Measured) -> Iterator[list[str]]:
    yield from (_row(name, line.mentions) for name, line in measured.lines.items())
    yield from _within(list(measured.lines.values())[-1].mentions_within)


def _row(name: str, measures: Measures) -> list[str]:
    shown = "平均" if name == MEAN else name
    return [shown, *(f"{getattr(measures, column):.3f}" for column in COLUMNS)]


def _within(found: Intervals) -> Iterator[list[str]]:
    """Where the last line may lie as well, by the chance of which queries were judged."""
    for at, end in enumerate(("95 % 从", "95 % 到")):
        yield [end, *(f"{found[column][at]:.3f}" for column in COLUMNS)]
