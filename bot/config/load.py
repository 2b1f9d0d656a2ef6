"""Finding and reading the configuration file."""

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from bot.config import environment, phrases
from bot.config.contradictions import contradictions
from bot.config.errors import ConfigError, Problem
from bot.config.model import Config
from bot.config.source import parse
from storage.refusals import may_exist, os_error_reason

DEFAULT_FILE = Path("config.yaml")


def load(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Config:
    """The configuration from ``path``, from ./config.yaml, or the defaults. Raises ConfigError."""
    if path is None and not may_exist(DEFAULT_FILE):
        return Config().read_from(None, Path.cwd())
    file = DEFAULT_FILE if path is None else path
    source = parse(_text(file))
    environment.fill(source, os.environ if environ is None else environ)
    folder = file.absolute().parent
    try:
        config = Config.model_validate(source.data, context={"folder": folder})
    except ValidationError as error:
        found = phrases.problems(error, source)
        raise ConfigError(str(file), [*source.problems, *found]) from None
    against = (Problem(text, source.line(place)) for place, text in contradictions(config))
    if problems := [*source.problems, *against]:
        raise ConfigError(str(file), problems)
    return config.read_from(file, folder)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        text = "没有这个文件，请检查 -c 后面的路径"
    except IsADirectoryError:
        text = "这是一个文件夹，应为配置文件"
    except PermissionError:
        text = "没有读取它的权限"
    except UnicodeDecodeError:
        text = "不是 UTF-8 编码，请另存为 UTF-8"
    except OSError as error:
        text = f"读不了：{os_error_reason(error)}"
    raise ConfigError(str(file), [Problem(text)])
