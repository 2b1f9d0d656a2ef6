"""The channels that a configuration asks for."""

import pytest

from bot.channels.build import NO_WECHATY, build
from bot.channels.console import Console
from bot.channels.onebot import OneBot
from bot.config import Config
from bot.errors import StartError
from tests.fakes import FakeClock


def test_the_defaults_have_a_console() -> None:
    [console] = build(Config(), clock=FakeClock())
    assert isinstance(console, Console)


def test_all_that_are_spoken() -> None:
    channels = [{"type": "console"}, {"type": "onebot", "access_token": "abcdefgh"}]
    console, onebot = build(Config.model_validate({"channels": channels}), clock=FakeClock())
    assert (console.name, onebot.name) == ("console", "onebot")
    assert isinstance(onebot, OneBot)


def test_wechat_is_not_spoken_yet() -> None:
    channels = [{"type": "wechaty", "endpoint": "a:1", "token": "abcdefgh"}]
    with pytest.raises(StartError) as caught:
        build(Config.model_validate({"channels": channels}), clock=FakeClock())
    assert caught.value.text == NO_WECHATY
