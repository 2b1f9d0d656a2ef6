"""Does a subscribed keyword hit a post?"""

from matching.analysis import Analysis


def follows(keyword: Analysis, post: Analysis) -> bool:
    """All units of the keyword are in the post, as whole words or as the same concept."""
    if not keyword.units:
        return False
    exact = {term for unit in post.units for term, near in unit.terms.items() if near >= 1}
    return all(
        any(term in exact for term, near in unit.terms.items() if near >= 1)
        for unit in keyword.units
    )


def keywords(analysis: Analysis, limit: int = 5) -> tuple[str, ...]:
    """The most telling words of a text, for a receipt."""
    best = sorted(analysis.units, key=lambda unit: -unit.weight * unit.rarity)[:limit]
    chosen = {id(unit) for unit in best}
    words = [unit.surface for unit in analysis.units if id(unit) in chosen]
    return tuple(dict.fromkeys(words))
