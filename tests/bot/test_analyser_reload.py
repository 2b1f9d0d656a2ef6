"""Words of the operator's own, read beside the configuration."""

import io
from pathlib import Path

import pytest

from bot.analyser_reload import Analysers, build_analyser
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
        ("乙: 丙\n甲: [\n", r"^lexicon/ours\.yaml 第 2 行写得不对，读不懂$"),
        ("甲: [乙, 丙]", r"ours\.yaml 里的“甲”：冒号后面要写成一行"),
        ("甲: 乙 <无此", r"ours\.yaml 里的“甲”：没有“无此”这个概念"),
        ("+代理记账: 理账 <无此", r"ours\.yaml 里的“\+代理记账”：没有“无此”这个概念"),
        ("代理记账: 理账", r"ours\.yaml 里的“代理记账”：已经有这个概念，要补充就写“\+代理记账”"),
    ],
)
def test_a_wrong_file_stops_the_start(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(StartError, match=said):
        build_analyser(config(tmp_path, ours=text))


def test_a_change_that_is_wrong_leaves_the_former_words(tmp_path: Path, log: io.StringIO) -> None:
    analysers = Analysers.from_folder(config(tmp_path).lexicon_folder)
    first, file = analysers.current, tmp_path / "lexicon" / "ours.yaml"
    for text in ("灯笼: [", "灯笼: 宫灯 <无此"):
        file.write_text(text, encoding="utf-8")
        analysers.reload()
        analysers.reload()  # nothing has changed since: it is not said again
    assert analysers.current is first
    said = "WARNING 自己的词典改了，但有问题，先沿用原来的词：lexicon/ours.yaml "
    assert log.getvalue().splitlines() == [
        said + "第 1 行写得不对，读不懂",
        said + "里的“灯笼”：没有“无此”这个概念",
    ]


def test_a_file_that_cannot_be_read_leaves_the_former_words(
    tmp_path: Path, analyser: Analyser, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = config(tmp_path, ours="灯笼: 宫灯").lexicon_folder
    analysers = Analysers.from_folder(folder)
    first, file = analysers.current, folder / "ours.yaml"
    file.write_bytes("灯笼: 花灯".encode("gb18030"))
    analysers.reload()
    file.unlink()
    file.symlink_to(folder / "nowhere")
    analysers.reload()
    assert analysers.current is first
    assert [line.rpartition("：")[2] for line in log.getvalue().splitlines()] == [
        "不是 UTF-8 编码的文字",
        "没有这个文件或文件夹",
    ]
    file.unlink()
    monkeypatch.setattr(
        "bot.analyser_reload.analyser_with", lambda own: analyser if not own else None
    )
    analysers.reload()
    assert analysers.current is analyser
    assert log.getvalue().splitlines()[-1] == "INFO 自己的词典改了，已换上新的词：0 个文件"
