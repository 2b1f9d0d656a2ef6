"""Cutting a long message into parts that WeChat takes, at line ends where there are any. Pure."""

from collections.abc import Iterator, Sequence

from community.actions import Mention, Segment, Text

LIMIT = 1800  # bytes of UTF-8; above some 2,000 the clients fold or cut a text


def size(text: str) -> int:
    """How much of the limit a text takes."""
    return len(text.encode())


def split(segments: Sequence[Segment], first: int, limit: int = LIMIT) -> list[list[Segment]]:
    """The segments in parts of at most ``limit`` bytes, the first of at most ``first``.

    Only the first part calls people: an @ that would come later is moved there and leaves its
    ``@name`` behind, so that everybody is called once and at once.
    """
    parts: list[list[Segment]] = [[]]
    room = first
    for segment in segments:
        if isinstance(segment, Text):
            room = _add_text(parts, segment.text, room, limit)
            continue
        if size(shown(segment)) > room:
            parts.append([])
            room = limit
        parts[-1].append(segment)
        room -= size(shown(segment))
    return _called_first([part for part in parts if part])


def _add_text(parts: list[list[Segment]], text: str, room: int, limit: int) -> int:
    """Add the text to the last part and to as many new ones as it takes. Returns the room left."""
    *full, last = _pieces(text, room, limit)
    for piece in full:
        if piece:
            parts[-1].append(Text(text=piece))
        parts.append([])
        room = limit
    if last:
        parts[-1].append(Text(text=last))
    return room - size(last)


def shown(segment: Segment) -> str:
    """What a reader sees of a segment."""
    match segment:
        case Text(text=text):
            return text
        case Mention(name=name):
            return f"@{name}\u2005"
    return "[图片]"


def _pieces(text: str, room: int, limit: int) -> Iterator[str]:
    """The text in pieces: the first fits into the room, the others into the limit."""
    while size(text) > room:
        head, text = _cut(text, room)
        yield head
        room = limit
    yield text


def _cut(text: str, room: int) -> tuple[str, str]:
    """The text at the last line end within the room, else right at its end."""
    fits = text.encode()[: max(room, 0)].decode(errors="ignore")
    end = text.rfind("\n", 0, len(fits) + 1)
    return (text[:end], text[end + 1 :]) if end >= 0 else (fits, text[len(fits) :])


def _called_first(parts: list[list[Segment]]) -> list[list[Segment]]:
    for part in parts[1:]:
        for place, segment in enumerate(part):
            if isinstance(segment, Mention):
                parts[0].append(segment)
                part[place] = Text(text=f"@{segment.name} ")
    return parts
