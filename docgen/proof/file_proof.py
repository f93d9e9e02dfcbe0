"""Whether a PDF paints what a .docx says, both read as files."""

from __future__ import annotations

from pathlib import Path

from docgen.errors import StageError
from docgen.ooxml.zip_parts import read_parts
from docgen.pages.font_alphabets import page_alphabets
from docgen.pages.objects_read import open_plain
from docgen.pages.painted_blocks import painted_blocks
from docgen.pages.syntax import BrokenPdfError
from docgen.proof.paper_proof import PageDifference, difference, paper_of
from docgen.proof.paper_words import read_paper


def file_difference(docx: Path | bytes, pdf: Path | bytes) -> PageDifference | None:
    """Return the first difference between a .docx and the PDF made of it, None if there is none.

    Raises:
        BrokenPdfError: when the PDF or the .docx cannot be read.
    """
    file = open_plain(pdf)
    pages = [painted_blocks(file, page, page_alphabets(file, page)) for page in file.pages]
    try:
        paper = paper_of(read_paper(read_parts(docx)))
    except StageError as error:
        raise BrokenPdfError("made of a document that cannot be read") from error
    return difference(paper, pages)
