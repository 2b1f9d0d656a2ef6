"""Words of the operator's own, read beside the configuration."""

from pathlib import Path

import pytest

from bot.analysing import build_analyser
from bot.config import Config, load
from bot.errors import StartError
from matching import Analyser


def config(folder: Path, **files: str) -> Config:
    (folder / "config.yaml").write_text("{}", encoding="utf-8")
    (folder / "lexicon").mkdir()
    for name, text in files.items():
        (folder / "lexicon" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load(folder / "config.yaml")


def test_without_files_it_is_the_usual_one(tmp_path: Path, analyser: Analyser) -> None:
    assert build_analyser(config(tmp_path)).version == analyser.version


def test_own_words_are_known_beside_all_others(tmp_path: Path, analyser: Analyser) -> None:
    own = build_analyser(config(tmp_path, education="+代理记账: 理账\n灯笼: 宫灯 <礼品\n"))
    assert "C代理记账" in own.analyse("求理账").terms
    assert "C灯笼" in own.analyse("出宫灯").terms
    assert "C家教兼职" in own.analyse("想做家教单").terms
    assert own.version != analyser.version


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("+无此: 词", r"^lexicon/ours\.yaml 里的“\+无此”：没有"),
        ("- 一\n- 二", r"ours\.yaml 不是词典"),
        ("甲: [", r"^lexicon/ours\.yaml 第 1 行写得不对，读不懂$"),
        ("甲: [乙, 丙]", r"ours\.yaml 里的“甲”：冒号后面要写成一行"),
        ("甲: 乙 <无此", r"ours\.yaml 里的“甲”：没有“无此”这个概念"),
        ("+代理记账: 理账 <无此", r"ours\.yaml 里的“\+代理记账”：没有“无此”这个概念"),
        ("代理记账: 理账", r"ours\.yaml 里的“代理记账”：已经有这个概念，要补充就写“\+代理记账”"),
    ],
)
def test_a_wrong_file_stops_the_start(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(StartError, match=said):
        build_analyser(config(tmp_path, ours=text))
