"""Finding the features: every module in this package that has one."""

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import handlers
from handlers.framework.feature import Command, Feature, Listener, Watcher


class FeatureClashError(Exception):
    """Two features claim the same word; the bot must not start."""


@dataclass(frozen=True)
class Features:
    """All features, and which word leads to which command."""

    all: tuple[Feature, ...]
    words: Mapping[str, Command]
    answers: Mapping[str, Command]

    @property
    def listeners(self) -> list[Listener]:
        """Who wants to hear private words that are no command."""
        return [feature.listener for feature in self.all if feature.listener is not None]

    def watchers(self, kind: type) -> list[Watcher]:
        """Who wants to know of such an update."""
        return [feature.watchers[kind] for feature in self.all if kind in feature.watchers]


def discover() -> Features:
    """All features of the ``handlers`` package. Raises FeatureClashError."""
    found = []
    for info in pkgutil.iter_modules(handlers.__path__):
        if not info.ispkg:
            feature = getattr(importlib.import_module(f"handlers.{info.name}"), "feature", None)
            if isinstance(feature, Feature):
                found.append(feature)
    return collect(found)


def collect(features: Iterable[Feature]) -> Features:
    """The features with their words. Raises FeatureClashError when two claim the same."""
    ordered = tuple(sorted(features, key=lambda feature: (feature.order, feature.name)))
    words: dict[str, Command] = {}
    answers: dict[str, Command] = {}
    for command in (command for feature in ordered for command in feature.commands):
        _claim(words, command.words, command)
        _claim(answers, command.answers, command)
    return Features(ordered, words, answers)


def _claim(table: dict[str, Command], words: tuple[str, ...], command: Command) -> None:
    for word in words:
        taken = table.get(word)
        if taken is not None:
            names = f"{taken.feature.name} and {command.feature.name}"
            raise FeatureClashError(f"#{word} is claimed by {names}")
        table[word] = command
