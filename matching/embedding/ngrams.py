"""Character n-grams: what words and texts are made of, for those that nobody has entered."""

from collections.abc import Iterator


def ngrams(text: str) -> Iterator[str]:
    """Each letter, digit and Han character, followed by the bigram that it ends."""
    for at, char in enumerate(text):
        if char.isalnum():
            yield char
            if at and text[at - 1].isalnum():
                yield text[at - 1 : at + 1]
