"""A chart as bare SVG: shapes and words with classes, which a style sheet gives their look.

pygal would bring a style sheet and a script along, which the pages' security policy forbids.
"""

import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final
from xml.etree import ElementTree

from community.office.numbers import Chart

_LOOK: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "width": 640,
        "height": 300,
        "margin": 10,
        "margin_left": 16,
        "spacing": 8,
        "js": (),
        "css": (),
        "no_prefix": True,
        "disable_xml_declaration": True,
        "show_dots": False,
        "legend_at_bottom": True,
        "legend_box_size": 14,
        "truncate_label": -1,
        "show_minor_x_labels": False,
        "min_scale": 2,
        "max_scale": 6,
    }
)
_SVG: Final = "{http://www.w3.org/2000/svg}"
_STEPS: Final = 5
_EVERY: Final = 5  # weeks between two that are named
_DROPPED: Final = {f"{_SVG}defs", f"{_SVG}desc", f"{_SVG}title"}


def draw(chart: Chart) -> str:
    """The picture."""
    pygal = _library()
    drawn = (pygal.StackedBar if chart.stacked else pygal.Line)(
        **_LOOK,
        show_legend=len(chart.series) > 1,
        x_labels_major=list(chart.weeks[::-_EVERY]),
        value_formatter=_whole,
    )
    drawn.x_labels = list(chart.weeks)
    drawn.y_labels = _steps(chart)
    for one in chart.series:
        drawn.add(one.name, list(one.values))
    return _bare(ElementTree.fromstring(drawn.render(is_unicode=True)), chart.title)


def _steps(chart: Chart) -> list[int]:
    """Few round numbers up to the highest: 0, 20, 40, 60."""
    totals = [one.values for one in chart.series]
    highest = max(map(sum, zip(*totals, strict=True)), default=0) if chart.stacked else 0
    highest = max(highest, *(max(values, default=0) for values in totals), 1)
    step = next(
        one * 10**power
        for power in range(12)
        for one in (1, 2, 5)
        if one * 10**power * _STEPS >= highest
    )
    return list(range(0, highest + step, step))


def _library() -> Any:
    """pygal, without what it hangs into the import of modules: only its maps need that."""
    import pygal  # noqa: PLC0415 – some megabytes, and only the office draws

    strange = pygal.PluginImportFixer
    sys.meta_path[:] = [one for one in sys.meta_path if not isinstance(one, strange)]
    return pygal


def _whole(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else ""


def _bare(root: ElementTree.Element, title: str) -> str:
    ElementTree.register_namespace("", _SVG.strip("{}"))
    for parent in list(root.iter()):
        parent.attrib.pop("style", None)
        for child in list(parent):
            if child.tag in _DROPPED or not isinstance(child.tag, str):
                parent.remove(child)
    root.attrib.pop("id", None)
    root.set("role", "img")
    root.set("aria-label", title)
    return ElementTree.tostring(root, encoding="unicode")
