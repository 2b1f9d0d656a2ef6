"""Cutting a long message into parts that QQ takes, at line ends where there are any."""

from collections.abc import Sequence

from community.actions import Mention, Segment, Text

LIMIT = 1500  # characters; QQ itself cuts or refuses at some 4500, old clients show far less


def split(segments: Sequence[Segment], limit: int = LIMIT) -> list[list[Segment]]:
    """The segments in parts of at most ``limit`` characters.

    Only the first part calls people: an @ that would come later is moved there and leaves its
    ``@name`` behind, so that everybody is called once and at once.
    """
    parts: list[list[Segment]] = [[]]
    room = limit
    for segment in segments:
        if isinstance(segment, Text):
            room = _add_text(parts, segment.text, room, limit)
            continue
        size = len(segment.name) + 2 if isinstance(segment, Mention) else 0
        if size > room:
            parts.append([])
            room = limit
        parts[-1].append(segment)
        room -= size
    return _called_first([part for part in parts if part])


def _add_text(parts: list[list[Segment]], text: str, room: int, limit: int) -> int:
    """Add the text to the last part and to as many new ones as it takes. Returns the room left."""
    while len(text) > room:
        head, text = _cut(text, room)
        if head:
            parts[-1].append(Text(text=head))
        parts.append([])
        room = limit
    if text:
        parts[-1].append(Text(text=text))
    return room - len(text)


def _cut(text: str, room: int) -> tuple[str, str]:
    """The text at the last line end within the room, else right at its end."""
    end = text.rfind("\n", 0, room + 1)
    return (text[:end], text[end + 1 :]) if end >= 0 else (text[:room], text[room:])


def _called_first(parts: list[list[Segment]]) -> list[list[Segment]]:
    for part in parts[1:]:
        for place, segment in enumerate(part):
            if isinstance(segment, Mention):
                parts[0].append(segment)
                part[place] = Text(text=f"@{segment.name} ")
    return parts
