"""Every command is in docs/commands.md, and nothing else is."""

import re
from pathlib import Path

from handlers.framework.discovery import discover
from handlers.framework.feature import Feature

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
Row = tuple[frozenset[str], frozenset[str]]


def documented() -> dict[Row, str]:
    """Words and answers of each row of the tables, with its example."""
    rows = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| `#"):
            words, answers, example, _ = (part.strip() for part in line.strip("|").split("|"))
            row = (
                frozenset(re.findall(r"`#(\w+)`", words)),
                frozenset(re.findall(r"[+\w]+", answers)),
            )
            rows[row] = example.strip("`")
    return rows


def declared(feature: Feature) -> Row:
    """All words and answers of a feature."""
    return (
        frozenset(word for command in feature.commands for word in command.words),
        frozenset(word for command in feature.commands for word in command.answers),
    )


def test_the_page_lists_exactly_the_commands_there_are() -> None:
    assert set(documented()) == {declared(one) for one in discover().all if one.commands}


def test_every_example_begins_with_a_word_of_its_command() -> None:
    for (words, _), example in documented().items():
        assert example.removeprefix("#").split()[0] in words
