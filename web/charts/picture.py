"""A chart as a picture for the chat, in the colours of the pages by day."""

from pathlib import Path
from typing import Final

import resvg_py

from web.charts.fonts import FAMILIES

_ZOOM: Final = 2.0
_FAMILIES: Final = ", ".join(f'"{name}"' for name in FAMILIES.values())
_STYLE: Final = """
.background { fill: #ffffff; }
.plot .background { fill: none; }
text { fill: #5d646d; font-size: 13px; stroke: none; }
.axis text { text-anchor: middle; }
.axis.y text { text-anchor: end; }
.axis .line { stroke: #8b8678; fill: none; }
.axis .guide { stroke: #e0dcd2; fill: none; }
.axis.x .guides path { stroke: none; }
.legend text { text-anchor: start; }
.color-0, .color-0 path, .color-0 rect { stroke: #0d6358; fill: #0d6358; }
.color-1, .color-1 path, .color-1 rect { stroke: #c98a3b; fill: #c98a3b; }
.color-0 rect, .color-1 rect { stroke: none; }
.line-graph .color-0 path { fill: none; stroke-width: 3; }
.bars rect { stroke: none; }
"""


def picture(svg: str, *, font: Path) -> bytes:
    """The PNG, with words in that font."""
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        style_sheet=f"{_STYLE} text {{ font-family: {_FAMILIES}; }}",
        background="#ffffff",
        zoom=_ZOOM,
        skip_system_fonts=True,
        font_files=[str(font)],
    )
    return bytes(drawn)
