"""A fault in the log: enough to find it, and nothing that a member wrote."""

import io

from loguru import logger

from bot.faults import log_fault


def stumble(words: str) -> None:
    try:
        int(words)
    except ValueError as error:
        raise KeyError(words) from error


def test_kind_and_place_and_no_words(log: io.StringIO) -> None:
    try:
        stumble("张三的手机号")
    except KeyError as error:
        log_fault("update 7", error)
    (line,) = log.getvalue().splitlines()
    assert line.startswith("ERROR update 7: KeyError from ValueError in test_faults.py:")
    assert " stumble < test_faults.py:" in line
    assert "张三" not in line


def test_the_words_are_shown_to_whoever_asks_for_them() -> None:
    stream = io.StringIO()
    sink = logger.add(stream, level="DEBUG", diagnose=False)
    log_fault("update 7", ValueError("张三的手机号"))
    logger.remove(sink)
    assert "张三的手机号" in stream.getvalue()
