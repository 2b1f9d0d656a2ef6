"""Writing a configuration file and reading what the bot says of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.config import Config, ConfigError, load

Said = Callable[..., str]
Loaded = Callable[..., Config]


@pytest.fixture
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Loaded:
    """Load a text as config.yaml; keyword arguments are the environment."""
    monkeypatch.chdir(tmp_path)

    def load_text(text: str, **environ: str) -> Config:
        (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
        return load(Path("config.yaml"), environ)

    return load_text


@pytest.fixture
def said(loaded: Loaded) -> Said:
    """The sentences with which a text is refused."""

    def refuse(text: str, **environ: str) -> str:
        with pytest.raises(ConfigError) as caught:
            loaded(text, **environ)
        return caught.value.text

    return refuse
