"""The operator adds words while the bot runs."""

from pathlib import Path

from bot.analyser_reload import Analysers
from tests.conversations.conftest import ChatMaker


def test_words_are_taken_up_and_given_up_without_a_restart(
    make_chat: ChatMaker, tmp_path: Path
) -> None:
    folder = tmp_path / "lexicon"
    chat = make_chat(analysers=Analysers.from_folder(folder))
    chat.says("小红", "#offer 转让一对宫灯，自提")
    assert chat.says("小明", "#找 灯彩").startswith("没找到")

    folder.mkdir()
    (folder / "ours.yaml").write_text("灯笼: 宫灯 灯彩\n", encoding="utf-8")
    chat.passes(minutes=1)
    found = chat.says("小明", "#找 灯彩").splitlines()
    assert found[1:] == ["#1 供给 小红：转让一对宫灯 · 因为：宫灯 ≈ 灯彩"]
    assert "#1" in chat.says("小明", "#need 求几个灯彩")

    (folder / "ours.yaml").write_text("灯笼: 宫灯 灯彩 <无此\n", encoding="utf-8")
    chat.passes(minutes=1)
    assert "#1" in chat.says("小刚", "#找 灯彩")

    (folder / "ours.yaml").unlink()
    chat.passes(minutes=1)
    assert "#1" not in chat.says("小刚", "#找 灯彩")
