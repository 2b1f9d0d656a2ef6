"""What words and texts are made of, for those that nobody has entered."""

from collections.abc import Iterator


def parts(text: str) -> Iterator[str]:
    """The characters of a text and the pairs of neighbours."""
    for at, char in enumerate(text):
        if char.isalnum():
            yield char
            if at and text[at - 1].isalnum():
                yield text[at - 1 : at + 1]
