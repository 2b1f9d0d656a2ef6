"""docs/configuration.md speaks of every key, and of no other."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from bot.config import Config

PAGE = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text(encoding="utf-8")
KEYS = PAGE.partition("\n## Keys\n")[2].partition("\n## ")[0]
CHAPTERS = dict(re.findall(r"^### `(\w+)`\n(.*?)(?=^### |\Z)", KEYS, re.MULTILINE | re.DOTALL))


def models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in models(inner)]


def rows(chapter: str) -> set[str]:
    return set(re.findall(r"^\| `(\w+)` \|", CHAPTERS[chapter], re.MULTILINE))


def keys_of(section: str) -> set[str]:
    return set(keys_in(Config.model_fields[section].annotation))


def keys_in(annotation: Any) -> Iterator[str]:
    """The keys of a section, and of the sections within it."""
    for model in models(annotation):
        for key, field in model.model_fields.items():
            yield key
            yield from keys_in(field.annotation)


def test_every_section_has_its_chapter() -> None:
    assert list(CHAPTERS) == list(Config.model_fields)


@pytest.mark.parametrize("section", list(Config.model_fields))
def test_every_key_has_its_row(section: str) -> None:
    assert rows(section) == keys_of(section)


@pytest.mark.parametrize("section", ["matching", "limits", "outbox", "retention"])
def test_the_page_tells_the_real_defaults(section: str) -> None:
    defaults = getattr(Config(), section).model_dump()
    told = dict(re.findall(r"^\| `(\w+)` \| (\S+) \|", CHAPTERS[section], re.MULTILINE))
    assert told == {key: str(value) for key, value in defaults.items()}
