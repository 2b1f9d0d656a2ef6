"""A font with Chinese on this machine. Pages use the reader's fonts; only pictures need one here.

None comes with the bot: the smallest whole one is bigger than everything else together.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

_FOLDERS: Final = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
# By a part of the file's name, from what looks best at small sizes to what is better than nothing.
FAMILIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "notosanssc": "Noto Sans SC",
        "notosanscjk": "Noto Sans CJK SC",
        "sourcehansans": "Source Han Sans SC",
        "pingfang": "PingFang SC",
        "hiragino sans gb": "Hiragino Sans GB",
        "harmonyos_sans_sc": "HarmonyOS Sans SC",
        "misans": "MiSans",
        "msyh": "Microsoft YaHei",
        "wqy-microhei": "WenQuanYi Micro Hei",
        "wqy-zenhei": "WenQuanYi Zen Hei",
        "droidsansfallback": "Droid Sans Fallback",
        "stheiti": "Heiti SC",
        "simhei": "SimHei",
        "uming": "AR PL UMing CN",
        "ukai": "AR PL UKai CN",
        "simsun": "SimSun",
    }
)
_KINDS: Final = frozenset({".ttf", ".otf", ".ttc"})
_BOLD: Final = ("bold", "black", "heavy", "bd.")


def found(folders: Iterable[Path] | None = None) -> Path | None:
    """The best of the fonts that are installed, for everybody or for this user."""
    files = [
        file
        for folder in (_folders() if folders is None else folders)
        if folder.is_dir()
        for file in sorted(folder.rglob("*"))
        if file.suffix.lower() in _KINDS
    ]
    return min((file for file in files if _rank(file)[0] < len(FAMILIES)), key=_rank, default=None)


def _folders() -> list[Path]:
    own = Path.home()
    return [own / ".local/share/fonts", own / ".fonts", *map(Path, _FOLDERS)]


def _rank(file: Path) -> tuple[int, bool]:
    name = file.name.lower()
    place = next((at for at, one in enumerate(FAMILIES) if one in name), len(FAMILIES))
    return place, any(one in name for one in _BOLD)
