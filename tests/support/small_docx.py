"""Small .docx files for tests, written with python-docx in words."""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from docgen.ooxml.zip_parts import read_parts
from docgen.proof.paper_words import PaperWords, read_paper

STYLES = ("Текст приказа", "Заголовок таблицы", "Текст таблицы")


def opened(docx: bytes) -> Any:
    """Open a made document with python-docx."""
    return Document(io.BytesIO(docx))


@dataclass(frozen=True, slots=True)
class Structure:
    """The shape of a body: tables as rows of cell counts, styles of paragraphs by their ids."""

    tables: tuple[tuple[int, ...], ...]
    is_landscape: tuple[bool, ...]
    styles: tuple[str, ...]


def structure_of(docx: bytes) -> Structure:
    """Return the shape of a body as python-docx reads it."""
    document = opened(docx)
    body = document.element.body
    return Structure(
        tuple(tuple(len(row.tc_lst) for row in table.tr_lst) for table in body.iter(qn("w:tbl"))),
        tuple(one.orientation == WD_ORIENT.LANDSCAPE for one in document.sections),
        tuple(paragraph.style or "" for paragraph in body.iter(qn("w:p"))),
    )


def styles_of(docx: bytes) -> dict[str, str]:
    """Return style ids by the names that a person sees in Word."""
    named = opened(docx).styles.element.style_lst
    return {one.name_val: one.styleId for one in named}


def paper_words(docx: bytes) -> PaperWords:
    """Return what a document should paint."""
    return read_paper(read_parts(docx))


def add_styles(document: Any, names: Sequence[str] = STYLES) -> None:
    for name in names:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)


def write_style(path: Path, *, header: str = "", margins: Sequence[int] = (30, 10, 20, 25)) -> Path:
    """Write a house style: left, right, top, bottom margins in mm, page number in the header."""
    path.write_bytes(_style_bytes(header, tuple(margins)))
    return path


@functools.cache
def _style_bytes(header: str, margins: tuple[int, ...]) -> bytes:
    document = Document()
    add_styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Mm(one) for one in margins
    )
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.text = header
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@functools.cache
def _empty_bytes(*, has_styles: bool) -> bytes:
    document = Document()
    if has_styles:
        add_styles(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def write_docx(
    path: Path, *texts: str, prepare: Callable[[Any], None] | None = None, styles: bool = True
) -> Path:
    """Write a template of one paragraph for each text; ``prepare`` gets the document last."""
    document = Document(io.BytesIO(_empty_bytes(has_styles=styles)))
    for text in texts:
        document.add_paragraph(text)
    if prepare is not None:
        prepare(document)
    document.save(str(path))
    return path


def split_runs(paragraph: Any, pieces: Sequence[str]) -> None:
    """Add each piece as a run of its own look, as Word does while one types."""
    for number, piece in enumerate(pieces):
        run = paragraph.add_run(piece)
        run.italic = number % 2 == 0


def insert_xml(paragraph: Any, xml: str) -> None:
    """Append an element with the ``w`` prefix to a paragraph."""
    at = xml.index(">") - (1 if xml[xml.index(">") - 1] == "/" else 0)
    paragraph._p.append(parse_xml(f"{xml[:at]} {nsdecls('w', 'r', 'wp', 'a')}{xml[at:]}"))


def with_part(docx: Path, name: str, data: bytes) -> Path:
    """Add or replace a part of a .docx."""
    with zipfile.ZipFile(docx) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    parts[name] = data
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    docx.write_bytes(stream.getvalue())
    return docx
