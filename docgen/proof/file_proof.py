"""Whether a PDF paints what a .docx says, both read as files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from docgen.errors import StageError
from docgen.ooxml.zip_parts import read_parts
from docgen.pages.font_alphabets import FontAlphabet, alphabets_of, page_alphabets
from docgen.pages.objects_read import PlainFile, open_plain
from docgen.pages.page_commands import PaintedBlock
from docgen.pages.painted_blocks import painted_blocks
from docgen.pages.syntax import BrokenPdfError, Ref, Value
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
    seen: set[int] = set()
    for number, page in enumerate(file.pages, start=1):
        for resources in _resources_from(file, page.fields.get(b"/Resources"), seen):
            if letter := exchanged_letter(file, resources, alphabets_of(file, resources)):
                return PageDifference(number, letter=letter)
    return None


def _resources_from(
    file: PlainFile, resources: Value | None, seen: set[int]
) -> Iterator[Value | None]:
    """Yield resources and those of the forms among them, none that has been ``seen`` before."""
    if isinstance(resources, Ref):
        if resources in seen:
            return
        seen.add(resources)
    yield resources
    for form in file.fields(file.fields(resources).get(b"/XObject")).values():
        if isinstance(form, Ref) and form not in seen:
            seen.add(form)
            own = file.fields(form).get(b"/Resources")
            if own is not None:
                yield from _resources_from(file, own, seen)


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
