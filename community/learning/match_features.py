"""What was measured of a match, kept with it: a label later says whether that was right."""

from collections.abc import Mapping
from typing import Any

from matching import Ranked
from matching.feature_version import measure_version

Traits = dict[str, Any]


def traits_of(model: str, found: Ranked) -> Traits:
    """The features that are not zero, with the model that read them and what measured them."""
    told = found.features.items()
    values = {name: kept for name, value in told if value and (kept := round(value, 3))}
    return {"by": measure_version(), "model": model, "values": values}


def values_of(traits: Mapping[str, Any] | None) -> tuple[str, Mapping[str, float]] | None:
    """Model and features; None where nothing was kept, or other code measured it."""
    if not traits or traits["by"] != measure_version():
        return None
    return traits["model"], traits["values"]
