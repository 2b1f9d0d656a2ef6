"""Small files as phones make them: with the place in them."""

PLACE = b"N39.9042 E116.4074"


def chunk(name: bytes, content: bytes = b"") -> bytes:
    """One of a PNG; nobody looks at its checksum."""
    return len(content).to_bytes(4, "big") + name + content + b"\0\0\0\0"


def segment(marker: int, content: bytes) -> bytes:
    """One of a JPEG."""
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content


def riff(name: bytes, content: bytes) -> bytes:
    """One chunk of a WebP."""
    return name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)


def exif(orientation: int, *, little: bool = True) -> bytes:
    """The segment in which a camera tells how it was held, and where."""
    order = "little" if little else "big"

    def number(value: int, size: int) -> bytes:
        return value.to_bytes(size, "little" if order == "little" else "big")

    head = (b"II" if little else b"MM") + number(42, 2) + number(8, 4)
    entry = number(0x0112, 2) + number(3, 2) + number(1, 4) + number(orientation, 2) + b"\0\0"
    return segment(0xE1, b"Exif\0\0" + head + number(1, 2) + entry + number(0, 4) + PLACE)


SCAN = segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"
JPEG = (
    b"\xff\xd8" + segment(0xE0, b"JFIF\0") + exif(6) + segment(0xE2, b"MPF\0" + PLACE)
    + segment(0xFE, PLACE) + segment(0xDB, b"table") + SCAN
    + segment(0xC4, b"\xff\xd9") + SCAN + b"\xff\xd9"
)  # fmt: skip
FILM = b"\0\0\0\x18ftypmp42" + PLACE
PNG = (
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"0123456789012") + chunk(b"eXIf", PLACE)
    + chunk(b"tEXt", PLACE) + chunk(b"IDAT", b"picture") + chunk(b"IEND")
)  # fmt: skip
_WEBP = riff(b"VP8X", b"\x1c" + b"\0" * 9) + riff(b"VP8 ", b"picture") + riff(b"EXIF", PLACE)
WEBP = b"RIFF" + (len(_WEBP) + 4).to_bytes(4, "little") + b"WEBP" + _WEBP
PDF = b"%PDF-1.7\n1 0 obj\n"
