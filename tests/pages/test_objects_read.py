"""Files of any form are read: plain ones object by object, all others through qpdf first."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from docgen.pages import (
    Bookmark,
    BrokenPdfError,
    PageSize,
    PdfPart,
    Place,
    named_places,
    normalise,
    page_prints,
    page_sizes,
    pick,
    text_of,
)
from docgen.pages.objects_read import open_plain
from docgen.pages.syntax import parse, renumbered, string, to_text, write
from docgen.pages.viewer import bookmarks_of
from tests.support.joined_pdfs import join, overlay
from tests.support.small_pdfs import A4, A4_LANDSCAPE, small_pdf


def texts(pdf: bytes) -> list[str]:
    return [text.strip() for text in text_of(pdf)]


def resaved(pdf: bytes, **options: Any) -> bytes:
    """Return a PDF as another program would have saved it."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(stream, **options)
    return stream.getvalue()


def with_update(pdf: bytes) -> bytes:
    """Return a PDF with a second page appended to its end, as signing programs do it."""
    stream = io.BytesIO(pdf)
    writer = PdfWriter(stream, incremental=True)
    writer.add_blank_page(*A4)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


FORMS: dict[str, Callable[[bytes], bytes]] = {
    "object streams": lambda pdf: resaved(
        pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate
    ),
    "linearised": lambda pdf: resaved(pdf, linearize=True),
    "protected from changes": lambda pdf: resaved(
        pdf, encryption=pikepdf.Encryption(owner="secret", user="")
    ),
    "rubbish in front": lambda pdf: b"\n\n" + pdf,
    "a table that lies": lambda pdf: pdf.replace(b"0000000015", b"0000000025", 1),
    "no table": lambda pdf: pdf[: pdf.rindex(b"xref\n0 ")],
}


@pytest.mark.parametrize("form", FORMS)
def test_files_that_other_programs_saved_are_joined_and_normalised(form: str) -> None:
    pdf = FORMS[form](small_pdf(["one", "two"]))
    assert pdf != small_pdf(["one", "two"])
    assert texts(normalise(pdf, "").data) == ["one", "two"]
    joined = join([PdfPart(pdf), PdfPart(small_pdf(["three"]))], title="")
    assert texts(joined) == ["one", "two", "three"]
    assert texts(overlay(pdf, small_pdf(["up", "down"], height=40)))[1] == "two\ndown"


def test_a_file_that_was_changed_by_appending_shows_its_last_state() -> None:
    pdf = with_update(small_pdf(["one"]))
    assert b"/Prev" in pdf
    assert texts(normalise(pdf, "").data) == ["one", ""]


def test_a_file_that_opens_by_a_password_alone_is_refused() -> None:
    pdf = resaved(small_pdf(["one"]), encryption=pikepdf.Encryption(owner="a", user="b"))
    for read in (page_prints, named_places, bookmarks_of):
        with pytest.raises(BrokenPdfError):
            read(pdf)
    with pytest.raises(BrokenPdfError):
        join([PdfPart(pdf)], title="")


@given(st.data())
def test_a_damaged_file_is_refused_or_read_but_never_crashes(data: st.DataObject) -> None:
    pdf = bytearray(small_pdf(["one", "two"]))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(pdf) - 1))
        pdf[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(len(pdf) // 2, len(pdf)))
    for source in (bytes(pdf), bytes(pdf[:end])):
        try:
            normalise(source, "")
            page_prints(source)
            named_places(source)
        except BrokenPdfError:
            continue


def test_words_of_the_format_inside_strings_and_streams_are_only_text() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(small_pdf(["one", "two"])))
    writer.add_outline_item(title="7 0 R (a) endobj stream\nendstream \\ >>", page_number=1)
    content = DecodedStreamObject()
    content.set_data(b"BT /F1 12 Tf 50 700 Td (endstream endobj 5 0 obj 1 0 R) Tj ET\n")
    content[NameObject("/Note")] = PdfReader(io.BytesIO(small_pdf(["a"]))).metadata
    writer.pages[0][NameObject("/Contents")] = writer._add_object(content)
    stream = io.BytesIO()
    writer.write(stream)
    made = normalise(stream.getvalue(), "")
    assert texts(made.data) == ["endstream endobj 5 0 obj 1 0 R", "two"]
    assert bookmarks_of(made.data) == [Bookmark("7 0 R (a) endobj stream endstream \\ >>", 2)]


def test_what_pages_inherit_from_their_tree_is_theirs() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(small_pdf(["one"])))
    page, root = writer.pages[0], writer.root_object["/Pages"].get_object()
    assert isinstance(root, DictionaryObject)
    for key in ("/MediaBox", "/Resources"):
        root[NameObject(key)] = page.pop(key)
    stream = io.BytesIO()
    writer.write(stream)
    pdf = normalise(stream.getvalue(), "").data
    assert (texts(pdf), page_sizes(pdf)) == (["one"], [PageSize(*A4)])


def test_places_of_a_name_tree_are_read_and_written() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(small_pdf(["one", "two"])))
    writer.add_named_destination("Подпись 1", 1)
    stream = io.BytesIO()
    writer.write(stream)
    made = normalise(stream.getvalue(), "")
    assert made.places == named_places(made.data) == {"Подпись 1": Place(2, 0.0, 841.9)}


def test_equal_fonts_and_pages_are_stored_once() -> None:
    one = join([PdfPart(small_pdf([f"text {number}"])) for number in range(50)], title="")
    assert one.count(b"/BaseFont") == 1
    same = join([PdfPart(small_pdf(["text"]))] * 50, title="")
    assert same.count(b"\nstream\n") == 3
    assert texts(same) == ["text"] * 50


def test_pages_are_picked_in_any_order_with_blanks() -> None:
    pdf = pick(
        [small_pdf(["a", "b"]), small_pdf(["c"], A4_LANDSCAPE)],
        [(1, 1), PageSize(*A4), (0, 2), (0, 2)],
    )
    assert texts(pdf) == ["c", "", "b", "b"]
    assert page_sizes(pdf)[:2] == [PageSize(*A4_LANDSCAPE), PageSize(*A4)]
    with pytest.raises(BrokenPdfError, match="no page 2"):
        pick([small_pdf(["a"])], [(0, 2)])


def test_prints_tell_pages_apart_and_overlook_stamps_alone() -> None:
    pdf = small_pdf(["one", "two"])
    own = page_prints(pdf)
    assert own[0].drawing != own[1].drawing
    assert page_prints(normalise(pdf, "Приказ").data) == own
    assert page_prints(resaved(pdf, compress_streams=False, linearize=True)) == own
    stamped = overlay(pdf, small_pdf(["stamp", ""], height=40))
    assert page_prints(stamped) == own
    other_font = pdf.replace(b"/Helvetica", b"/Courier\n\n")
    assert page_prints(other_font)[0].drawing != own[0].drawing
    wide = pdf.replace(b"841.9", b"842.9")
    assert page_prints(wide)[0].drawing == own[0].drawing
    assert page_prints(wide)[0].box != own[0].box


def test_forms_that_hold_each_other_are_read_back() -> None:
    with pikepdf.open(io.BytesIO(small_pdf(["One", "Two"]))) as pdf:
        page = pdf.pages[0]
        form = pdf.make_stream(b"q Q", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        page.Resources.XObject = pikepdf.Dictionary(Tr4=form)
        form.Resources = pdf.make_indirect(pikepdf.Dictionary(dict(page.Resources.items())))
        stream = io.BytesIO()
        pdf.save(stream)
    ringed = stream.getvalue()
    own = page_prints(ringed)
    joined = join([PdfPart(small_pdf(["Zero"])), PdfPart(ringed)], title="Комплект")
    assert page_prints(joined)[1:] == own
    assert own[0].drawing != page_prints(small_pdf(["One"]))[0].drawing


def test_no_reader_finds_fault_with_what_is_written(tmp_path: Path) -> None:
    base = join([PdfPart(small_pdf(["a", "b"]), 1)], title="Комплект", bookmarks=[Bookmark("А", 2)])
    for number, pdf in enumerate([base, overlay(base, base), normalise(base, "").data]):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(pdf)
        with pikepdf.open(path) as document:
            assert document.check_pdf_syntax() == []
        assert PdfReader(path, strict=True).pages[2].extract_text().startswith("b")
        assert not open_plain(path).trailer.keys() & {b"/Prev", b"/XRefStm"}


@given(st.text())
def test_strings_are_read_as_they_were_written(text: str) -> None:
    wanted = text.encode("utf-16-be", "replace").decode("utf-16-be")
    assert to_text(parse(string(text))) == wanted


def test_escapes_and_byte_orders_of_strings_are_understood() -> None:
    assert to_text(parse(rb"(a\(b\)\\\n\101\7(c))")) == "a(b)\\\nA\x07(c)"
    assert to_text(b"<414>") == "A@"
    assert to_text(b"(\xef\xbb\xbf\xd0\x90)") == "А"
    assert to_text(b"/Name") == ""


def test_references_are_renumbered_wherever_they_stand_but_in_strings() -> None:
    raw = b"<</A 1 0 R/B[2 0 R 3 0 R]/C(4 0 R)/D<</E 1  0\nR>>/F1 5>>"
    assert renumbered(raw, lambda number: b"%d 0 R" % (number + 10)) == (
        b"<</A 11 0 R/B[12 0 R 13 0 R]/C(4 0 R)/D<</E 11 0 R>>/F1 5>>"
    )
    assert write(parse(raw), lambda number: b"%d 0 R" % number) == (
        b"<</A 1 0 R /B [2 0 R 3 0 R] /C (4 0 R) /D <</E 1 0 R>> /F1 5>>"
    )


@pytest.mark.parametrize("raw", [b"", b"<<", b"[1 2", b">>", b"<</A>>", b"<<1 2>>", b"(", b"(\\)"])
def test_values_without_an_end_are_refused(raw: bytes) -> None:
    with pytest.raises(BrokenPdfError):
        parse(raw)


def test_what_stands_at_the_same_places_is_copied_once_only_if_it_is_the_same() -> None:
    def with_blob(letter: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(small_pdf(["One"]))) as pdf:
            blob = pdf.make_stream(letter * 9000)
            inner = pdf.make_stream(b"q Q", Inner=blob)
            pdf.pages[0].Resources.Font.F1.Blob = inner
            stream = io.BytesIO()
            pdf.save(stream, compress_streams=False)
        return stream.getvalue()

    first, other = with_blob(b"a"), with_blob(b"b")
    assert len(first) == len(other)
    joined = join([PdfPart(first), PdfPart(other), PdfPart(first)], title="Комплект")
    prints = page_prints(joined)
    assert prints == [page_prints(one)[0] for one in (first, other, first)]
    assert prints[0].drawing != prints[1].drawing
    assert joined.count(b"a" * 9000) == joined.count(b"b" * 9000) == 1
