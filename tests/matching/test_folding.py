"""Folding, fingerprints, titles."""

import pytest

from matching import fingerprint, fold, title


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＩＰｈｏｎｅ　１５", "iphone 15"),
        ("電商團隊", "电商团队"),
        ("前\u200b端\ufeff", "前端"),
        ("a\u00a0 \tb\nc", "a b\nc"),
        ("Café, Straße, Łódź", "cafe, strasse, lodz"),
        ("kāfēi jī", "kafei ji"),
        ("2 × 3 ÷ 4", "2 × 3 ÷ 4"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    "copy", ["求前端， 3 年", "求前端3年！", "求 前端\n３年", "「求前端」3年", "求前端3年😀"]
)
def test_copies_have_one_fingerprint(copy: str) -> None:
    assert fingerprint(copy) == fingerprint("求前端3年")


def test_other_words_have_another_fingerprint() -> None:
    assert fingerprint("求前端 3 年") != fingerprint("求后端 3 年")


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("找前端，三年以上", "找前端，三年以上"),
        ("找一位懂跨境电商的合伙人，深圳", "找一位懂跨境电商的合伙人"),
        ("  \n工位转租\n海淀", "工位转租，海淀"),
        ("长" * 40, "长" * 23 + "…"),
        ("找设计师做海报（急！）", "找设计师做海报（急！）"),
        ("（急，在线等）找设计师，快", "（急，在线等）找设计师"),
        ("，。", "，。"),
        ("", ""),
    ],
)
def test_title(text: str, short: str) -> None:
    assert title(text) == short
    assert len(short) <= 24
