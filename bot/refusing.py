"""A command or a listener that is refused leaves no trace."""

from collections.abc import Iterator
from contextlib import contextmanager

from community.errors import UserError


class RefusedError(Exception):
    """The transaction in which something was refused is undone; another one tells of it."""

    def __init__(self, why: UserError, step: str) -> None:
        super().__init__(step)
        self.why = why
        self.step = step


@contextmanager
def whole(step: str, refused: RefusedError | None) -> Iterator[None]:
    """A step that leaves no trace when it is refused, but that its sender is known from now on.

    What was ``refused`` at the first try is not tried again. A savepoint would spare that try, but
    costs every message more than a refusal, which is rare, costs so.
    """
    if refused is not None and refused.step == step:
        raise refused.why
    try:
        yield
    except UserError as why:
        raise RefusedError(why, step) from why
