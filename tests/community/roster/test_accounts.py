"""Accounts in a roster, as people and spreadsheets write them."""

import pytest

from community.roster.accounts import addresses


@pytest.mark.parametrize(
    ("text", "channel", "expected"),
    [
        ("onebot:10001", "", ["onebot:10001"]),
        ("onebot:10001 wechaty:wxid_a", "", ["onebot:10001", "wechaty:wxid_a"]),
        ("onebot:10001，wechaty:wxid_a", "", ["onebot:10001", "wechaty:wxid_a"]),
        ("onebot:10001、10002;10003", "onebot", ["onebot:10001", "onebot:10002", "onebot:10003"]),
        ("onebot:10001\nonebot:10001", "", ["onebot:10001"]),
        ("OneBot：１０００１", "", ["onebot:10001"]),
        ("QQ:10001", "", ["onebot:10001"]),
        ("微信:wxid_a", "", ["wechaty:wxid_a"]),
        ("mail:A@Example.com", "", ["mail:a@example.com"]),
        ("console:张三", "", ["console:张三"]),
        ("10001", "onebot", ["onebot:10001"]),
        ("10001.0", "onebot", ["onebot:10001"]),
        ("0010001", "onebot", ["onebot:10001"]),
        ("'10001", "onebot", ["onebot:10001"]),
        ("wxid_AbC", "wechaty", ["wechaty:wxid_AbC"]),
        ("wechaty:wxid_a", "onebot", ["wechaty:wxid_a"]),
        ("a@b.cn", "mail", ["mail:a@b.cn"]),
        (" , ", "onebot", []),
    ],
)
def test_read(text: str, channel: str, expected: list[str]) -> None:
    assert addresses(text, channel) == (expected, [])


@pytest.mark.parametrize(
    ("text", "channel", "expected"),
    [
        ("10001", "", "应写成 onebot:10001"),
        ("telegram:5", "", "console、onebot、wechaty、mail"),
        ("onebot:", "", "后面应有号码"),
        ("onebot:abc", "", "不是 QQ 号"),
        ("老王", "onebot", "不是 QQ 号"),
        ("1.0001E+9", "onebot", "科学计数"),
        ("10001.5", "onebot", "不是 QQ 号"),
        ("nobody", "mail", "不是邮箱地址"),
        ("wechaty:" + "x" * 121, "", "太长"),
    ],
)
def test_refused(text: str, channel: str, expected: str) -> None:
    found, problems = addresses(text, channel)
    assert found == []
    assert [expected in problem for problem in problems] == [True]


def test_every_bad_account_is_told() -> None:
    found, problems = addresses("onebot:1 x:2 onebot:y", "")
    assert found == ["onebot:1"]
    assert len(problems) == 2
