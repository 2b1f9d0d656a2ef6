"""What laoyou eval has found, as tables and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from matching.evaluation import Outcome
from matching.metrics import Intervals, Judged, Measures, intervals, mean, measure

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

    measures: Measures
    within: Intervals


Lines = Mapping[str, Line]
"""By the name of the community; the mean comes last where there are several."""


@dataclass(frozen=True)
class Measured:
    """Both sides of the task."""

    posts: Lines
    mentions: Lines

    @classmethod
    def of(cls, found: Mapping[str, Outcome]) -> "Measured":
        """Measure, and draw again for the intervals."""
        return cls(
            posts=_lines({name: one.posts for name, one in found.items()}),
            mentions=_lines({name: one.mentions for name, one in found.items()}),
        )


def _lines(judged: Mapping[str, Sequence[Judged]]) -> Lines:
    measures = [measure(one) for one in judged.values()]
    if len(measures) > 1:
        measures.append(mean(measures))
    within = intervals(list(judged.values()))
    named = zip([*judged, MEAN], measures, within, strict=False)
    return {name: Line(one, its) for name, one, its in named}


def as_json(shipped: Measured, left_out: Measured | None) -> dict[str, Any]:
    """Of one community alone its measures, of several each by its name."""
    sides = {name: _sides(shipped, name) for name in shipped.posts}
    if left_out is not None:
        for name, side in sides.items():
            side["leave_one_out"] = _sides(left_out, name)
    return next(iter(sides.values())) if len(sides) == 1 else sides


def _sides(measured: Measured, name: str) -> dict[str, Any]:
    posts, mentions = measured.posts[name], measured.mentions[name]
    return {
        "posts": posts.measures.as_dict(),
        "mentions": mentions.measures.as_dict(),
        "intervals": {"posts": posts.within, "mentions": mentions.within},
    }


def tables(shipped: Measured, left_out: Measured | None) -> None:
    """Print them."""
    console = Console()
    for how, measured in (("", shipped), ("（留一法）", left_out)):
        if measured is None:
            continue
        for title, lines in (("帖子", measured.posts), ("提及", measured.mentions)):
            table = Table("社群", *COLUMNS.values(), title=f"{title}{how}")
            for row in _rows(lines):
                table.add_row(*row)
            console.print(table)


def _rows(lines: Lines) -> Iterator[list[str]]:
    """The last line is followed by where it may lie as well, by the chance of which queries were
    judged.
    """
    for name, line in lines.items():
        measures = line.measures.as_dict()
        shown = "平均" if name == MEAN else name
        yield [shown, *(f"{measures[column]:.3f}" for column in COLUMNS)]
    within = list(lines.values())[-1].within
    for at, end in enumerate(("95 % 从", "95 % 到")):
        yield [end, *(f"{within[column][at]:.3f}" for column in COLUMNS)]
