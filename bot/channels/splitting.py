"""Cutting a long message into parts that a platform takes, at line ends where there are any."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from community.actions import Mention, Segment, Text

_LONGEST = 500  # characters of an address, at least as far as it is looked at
_CHANGING = "\ufe0f\u20e3\u0300-\u036f\U0001f3fb-\U0001f3ff"  # change the sign before them
# Addresses, flags, and signs that are put together, as families and keycaps are.
_WHOLE = re.compile(
    rf"https?://[!-~]+|[\U0001f1e6-\U0001f1ff]{{2}}|[^\s{_CHANGING}](?:[{_CHANGING}]|\u200d\S)+"
)


@dataclass(frozen=True)
class Cutter:
    """How a platform measures: ``head`` gives the longest beginning of a text of that size."""

    size: Callable[[str], int]
    head: Callable[[str, int], str]
    shown: Callable[[Segment], str]

    def split(self, segments: Sequence[Segment], first: int, limit: int) -> list[list[Segment]]:
        """The segments in parts of at most ``limit``, the first of at most ``first``.

        Only the first part calls people: an @ that would come later is moved there and leaves its
        ``@name`` behind, so that everybody is called once and at once.
        """
        parts: list[list[Segment]] = [[]]
        room = first
        for segment in segments:
            if isinstance(segment, Text):
                room = self._add_text(parts, segment.text, room, limit)
                continue
            size = self.size(self.shown(segment))
            if size > room:
                parts.append([])
                room = limit
            parts[-1].append(segment)
            room -= size
        return _called_first([part for part in parts if part])

    def _add_text(self, parts: list[list[Segment]], text: str, room: int, limit: int) -> int:
        """Add it to the last part and to as many new ones as it takes. Returns the room left."""
        *full, last = self._pieces(text, room, limit)
        for piece in full:
            if piece:
                parts[-1].append(Text(text=piece))
            parts.append([])
            room = limit
        if last:
            parts[-1].append(Text(text=last))
        return room - self.size(last)

    def _pieces(self, text: str, room: int, limit: int) -> Iterator[str]:
        """The text in pieces: the first fits into the room, the others into the limit."""
        while self.size(text) > room:
            head, text = self._cut(text, room, limit)
            yield head
            room = limit
        yield text

    def _cut(self, text: str, room: int, limit: int) -> tuple[str, str]:
        """The text at the last line end within the room, else at its end, or shortly before it."""
        fits = len(self.head(text, max(room, 0)))
        end = text.rfind("\n", 0, fits + 1)
        if end >= 0:
            return text[:end], text[end + 1 :]
        start = _start_of_whole(text, fits)
        if start or room < limit:  # else it is longer than any part
            fits = start
        return text[:fits], text[fits:]


def _start_of_whole(text: str, end: int) -> int:
    """Where the address, or the sign of several characters, begins that a cut there would break."""
    around = _WHOLE.finditer(text, 0, min(len(text), end + _LONGEST))
    return next((one.start() for one in around if one.start() < end < one.end()), end)


def _called_first(parts: list[list[Segment]]) -> list[list[Segment]]:
    for part in parts[1:]:
        for place, segment in enumerate(part):
            if isinstance(segment, Mention):
                parts[0].append(segment)
                part[place] = Text(text=f"@{segment.name} ")
    return parts
