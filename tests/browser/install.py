"""Puts a browser, a font with Chinese and axe-core into a folder that git ignores.

All come from npm, as package-lock.json pins them. Nothing of the machine's own is changed, and
no right of root is needed.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.npm import filled, node

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".browser"
_UNPACK = "unpack.mjs"
_FONTS = "@expo-google-fonts/noto-sans-sc"
# The only fonts: pages look the same on every machine, whatever else it has.
_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""


@dataclass(frozen=True)
class Installed:
    """Where the parts lie."""

    folder: Path

    @property
    def program(self) -> Path:
        """The browser."""
        return self.folder / "chromium" / "chromium"

    @property
    def libraries(self) -> Path:
        """What a machine without a desktop lacks."""
        return self.folder / "chromium" / "al2023" / "lib"

    @property
    def fonts(self) -> Path:
        """The settings of fontconfig."""
        return self.folder / "fonts" / "fonts.conf"

    @property
    def axe(self) -> Path:
        """The script that finds what keeps people out of a page."""
        return self.folder / "axe.min.js"


def installed() -> Installed:
    """The parts, ready to be used. The first time takes half a minute."""
    with filled(CACHE / "v1", HERE, _keep) as folder:
        parts = Installed(folder)
        settings = _FONTCONFIG.format(folder=parts.fonts.parent)
        # It names the folder, and a working copy may be moved; but a browser may be reading it.
        if not parts.fonts.exists() or parts.fonts.read_text() != settings:
            parts.fonts.write_text(settings)
    return parts


def _keep(folder: Path) -> None:
    """Unpack and pick what is used, and drop the packages, which are as big again."""
    packages = folder / "node_modules"
    for name in ("chromium", "fonts"):
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir()
    shutil.copy(HERE / _UNPACK, folder / _UNPACK)  # a module is looked for beside its user
    node(_UNPACK, cwd=folder, env={**os.environ, "TMPDIR": str(folder / "chromium")})
    for weight in ("400Regular", "700Bold"):
        font = packages / _FONTS / weight / f"NotoSansSC_{weight}.ttf"
        shutil.move(font, folder / "fonts" / font.name)
    shutil.move(packages / "axe-core" / "axe.min.js", folder / "axe.min.js")
    shutil.rmtree(packages)
