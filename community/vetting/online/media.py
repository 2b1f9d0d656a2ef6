"""Files by their content, whatever they are called, and what photos tell beyond the picture.

Phones write into a photo where it was taken. Nobody who shows a work badge means to tell that, so
everything but the picture, its colours and which side is up is left out before it is kept.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, Literal

JPEG, PNG, WEBP, PDF = "image/jpeg", "image/png", "image/webp", "application/pdf"
_PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"
_PNG_TELLING: Final = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
_WEBP_TELLING: Final = frozenset({b"EXIF", b"XMP "})
_WEBP_FLAGS: Final = 0x08 | 0x04  # of the header: there is an EXIF, an XMP chunk
_SOS, _EOI, _EXIF, _ICC, _ADOBE, _COMMENT = 0xDA, 0xD9, 0xE1, 0xE2, 0xEE, 0xFE
_APPS: Final = range(0xE1, 0xF0)
_ORIENTATION: Final = 0x0112
_ORDERS: Final[Mapping[bytes, Literal["little", "big"]]] = MappingProxyType(
    {b"II": "little", b"MM": "big"}
)


class BrokenError(Exception):
    """The file begins as a picture does, and is none."""


def kind_of(data: bytes) -> str | None:
    """The media type, of those that are taken; None: another kind of file."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(_PNG_HEAD):
        return PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    return PDF if data.startswith(b"%PDF-") else None


def without_metadata(data: bytes, kind: str) -> bytes:
    """The picture without place, device, and what else cameras write. Raises BrokenError."""
    match kind:
        case "image/jpeg":
            return b"\xff\xd8" + b"".join(_jpeg_parts(data))
        case "image/png":
            return _PNG_HEAD + b"".join(_png_parts(data))
        case "image/webp":
            parts = b"".join(_webp_parts(data))
            return b"RIFF" + (len(parts) + 4).to_bytes(4, "little") + b"WEBP" + parts
    return data


def _jpeg_parts(data: bytes) -> Iterator[bytes]:
    """What is kept, up to the end of the first picture: phones hang films on behind it."""
    at = 2
    while True:
        marker = data[at + 1 : at + 2]
        if data[at : at + 1] != b"\xff" or not marker:
            raise BrokenError
        if marker[0] == 0xFF:  # padding
            at += 1
            continue
        if marker[0] == _EOI:
            yield b"\xff\xd9"
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end <= at + 3 or end > len(data):
            raise BrokenError
        if marker[0] == _SOS:
            end = _scan_end(data, end)
        yield _jpeg_kept(data[at:end], marker[0])
        at = end


def _scan_end(data: bytes, at: int) -> int:
    """Where the coded picture ends: at a marker that is neither a stuffed byte nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise BrokenError
        following = data[at + 1]
        if following and not 0xD0 <= following <= 0xD7 and following != 0xFF:
            return at
        at += 1 if following == 0xFF else 2


def _jpeg_kept(segment: bytes, marker: int) -> bytes:
    if marker == _EXIF and segment[4:10] == b"Exif\0\0":
        return _turned(_orientation(segment[10:]))
    if marker == _ICC and segment[4:15] != b"ICC_PROFILE":
        return b""
    if (marker in _APPS and marker not in (_ICC, _ADOBE)) or marker == _COMMENT:
        return b""
    return segment


def _orientation(tiff: bytes) -> int:
    """Which side is up, 1 to 8; 1 where nothing is said."""
    order = _ORDERS.get(tiff[:2])
    if order is None:
        return 1

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], order)

    first = number(4, 4)
    for entry in range(min(number(first, 2), 200)):
        at = first + 2 + 12 * entry
        if number(at, 2) == _ORIENTATION:
            said = number(at + 8, 2)
            return said if 1 <= said <= 8 else 1
    return 1


def _turned(orientation: int) -> bytes:
    """An EXIF segment that says this and no more."""
    if orientation == 1:
        return b""
    entry = _ORIENTATION.to_bytes(2, "big") + b"\0\x03\0\0\0\x01" + bytes((0, orientation, 0, 0))
    body = b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + entry + b"\0\0\0\0"
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


def _png_parts(data: bytes) -> Iterator[bytes]:
    at, name = len(_PNG_HEAD), b""
    while name != b"IEND":
        name = data[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if len(name) < 4 or end > len(data):
            raise BrokenError
        if name not in _PNG_TELLING:
            yield data[at:end]
        at = end


def _webp_parts(data: bytes) -> Iterator[bytes]:
    at = 12
    if at >= len(data):
        raise BrokenError
    while at < len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        if at + 8 + size > len(data):
            raise BrokenError
        if name == b"VP8X":
            yield data[at : at + 8] + bytes((data[at + 8] & ~_WEBP_FLAGS,)) + data[at + 9 : end]
        elif name not in _WEBP_TELLING:
            yield data[at:end]
        at = end
