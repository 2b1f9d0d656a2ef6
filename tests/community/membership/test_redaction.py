"""Finding a person in stored text, and taking him out of it."""

import json

import pytest

from community.actions import Mention, Send, SetCard, Text, dump_action, load_action
from community.membership.redaction import Traces

WHO = Traces(frozenset({"onebot:10001", "wechaty:wxid_a"}), frozenset({"张三", '张"三"-字节'}))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我是张三，找合伙人", "我是已注销的成员，找合伙人"),
        ("电话 138 0013 8000 找我", "电话 ［已隐去］ 找我"),
        ("写信给 zhang.san@qq.com", "写信给 ［已隐去］"),
        ("加微信：zhangsan_88", "加［已隐去］"),
        ("QQ 10001", "［已隐去］"),
        ("我的号 10001，常在线", "我的号 已注销的成员，常在线"),
        ("预算 20000 元，2026 年，3 台 iPhone", "预算 20000 元，2026 年，3 台 iPhone"),
        ("微信小程序开发，QQ 音乐的朋友", "微信小程序开发，QQ 音乐的朋友"),
    ],
)
def test_a_text_of_ones_own_is_masked(text: str, masked: str) -> None:
    assert WHO.masked(text) == masked


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ({"account": "onebot:10001"}, True),
        ({"account": "onebot:100012"}, False),
        ({"text": "听张三说"}, True),
        ({"card": '张"三"-字节-产品'}, True),
        ({"text": "听李四说"}, False),
    ],
)
def test_a_person_is_found_in_json(content: dict[str, str], found: bool) -> None:
    text = json.dumps(content, ensure_ascii=False)
    assert bool(WHO.found_by().search(text)) is found


def test_further_texts_are_found() -> None:
    stored = json.dumps({"text": "第一行\n第二行"}, ensure_ascii=False)
    assert WHO.found_by(["第一行\n第"]).search(stored)


def test_somebody_without_name_and_account_is_found_nowhere() -> None:
    nobody = Traces(frozenset(), frozenset())
    assert nobody.masked("一段话") == "一段话"
    assert not nobody.found_by().search('{"text": "一段话"}')


def test_a_waiting_message_is_said_without_the_person() -> None:
    send = Send(
        group="onebot:100",
        segments=(
            Text(text="#7 张三：出投影仪 "),
            Mention(account="onebot:10001", name="张三"),
            Mention(account="onebot:10002", name="张三"),
        ),
        otherwise=Send(group="onebot:100", segments=(Text(text="张三"),)),
    )
    rewritten = WHO.rewritten(dump_action(send))
    assert rewritten is not None
    said = load_action(rewritten)
    assert isinstance(said, Send)
    assert said.text == "#7 已注销的成员：出投影仪 已注销的成员 @张三 "
    assert said.otherwise is not None
    assert said.otherwise.text == "已注销的成员"


def test_what_is_to_be_done_with_the_person_alone_is_not_done() -> None:
    card = SetCard(group="onebot:100", account="onebot:10001", card="张三-字节-产品")
    assert WHO.rewritten(dump_action(card)) is None
