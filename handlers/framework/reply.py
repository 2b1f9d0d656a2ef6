"""What a handler answers."""

from dataclasses import dataclass

from community.actions import Mention, Segment, Text, plain


@dataclass(frozen=True)
class Reply:
    """One message back to where the question came from, or to the member alone."""

    segments: tuple[Segment, ...]
    about: int | None = None  # the post it speaks of: quoting the reply means that post
    application: int | None = None  # likewise
    private: bool = False  # only to the member, where the channel can

    @property
    def text(self) -> str:
        """The reply as people read it."""
        return plain(self.segments)


def say(
    *parts: str | Mention,
    about: int | None = None,
    application: int | None = None,
    private: bool = False,
) -> Reply:
    """A reply from texts and mentions in order."""
    segments = tuple(Text(text=part) if isinstance(part, str) else part for part in parts)
    return Reply(segments, about=about, application=application, private=private)
