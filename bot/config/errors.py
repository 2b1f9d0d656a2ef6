"""What is wrong with a configuration file, told with its place."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.errors import StartError

Place = tuple[str | int, ...]
"""The keys and list positions that lead to a value: ``("limits", "posts_per_day")``."""


@dataclass(frozen=True)
class Problem:
    """One thing to fix. ``line`` counts from 1; None when the whole file is meant."""

    text: str
    line: int | None = None


class ConfigError(StartError):
    """The configuration cannot be used. The text has one sentence a line, one for each problem."""

    def __init__(self, file: str, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda p: (p.line or 0, p.text)))
        super().__init__("\n".join(_sentence(file, problem) for problem in self.problems))


def _sentence(file: str, problem: Problem) -> str:
    where = file if problem.line is None else f"{file} 第 {problem.line} 行"
    return f"{where}：{' '.join(problem.text.split())}"  # a value may hold line breaks


def dotted(place: Place) -> str:
    """The place as people write it: ``communities[0].groups[1]``."""
    text = ""
    for step in place:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
