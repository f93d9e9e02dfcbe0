"""Whether a PDF paints what a .docx says, both read as files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from docgen.errors import StageError
from docgen.ooxml.zip_parts import read_parts
from docgen.pages.font_alphabets import FontAlphabet, page_alphabets
from docgen.pages.objects_read import PlainFile, open_plain
from docgen.pages.page_commands import PaintedBlock
from docgen.pages.painted_blocks import painted_blocks
from docgen.pages.syntax import BrokenPdfError
from docgen.proof.glyph_outlines import exchanged_letter
from docgen.proof.paper_proof import PageDifference, Paper, difference, paper_of
from docgen.proof.paper_words import read_paper


def file_difference(docx: Path | bytes, pdf: Path | bytes) -> PageDifference | None:
    """Return the first difference between a .docx and the PDF made of it, None if there is none.

    Raises:
        BrokenPdfError: when the PDF or the .docx cannot be read.
    """
    try:
        paper = paper_of(read_paper(read_parts(docx)))
    except (StageError, ValueError, LookupError) as error:
        raise BrokenPdfError("made of a document that cannot be read") from error
    return _difference(paper, pdf, None)


def _exchanged(file: PlainFile) -> PageDifference | None:
    """Return the first page with a glyph that is not the letter which it stands for."""
    for number, page in enumerate(file.pages, start=1):
        resources = page.fields.get(b"/Resources")
        if letter := exchanged_letter(file, resources, page_alphabets(file, page)):
            return PageDifference(number, letter=letter)
    return None


def data_difference(
    paper: Paper, pdf: bytes, alphabets: Mapping[bytes, FontAlphabet]
) -> PageDifference | None:
    """Return the first difference between a paper and its PDF, whose fonts have these alphabets.

    Raises:
        BrokenPdfError: when the PDF cannot be read.
    """
    return _difference(paper, pdf, alphabets)


def _difference(
    paper: Paper, pdf: Path | bytes, alphabets: Mapping[bytes, FontAlphabet] | None
) -> PageDifference | None:
    """Return the first difference; glyphs are looked into where no alphabets are given."""
    try:
        file = open_plain(pdf)
        exchanged = _exchanged(file) if alphabets is None else None
        return exchanged or difference(paper, _pages(file, alphabets))
    # In a damaged PDF digits are odd, codes beyond the alphabet, letters no Unicode.
    except (ValueError, LookupError) as error:
        raise BrokenPdfError(f"unreadable pages: {type(error).__name__}") from error


def _pages(
    file: PlainFile, alphabets: Mapping[bytes, FontAlphabet] | None
) -> list[list[PaintedBlock]]:
    return [
        painted_blocks(file, page, page_alphabets(file, page) if alphabets is None else alphabets)
        for page in file.pages
    ]
