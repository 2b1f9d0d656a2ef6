"""What a text says in several words is named by the one that a reader of both will know."""

import pytest

from matching import Analyser, Candidate, Reason, Stats, rank


def reasons(analyser: Analyser, need: str, offer: str) -> tuple[Reason, ...]:
    query, answer = analyser.analyse(need, "need"), analyser.analyse(offer, "offer")
    [found] = rank(query, [Candidate(1, answer.stored)], Stats(1, dict.fromkeys(answer.terms, 1)))
    return found.reasons


@pytest.mark.parametrize(
    ("need", "offer", "told"),
    [
        ("公司要搬家，求 500 平写字楼", "整层 1200 平，写字楼直租", "写字楼"),
        ("大量收 3090、4090", "4090 公版两张", "4090"),
        ("预产期 12 月，求月嫂", "金牌月嫂两位", "金牌月嫂 ≈ 月嫂"),
        ("团队找地方办公", "分出来 5 个工位", "工位 ≈ 地方办公"),
        ("求会计", "总账，准点走人", "总账 ≈ 会计"),
    ],
    ids=["the same", "the same model", "one in the other", "the name of it", "other words"],
)
def test_named(analyser: Analyser, need: str, offer: str, told: str) -> None:
    assert reasons(analyser, need, offer)[0].text == told


def test_what_the_query_says_first_stays_what_it_is_known_by(analyser: Analyser) -> None:
    [reason] = reasons(analyser, "公司要搬家，求写字楼", "写字楼直租")
    assert (reason.word, reason.mine, reason.theirs) == ("公司要搬", "写字楼", "写字楼")


def test_what_a_member_looks_for_stands_under_the_name_it_has_on_his_card() -> None:
    assert Reason("摄影师", "摄影师", "posts", 1.0, 0.5).text == "摄影师（想要）"
