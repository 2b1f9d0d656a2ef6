"""The quality on the development set may not fall; floors lie a little under what is reached."""

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

import opencc
import pytest

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
    assert posts.p_at_1 > 0.80
    assert posts.f1 > 0.71
    assert mentions.precision > 0.81
    assert mentions.recall > 0.53


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


@pytest.mark.parametrize(("change", "loss"), [(dressed_up, 0.02), (one_dropped, 0.05)])
def test_robust(
    trials: list[Trial],
    analyser: Analyser,
    change: Callable[[str, random.Random], str],
    loss: float,
) -> None:
    plain = first_right(trials, analyser, lambda text, _: text)
    assert first_right(trials, analyser, change) >= plain - loss
