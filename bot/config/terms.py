"""What a community asks of its members, as config.yaml says it."""

from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationInfo, model_validator

from community.covenant import Covenant
from community.terms import Terms

LONGEST = 4_000  # characters: it has to be readable in a chat


class TermsConfig(BaseModel):
    """The covenant, in the file itself or in one of its own, and which clocks run."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    covenant: str = ""
    covenant_file: str = ""
    dues: bool = False
    probation: bool = False

    _text: str = PrivateAttr("")

    @model_validator(mode="after")
    def _read(self, info: ValidationInfo) -> Self:
        """Read the covenant's file now: a mistake stops the start and not a member's command."""
        if self.covenant and self.covenant_file:
            raise ValueError("里 covenant 和 covenant_file 只能写一个")
        folder = (info.context or {}).get("folder", Path.cwd())
        text = _content(folder / self.covenant_file) if self.covenant_file else self.covenant
        if len(text) > LONGEST:
            raise ValueError(f"的公约最多 {LONGEST} 字，现在有 {len(text)} 字")
        self._text = text
        return self

    @property
    def terms(self) -> Terms:
        """The same as the rooms of the community package read it."""
        return Terms(covenant=Covenant(self._text), dues=self.dues, probation=self.probation)


def _content(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError):
        raise ValueError(f"的 covenant_file 读不了：{file}，应为一个 UTF-8 文本文件") from None
    if not text:
        raise ValueError(f"的 covenant_file 是空的：{file}")
    return text
