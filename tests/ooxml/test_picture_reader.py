"""Pictures that may be printed, and those that may not."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from docgen.ooxml import UnusablePictureError, picture_reader, read_picture
from tests.support.pictures import picture, turned_photo


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "1", "LA"])
def test_a_png_is_kept_as_it_is(mode: str) -> None:
    data = picture(mode=mode)
    read = read_picture(data, "подпись.png")
    assert (read.data, read.suffix, read.width, read.height) == (data, "png", 60, 30)
    assert str(read) == "подпись.png"


def test_the_suffix_follows_the_bytes_and_not_the_name() -> None:
    assert read_picture(picture(kind="JPEG"), "фото.png").suffix == "jpeg"


def test_a_photo_is_set_upright_and_says_nothing_of_its_place() -> None:
    read = read_picture(turned_photo(), "фото.jpg")
    assert (read.width, read.height) == (30, 60)
    with Image.open(io.BytesIO(read.data)) as upright:
        assert upright.size == (30, 60)
        assert not dict(upright.getexif())


def test_notes_of_a_camera_are_taken_out_without_touching_the_points() -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRET PLACE"
    data = picture(kind="JPEG", exif=exif, dpi=(300, 300))
    assert b"SECRET" in data
    read = read_picture(data, "фото.jpg")
    assert b"SECRET" not in read.data
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(read.data)) as after:
        assert before.tobytes() == after.tobytes()
    assert read.size_mm == pytest.approx((60 * 25.4 / 300, 30 * 25.4 / 300))


def test_a_picture_of_a_printer_becomes_one_of_a_screen() -> None:
    data = picture(mode="CMYK", kind="JPEG")
    with Image.open(io.BytesIO(read_picture(data, "герб.jpg").data)) as made:
        assert made.mode == "RGB"


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [(30, 0, (30, 15)), (0, 5, (10, 5)), (30, 10, (20, 10)), (10, 30, (10, 5))],
)
def test_a_picture_keeps_its_shape_in_any_size(
    width: int, height: int, size: tuple[float, float]
) -> None:
    from dataclasses import replace

    read = replace(read_picture(picture(), "а.png"), width_mm=width, height_mm=height)
    assert read.size_mm == pytest.approx(size)


def test_an_absurd_resolution_is_not_believed() -> None:
    data = picture(dpi=(1, 1))
    assert read_picture(data, "а.png").size_mm == pytest.approx((60 * 25.4 / 96, 30 * 25.4 / 96))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "не картинка"),
        (b"GIF89a", "GIF"),
        (b"%PDF-1.7", "PDF"),
        (b"<svg/>", "SVG"),
        (picture(kind="BMP"), "BMP"),
        (picture()[:80], "повреждена"),
        (picture((900, 900), kind="JPEG")[:3000], "повреждена"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "повреждена"),
    ],
)
def test_other_files_are_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(UnusablePictureError, match=sentence):
        read_picture(data, "а.png")


def test_bombs_are_refused_before_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_reader, "MOST_PIXELS", 1000)
    with pytest.raises(UnusablePictureError, match="60 × 30 точек"):
        read_picture(picture(), "а.png")
    monkeypatch.setattr(picture_reader, "MOST_BYTES", 10)
    with pytest.raises(UnusablePictureError, match="10 МБ"):
        read_picture(picture(), "а.png")
