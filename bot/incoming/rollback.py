"""A command or a listener that is refused leaves no trace."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

from community.errors import UserError

Refused: TypeAlias = Mapping[str, UserError]  # by step, in the tries before


class RefusedError(Exception):
    """The transaction in which something was refused is undone; another one tells of it."""

    def __init__(self, error: UserError, step: str) -> None:
        super().__init__(step)
        self.error = error
        self.step = step


@dataclass(frozen=True)
class Attempts:
    """The tries of one command of a message, ``position`` its place there."""

    refused: Refused
    position: int

    @contextmanager
    def atomic(self, name: str) -> Iterator[None]:
        """A step that leaves no trace when it is refused, but that its sender is known from now on.

        What was ``refused`` at a try before is not tried again. A savepoint would spare that try,
        but costs every message more than a refusal, which is rare, costs so.
        """
        step = f"{name} {self.position}"
        if step in self.refused:
            raise self.refused[step]
        try:
            yield
        except UserError as why:
            raise RefusedError(why, step) from why
