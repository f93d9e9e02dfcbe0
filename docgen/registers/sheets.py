"""Reading register sheets: headers are found, rows read by column, what is missing reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.errors import Location, Problem, warning
from docgen.model import Column, ColumnKind, RawCell, RawRow, RawSheet, Schema, sameness
from docgen.registers.books import Book, Books, Grid, grid_of, open_book, without_garbage_collection
from docgen.registers.cards import read_card
from docgen.registers.cells import hidden_warning, is_filled, looks_warnings, raw_cell
from docgen.suggestions import FAIRLY_NEAR, NEAREST_OF_ALL, nearest_key, question, suggestion

_HEADER_SEARCH_ROWS = 30
_NEARLY_A_HEADER = 0.75
"""More than for other names: a sheet may well have a column that no register knows."""

_NEARLY_A_TITLE = 0.8
"""More than for names that are asked for: sheets of people's own are called as they like."""
_FEWEST_HEADERS, _MOST_HEADERS = 3, 0.7

_NAME_PARTS = ("фамилия", "имя", "отчество")
_NUMBER_HEADER = re.compile(r"№|\bномер", re.IGNORECASE)
_MARKS = re.compile(r"[.,:;*!?()\[\]№#]+")


@dataclass(frozen=True, slots=True)
class _Header:
    """The headers of a sheet: which sheet column has which column of the register.

    ``parts`` are names of people in two or three cells: sheet column by part, by column.
    """

    row: int
    last_row: int
    found: Mapping[str, int]
    parts: Mapping[str, Mapping[str, int]]
    unknown: Mapping[int, str]
    repeated: Mapping[int, str]


def read_sheets(
    books: Books, schemas: Mapping[str, Schema], *, shared_folders: Sequence[Path] = ()
) -> tuple[dict[str, RawSheet], list[Problem]]:
    """Return the registers of a workspace by schema name, and all their problems.

    Rows of a shared register stand before the workspace's own; they come from the workbook named
    as the sheet in each of ``shared_folders``. A register that has errors in its headers is left
    out; an optional one that is absent is left out in silence.
    """
    problems = list(books.problems)
    sheets: dict[str, RawSheet] = {}
    with without_garbage_collection():
        for name, schema in schemas.items():
            grids = _shared_grids(schema, shared_folders, problems) if schema.is_shared else []
            own = _own_grid(books, schema, schemas, problems)
            read = [
                sheet
                for grid in [*grids, *([own] if own else [])]
                if (sheet := _read_grid(grid, schema, problems)) is not None
            ]
            if read:
                rows = tuple(row for sheet in read for row in sheet.rows)
                sheets[name] = RawSheet(name, read[-1].where, rows)
    return sheets, problems


def _shared_grids(schema: Schema, folders: Sequence[Path], problems: list[Problem]) -> list[Grid]:
    """Return the sheets of a shared register that lie beside its schemas."""
    grids = []
    for folder in folders:
        path = folder / f"{schema.sheet}.xlsx"
        if not path.is_file():
            continue
        # Enough of the path to find the file by, not the whole machine above it.
        book = open_book(path, shown="/".join(path.parts[-3:]), problems=problems)
        if book is not None:
            title = title_in(book.sheets, schema.sheet)
            if title is None and not book.unread:
                title = next(iter(book.sheets), None)
            if title is not None:
                grids.append(grid_of(book, title, problems))
    return grids


def _own_grid(
    books: Books, schema: Schema, schemas: Mapping[str, Schema], problems: list[Problem]
) -> Grid | None:
    """Return the workspace's sheet of a register; report it missing unless it is optional."""
    book = next((b for b in books.books if sameness(b.name) == sameness(schema.workbook)), None)
    if book is not None:
        title = title_in(book.sheets, schema.sheet)
        if title is not None:
            problems += _buried_warning(book, title)
            return grid_of(book, title, problems)
        if title_in(book.unread, schema.sheet) is not None:
            return None
        other = title_in(book.others, schema.sheet)
        if other is not None:
            where = Location(file=book.shown, sheet=other)
            message = f"на листе не таблица, а {book.others[other]}; верните лист из копии книги"
            problems.append(Problem("damaged-book", where, message))
            return None
        if schema.is_optional:
            problems += _renamed_sheet(book, schema, schemas)
    if not schema.is_optional:
        problems += _missing_sheet(books, book, schema)
    return None


def _renamed_sheet(book: Book, schema: Schema, schemas: Mapping[str, Schema]) -> Iterator[Problem]:
    """Yield a warning when an optional register is absent, and a sheet looks like it.

    Its rows would be missed in silence: points of an order because of a Latin letter in a title.
    """
    known = {sameness(one.sheet) for one in schemas.values()}
    others = {title: sameness(title) for title in book.sheets if sameness(title) not in known}
    near = nearest_key(others, [sameness(schema.sheet)], likeness=_NEARLY_A_TITLE)
    if near is None and not schema.is_card:
        near = next((title for title in others if _has_headers(book, title, schema)), None)
    if near is not None:
        yield warning(
            "lost-sheet",
            Location(file=book.shown, sheet=near),
            f"лист «{near}» не читается, а листа «{schema.sheet}» в книге нет; если это он, "
            "верните ему это название",
        )


def _has_headers(book: Book, title: str, schema: Schema) -> bool:
    """Return whether most headers of a register stand in a sheet, whatever it is called."""
    found = _find_header(grid_of(book, title, []), schema).found
    return len(found) >= max(_FEWEST_HEADERS, _MOST_HEADERS * len(schema.columns))


def _buried_warning(book: Book, title: str) -> list[Problem]:
    """Return the warning about a register that its book hides for good."""
    if not book.sheets[title].is_buried:
        return []
    message = (
        "лист скрыт так, что Excel не предложит его показать, а docgen его читает; если он нужен, "
        "откройте его в LibreOffice или верните из копии, если нет — удалите"
    )
    return [warning("not-printed", Location(file=book.shown, sheet=title), message)]


def title_in(titles: Iterable[str], title: str) -> str | None:
    """Return the title that is ``title`` but for case and blanks."""
    wanted = sameness(title)
    return next((name for name in titles if sameness(name) == wanted), None)


def _missing_sheet(books: Books, book: Book | None, schema: Schema) -> list[Problem]:
    """Return the problem of a missing workbook or sheet, with what may have been meant."""
    if book is None:
        where = Location(file=f"{books.shown}/{schema.workbook}")
        if any(problem.where.file == where.file and problem.is_error for problem in books.problems):
            return []
        hint = suggestion(
            schema.workbook,
            [one.name for one in books.books],
            fold=sameness,
            likeness=NEAREST_OF_ALL,
        )
        message = f"нет книги «{schema.workbook}» с листом «{schema.sheet}»{hint}"
    else:
        where = Location(file=book.shown)
        hint = suggestion(schema.sheet, book.sheets, fold=sameness, likeness=FAIRLY_NEAR)
        message = f"в книге нет листа «{schema.sheet}»{hint or '; добавьте его'}"
    return [Problem("missing-sheet", where, message)]


def _read_grid(grid: Grid, schema: Schema, problems: list[Problem]) -> RawSheet | None:
    """Return the rows of one sheet, or ``None`` when a required header is missing."""
    if schema.is_card:
        return read_card(grid, schema, problems)
    header = _find_header(grid, schema)
    missing = _missing_columns(grid, schema, header)
    if missing:
        problems += missing
        return None
    problems += _odd_columns(grid, schema, header)
    numbers = frozenset(c.name for c in schema.columns if _NUMBER_HEADER.search(c.header))
    rows: list[RawRow] = []
    hidden: list[int] = []
    for number in sorted(grid.cells):
        if number <= header.last_row or not _has_text(grid, number, header):
            continue
        # A filter on a sheet that docgen renews is a view of it and leaves no rows out.
        if number in grid.hidden_rows and not schema.is_kept:
            hidden.append(number)
            continue
        rows.append(RawRow(number, _cells(grid, number, header, numbers, problems)))
    problems += hidden_warning(grid, hidden)
    spots = [*header.found.values(), *(s for p in header.parts.values() for s in p.values())]
    problems += looks_warnings(grid, ((row.number, spot) for row in rows for spot in spots))
    return RawSheet(schema.name, grid.where, tuple(rows))


def header_of(grid: Grid, schema: Schema) -> tuple[int, Mapping[str, int]]:
    """Return the last row of the headers and the sheet column of each column found."""
    header = _find_header(grid, schema)
    return header.last_row, header.found


# --- headers ---------------------------------------------------------------------------------


def header_key(text: str) -> str:
    """Return a header without case, blanks, ё and punctuation, which spellings differ in."""
    folded = sameness(_MARKS.sub(lambda m: " № " if "№" in m[0] or "#" in m[0] else " ", text))
    return folded.replace("-", "").replace(" ", "")


def _known_headers(schema: Schema) -> dict[str, str]:
    """Return the column by header; its own header wins over another's synonym."""
    known: dict[str, str] = {}
    for column in schema.columns:
        known.setdefault(header_key(column.header), column.name)
    for column in schema.columns:
        for synonym in column.synonyms:
            known.setdefault(header_key(synonym), column.name)
    return known


def _find_header(grid: Grid, schema: Schema) -> _Header:
    """Return the headers: the first row, of those with most known headers."""
    known = _known_headers(schema)
    candidates = [row for row in sorted(grid.cells) if row <= _HEADER_SEARCH_ROWS]
    best = _Header(0, 0, {}, {}, {}, {})
    for row in candidates:
        header = _header_at(grid, row, schema, known)
        if _score(header) > _score(best):
            best = header
    if not best.row and candidates:
        best = _header_at(grid, candidates[0], schema, known)
    return best


def _score(header: _Header) -> int:
    return len(header.found) + len(header.parts)


def _header_at(grid: Grid, row: int, schema: Schema, known: Mapping[str, str]) -> _Header:
    """Return the cells of a row read as headers."""
    found: dict[str, int] = {}
    parts: dict[str, dict[str, int]] = {}
    unknown: dict[int, str] = {}
    repeated: dict[int, str] = {}
    last_row = row
    for column, (text, group, bottom) in _header_texts(grid, row).items():
        last_row = max(last_row, bottom)
        name = known.get(header_key(f"{group} {text}") if group else "") or known.get(
            header_key(text)
        )
        owner = _part_owner(text, group, schema, known) if name is None else None
        if owner is not None and header_key(text) not in parts.get(owner, {}):
            parts.setdefault(owner, {})[header_key(text)] = column
        elif name is None:
            unknown[column] = text
        elif name in found:
            repeated[column] = name
        else:
            found[name] = column
    whole = {
        owner: spots
        for owner, spots in parts.items()
        if _NAME_PARTS[0] in spots and owner not in found
    }
    return _Header(row, last_row, found, whole, unknown, repeated)


def _header_texts(grid: Grid, row: int) -> dict[int, tuple[str, str, int]]:
    """Return header, group heading above it and last row of the header, by sheet column."""
    texts: dict[int, tuple[str, str, int]] = {}
    columns = set(grid.cells[row]) | {c for r, c in grid.covered if r == row}
    for column in sorted(columns):
        left, top, _, bottom = grid.covered.get((row, column), (column, row, column, row))
        if left != column:
            continue
        text = raw_cell(grid, top, left).text
        if text:
            texts[column] = (text, _group_above(grid, top, column), bottom)
    return texts


def _group_above(grid: Grid, row: int, column: int) -> str:
    """Return the heading right above a header that spans several columns, else an empty text."""
    left, top, right, _ = grid.covered.get((row - 1, column), (column, row - 1, column, 0))
    return raw_cell(grid, top, left).text if right > left else ""


def _part_owner(text: str, group: str, schema: Schema, known: Mapping[str, str]) -> str | None:
    """Return the name column that a header «Фамилия», «Имя», «Отчество» is a part of."""
    if header_key(text) not in _NAME_PARTS:
        return None
    names = [column.name for column in schema.columns if column.kind == ColumnKind.NAME]
    named = known.get(header_key(group)) if group else None
    return named if named in names else next(iter(names), None)


def _missing_columns(grid: Grid, schema: Schema, header: _Header) -> list[Problem]:
    """Return the problems of required columns that no header names."""
    wanted = _headers_of(schema)
    if not header.row and not wanted:
        # Nothing is missed: what docgen keeps there it writes anew.
        return []
    if not header.row:
        message = f"лист пуст: нет строки заголовков ({wanted})"
        return [Problem("missing-column", grid.where, message)]
    where = grid.spot(header.row, min(_header_texts(grid, header.row), default=1))
    problems = []
    for column in schema.columns:
        if not column.is_required or column.name in header.found or column.name in header.parts:
            continue
        near = _nearest_unknown(column, header)
        place = grid.spot(header.row, near) if near else where
        hint = (
            f"; {question(header.unknown[near], 'столбец')}: исправьте заголовок"
            if near
            else "; добавьте его в строку заголовков"
        )
        message = f"нет обязательного столбца «{column.header}»{hint}"
        problems.append(Problem("missing-column", place, message))
    return problems


def _headers_of(schema: Schema) -> str:
    return ", ".join(f"«{column.header}»" for column in schema.columns if column.is_required)


def _nearest_unknown(column: Column, header: _Header) -> int | None:
    """Return the sheet column whose unknown header is nearly that of ``column``."""
    spellings = [header_key(text) for text in (column.header, *column.synonyms)]
    unknown = {spot: header_key(text) for spot, text in header.unknown.items()}
    return nearest_key(unknown, spellings, likeness=_NEARLY_A_HEADER)


def _odd_columns(grid: Grid, schema: Schema, header: _Header) -> list[Problem]:
    """Return warnings about headers that are nearly known or stand twice."""
    problems = []
    for spot, name in header.repeated.items():
        read = grid.spot(header.row, header.found[name]).cell
        text = raw_cell(grid, *_anchor(grid, header.row, spot)).text
        message = f"столбец «{text}» повторяет столбец {read}; читается только {read}"
        problems.append(warning("unknown-column", grid.spot(header.row, spot), message))
    absent = [c for c in schema.columns if c.name not in header.found | header.parts.keys()]
    for column in absent:
        near = _nearest_unknown(column, header)
        if near is not None:
            message = f"столбец «{header.unknown[near]}» не читается; {question(column.header)}"
            problems.append(warning("unknown-column", grid.spot(header.row, near), message))
    return problems


def _anchor(grid: Grid, row: int, column: int) -> tuple[int, int]:
    """Return the first cell of the merge at a row and column, else these."""
    left, top, _, _ = grid.covered.get((row, column), (column, row, column, row))
    return top, left


# --- rows ------------------------------------------------------------------------------------


def _has_text(grid: Grid, row: int, header: _Header) -> bool:
    """Whether a row is filled in any column that is read."""
    spots = [*header.found.values(), *(s for p in header.parts.values() for s in p.values())]
    return any(is_filled(grid, row, spot) for spot in spots)


def _cells(
    grid: Grid, row: int, header: _Header, numbers: frozenset[str], problems: list[Problem]
) -> dict[str, RawCell]:
    """Return the cells of a row by column name; the parts of a person's name are joined.

    ``numbers`` are the columns of numbers: «1.1» there is no fraction and keeps its point.
    """
    cells = {
        name: raw_cell(
            grid, *merged_spot(grid, row, spot), problems, point="." if name in numbers else ","
        )
        for name, spot in header.found.items()
    }
    for name, spots in header.parts.items():
        texts = [raw_cell(grid, row, spots[p], problems).text for p in _NAME_PARTS if p in spots]
        joined = " ".join(" ".join(texts).split())
        cells[name] = RawCell(joined or None, joined, grid.spot(row, spots[_NAME_PARTS[0]]))
    return cells


def merged_spot(grid: Grid, row: int, column: int) -> tuple[int, int]:
    """Return the row and column, or the top of a merge down this column alone.

    One cell «О внедрении» merged over five rows says so for all five.
    """
    left, top, right, _ = grid.covered.get((row, column), (column, row, column, row))
    return (top, left) if left == right == column else (row, column)
