"""Files by their content, and photos without the place where they were taken."""

import pytest

from community.vetting.online.media import (
    JPEG,
    PDF,
    PNG,
    WEBP,
    BrokenError,
    kind_of,
    without_metadata,
)
from tests.community.vetting import pictures
from tests.community.vetting.pictures import FILM, PLACE, SCAN, exif, segment


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pictures.JPEG, JPEG),
        (pictures.PNG, PNG),
        (pictures.WEBP, WEBP),
        (pictures.PDF, PDF),
        (b"<svg onload=alert(1)>", None),
        (b"<!doctype html>%PDF-1.7", None),
        (b"GIF89a", None),
        (b"RIFF\0\0\0\0WAVE", None),
        (b"", None),
    ],
)
def test_the_content_tells_the_kind(data: bytes, kind: str | None) -> None:
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pictures.JPEG, JPEG),
        (pictures.JPEG + FILM, JPEG),
        (pictures.PNG, PNG),
        (pictures.PNG + PLACE, PNG),
        (pictures.WEBP, WEBP),
    ],
)
def test_the_place_is_left_out_and_the_picture_kept(data: bytes, kind: str) -> None:
    assert PLACE in data
    bare = without_metadata(data, kind)
    assert PLACE not in bare
    assert kind_of(bare) == kind
    assert without_metadata(bare, kind) == bare
    kept = SCAN if kind == JPEG else b"picture"
    assert bare.count(kept) == data.count(kept)


@pytest.mark.parametrize("little", [True, False])
def test_a_photo_stays_the_right_way_up(*, little: bool) -> None:
    photo = b"\xff\xd8" + exif(6, little=little) + SCAN + b"\xff\xd9"
    assert without_metadata(photo, JPEG) == (
        b"\xff\xd8\xff\xe1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01"
        b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0" + SCAN + b"\xff\xd9"
    )


def test_nothing_is_said_of_a_photo_that_is_the_right_way_up() -> None:
    for said in (exif(1), exif(77), segment(0xE1, b"Exif\0\0?!"), segment(0xE1, b"http:xmp")):
        assert without_metadata(b"\xff\xd8" + said + SCAN + b"\xff\xd9", JPEG) == (
            b"\xff\xd8" + SCAN + b"\xff\xd9"
        )


def test_a_webp_says_how_long_it_is() -> None:
    bare = without_metadata(pictures.WEBP, WEBP)
    assert int.from_bytes(bare[4:8], "little") == len(bare) - 8
    assert bare[20] == 0x10  # of the flags those of EXIF and XMP are gone


@pytest.mark.parametrize(
    ("whole", "kind"), [(pictures.JPEG, JPEG), (pictures.PNG, PNG), (pictures.WEBP, WEBP)]
)
def test_half_a_picture_is_broken_wherever_it_ends(whole: bytes, kind: str) -> None:
    for end in range(12, len(whole)):
        try:
            without_metadata(whole[:end], kind)
        except BrokenError:
            continue
        assert kind == WEBP  # which may end after any chunk


def test_a_pdf_stays_as_it_is() -> None:
    assert without_metadata(pictures.PDF, PDF) == pictures.PDF
