"""Inputs of tests, built in words."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import column_index_from_string, get_column_letter

from docgen.catalogue import extend_choices, order_subjects, read_kinds, read_schemas
from docgen.errors import Location, Problem
from docgen.model import (
    Kind,
    RawCell,
    RawRow,
    RawSheet,
    Schema,
    Table,
    TableCell,
    TableRow,
    Workspace,
)
from docgen.records import check_workspace, link_records, make_workspace
from docgen.wording import Scope
from docgen.wording.points import Paragraph

Rows = Sequence[Sequence[object]]
Touch = Callable[[Workbook], object]


def write_book(path: Path, sheets: Mapping[str, Rows], touch: Touch | None = None) -> Path:
    """Write a workbook from rows by sheet; ``touch`` may merge, format or hide before saving."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    if touch is not None:
        touch(workbook)
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(path)
    return path


def write_text(path: Path, text: str) -> Path:
    """Write a file such as a .toml entry, its folder included."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


# --- registers in memory ---------------------------------------------------------------------

ROOT = Path(__file__).resolve().parents[2]
BOOK = "Наставничество.xlsx"

Cell = str | int | float | bool | dt.date | RawCell | None
Row = Mapping[str, Cell]
RowsByRegister = Mapping[str, Sequence[Row]]


@functools.cache
def shipped_kinds() -> dict[str, Kind]:
    """Return the shipped kinds of documents."""
    return read_kinds([ROOT / "templates_docx"])


@functools.cache
def shipped_schemas() -> dict[str, Schema]:
    """Return the shipped registers with every choice that the shipped kinds wait for."""
    return extend_choices(read_schemas([ROOT / "registers" / "schema"]), shipped_kinds())


def raw_cell(value: Cell, where: Location = Location()) -> RawCell:  # noqa: B008 - it is frozen
    """Return a cell as a reader would give it; dates show as «01.09.2026»."""
    if isinstance(value, RawCell):
        return replace(value, where=where)
    if isinstance(value, dt.date):
        return RawCell(value, f"{value:%d.%m.%Y}", where)
    return RawCell(value, "" if value is None else str(value).strip(), where)


def unreadable() -> RawCell:
    """Return a cell such as #N/A, whose problem the reader has already reported."""
    return RawCell(None, "", Location(), is_unreadable=True)


def raw_sheets(rows: RowsByRegister) -> dict[str, RawSheet]:
    """Return sheets whose rows map column names to values, every column of the schema there.

    A row of a card maps facts to values, «с» and «по» its period.
    """
    sheets = {}
    for name, register_rows in rows.items():
        schema = shipped_schemas()[name]
        where = Location(file=BOOK, sheet=schema.sheet)
        made = tuple(_raw_row(number, row, schema) for number, row in enumerate(register_rows, 2))
        sheets[name] = RawSheet(name, where, made)
    return sheets


def _raw_row(number: int, row: Row, schema: Schema) -> RawRow:
    names = [column.name for column in schema.columns]
    periods = {"с": "begins", "по": "ends"} if schema.is_card else {}
    if unknown := set(row) - {*names, *periods}:
        raise KeyError(unknown)
    shown = [*row] if schema.is_card else names
    cells = {}
    for name in shown:
        letter = get_column_letter(names.index(name) + 1) if name in names else "Z"
        where = Location(file=BOOK, sheet=schema.sheet, cell=f"{letter}{number}")
        cells[periods.get(name, name)] = raw_cell(row.get(name), where)
    return RawRow(number, cells)


def linked(
    rows: RowsByRegister, tables: Mapping[str, Table] | None = None
) -> tuple[Workspace, list[Problem]]:
    """Return the workspace of these rows and the problems of single rows."""
    schemas = shipped_schemas()
    records, tainted, problems = link_records(schemas, raw_sheets(rows))
    folder = Path("registers", "школа")
    subjects = order_subjects(shipped_kinds())
    return make_workspace(folder, schemas, records, tainted, tables or {}, subjects), problems


def workspace(rows: RowsByRegister, tables: Mapping[str, Table] | None = None) -> Workspace:
    """Return the workspace of these rows, which must have no problem of their own."""
    made, problems = linked(rows, tables)
    assert [str(problem) for problem in problems] == []
    return made


def checked(rows: RowsByRegister, tables: Mapping[str, Table] | None = None) -> list[Problem]:
    """Return every problem of these rows, single and together."""
    made, problems = linked(rows, tables)
    return [*problems, *check_workspace(made)]


def spot(problem: Problem) -> str:
    """Return column and row of a problem, e.g. «номер 2»; a cell of an appendix table as «C2»."""
    where = problem.where
    schemas = {schema.sheet: schema for schema in shipped_schemas().values()}
    if where.sheet not in schemas or not where.cell:
        return where.cell
    letters = where.cell.rstrip("0123456789")
    column = schemas[where.sheet].columns[column_index_from_string(letters) - 1]
    return f"{column.name} {where.cell.removeprefix(letters)}"


def school(
    registers: RowsByRegister | None = None, *, staff: Sequence[Row] = (), card: Sequence[Row] = ()
) -> dict[str, Sequence[Row]]:
    """Return the rows of a small school with a director; ``staff`` and ``card`` add to its own."""
    own_card = [
        {"полное": "Муниципальное бюджетное общеобразовательное учреждение «Школа № 1»"},
        {"краткое": "МБОУ «Школа № 1»"},
        {"руководитель": "Иванова Мария Петровна"},
        {"должность_руководителя": "Директор"},
    ]
    own_staff = [
        person("Иванова Мария Петровна", "директор"),
        person("Петрова Анна Сергеевна", "учитель русского языка"),
        person("Кузнецов Денис Олегович", "учитель математики"),
    ]
    rows: dict[str, Sequence[Row]] = {
        "организация": [*own_card, *card],
        "сотрудники": [*own_staff, *staff],
    }
    return {**rows, **(registers or {})}


def person(name: str, post: str = "", **more: Cell) -> dict[str, Cell]:
    """Return a row of «Сотрудники»."""
    return {"фио": name, "должность": post, **more}


def order(**more: Cell) -> dict[str, Cell]:
    """Return a row of «Приказы»: «О внедрении», № 1-од of Tuesday 01.09.2026, to be signed."""
    return {
        "имя": "О внедрении",
        "номер": "1-од",
        "дата": dt.date(2026, 9, 1),
        "о_чём": "свой текст",
        "заголовок": "О внедрении системы наставничества",
        "состояние": "на подписи",
        **more,
    }


def point(number: str, text: str = "", **more: Cell) -> dict[str, Cell]:
    """Return a row of «Пункты» of that order."""
    return {"приказ": "О внедрении", "номер": number, "текст": text, **more}


def appendix(number: str = "", kind: str = "план", **more: Cell) -> dict[str, Cell]:
    """Return a row of «Приложения» of that order."""
    return {
        "приказ": "О внедрении",
        "номер": number,
        "вид": kind,
        "заголовок": f"{kind.capitalize()} мероприятий",
        "шаблон": "положение о наставничестве",
        **more,
    }


def pair(mentor: str, mentee: str, **more: Cell) -> dict[str, Cell]:
    """Return a row of «Пары» from 14.09.2026 to 28.05.2027."""
    return {
        "форма": "педагог – педагог",
        "наставник": mentor,
        "наставляемый": mentee,
        "цель": "адаптация",
        "с": dt.date(2026, 9, 14),
        "по": dt.date(2027, 5, 28),
        **more,
    }


def table(*rows: Sequence[str | None], header_rows: int = 1, name: str = "План") -> Table:
    """Return an appendix table of one sheet; cells lie from A1 on."""
    made = [
        TableRow(
            number,
            tuple(
                None
                if text is None
                else TableCell(text, Location(BOOK, name, f"{get_column_letter(place)}{number}"))
                for place, text in enumerate(row, 1)
            ),
        )
        for number, row in enumerate(rows, 1)
    ]
    widths = tuple(1 / len(rows[0]) for _ in rows[0])
    return Table(name, Location(BOOK, name), widths, header_rows, tuple(made))


def plain(text: object) -> str:
    """Return the text with every run of blanks as one blank."""
    return " ".join(str(text).split())


# --- orders as they are worded ---------------------------------------------------------------

ANNA, DENIS = "Петрова Анна Сергеевна", "Кузнецов Денис Олегович"
CENTRE: Row = {"краткое": "МБУ «Центр»", "полное": "Учреждение «Центр»", "руководитель": DENIS}
ACT: Row = {
    "имя": "273-ФЗ",
    "вид": "Федеральный закон",
    "дата": "29.12.2012",
    "номер": "273-ФЗ",
    "название": "Об образовании",
}


def paragraphs_of(
    points: Sequence[Row], staff: Sequence[Row] = (), parts: Sequence[Row] = (), **more: Cell
) -> list[Paragraph]:
    """Return the paragraphs of an order with these points, two people, a body and two acts."""
    rows = school(
        {
            "приказы": [order(**more)],
            "пункты": points,
            "приложения": parts,
            "организации": [CENTRE],
            "акты": [ACT, {**ACT, "имя": "1264-р", "вид": "распоряжение", "номер": "1264-р"}],
        },
        staff=staff,
    )
    made, problems = linked(rows)
    assert problems == []
    (record,) = made.records["приказы"]
    day = record.values["дата"]
    scope = Scope(made, day if isinstance(day, dt.date) else dt.date(2026, 9, 1))
    found: list[Paragraph] = scope.view(record).абзацы
    return found


def lines_of(points: Sequence[Row], **more: Cell) -> list[str]:
    """Return those paragraphs with their numbers, blanks as one."""
    return [plain(one.строка) for one in paragraphs_of(points, (), (), **more)]


def line_of(number: str = "", text: str = "", **more: Cell) -> str:
    """Return the only paragraph of an order with one point."""
    (only,) = paragraphs_of([point(number, text, **more)])
    return plain(only.строка)


SEPTEMBER = dt.date(2026, 9, 1)


def scope_of(
    registers: RowsByRegister | None = None,
    *,
    day: dt.date = SEPTEMBER,
    staff: Sequence[Row] = (),
    card: Sequence[Row] = (),
    personal: frozenset[str] = frozenset(),
) -> Scope:
    """Return what a paper of that day sees of a small school with these registers."""
    return Scope(workspace(school(registers, staff=staff, card=card)), day, personal)


def first(scope: Scope, register: str, number: int = 0) -> Any:
    """Return a row as templates see it."""
    return scope.view(scope.workspace.records[register][number])
