"""A chart as a picture for the chat, in the colours of the pages by day.

Pages use the reader's fonts, but a picture needs one here, and few servers have any with Chinese:
``words.ttf`` is Noto Sans SC (SIL Open Font License) cut down to the signs that charts are made
of. A new word in a chart needs a new cut; a test says which sign is missing.
"""

from pathlib import Path
from typing import Final

import resvg_py

_ZOOM: Final = 2.0
FONT: Final = Path(__file__).with_name("words.ttf")
_STYLE: Final = """
.background { fill: #ffffff; }
.plot .background { fill: none; }
text { fill: #5d646d; font-family: "Noto Sans SC"; font-size: 13px; stroke: none; }
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


def picture(svg: str) -> bytes:
    """The PNG."""
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        style_sheet=_STYLE,
        background="#ffffff",
        zoom=_ZOOM,
        skip_system_fonts=True,
        font_files=[str(FONT)],
    )
    return bytes(drawn)
