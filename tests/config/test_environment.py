"""``${NAME}`` in values."""

import pytest

from bot.config import OneBotConfig
from tests.config.conftest import Loaded, Said

ONEBOT = """\
channels:
  - type: onebot
    access_token: ${ONEBOT_TOKEN}
communities:
  - id: a
    name: ${CLUB}会
"""


def test_variables_are_replaced_anywhere_in_a_text(loaded: Loaded) -> None:
    config = loaded(
        ONEBOT + "limits:\n  posts_per_day: ${N}\n", ONEBOT_TOKEN="00$x", CLUB="老友", N="5"
    )
    [onebot] = config.channels
    assert isinstance(onebot, OneBotConfig)
    assert onebot.access_token is not None
    assert onebot.access_token.get_secret_value() == "00$x"
    assert config.communities[0].name == "老友会"
    assert config.limits.posts_per_day == 5


def test_a_value_from_outside_is_not_expanded_again(loaded: Loaded) -> None:
    config = loaded(ONEBOT, ONEBOT_TOKEN="abcdefgh", CLUB="${ONEBOT_TOKEN}")
    assert config.communities[0].name == "${ONEBOT_TOKEN}会"


@pytest.mark.parametrize("environ", [{}, {"ONEBOT_TOKEN": ""}])
def test_a_missing_variable_is_named_with_its_line(said: Said, environ: dict[str, str]) -> None:
    assert said(ONEBOT, CLUB="x", **environ) == (
        "config.yaml 第 3 行：channels[0].access_token 用到环境变量 ONEBOT_TOKEN，"
        "但它没有设置或是空的"
    )


@pytest.mark.parametrize("reference", ["${}", "${A:-x}", "${A", "${1A}"])
def test_other_forms_are_refused(said: Said, reference: str) -> None:
    assert said(f"communities:\n  - id: a\n    name: '{reference}'\n", A="x") == (
        "config.yaml 第 3 行：communities[0].name "
        "里的环境变量应写成 ${NAME} 的样子（字母、数字和 _）"
    )


def test_a_wrong_value_from_outside_is_not_shown(said: Said) -> None:
    text = said("limits:\n  posts_per_day: ${N}\nchannels:\n  - type: ${N}\n", N="geheim")
    assert text.splitlines() == [
        "config.yaml 第 2 行：limits.posts_per_day 应为整数",
        "config.yaml 第 4 行：channels[0].type 应为 console、onebot 或 wechaty",
    ]


def test_missing_variables_do_not_hide_other_problems(said: Said) -> None:
    text = said("limits:\n  posts_per_day: ${N}\n  extra: 1\n")
    assert [line.split("：")[0] for line in text.splitlines()] == [
        "config.yaml 第 2 行",
        "config.yaml 第 3 行",
    ]
