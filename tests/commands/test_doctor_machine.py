"""What the doctor says of the machine, and how a finding is phrased."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.checks import machine
from bot.commands.doctor import phrase
from bot.finding import Finding
from matching import Analyser

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "newest", "found"),
    [
        (NOW, None, "✓ 时钟：2026-11-21 04:00（UTC）"),
        (NOW, NOW + timedelta(minutes=4), "✓ 时钟：2026-11-21 04:00（UTC）"),
        (
            NOW,
            NOW + timedelta(minutes=6),
            "✗ 时钟：2026-11-21 04:00，早于数据库里最新的消息（2026-11-21 04:06）（UTC）"
            " → 打开系统的自动对时（NTP）",
        ),
        (
            datetime(1970, 1, 1, tzinfo=UTC),
            None,
            "✗ 时钟：1970-01-01，早于这个程序写成的日子 → 打开系统的自动对时（NTP）",
        ),
    ],
)
def test_the_clock(now: datetime, newest: datetime | None, found: str) -> None:
    assert phrase(machine.clock(now, newest)) == found


def test_the_time_zones() -> None:
    found = list(machine.zones({"a": "Asia/Shanghai", "b": "Asia/Nowhere"}, NOW))
    assert [phrase(one) for one in found] == [
        "✓ 时区：社群 a 现在是 12:00（Asia/Shanghai）",
        "✗ 时区：社群 b 的 Asia/Nowhere 没有数据 → 安装时区数据：pip install tzdata",
    ]


def test_hundreds_of_communities_in_one_zone_are_one_line() -> None:
    found = list(machine.zones(dict.fromkeys("abcde", "Asia/Shanghai"), NOW))
    assert [phrase(one) for one in found] == [
        "✓ 时区：社群 a、b、c 等 5 个 现在是 12:00（Asia/Shanghai）"
    ]


def test_a_dictionary_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise FileNotFoundError

    monkeypatch.setattr(machine, "Analyser", missing)
    assert phrase(machine.dictionary()) == (
        "✗ 词典：读不出来（FileNotFoundError） → 重新安装：make clean setup"
    )


def test_a_dictionary_that_cuts_badly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "WORDS", ("会游泳的鱼",))
    assert phrase(machine.dictionary()) == (
        "✗ 词典：把“找一位懂跨境电商的合伙人”切成了 跨境电商、合伙人 → 重新安装：make clean setup"
    )


def test_how_a_finding_is_phrased() -> None:
    assert phrase(Finding(ok=True, text="好")) == "✓ 好"
    assert phrase(Finding(ok=True, text="好", fix="还可以这样")) == "✓ 好（还可以这样）"
    assert phrase(Finding(ok=False, text="坏")) == "✗ 坏"
    assert phrase(Finding(ok=False, text="坏", fix="这样修")) == "✗ 坏 → 这样修"


def test_the_dictionary_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "Analyser", Analyser)  # loaded anew, as the doctor does
    assert phrase(machine.dictionary()) == "✓ 词典：能切出 跨境电商、合伙人"
