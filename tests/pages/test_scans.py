"""Pages of a scanner as sheets of A4: upright, whole, in the middle, the same bytes every time."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from docgen.pages import (
    BrokenPdfError,
    LockedPdfError,
    PdfPart,
    page_sizes,
    scanned_pages,
    text_of,
    write_as_sheets,
)
from tests.support.joined_pdfs import join
from tests.support.small_pdfs import A4, A4_LANDSCAPE, write_small_pdf

SIZES = {
    "A4": (A4, 0, A4),
    "across": (A4_LANDSCAPE, 0, A4_LANDSCAPE),
    "turned": (A4_LANDSCAPE, 90, A4),
    "upside down": (A4, 180, A4),
    "a picture of dots": ((1240.0, 1754.0), 0, A4),
    "letter": ((612.0, 792.0), 0, A4),
    "a narrow slip": ((200.0, 800.0), 0, A4),
}


@pytest.mark.parametrize("shape", SIZES)
def test_a_page_of_any_shape_becomes_a_sheet_of_a4(shape: str, tmp_path: Path) -> None:
    size, turn, sheet = SIZES[shape]
    scan = write_small_pdf(tmp_path / "scan.pdf", ["first", "second"], size)
    with pikepdf.open(scan, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            page.rotate(turn, relative=True)
        pdf.save(scan)
    assert write_as_sheets(scan, tmp_path / "sheets.pdf") == 2
    found = page_sizes(tmp_path / "sheets.pdf")
    assert [(one.width, one.height) for one in found] == [pytest.approx(sheet, abs=0.1)] * 2
    assert [text.strip() for text in text_of(tmp_path / "sheets.pdf")] == ["first", "second"]
    data = (tmp_path / "sheets.pdf").read_bytes()
    write_as_sheets(scan, tmp_path / "sheets.pdf")
    assert (tmp_path / "sheets.pdf").read_bytes() == data
    joined = join([PdfPart(tmp_path / "sheets.pdf")], title="Копии")
    assert [text.strip() for text in text_of(joined)] == ["first", "second"]


def test_a_page_that_begins_anywhere_is_shown_whole(tmp_path: Path) -> None:
    scan = write_small_pdf(tmp_path / "scan.pdf", ["text"])
    with pikepdf.open(scan, allow_overwriting_input=True) as pdf:
        pdf.pages[0].mediabox = pikepdf.Array([-100, 300, 500, 900])
        pdf.save(scan)
    write_as_sheets(scan, tmp_path / "sheets.pdf")
    assert text_of(tmp_path / "sheets.pdf")[0].strip() == "text"


def test_a_locked_scan_and_no_scan_are_refused_and_a_cut_one_is_mended(tmp_path: Path) -> None:
    scan = write_small_pdf(tmp_path / "scan.pdf", ["one", "two"])
    locked, text, cut = (tmp_path / f"{name}.pdf" for name in ("locked", "text", "cut"))
    with pikepdf.open(scan) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    text.write_text("no PDF")
    cut.write_bytes(scan.read_bytes()[:-40])
    for refuse in (scanned_pages, lambda path: write_as_sheets(path, tmp_path / "sheets.pdf")):
        with pytest.raises(LockedPdfError):
            refuse(locked)
        with pytest.raises(BrokenPdfError):
            refuse(text)
        assert refuse(cut) == 2


def test_a_scan_that_its_owner_only_protects_from_changes_is_taken(tmp_path: Path) -> None:
    scan = write_small_pdf(tmp_path / "scan.pdf", ["one"])
    with pikepdf.open(scan, allow_overwriting_input=True) as pdf:
        pdf.save(scan, encryption=pikepdf.Encryption(owner="secret", user=""))
    assert scanned_pages(scan) == 1
    assert write_as_sheets(scan, tmp_path / "sheets.pdf") == 1
