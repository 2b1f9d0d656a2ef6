"""The channels that a configuration asks for."""

import pytest

from bot.channels.build import build, build_mail
from bot.channels.console import Console
from bot.channels.mail import Mail, Sender
from bot.channels.onebot import OneBot
from bot.channels.playground import Playground
from bot.channels.wechaty.channel import Wechaty
from bot.config import Config
from tests.fakes import FakeClock


def test_the_defaults_have_a_console_letters_and_a_playground() -> None:
    console, mail, playground = build(Config(), clock=FakeClock())
    assert isinstance(playground, Playground)
    assert isinstance(console, Console)
    assert isinstance(mail, Mail)


def test_the_playground_can_be_left_out() -> None:
    config = Config.model_validate({"web": {"playground": False}})
    assert [one.name for one in build(config, clock=FakeClock())] == ["console", "mail"]


def test_all_that_are_spoken() -> None:
    channels = [{"type": "console"}, {"type": "onebot", "access_token": "abcdefgh"}]
    console, onebot, mail = build(Config.model_validate({"channels": channels}), clock=FakeClock())
    assert (console.name, onebot.name, mail.name) == ("console", "onebot", "mail")
    assert isinstance(onebot, OneBot)


def test_wechat() -> None:
    channels = [{"type": "wechaty", "endpoint": "a:1", "token": "abcdefgh"}]
    wechaty, _ = build(Config.model_validate({"channels": channels}), clock=FakeClock())
    assert isinstance(wechaty, Wechaty)
    assert wechaty.name == "wechaty"


@pytest.mark.parametrize(
    ("mail", "address", "name"),
    [
        ({}, "laoyou@localhost", "老友"),
        ({"url": "smtp://bot%40x.cn:p@h"}, "bot@x.cn", "老友"),
        ({"url": "smtp://bot:p@h"}, "laoyou@localhost", "老友"),
        ({"url": "smtp://bot%40x.cn:p@h", "sender": "club@y.cn"}, "club@y.cn", "老友"),
        ({"sender": "校友会 <club@y.cn>"}, "club@y.cn", "校友会"),
    ],
)
def test_who_writes_letters(mail: dict[str, str], address: str, name: str) -> None:
    built = build_mail(Config.model_validate({"mail": mail}), clock=FakeClock())
    assert built.sender == Sender(address, name)
