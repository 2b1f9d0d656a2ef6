"""Fields of a form that are as the page showed them. What they say may have changed since."""

from collections.abc import Iterable

from web.access import Visit


def untouched(visit: Visit, names: Iterable[str]) -> set[str]:
    """Those which nobody has touched; ``was_…`` beside a field is what the page showed in it."""
    return {name for name in names if f"was_{name}" in visit.form and _same(visit, name)}


def _same(visit: Visit, name: str) -> bool:
    return visit.text(name).strip() == visit.text(f"was_{name}").strip()
