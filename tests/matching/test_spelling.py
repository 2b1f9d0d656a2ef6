"""What a mistyped search may have meant."""

import pytest

from matching import Analyser
from matching.pinyin import homophones


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("摄影鹏", "摄影棚"),
        ("代理计账", "代理记账"),
        ("设影鹏", "摄影棚"),
        ("二手咖啡鸡", "二手咖啡机"),
        ("攝影鵬", "摄影棚"),
        ("会记", "会记"),  # too short to be sure
        ("代理记账", "代理记账"),  # a word of the lexicon is meant as it stands
        ("直升机驾照", "直升机驾照"),
    ],
)
def test_what_is_sure(analyser: Analyser, typed: str, meant: str) -> None:
    first = next(iter(analyser.corrections(typed, sure=True)), None)
    assert (first.text if first else typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant", "alike"),
    [
        ("会记", "会计", True),
        ("摄影鹏", "摄影棚", True),
        ("小程许", "小程序", False),
        ("跨静电商", "跨境电商", True),
        ("pyhton 开发", "python 开发", False),
        ("shoppify", "shopify", False),
        ("shopfy", "shopify", False),
        ("shopifi", "shopify", False),
    ],
)
def test_what_may_be(analyser: Analyser, typed: str, meant: str, alike: bool) -> None:
    assert (meant, alike) in [(one.text, one.alike) for one in analyser.corrections(typed)]


@pytest.mark.parametrize(
    "typed", ["", "?", "iso", "律师", "合", "猫", "shopify", "找人一起做一个卖咖啡鸡的小店好不好呀"]
)
def test_what_is_left_as_it_is(analyser: Analyser, typed: str) -> None:
    assert analyser.corrections(typed) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kafeiji", "咖啡机"),
        ("KaFeiJi", "咖啡机"),
        ("ka fei ji", "咖啡机"),
        ("baoshui", "报税"),
        ("dailijizhang", "代理记账"),
        ("lvshi", "律师"),
        ("xi'an", "西安"),
        ("ershoukafeiji", "二手咖啡机"),
        ("xiaohongshu daiyunying", "小红书代运营"),
    ],
)
def test_pinyin(analyser: Analyser, typed: str, meant: str) -> None:
    found = analyser.corrections(typed)
    assert meant in [one.text for one in found[:4]]
    assert all(one.alike for one in found)
    assert analyser.corrections(typed, sure=True) == []


@pytest.mark.parametrize("typed", ["figma", "android", "shi" * 10, "yi" * 15, "a" * 30])
def test_what_is_no_pinyin(analyser: Analyser, typed: str) -> None:
    assert not any(one.alike for one in analyser.corrections(typed))


def test_what_sounds_the_same_comes_first_and_longer_words_before_shorter(
    analyser: Analyser,
) -> None:
    found = analyser.corrections("代理计账")
    assert found[0].word == "代理记账"
    order = [(not one.alike, -len(one.word)) for one in found]
    assert order == sorted(order)


def test_characters_that_sound_alike() -> None:
    assert {"棚", "朋", "碰"} <= set(homophones("鹏"))
    assert "绿" in homophones("律")
    assert "路" not in homophones("律")  # the dots of ü are no tone
    assert {"杭", "型"} <= set(homophones("行"))  # it has two readings
    assert homophones("a") == ("a",)
