"""Workbooks cut open: their parts as bytes, and packed again with some of them changed."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from openpyxl.xml.constants import SHARED_STRINGS

from docgen import registers
from docgen.errors import Problem
from docgen.model import Column, Schema
from tests.support.builders import Rows, Touch, write_book

BOOK = "Книга.xlsx"
PEOPLE, MARKS = "Люди", "Грифы"
SHEET1, SHEET2 = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
CONTENTS, RELATIONS, TYPES = (
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "[Content_Types].xml",
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

SCHEMAS: Mapping[str, Schema] = {
    "люди": Schema(
        "люди", BOOK, PEOPLE, "человек", "люди", (Column("фио", "ФИО"), Column("день", "День")), ""
    ),
    "грифы": Schema(
        "грифы", BOOK, MARKS, "гриф", "грифы", (Column("гриф", "Гриф"),), "", is_optional=True
    ),
}

_INLINE = re.compile(r'(<c r="\w+"(?: s="\d+")?) t="inlineStr"><is><t>(.*?)</t></is></c>')

Records = Mapping[str, tuple[tuple[str, ...], ...]]


def small_book(folder: Path, touch: Touch | None = None) -> bytes:
    """Return a workbook of two registers and a sheet of a person's own."""
    rows: dict[str, Rows] = {
        PEOPLE: [
            ["ФИО", "День"],
            ["Орлов", dt.date(2026, 9, 1)],
            ["Белова", dt.date(2026, 9, 2)],
            ["Чайка", 3],
        ],
        MARKS: [["Гриф"], ["Утверждаю"], ["Согласовано"]],
        "Заметки": [["купить мел", 1, 2.5], ["и журнал", True]],
    }
    return with_shared_strings(write_book(folder / BOOK, rows, touch).read_bytes())


def with_shared_strings(data: bytes) -> bytes:
    """Return a workbook of openpyxl with its texts in a part of their own, as Excel has them."""
    parts = parts_of(data)
    texts: dict[str, int] = {}

    def lift(match: re.Match[str]) -> str:
        number = texts.setdefault(html.unescape(match[2]), len(texts))
        return f'{match[1]} t="s"><v>{number}</v></c>'

    for name in [name for name in parts if name.startswith("xl/worksheets/sheet")]:
        parts[name] = _INLINE.sub(lift, parts[name].decode()).encode()
    items = "".join(f"<si><t>{html.escape(text)}</t></si>" for text in texts)
    counts = f'count="{len(texts)}" uniqueCount="{len(texts)}"'
    parts[STRINGS] = f'<sst xmlns="{MAIN}" {counts}>{items}</sst>'.encode()
    override = f'<Override PartName="/{STRINGS}" ContentType="{SHARED_STRINGS}"/></Types>'
    parts[TYPES] = parts[TYPES].replace(b"</Types>", override.encode())
    related = (
        f'<Relationship Type="{RELATED}/sharedStrings" Target="sharedStrings.xml" Id="texts"/>'
    )
    parts[RELATIONS] = parts[RELATIONS].replace(
        b"</Relationships>", f"{related}</Relationships>".encode()
    )
    return packed(parts)


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes] | Iterable[tuple[str, bytes]], *, level: int = 1) -> bytes:
    """Return a package of these parts; pairs may name one twice."""
    pairs = parts.items() if isinstance(parts, Mapping) else parts
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:
        for name, content in pairs:
            package.writestr(name, content)
    return made.getvalue()


def changed(data: bytes, name: str, change: Callable[[bytes], bytes] | bytes | None) -> bytes:
    """Return a package with one part changed, replaced, or, for ``None``, left out."""
    parts = parts_of(data)
    if change is None:
        del parts[name]
    else:
        parts[name] = change if isinstance(change, bytes) else change(parts[name])
    return packed(parts)


def replaced(data: bytes, name: str, old: str, new: str) -> bytes:
    """Return a package with a text of one part replaced; it must be there."""
    part = parts_of(data)[name]
    assert old.encode() in part, (name, old)
    return changed(data, name, part.replace(old.encode(), new.encode(), 1))


def read_book(folder: Path, data: bytes) -> tuple[Records, list[Problem]]:
    """Return what the registers of a workbook say, and every problem of reading it."""
    (folder / BOOK).write_bytes(data)
    books = registers.open_books(folder, shown="registers/дом")
    sheets, problems = registers.read_sheets(books, SCHEMAS)
    records = {
        name: tuple(tuple(cell.text for cell in row.cells.values()) for row in sheet.rows)
        for name, sheet in sheets.items()
    }
    return records, problems
