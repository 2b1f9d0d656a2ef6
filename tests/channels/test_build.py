"""The channels that a configuration asks for."""

from bot.channels.build import build
from bot.channels.console import Console
from bot.channels.onebot import OneBot
from bot.channels.wechaty.channel import Wechaty
from bot.config import Config
from tests.fakes import FakeClock


def test_the_defaults_have_a_console() -> None:
    [console] = build(Config(), clock=FakeClock())
    assert isinstance(console, Console)


def test_all_that_are_spoken() -> None:
    channels = [{"type": "console"}, {"type": "onebot", "access_token": "abcdefgh"}]
    console, onebot = build(Config.model_validate({"channels": channels}), clock=FakeClock())
    assert (console.name, onebot.name) == ("console", "onebot")
    assert isinstance(onebot, OneBot)


def test_wechat() -> None:
    channels = [{"type": "wechaty", "endpoint": "a:1", "token": "abcdefgh"}]
    [wechaty] = build(Config.model_validate({"channels": channels}), clock=FakeClock())
    assert isinstance(wechaty, Wechaty)
    assert wechaty.name == "wechaty"
