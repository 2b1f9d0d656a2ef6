"""Which Chinese characters sound alike, whatever their tone."""

import os
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache

_TONES = {0x300: None, 0x301: None, 0x304: None, 0x30C: None}  # but not the dots of ü
_LONGEST_SOUND = 6  # zhuang
UMLAUT = "u\u0308"  # as it stands in the tables; keyboards have v for it
_READINGS = 2  # the usual ones come first; further ones are of names and old books


@cache
def common_characters() -> tuple[str, ...]:
    """The 6,763 characters of GB 2312: nobody means another one that he did not type."""
    pairs = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return tuple(char for pair in pairs if (char := pair.decode("gb2312", "ignore")))


def homophones(char: str) -> tuple[str, ...]:
    """All common characters that can be read as this one can, itself first."""
    readings, characters = _tables()
    alike = (other for sound in readings.get(char, ()) for other in characters[sound])
    return tuple(dict.fromkeys([char, *alike]))


def read_as(letters: str, begins: Callable[[str], bool]) -> dict[int, list[str]]:
    """What the letters may spell from their beginning on, by how many of them that takes.

    ``begins``: whether some word begins so; nothing else is followed up.
    """
    _, characters = _tables()
    spelt: dict[int, list[str]] = {0: [""]}
    for start in range(len(letters)):
        for end in range(start + 1, min(start + _LONGEST_SOUND, len(letters)) + 1):
            sounding = characters.get(letters[start:end], ())
            longer = [b + c for b in spelt.get(start, ()) for c in sounding if begins(b + c)]
            if longer:
                spelt.setdefault(end, []).extend(longer)
    del spelt[0]
    return spelt


@cache
def _tables() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, list[str]]]:
    """The sounds of each character and the characters of each sound: made when first needed."""
    sounds = _load()
    readings: dict[str, tuple[str, ...]] = {}
    characters: dict[str, list[str]] = {}
    for char in common_characters():
        toned = unicodedata.normalize("NFD", sounds.get(ord(char), ""))
        each = dict.fromkeys(filter(None, toned.translate(_TONES).split(",")))
        readings[char] = tuple(each)[:_READINGS]
        for sound in readings[char]:
            characters.setdefault(sound, []).append(char)
    return readings, characters


def _load() -> Mapping[int, str]:
    """Single characters only: the phrases of pypinyin are four fifths of its time and memory."""
    switch = "PYPINYIN_NO_PHRASES"
    before = os.environ.get(switch)
    os.environ[switch] = "1"  # the library's own switch, read while it is imported
    try:
        from pypinyin.pinyin_dict import pinyin_dict  # noqa: PLC0415 – few searches need it
    finally:
        if before is None:
            del os.environ[switch]
        else:
            os.environ[switch] = before
    return pinyin_dict
