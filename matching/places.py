"""Cities and their districts."""

from collections.abc import Mapping


class Gazetteer:
    """Finds the cities a text names; a name marked ! counts only when no other city is named."""

    def __init__(self, places: Mapping[str, tuple[str, ...]]) -> None:
        self._sure: dict[str, str] = {}
        self._doubtful: dict[str, str] = {}
        for city, names in places.items():
            self._sure[city] = city
            for name in names:
                if name.endswith("!"):
                    self._doubtful[name[:-1]] = city
                else:
                    self._sure[name] = city
        self.names = frozenset(self._sure) | frozenset(self._doubtful)

    def cities(self, folded: str) -> frozenset[str]:
        """The cities that a folded text names."""
        sure = {city for name, city in self._sure.items() if name in folded}
        if sure:
            return frozenset(sure)
        return frozenset(city for name, city in self._doubtful.items() if name in folded)
