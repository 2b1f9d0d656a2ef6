"""The table: medians, their spread, and how one bot compares to the other."""

import statistics
from collections.abc import Mapping, Sequence

Found = Mapping[tuple[str, str, str], Sequence[float]]
"""Where, what, and of which side: what each run found."""

DRIVER = "the driver, % of a core"


def table(found: Found, *, rounds: int) -> str:
    """Markdown: each measure of each pool in a row, and how busy the driver was at most."""
    lines = [
        f"| live posts | median of {rounds} runs (lowest–highest) | ours | peer | ours ÷ peer |",
        "|---|---|---|---|---|",
    ]
    rows = dict.fromkeys((where, what) for where, what, _ in found if DRIVER not in what)
    for where, what in rows:
        ours, peer = (found[where, what, side] for side in ("ours", "peer"))
        ratio = _ratio(ours, peer)
        lines.append(f"| {where} | {what} | {_told(ours)} | {_told(peer)} | {ratio} |")
    busiest = max(max(values) for (_, what, _), values in found.items() if DRIVER in what)
    return "\n".join([*lines, "", f"The driver took at most {busiest:.0f} % of a core."])


def _told(values: Sequence[float]) -> str:
    middle, low, high = statistics.median(values), min(values), max(values)
    return f"{_number(middle)} ({_number(low)}–{_number(high)})"


def _ratio(ours: Sequence[float], peer: Sequence[float]) -> str:
    beside = statistics.median(peer)
    return f"{statistics.median(ours) / beside:.2f}" if beside else "–"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
