"""The bot on the console, as somebody meets it first."""

import re
from pathlib import Path

import pytest

from tests.e2e.conftest import NewBot

pytestmark = [pytest.mark.anyio, pytest.mark.process, pytest.mark.installed]

ROOT = Path(__file__).parents[2]
TALK = """张三: #need 找一位懂跨境电商的合伙人
大家早
李四: #offer 做过三年亚马逊运营，跨境电商找合作
"""


async def test_a_need_and_an_offer_find_each_other(new_bot: NewBot) -> None:
    status, out, err = await new_bot().command("run", stdin=TALK)
    assert status == 0, err
    need, offer = out.split("老友: ")[1:]
    assert need.startswith("已记下 #1 需求：")
    assert offer.startswith("已记下 #2 供给：")
    assert "#1 @张三 找一位懂跨境电商的合伙人 · 因为：跨境电商" in offer


async def test_the_conversation_of_the_readme(new_bot: NewBot) -> None:
    pages = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")]
    english, chinese = (page.split("```\n")[1] for page in pages)
    assert english == chinese
    shown = english.splitlines()
    said = [line.replace("> ", ": ", 1) for line in shown if re.match(r"\w+> ", line)]
    status, out, err = await new_bot().command("run", stdin="\n".join(said))
    assert status == 0, err
    answers = [line for line in shown if not re.match(r"\w+> ", line)]
    assert sorted(map(_undated, out.splitlines())) == sorted(map(_undated, answers))


def _undated(line: str) -> str:
    return re.sub(r"(\d+年)?\d+月\d+日", "某日", line)


async def test_the_pool_is_there_the_next_day(new_bot: NewBot) -> None:
    bot = new_bot()
    await bot.command("run", stdin=TALK)
    status, out, _ = await bot.command("run", stdin="王五: #找 跨境电商\n张三: #mine\n")
    assert status == 0
    assert out.count("#1 ") == 2
    assert out.count("#2 ") == 1


async def test_nothing_to_read_is_no_trouble(new_bot: NewBot) -> None:
    status, out, err = await new_bot().command("run")
    assert (status, out) == (0, ""), err
