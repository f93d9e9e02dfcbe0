"""PDFs are joined, stamped and read back; equal pages make equal bytes."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    TextStringObject,
)

from docgen.pages import (
    Bookmark,
    BrokenPdfError,
    PageSize,
    PdfPart,
    Place,
    named_places,
    normalise,
    outline_of,
    page_count,
    page_sizes,
    text_of,
)
from docgen.pages.bookmarks import by_plain_name
from docgen.pages.viewer import bookmarks_of
from tests.support.joined_pdfs import join, overlay
from tests.support.small_pdfs import A4, A4_LANDSCAPE, small_pdf


def with_office_extras(pdf: bytes, day: str) -> bytes:
    """Return a PDF as LibreOffice leaves it: dates, author, identifier, places, bookmarks."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    writer.metadata = {"/CreationDate": day, "/Author": "Секретарь", "/Creator": "Writer"}
    writer.root_object[NameObject("/OpenAction")] = NullObject()
    writer.generate_file_identifiers()
    page = writer.pages[-1].indirect_reference
    assert page
    spot = ArrayObject([page, NameObject("/XYZ"), FloatObject(234), FloatObject(230.456)])
    spot.append(FloatObject(0))
    dests = DictionaryObject({NameObject("/SIG5Fdirector"): spot})
    writer.root_object[NameObject("/Dests")] = dests
    chapter = writer.add_outline_item(title="Глава", page_number=0)
    writer.add_outline_item(title="Пункт", page_number=1, parent=chapter)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def information(pdf: bytes) -> dict[str, str]:
    """Return the entries of the information dictionary by name."""
    metadata = dict(PdfReader(io.BytesIO(pdf)).metadata or DictionaryObject())
    return {str(name): str(value) for name, value in metadata.items()}


def test_normalised_bytes_do_not_depend_on_dates_or_identifiers() -> None:
    pdf = small_pdf(["one", "two"])
    first = normalise(with_office_extras(pdf, "D:20260101"), "Приказ").data
    second = normalise(with_office_extras(pdf, "D:20270101"), "Приказ").data
    assert first == second


def test_normalised_file_tells_title_and_producer_and_nothing_else() -> None:
    pdf = normalise(with_office_extras(small_pdf(["one", "two"]), "D:20260101"), "Приказ № 1").data
    reader = PdfReader(io.BytesIO(pdf))
    assert information(pdf) == {"/Title": "Приказ № 1", "/Producer": "docgen"}
    assert b"D:2026" not in pdf
    assert "/OpenAction" not in reader.root_object
    assert "Секретарь" not in pdf.decode("utf-16-be", errors="ignore")


def test_normalised_file_keeps_text_bookmarks_and_places() -> None:
    made = normalise(with_office_extras(small_pdf(["one", "two"]), "D:20260101"), "")
    pdf = made.data
    assert [text.strip() for text in text_of(pdf)] == ["one", "two"]
    assert bookmarks_of(pdf) == [Bookmark("Глава", 1, (Bookmark("Пункт", 2),))]
    assert named_places(pdf) == {"SIG_director": Place(2, 234.0, 230.46)} == made.places
    assert made.pages == page_count(pdf) == 2
    assert normalise(pdf, "") == made


def test_places_may_have_cyrillic_names() -> None:
    name = "".join(f"25{byte:02X}" for byte in "Подпись".encode()) + "5F1"
    writer = PdfWriter(clone_from=io.BytesIO(small_pdf(["one"])))
    page = writer.pages[0].indirect_reference
    assert page
    spot = ArrayObject([page, NameObject("/XYZ"), FloatObject(1), FloatObject(2), FloatObject(0)])
    dests = DictionaryObject({NameObject(f"/{name}"): spot})
    writer.root_object[NameObject("/Dests")] = dests
    stream = io.BytesIO()
    writer.write(stream)
    assert named_places(stream.getvalue()) == {"Подпись_1": Place(1, 1.0, 2.0)}


def test_the_second_copy_of_a_second_bookmark_is_read_as_such() -> None:
    names = {b"/sign5F25F2": "sign_2_2", b"/sign5F25F25": "sign_2_25", b"/a5F125F3": "a_12_3"}
    places = by_plain_name({name: Place(1, 1.0, 2.0) for name in names})
    assert [*places] == [*names.values()]


def test_links_to_the_web_stay_and_other_notes_go() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(small_pdf(["one", "two"])))
    box = (50, 50, 100, 100)
    writer.add_annotation(0, Link(rect=box, url="https://example.org/"))
    writer.add_annotation(0, Link(rect=box, target_page_index=1))
    for note in writer.pages[0].annotations or []:
        note.get_object()[NameObject("/M")] = TextStringObject("D:2026")
    stream = io.BytesIO()
    writer.write(stream)
    page = PdfReader(io.BytesIO(normalise(stream.getvalue(), "").data)).pages[0]
    kept = [note.get_object() for note in page.annotations or []]
    assert [note["/A"].get("/URI") for note in kept] == ["https://example.org/"]
    assert "/M" not in kept[0]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"<html></html>", b"PK\x03\x04" * 50])
def test_what_is_no_pdf_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    for read in (page_count, page_sizes, text_of, outline_of, named_places):
        with pytest.raises(BrokenPdfError):
            read(tmp_path / "a.pdf")
    with pytest.raises(BrokenPdfError):
        normalise(data, "")


def test_a_pdf_without_pages_is_refused() -> None:
    stream = io.BytesIO()
    PdfWriter().write(stream)
    for read in (page_count, outline_of):
        with pytest.raises(BrokenPdfError):
            read(stream.getvalue())


def test_sizes_tell_which_pages_lie_across() -> None:
    pdf = join([PdfPart(small_pdf(["a"])), PdfPart(small_pdf(["b"], A4_LANDSCAPE))], title="")
    assert page_sizes(pdf) == [PageSize(*A4), PageSize(*A4_LANDSCAPE)]
    assert [size.is_landscape for size in page_sizes(pdf)] == [False, True]


def test_joined_parts_stand_in_order_with_blanks_and_nested_bookmarks() -> None:
    marks = [Bookmark("Приказ", 1, (Bookmark("Пункт 1", 2),)), Bookmark("Приложение", 5)]
    office = with_office_extras(small_pdf(["a", "b", "c"]), "D:20260101")
    pdf = join(
        [PdfPart(office), PdfPart(small_pdf(["d"], A4_LANDSCAPE), blank_pages_before=1)],
        title="Комплект",
        bookmarks=marks,
        is_duplex=True,
    )
    assert [text.strip() for text in text_of(pdf)] == ["a", "b", "c", "", "d"]
    assert [text.strip() for text in text_of(pdf, [5, 1])] == ["d", "a"]
    assert bookmarks_of(pdf) == marks
    assert outline_of(pdf) == [("Приказ", 1), ("Приложение", 5)]
    assert named_places(pdf) == {}
    root = PdfReader(io.BytesIO(pdf)).root_object
    assert "'/Duplex': '/DuplexFlipLongEdge'" in repr(root["/ViewerPreferences"].get_object())


def test_one_file_may_stand_in_a_set_more_than_once() -> None:
    part = PdfPart(small_pdf(["a", "b"]))
    pdf = join([part, part], title="", bookmarks=[Bookmark("вторая", 3)])
    assert [text.strip() for text in text_of(pdf)] == ["a", "b", "a", "b"]
    assert outline_of(pdf) == [("вторая", 3)]


def test_a_stamp_is_drawn_on_its_page_and_the_page_keeps_its_text() -> None:
    base = join(
        [PdfPart(small_pdf(["one", "two"])), PdfPart(small_pdf(["three"], A4_LANDSCAPE))],
        title="Комплект",
        bookmarks=[Bookmark("Первый", 2)],
    )
    stamps = join(
        [
            PdfPart(small_pdf(["sheet 1", ""], height=40)),
            PdfPart(small_pdf(["sheet 3"], A4_LANDSCAPE)),
        ],
        title="",
    )
    stamped = overlay(base, stamps)
    texts = [text.split("\n") for text in text_of(stamped)]
    assert texts[0] == ["one", "sheet 1"]
    assert texts[1][0] == "two"
    assert set("".join(texts[2])) >= set("three3")
    assert outline_of(stamped) == [("Первый", 2)]
    reader = PdfReader(io.BytesIO(stamped))
    assert information(stamped) == {"/Title": "Комплект", "/Producer": "docgen"}
    assert "/ViewerPreferences" in reader.root_object
    assert overlay(base, stamps) == stamped


def test_a_bookmark_beyond_the_last_page_is_refused() -> None:
    with pytest.raises(BrokenPdfError, match="page 2 of 1"):
        join([PdfPart(small_pdf(["a"]))], title="", bookmarks=[Bookmark("Приказ", 2)])


def test_stamps_must_be_as_many_as_pages() -> None:
    with pytest.raises(BrokenPdfError, match="fewer stamps than pages"):
        overlay(small_pdf(["a", "b"]), small_pdf(["c"]))


def test_a_thousand_pages_join_in_seconds() -> None:
    parts = [PdfPart(small_pdf([f"{number}-{page}" for page in range(4)])) for number in range(250)]
    marks = [Bookmark(str(number), number * 4 + 1) for number in range(250)]
    started = time.monotonic()
    pdf = join(parts, title="", bookmarks=marks)
    stamped = overlay(pdf, pdf)
    assert time.monotonic() - started < 5
    assert page_count(stamped) == 1000
    assert outline_of(stamped)[-1] == ("249", 997)


@pytest.mark.parametrize("shown", [b"50 700 Td", b"1 0 0 1 50 700 Tm", b"50.0 700 Td"])
def test_a_place_knows_the_line_that_its_text_stands_on(shown: bytes) -> None:
    with pikepdf.open(io.BytesIO(small_pdf(["x"]))) as pdf:
        text = b"BT\n%s /F1 12 Tf (x) Tj\nET\nBT\n50 690 Td /F1 12 Tf (y) Tj\nET\n" % shown
        pdf.pages[0].Contents = pdf.make_stream(text)
        spots = {"/on": (50, 711), "/beside": (300, 710), "/nowhere": (50, 400)}
        pdf.Root.Dests = pikepdf.Dictionary(
            {
                name: pikepdf.Array([pdf.pages[0].obj, pikepdf.Name("/XYZ"), *spot, 0])
                for name, spot in spots.items()
            }
        )
        stream = io.BytesIO()
        pdf.save(stream)
    made = normalise(stream.getvalue(), "")
    lines = {name: place.line for name, place in made.places.items()}
    assert lines == {"on": 700, "beside": 700, "nowhere": None}
    assert named_places(made.data) == made.places
