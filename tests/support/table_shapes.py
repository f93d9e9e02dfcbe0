"""Tables of every shape by seed: headings, tall rows, merges, widths, upright and lying.

Every word of a table is unlike all others, so that a lost one can be named.
"""

from __future__ import annotations

import itertools
import random
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from docgen import russian
from docgen.documents import TemplateLibrary
from docgen.errors import Location
from docgen.model import Table, TableCell, TableRow
from docgen.pages.viewer import text_of
from docgen.pdf import find_office
from docgen.pdf.calls import Call, ConversionTask
from docgen.pdf.server import OfficeServer
from tests.support.small_docx import write_docx

TEMPLATES = Path(__file__).parents[2] / "templates_docx"

_WORDS = (
    "план", "опыт", "срок", "школа", "педагог", "куратор", "наставник", "сопровождение",
    "методический", "ответственный", "образовательной", "профессиональных",
)  # fmt: skip
_SHORT = ("план", "опыт", "срок", "урок")
_IN_A_FILE = 10
_HEIGHTS = (1, 1, 2, 3, 5, 8, 14, 22, 35, 55, 70)
"""How many lines or, ten times, words the fullest cell of a row may have."""


class _Author:
    """Writes cells whose words are numbered through all tables."""

    def __init__(self, seed: int, numbers: Iterator[int]) -> None:
        self.draw = random.Random(seed)
        self._numbers = numbers

    def words(self, count: int, *, are_short: bool) -> str:
        return " ".join(
            f"{self.draw.choice(_SHORT if are_short else _WORDS)}{next(self._numbers)}"
            for _ in range(count)
        )

    def text(self, lines: int, *, are_short: bool) -> str:
        """Return a list of so many lines, or running words of about so many."""
        if self.draw.random() < 0.5:
            return "\n".join(self.words(1, are_short=are_short) for _ in range(lines))
        return self.words(lines * self.draw.choice((1, 2)), are_short=are_short)

    def address(self) -> str:
        parts = (f"mentor{next(self._numbers)}" for _ in range(self.draw.randint(3, 12)))
        return "https://school.example/" + self.draw.choice("/?&=._").join(parts)


def table_shapes(count: int, first: int = 0) -> list[Table]:
    """Return tables, each made by the seed of its number."""
    numbers = itertools.count(1)
    return [_shape(seed, numbers) for seed in range(first, first + count)]


def _shape(seed: int, numbers: Iterator[int]) -> Table:
    author = _Author(seed, numbers)
    draw = author.draw
    is_landscape = draw.random() < 0.4
    columns = draw.choice((1, 2, 3, 4, 4, 5, 5, 6, 8, 11))
    header_rows = draw.choice((0, 1, 1, 1, 2, 3))
    are_short = columns > 4
    rows: list[TableRow] = []
    for number in range(1, header_rows + 1):
        height = draw.choice((1, 1, 2, 4, 9, 20, 30) if number == 1 else (1, 1, 2))
        rows.append(_row(author, number, columns, height, are_short=are_short))
    wanted = header_rows + draw.randint(1, 6)
    while len(rows) < wanted:
        rows += _body_rows(author, len(rows) + 1, columns, are_short=are_short)
    shares = [draw.choice((1.0, 1.0, 2.0, 5.0)) for _ in range(columns)]
    set_widths = draw.choice(((), tuple(draw.random() < 0.5 for _ in shares), (True,) * columns))
    return Table(
        f"Вид {seed}",
        Location(file="Книга.xlsx", sheet=f"Вид {seed}"),
        tuple(one / sum(shares) for one in shares),
        header_rows,
        tuple(rows),
        is_landscape=is_landscape,
        has_lines=draw.random() < 0.9,
        set_widths=set_widths,
    )


def _cell(text: str, draw: random.Random, columns: int = 1, rows: int = 1) -> TableCell:
    return TableCell(
        text,
        Location(),
        columns,
        rows,
        is_bold=draw.random() < 0.1,
        is_italic=draw.random() < 0.1,
        align=draw.choice(("", "", "center", "right", "justify")),
    )


def _row(author: _Author, number: int, columns: int, height: int, *, are_short: bool) -> TableRow:
    fullest = author.draw.randrange(columns)
    return TableRow(
        number,
        tuple(
            _cell(
                author.text(
                    height if column == fullest else author.draw.randint(0, min(height, 4)),
                    are_short=are_short,
                ),
                author.draw,
            )
            for column in range(columns)
        ),
    )


def _body_rows(
    author: _Author, number: int, columns: int, *, are_short: bool
) -> Sequence[TableRow]:
    draw = author.draw
    kind = draw.random()
    height = draw.choice(_HEIGHTS)
    if kind < 0.15 and columns > 1:
        text = author.words(draw.randint(1, 30), are_short=are_short)
        return [TableRow(number, (_cell(text, draw, columns),))]
    if kind < 0.25 and columns > 2:
        wide = _cell(author.text(height, are_short=are_short), draw, 2)
        rest = (_cell(author.words(1, are_short=are_short), draw) for _ in range(columns - 2))
        return [TableRow(number, (wide, *rest))]
    if kind < 0.4 and columns > 1:
        return _merged_rows(author, number, columns, height, are_short=are_short)
    if kind > 0.93 and columns < 6:
        # Such a row is kept whole: an address that is broken between pages is hard to find.
        row = _row(author, number, columns, min(height, 5), are_short=are_short)
        return [TableRow(number, (_cell(author.address(), draw), *row.cells[1:]))]
    return [_row(author, number, columns, height, are_short=are_short)]


def _merged_rows(
    author: _Author, number: int, columns: int, height: int, *, are_short: bool
) -> list[TableRow]:
    """Return rows whose first or last column is one cell, which may be higher than they are."""
    draw = author.draw
    count = draw.randint(2, 4)
    merged = _cell(author.text(height, are_short=are_short), draw, 1, count)
    is_last = draw.random() < 0.3
    rows = []
    for index in range(count):
        lines = draw.choice((1, 1, 3, 9))
        others = _row(author, number, columns - 1, lines, are_short=are_short).cells
        one = merged if index == 0 else None
        rows.append(TableRow(number + index, (*others, one) if is_last else (one, *others)))
    return rows


# --- on paper --------------------------------------------------------------------------------


def words_of(tables: Sequence[Table]) -> list[str]:
    """Return the words of tables in reading order; those of an address one by one."""
    cells = (cell for table in tables for row in table.rows for cell in row.cells if cell)
    return [word for cell in cells for word in re.findall(r"\w+?\d+", cell.text)]


def printed_tables(tables: Sequence[Table], folder: Path) -> list[tuple[bytes, bytes]]:
    """Return documents of tables with their PDFs; upright and lying tables are apart."""
    template = write_docx(
        folder / "вид.docx",
        "{%p for таблица in таблицы %}",
        "{{p таблица }}",
        "{%p endfor %}",
        styles=False,
    )
    library = TemplateLibrary(
        {"вид": template},
        {},
        TEMPLATES / "стиль.docx",
        ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined),
        typeset=russian.typeset,
    )
    papers = []
    for lies in (False, True):
        chosen = [one for one in tables if lies == (one.is_landscape or library.is_wide(one))]
        for start in range(0, len(chosen), _IN_A_FILE):
            some = [replace(one, is_landscape=lies) for one in chosen[start : start + _IN_A_FILE]]
            markup = {"таблицы": [library.table(one) for one in some]}
            made = library.render("вид", markup, title="Таблицы", is_landscape=lies)
            papers.append(made.docx)
    return list(zip(papers, _converted(papers, folder), strict=True))


def _converted(papers: Sequence[bytes], folder: Path) -> list[bytes]:
    """Return the PDFs as LibreOffice makes them, before anything is proven."""
    server = OfficeServer(find_office(), folder / "office", threading.Event())
    tasks = tuple(ConversionTask(one, ("",), 20) for one in papers)
    try:
        made, _ = server.convert(papers, Call(tasks, patience=10))
    finally:
        server.close()
    assert None not in made
    return [one for one in made if one is not None]


def lost_words(words: Sequence[str], pdfs: Sequence[bytes]) -> list[str]:
    """Return the words that stand on no page; lines of a page may break anywhere."""
    text = "".join("".join(page.split()) for pdf in pdfs for page in text_of(pdf))
    return [word for word in words if word not in text]
