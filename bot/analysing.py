"""The analyser with the words that an operator added: lexicon/*.yaml beside the configuration."""

from pathlib import Path

import yaml

from bot.config import Config
from bot.errors import StartError
from matching import Analyser
from matching.concepts import load_lexicon


def build_analyser(config: Config) -> Analyser:
    """Every command builds it here: with other words, stored analyses would not fit. StartError."""
    added = {f"lexicon/{file.name}": _read(file) for file in _files(config.lexicon_folder)}
    if not added:
        return Analyser()
    try:
        return Analyser(lexicon=load_lexicon(added))
    except ValueError as error:
        raise StartError(f"自己的词典有问题：{error}") from error


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml")) if folder.is_dir() else []


def _read(file: Path) -> str:
    """The text, if it is lines of `name: words`."""
    try:
        text = file.read_text(encoding="utf-8")
        data = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = str(getattr(error, "problem_mark", "") or error).strip()
        raise StartError(f"读不了 {file}：{reason}") from error
    if data is not None and not isinstance(data, dict):
        raise StartError(f"{file} 不是词典：每行要写成“词: 同义词 同义词”")
    return text
