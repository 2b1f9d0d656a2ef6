"""The quality on the development set may not fall; floors lie a little under what is reached."""

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

import opencc
import pytest

from bench import filling_pool
from bot.commands.evaluate import load
from matching import Analyser
from matching.evaluation import Trial
from matching.metrics import mean, measure

DATA = Path(__file__).parents[2] / "bench" / "data"


@pytest.fixture(scope="module")
def trials(analyser: Analyser) -> list[Trial]:
    return [Trial.prepare(community, analyser) for community in load(DATA)]


def test_floor(trials: list[Trial]) -> None:
    pairs = [trial.measures() for trial in trials]
    posts, mentions = mean([p for p, _ in pairs]), mean([m for _, m in pairs])
    assert posts.p_at_1 > 0.85
    assert posts.f1 > 0.73
    assert mentions.precision > 0.85
    assert mentions.recall > 0.60


def test_floor_while_the_pool_fills_up(trials: list[Trial]) -> None:
    posts = mean([measure(filling_pool.judged(trial)) for trial in trials])
    assert posts.precision > 0.60
    assert posts.quiet_when_empty > 0.60


def first_right(
    trials: list[Trial], analyser: Analyser, change: Callable[[str, random.Random], str]
) -> float:
    """P@1 when every query is written otherwise, and what is searched stays as it is."""
    found = []
    for trial in trials:
        draw, judged = random.Random(7), []
        texts = {post["id"]: post["text"] for post in trial.community.posts}
        for query in trial.community.judgments:
            kept = trial.posts[query]
            trial.posts[query] = analyser.analyse(change(texts[query], draw), kept.kind)
            judged.append(trial.judge(query, trial.answer(query))[0])
            trial.posts[query] = kept
        found.append(measure(judged))
    return mean(found).p_at_1


@cache
def traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def dressed_up(text: str, _: random.Random) -> str:
    """Traditional, full-width, with emoji and line breaks."""
    old = traditional().convert(text)
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in old)
    return "🙏" + wide.replace("，", "，\n").replace(chr(0xFF0C), "，\n") + "🔥"


def one_dropped(text: str, draw: random.Random) -> str:
    """One character is missing."""
    places = [at for at, char in enumerate(text) if "\u4e00" <= char <= "\u9fff"]
    if not places:
        return text
    at = draw.choice(places)
    return text[:at] + text[at + 1 :]


HOMOPHONES = dict(
    zip(
        "账做记注司册报税装修设计拍摄影招聘岗培训教租房办公室货代运物流仓外贸电商主播直投资融机器模具"
        "塑料厂包印面布鞋家翻译律师合同专利标程小开发前端后算法产品经理猎头简历学习考研手书求找有能",
        "帐作计住思侧保睡庄休社记派社应找品刚陪讯较组防半工事活带孕务留苍歪冒店伤住波值头姿荣积气磨剧"
        "素聊场保应免步协加番意绿诗和童砖力表成晓凯法钱断候蒜发铲拼京里列投见力雪席靠言首输球招友仍",
        strict=True,
    )
)


def one_mistyped(text: str, draw: random.Random) -> str:
    """One character is another that sounds like it."""
    places = [at for at, char in enumerate(text) if char in HOMOPHONES]
    if not places:
        return text
    at = draw.choice(places)
    return text[:at] + HOMOPHONES[text[at]] + text[at + 1 :]


@pytest.fixture(scope="module")
def plain(trials: list[Trial], analyser: Analyser) -> float:
    """P@1 of the queries as they were written."""
    return first_right(trials, analyser, lambda text, _: text)


@pytest.mark.parametrize(
    ("change", "loss"), [(dressed_up, 0.02), (one_dropped, 0.05), (one_mistyped, 0.05)]
)
def test_robust(
    trials: list[Trial],
    analyser: Analyser,
    plain: float,
    change: Callable[[str, random.Random], str],
    loss: float,
) -> None:
    assert first_right(trials, analyser, change) >= plain - loss
