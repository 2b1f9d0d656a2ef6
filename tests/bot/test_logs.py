"""Log lines: where they go, what they show, and what they keep to themselves."""

import io
import json
import logging
import os

import pytest
from loguru import logger

from bot.errors import StartError
from bot.logs import is_json, level_from, masked, set_up

pytestmark = pytest.mark.usefixtures("_logging_as_before")


def test_lines_go_to_standard_error_only(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO")
    logger.info("{braces} and <tags>")
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith(" INFO    tests.bot.test_logs {braces} and <tags>\n")


def test_the_libraries_speak_through_the_same_lines() -> None:
    stream = io.StringIO()
    set_up("INFO", stream)
    logging.getLogger("some.library").info("%d {x}", 3)
    logging.getLogger("uvicorn.access").info("not this")
    logging.getLogger("uvicorn.error").warning("but this")
    assert [line.split(maxsplit=3)[2:] for line in stream.getvalue().splitlines()] == [
        ["INFO", "some.library 3 {x}"],
        ["WARNING", "uvicorn.error but this"],
    ]


def test_values_of_variables_stay_out_of_tracebacks() -> None:
    stream = io.StringIO()
    set_up("DEBUG", stream)
    members = {"张三": 1}
    try:
        members[str(len(members))]
    except KeyError:
        logger.exception("trouble")
    assert "KeyError" in stream.getvalue()
    assert "张三" not in stream.getvalue()


def test_one_object_a_line_for_programs() -> None:
    stream = io.StringIO()
    set_up("INFO", stream, as_json=True)
    logger.info('{braces}, <tags>, "quotes"\nand 换行')
    logging.getLogger("some.library").warning("%d {x}", 3)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line.pop("time")[-6:] for line in lines] == ["+00:00"] * 2
    assert lines == [
        {
            "level": "INFO",
            "message": '{braces}, <tags>, "quotes"\nand 换行',
            "process": os.getpid(),
            "name": "tests.bot.test_logs",
        },
        {
            "level": "WARNING",
            "message": "3 {x}",
            "process": os.getpid(),
            "name": "some.library",
        },
    ]


def test_values_of_variables_stay_out_of_objects() -> None:
    stream = io.StringIO()
    set_up("DEBUG", stream, as_json=True)
    members = {"张三": 1}
    try:
        members[str(len(members))]
    except KeyError:
        logger.exception("trouble")
    [line] = stream.getvalue().splitlines()
    assert "KeyError" in json.loads(line)["exception"]
    assert "张三" not in line


@pytest.mark.parametrize(("said", "wanted"), [("", False), ("text", False), (" JSON ", True)])
def test_the_format_comes_from_the_environment(said: str, wanted: bool) -> None:
    assert is_json({"LAOYOU_LOG_FORMAT": said}) is wanted


def test_an_unknown_format_is_told() -> None:
    with pytest.raises(StartError, match="LAOYOU_LOG_FORMAT 应为 text 或 json"):
        is_json({"LAOYOU_LOG_FORMAT": "xml"})


def test_no_colours_off_a_terminal() -> None:
    stream = io.StringIO()
    set_up("INFO", stream)
    logger.error("x")
    assert "\x1b" not in stream.getvalue()


@pytest.mark.parametrize(
    ("said", "level"), [(None, "INFO"), ("", "INFO"), ("debug", "DEBUG"), (" Warning ", "WARNING")]
)
def test_the_level_comes_from_the_environment(said: str | None, level: str) -> None:
    assert level_from({} if said is None else {"LAOYOU_LOG": said}) == level


def test_an_unknown_level_is_told() -> None:
    with pytest.raises(StartError) as caught:
        level_from({"LAOYOU_LOG": "loud"})
    assert caught.value.text == (
        "环境变量 LAOYOU_LOG 应为 TRACE、DEBUG、INFO、SUCCESS、WARNING、ERROR、CRITICAL 之一，"
        '现在是 "LOUD"'
    )


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("onebot:10001", "onebot:10…01"),
        ("onebot:12345678", "onebot:12…78"),
        ("console:张三", "console:张…"),
        ("mail:someone@example.com", "mail:so…om"),
        ("-2089312233", "-2…33"),
        ("", ""),
    ],
)
def test_addresses_are_shortened(address: str, shown: str) -> None:
    assert masked(address) == shown
