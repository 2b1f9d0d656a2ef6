"""A fault of ours in the log: what and where, without the words that a member wrote."""

import traceback

from loguru import logger

_FRAMES = 6


def log_fault(what: str, error: BaseException) -> None:
    """One line that names the kind of the error and the places it came through.

    The error's own message may quote a member, so it is shown at DEBUG only.
    """
    logger.error("{}: {} in {}", what, _kind(error), _where(error))
    logger.opt(exception=error).debug("{}: the whole of it", what)


def _kind(error: BaseException) -> str:
    kinds = [type(error).__name__]
    while (error := error.__cause__) is not None and len(kinds) < _FRAMES:  # type: ignore[assignment]
        kinds.append(type(error).__name__)
    return " from ".join(kinds)


def _where(error: BaseException) -> str:
    """The innermost frames, the innermost first."""
    frames = traceback.extract_tb(error.__traceback__)[: -_FRAMES - 1 : -1]
    return " < ".join(
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames
    )
