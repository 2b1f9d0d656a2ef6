"""The analyser with the words that an operator added: lexicon/*.yaml beside the configuration."""

from collections.abc import Mapping
from pathlib import Path

import yaml
from loguru import logger

from bot.config import Config
from bot.errors import StartError
from matching import Analyser
from matching.concepts import Lexicon, load_lexicon
from storage.refusals import os_error_reason


def build_analyser(config: Config) -> Analyser:
    """Every command builds it here: with other words, stored analyses would not fit. StartError."""
    return analyser_with(read_own(config.lexicon_folder))


class Analysers:
    """Gives the analyser that knows the operator's present words.

    Whoever works asks for it anew each time, and keeps to one for one piece of work.
    """

    def __init__(self, current: Analyser) -> None:
        """With a fixed one: ``from_folder`` makes those that follow the operator's files."""
        self.current = current
        self._folder: Path | None = None
        self._seen: Mapping[str, str] | str = ""

    @classmethod
    def from_folder(cls, folder: Path) -> "Analysers":
        """Takes up the files of the folder, now and whenever they change. Raises StartError."""
        own = read_own(folder)
        made = cls(analyser_with(own))
        made._folder, made._seen = folder, own
        return made

    def reload(self) -> None:
        """Take up what has changed in the folder. It takes half a second: call it in a thread.

        Where something is wrong with it the former words hold, and the log says so once.
        """
        if self._folder is None:
            return
        found = _read_or_reason(self._folder)
        if found == self._seen:
            return
        self._seen = found
        try:
            if isinstance(found, str):
                raise StartError(found)
            self.current = analyser_with(found)
        except StartError as error:
            logger.warning("自己的词典改了，但有问题，先沿用原来的词：{}", error.text)
        else:
            logger.info("自己的词典改了，已换上新的词：{} 个文件", len(found))


def _read_or_reason(folder: Path) -> Mapping[str, str] | str:
    """The files, or why they cannot be read: that is told once, too."""
    try:
        return read_own(folder)
    except StartError as error:
        return error.text


def analyser_with(own: Mapping[str, str]) -> Analyser:
    """The analyser that knows these files (name: text) beside its own. Raises StartError."""
    return Analyser(lexicon=lexicon_with(own)) if own else Analyser()


def lexicon_with(own: Mapping[str, str]) -> Lexicon:
    """Likewise the lexicon alone, which is built in a fraction of the time."""
    for name, text in own.items():
        _check(name, text)
    try:
        return load_lexicon(own)
    except ValueError as error:
        raise StartError(str(error)) from error


def read_own(folder: Path) -> dict[str, str]:
    """The operator's files as they are now, by name; without a folder there are none. StartError.

    A file that cannot be read is no reason to go on as if it were not there.
    """
    try:
        found = sorted(file for file in folder.iterdir() if file.suffix == ".yaml")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise StartError(f"读不了 {folder}：{os_error_reason(error)}") from error
    return {f"{folder.name}/{file.name}": _read(file) for file in found}


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")  # editors on Windows put a mark before it
    except UnicodeDecodeError as error:
        raise StartError(f"读不了 {file}：不是 UTF-8 编码的文字") from error
    except OSError as error:
        raise StartError(f"读不了 {file}：{os_error_reason(error)}") from error


def _check(name: str, text: str) -> None:
    """Whether the text is lines of `name: words`."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        # What is missed at the end is missed after the last line.
        line = min(mark.line + 1, len(text.splitlines())) if mark else 0
        where = f"{name} 第 {line} 行" if line else name
        raise StartError(f"{where}写得不对，读不懂") from error
    if data is not None and not isinstance(data, dict):
        raise StartError(f"{name} 不是词典：每行要写成“词: 同义词 同义词”")
    for head, line in (data or {}).items():
        if isinstance(line, list | dict):
            raise StartError(f"{name} 里的“{head}”：冒号后面要写成一行，用空格隔开")
