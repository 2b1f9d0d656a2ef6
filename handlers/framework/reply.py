"""What a handler answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from community.actions import Mention, Segment, Text, plain


@dataclass(frozen=True)
class Reply:
    """One message back to where the question came from, or to the member alone."""

    segments: tuple[Segment, ...]
    about: int | None = None  # the post it speaks of: quoting the reply means that post
    application: int | None = None  # likewise
    private: bool = False  # only to the member, where the channel can
    forget: bool = False  # nothing of it is kept, nor of what it answers

    @property
    def text(self) -> str:
        """The reply as people read it."""
        return plain(self.segments)


def together(replies: Sequence[Reply]) -> list[Reply]:
    """What is said aloud as one message, and what is for one member alone as another.

    It is about what all of it is about; the same is said once.
    """
    once = list(dict.fromkeys(replies))
    kinds = ([one for one in once if one.private is private] for private in (False, True))
    return [_joined(kind) for kind in kinds if kind]


def _joined(replies: Sequence[Reply]) -> Reply:
    if len(replies) == 1:
        return replies[0]
    gap = Text(text="\n\n" if any("\n" in one.text for one in replies) else "\n")
    segments = [segment for one in replies for segment in (gap, *one.segments)]
    return Reply(
        tuple(segments[1:]),
        about=_only([one.about for one in replies]),
        application=_only([one.application for one in replies]),
        private=replies[0].private,
        forget=any(one.forget for one in replies),
    )


def _only(numbers: Sequence[int | None]) -> int | None:
    found = {number for number in numbers if number is not None}
    return found.pop() if len(found) == 1 else None


def say(
    *parts: str | Mention,
    about: int | None = None,
    application: int | None = None,
    private: bool = False,
) -> Reply:
    """A reply from texts and mentions in order."""
    segments = tuple(Text(text=part) if isinstance(part, str) else part for part in parts)
    return Reply(segments, about=about, application=application, private=private)
