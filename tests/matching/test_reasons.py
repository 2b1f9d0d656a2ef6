"""What is told where the words that met tell little, and in which field of a card."""

import pytest

from matching import Analyser, Analysis, Candidate, Profile, Reason, Stats, rank


def reasons(query: Analysis, candidate: Analysis) -> list[Reason]:
    stats = Stats(1, dict.fromkeys(query.terms, 1))
    [found] = rank(query, [Candidate(1, candidate.stored)], stats)
    return list(found.reasons)


@pytest.mark.parametrize(
    ("need", "offer", "told"),
    [
        ("收一台苹果 15 Pro", "洛川苹果批发", "都提到「苹果」"),
        ("冷柜货从南沙提到佛山，每周两柜", "拖车接南沙冻柜，夜间也能提", "都提到「柜」「提」"),
        ("深圳，插座没电", "家电安装，灯具更换，深圳", "都与「维修到家」有关"),
        ("英文剧本要母语者过一遍对白", "我家外教可以润色英文稿", "都提到「英文」"),
    ],
    ids=["far apart", "a place", "a city", "a topic in passing"],
)
def test_whole_texts(analyser: Analyser, need: str, offer: str, told: str) -> None:
    found = reasons(analyser.analyse(need, "need"), analyser.analyse(offer, "offer"))
    assert found[-1].text == told


@pytest.mark.parametrize("offer", ["送一只猫", "写字楼直租"])
def test_a_word_that_tells_something_is_enough(analyser: Analyser, offer: str) -> None:
    found = reasons(analyser.analyse("想养猫，公司要搬", "need"), analyser.analyse(offer, "offer"))
    assert not any(one.is_whole or one.faint for one in found)


def test_of_what_a_card_says_the_same_word_is_named(analyser: Analyser) -> None:
    card = analyser.profile(Profile(bio="婴儿推车，出口欧美", industry="童车"))
    [first, *_] = reasons(analyser.analyse("客户想把一批童车尾单清了", "need"), card)
    assert first.text == "童车（行业）"
