"""PDFs of other programs are read through pypdf, whatever is wrong with them."""

from __future__ import annotations

import contextlib
import io
import logging
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.errors import DocgenError
from docgen.pages import (
    Bookmark,
    BrokenPdfError,
    ForeignPdf,
    LockedPdfError,
    PdfPart,
    SignatureField,
    add_signature_fields,
    read_foreign,
)
from tests.support.joined_pdfs import join
from tests.support.signers import signed
from tests.support.small_pdfs import small_pdf

THREE = ["one", "two", "three"]
PATIENCE_S = 30


def changed(pdf: bytes, change: Callable[[pikepdf.Pdf], None], **options: Any) -> bytes:
    """Return a PDF as another program would have changed it."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        document.save(stream, **options)
    return stream.getvalue()


def resaved(pdf: bytes, **options: Any) -> bytes:
    return changed(pdf, lambda _: None, **options)


def with_labels(pdf: bytes, *ranges: Any) -> bytes:
    """Return a PDF with page labels: pairs of first page (from 0) and style."""

    def label(document: pikepdf.Pdf) -> None:
        document.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(ranges))

    return changed(pdf, label)


def with_outline() -> bytes:
    children = (Bookmark("Приложение", 3),)
    marks = [Bookmark("Приказ", 1), Bookmark("План (Иванов)", 2, children)]
    return join([PdfPart(small_pdf(THREE))], title="Комплект", bookmarks=marks)


# --- what is there ---------------------------------------------------------------------------


def test_pages_and_nested_bookmarks_are_read() -> None:
    assert read_foreign(with_outline()) == ForeignPdf(
        pages=3,
        bookmarks=(
            Bookmark("Приказ", 1),
            Bookmark("План (Иванов)", 2, (Bookmark("Приложение", 3),)),
        ),
        labels=("1", "2", "3"),
    )
    assert read_foreign(with_outline()).outline == [("Приказ", 1), ("План (Иванов)", 2)]


def test_a_file_without_an_outline_has_no_bookmarks() -> None:
    found = read_foreign(small_pdf(THREE))
    assert (found.pages, found.bookmarks) == (3, ())
    assert found.is_numbered_plainly


def test_page_labels_are_what_a_reader_program_shows() -> None:
    roman, decimal = pikepdf.Dictionary(S=pikepdf.Name.r), pikepdf.Dictionary(S=pikepdf.Name.D)
    found = read_foreign(with_labels(small_pdf(THREE), 0, roman, 2, decimal))
    assert found.labels == ("i", "ii", "1")
    assert not found.is_numbered_plainly
    assert read_foreign(with_labels(small_pdf(THREE), 0, decimal)).is_numbered_plainly


def test_a_bookmark_that_points_nowhere_is_left_out() -> None:
    def lose_a_page(document: pikepdf.Pdf) -> None:
        del document.pages[0]

    assert read_foreign(changed(with_outline(), lose_a_page)).outline == [("План (Иванов)", 1)]


@pytest.mark.parametrize(
    "options",
    [
        {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
        {"linearize": True},
        # Everybody may open it, and nobody may change it; AES needs no library beside qpdf.
        {"encryption": pikepdf.Encryption(owner="secret", user="", R=6)},
        {"encryption": pikepdf.Encryption(owner="secret", user="", R=3, aes=False, metadata=False)},
    ],
)
def test_files_are_read_in_every_form_that_programs_save(options: dict[str, Any]) -> None:
    found = read_foreign(resaved(with_outline(), **options))
    assert (found.pages, found.outline) == (3, [("Приказ", 1), ("План (Иванов)", 2)])


def test_a_signed_file_is_read_in_its_last_state() -> None:
    boxes = [SignatureField("руководитель", "директор", 3, (50.0, 50.0, 150.0, 80.0))]
    pdf = signed(
        add_signature_fields(with_outline(), boxes), "руководитель", "Иванова Мария Петровна"
    )
    assert pdf.count(b"%%EOF") > 1
    found = read_foreign(pdf)
    assert (found.pages, found.outline) == (3, [("Приказ", 1), ("План (Иванов)", 2)])


# --- what is wrong ---------------------------------------------------------------------------


def test_a_file_with_a_password_says_so() -> None:
    pdf = resaved(small_pdf(THREE), encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(LockedPdfError):
        read_foreign(pdf)
    assert issubclass(LockedPdfError, BrokenPdfError)
    assert issubclass(BrokenPdfError, DocgenError)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-",
        b"no PDF at all",
        b"%PDF-1.7\n%%EOF\n",
        b"PK\x03\x04" + bytes(500),
        b"/Encrypt",
        small_pdf(THREE)[:60],
        small_pdf(THREE)[-200:],
        bytes(1000),
    ],
)
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenPdfError):
        read_foreign(data)


def test_a_file_without_pages_is_refused() -> None:
    stream = io.BytesIO()
    with pikepdf.new() as document:
        document.save(stream)
    with pytest.raises(BrokenPdfError, match="without pages"):
        read_foreign(stream.getvalue())


def test_a_file_that_lost_its_table_is_read_all_the_same() -> None:
    pdf = small_pdf(THREE)
    assert read_foreign(pdf[: pdf.rindex(b"xref\n0 ")]).pages == 3


@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    pdf = bytearray(with_outline())
    for _ in range(data.draw(st.integers(0, 6))):
        pdf[data.draw(st.integers(0, len(pdf) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(len(pdf) // 3, len(pdf)))
    for source in (bytes(pdf), bytes(pdf[:end])):
        try:
            read_foreign(source)
        except BrokenPdfError:
            continue


# --- what is meant to harm -------------------------------------------------------------------


def tie_bookmarks(document: pikepdf.Pdf) -> None:
    """Let every bookmark be followed by the first one, and hang below itself."""
    first = document.Root.Outlines.First
    first.Next.Next = first
    first.First = first


def tie_pages(document: pikepdf.Pdf) -> None:
    """Let the tree of pages hang below itself."""
    tree = document.Root.Pages
    tree.Kids.append(tree)


def tie_names(document: pikepdf.Pdf) -> None:
    """Let named places hang below themselves."""
    node = document.make_indirect(pikepdf.Dictionary())
    node.Kids = pikepdf.Array([node])
    document.Root.Names = pikepdf.Dictionary(Dests=node)


def tie_labels(document: pikepdf.Pdf) -> None:
    """Let page labels hang below themselves."""
    node = document.make_indirect(pikepdf.Dictionary(Limits=pikepdf.Array([0, 9])))
    node.Kids = pikepdf.Array([node])
    document.Root.PageLabels = node


def fan_out_bookmarks(document: pikepdf.Pdf) -> None:
    """Let twenty bookmarks hang twice below each other: a million ways lead to the last."""
    below = document.Root.Outlines.First
    for _ in range(20):
        last = document.make_indirect(pikepdf.Dictionary(Title="b", First=below))
        below = document.make_indirect(pikepdf.Dictionary(Title="a", First=below, Next=last))
    document.Root.Outlines.First = below


def deepen_bookmarks(document: pikepdf.Pdf) -> None:
    """Hang two thousand bookmarks below each other."""
    below = document.Root.Outlines.First
    for _ in range(2000):
        below = document.make_indirect(pikepdf.Dictionary(Title="deep", First=below))
    document.Root.Outlines.First = below


def number_by_a_giant(document: pikepdf.Pdf) -> None:
    """Ask for a page label of two billion Roman thousands."""
    label = pikepdf.Dictionary(S=pikepdf.Name.R, St=2_000_000_000)
    document.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, label]))


@pytest.mark.parametrize(
    "harm",
    [
        tie_bookmarks,
        tie_pages,
        tie_names,
        tie_labels,
        fan_out_bookmarks,
        deepen_bookmarks,
        number_by_a_giant,
    ],
)
def test_a_file_made_to_harm_is_read_or_refused_soon(harm: Callable[[pikepdf.Pdf], None]) -> None:
    pdf = changed(with_outline(), harm)
    began = time.process_time()
    with contextlib.suppress(BrokenPdfError):
        assert read_foreign(pdf).pages == 3
    assert time.process_time() - began < PATIENCE_S


def test_a_table_that_refers_to_itself_ends() -> None:
    pdf = small_pdf(THREE)
    start = pdf.rindex(b"xref\n0 ")
    tied = pdf.replace(b"trailer\n<<", b"trailer\n<<\n/Prev %d" % start, 1)
    assert tied != pdf
    assert read_foreign(tied).pages == 3


# --- quiet and late --------------------------------------------------------------------------


def test_nothing_of_a_damaged_file_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        read_foreign(changed(with_outline(), tie_bookmarks))
    assert caplog.records == []


def test_pypdf_loads_only_for_a_file_of_another_program() -> None:
    code = (
        "import sys, docgen.__main__, docgen.pages, docgen.pipeline;"
        "print([name for name in ('pypdf',) if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
