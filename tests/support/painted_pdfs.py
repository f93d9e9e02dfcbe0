"""PDFs written by hand that paint given lines of any letters, readable as LibreOffice's are."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

import pikepdf

A4: Final = (595.3, 841.9)
_TOP, _LEFT, _LEADING, _SIZE = 800, 50, 9, 8
_PER_LINE: Final = 90


def painted_pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """Return a PDF with the lines of each page, long ones broken where they are full."""
    pdf = pikepdf.new()
    signs = sorted({sign for page in pages for line in page for sign in line} | {" "})
    codes = {sign: f"{number:04X}" for number, sign in enumerate(signs, start=1)}
    font = _font(pdf, signs)
    for lines in pages:
        page = pdf.add_blank_page(page_size=A4)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        broken = [
            line[start : start + _PER_LINE]
            for line in lines
            for start in range(0, len(line), _PER_LINE)
        ]
        drawn = [
            f"BT {_LEFT} {max(_TOP - number * _LEADING, 1)} Td /F1 {_SIZE} Tf "
            f"<{''.join(codes[sign] for sign in line)}> Tj ET"
            for number, line in enumerate(broken)
        ]
        page.Contents = pdf.make_stream("\n".join(drawn).encode())
    stream = io.BytesIO()
    pdf.save(stream, deterministic_id=True)
    return stream.getvalue()


def _font(pdf: pikepdf.Pdf, signs: Sequence[str]) -> pikepdf.Object:
    """Return a font whose codes mean the signs, from 1; it is not embedded."""
    meanings = "\n".join(
        f"<{number:04X}> <{sign.encode('utf-16-be').hex()}>"
        for number, sign in enumerate(signs, start=1)
    )
    table = pdf.make_stream(
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n%d beginbfchar\n%s\nendbfchar"
        % (len(signs), meanings.encode())
    )
    info = {"/Registry": "Adobe", "/Ordering": "Identity", "/Supplement": 0}
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=pikepdf.Name("/Painted"),
        CIDSystemInfo=pikepdf.Dictionary(info),
        DW=500,
    )
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=pikepdf.Name("/Painted"),
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(descendant)],
            ToUnicode=table,
        )
    )


def painted_docx(docx: bytes) -> bytes:
    """Return a PDF of one page that paints what a .docx says, its header first."""
    from docgen.ooxml.docx_text import body_text_of
    from docgen.ooxml.zip_parts import read_parts
    from docgen.proof.paper_words import read_paper, words_in
    from docgen.proof.paragraph_words import PAGE

    section = read_paper(read_parts(docx)).sections[0]
    header = section.headers.on(is_first=section.has_first_page, is_even=False)
    number = str(section.starts_at or 1)
    lines = [words_in(header).replace(PAGE, number), *body_text_of(docx)]
    return painted_pdf([[line.replace("\t", " ").replace("\n", " ") for line in lines if line]])
