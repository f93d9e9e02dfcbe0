"""The five municipal orders: every short fact of a printed order is in its registers' papers."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from docgen.catalogue import read_schemas
from docgen.errors import Problem
from docgen.model import Table, Workspace
from docgen.records import check_workspace, link_records, make_workspace, table_names
from docgen.registers import open_books, read_sheets, read_tables
from docgen.wording import Scope

ROOT = Path(__file__).resolve().parents[2]
REGISTERS = ROOT / "registers"
FACTS = Path(__file__).parents[1] / "data" / "seed_facts"
WORKSPACES = ("pervouralsk", "kameshkovo", "derbent", "ivanteevka", "belgorod")
BOOK = "Наставничество.xlsx"

# Sheet, cell and code of everything that a check may say of a workspace.
EXPECTED = {
    "pervouralsk": {
        ("План мероприятий", "C2", "deadline-before-order"),
        ("План мероприятий", "C20", "deadline-before-order"),
    },
    "kameshkovo": {("Приложения", "D2", "period-mismatch")},
    "derbent": {
        ("Приказы", "D2", "no-number"),
        ("Приказы", "E2", "day-off"),
        *(
            ("Методическое сопровождение", f"C{row}", "deadline-before-order")
            for row in (3, 7, 15, 16, 18, 22, 45, 46)
        ),
    },
    "ivanteevka": {("Дорожная карта", "C2", "unpaired-mark")},
    "belgorod": {
        ("Приказы", "L2", "no-signatory"),
        ("План мероприятий", "B2", "repeated-number"),
        ("План мероприятий", "B14", "repeated-number"),
        ("Приложения", "D2", "typing-slip"),
    },
}


@dataclass(slots=True)
class Facts:
    """What a printed order says: rows and cells of its tables, words in cells and in papers."""

    tables: dict[str, tuple[int, list[str]]] = field(default_factory=dict)
    inside: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)


def plain(text: str) -> str:
    """Return the text with every run of blanks as one: lines are broken where they fit."""
    return " ".join(text.split())


def facts_of(workspace: str) -> Facts:
    facts = Facts()
    into: list[str] = []
    for line in (FACTS / f"{workspace}.txt").read_text("utf-8").splitlines():
        heading = re.fullmatch(r"\[таблица\] (.+) = (\d+)", line)
        if heading:
            into = []
            facts.tables[heading[1]] = (int(heading[2]), into)
        elif line == "[внутри таблиц]":
            into = facts.inside
        elif line == "[бумаги]":
            into = facts.papers
        elif line and not line.startswith("# "):
            into.append(plain(line))
    return facts


def read_workspace(folder: Path) -> tuple[Workspace, list[Problem]]:
    schemas = read_schemas([REGISTERS / "schema"])
    books = open_books(folder, shown=folder.name)
    sheets, read = read_sheets(books, schemas, shared_folders=[REGISTERS / "schema"])
    records, tainted, linked = link_records(schemas, sheets)
    named = {name: row.cells["лист"] for name, row in table_names(records).items()}
    tables, laid_out = read_tables(books, named)
    workspace = make_workspace(folder, schemas, records, tainted, tables)
    return workspace, [*read, *linked, *laid_out, *check_workspace(workspace)]


@pytest.fixture(scope="module", params=WORKSPACES)
def seed(request: pytest.FixtureRequest) -> tuple[str, Workspace, list[Problem]]:
    return request.param, *read_workspace(REGISTERS / request.param)


def order_of(workspace: Workspace) -> Any:
    """Return the workspace's one order as its own papers see it."""
    (record,) = workspace.records["приказы"]
    day = record.values["дата"]
    assert isinstance(day, dt.date)
    return Scope(workspace, day).view(record)


def sentences_of(workspace: Workspace) -> list[str]:
    """Return everything that the papers of the order are worded from."""
    order = order_of(workspace)
    signature = order.подпись
    parts = [
        " ".join([*order.шапка_до, order.вид_в_бланке, *order.шапка_после]),
        *map(str, order.scope.card("организация").бланк_мелко),
        f"{order.дата_в_бланке} {order.номер_в_бланке}",
        order.заголовок_в_бланке,
        f"{order.преамбула_текст} {order.слово_в_преамбуле}{order.слово_отдельно}",
        *(paragraph.строка for paragraph in order.абзацы),
        " ".join(signature.строки),
        signature.имя,
    ]
    if order.исполнитель:
        parts += [str(order.исполнитель.фио), str(order.исполнитель.контакт)]
    for appendix in order.приложения:
        parts += [" ".join(appendix.отметка_строки), str(appendix.заголовок)]
        parts += [text.текст for text in (*appendix.тексты_до, *appendix.тексты_после)]
    return [plain(part) for part in parts]


def cells_of(table: Table) -> Iterator[str]:
    for row in table.rows:
        for cell in row.cells:
            if cell and cell.text:
                yield plain(cell.text)


def test_every_short_cell_stands_in_its_table_in_the_printed_order(
    seed: tuple[str, Workspace, list[Problem]],
) -> None:
    name, workspace, _ = seed
    for sheet, (_, facts) in facts_of(name).tables.items():
        rest = cells_of(workspace.tables[sheet])
        missing = [fact for fact in facts if fact not in rest]
        assert not missing, f"{sheet}: «{missing[0]}» is not there, or not in its place"


def test_tables_have_as_many_rows_as_printed(
    seed: tuple[str, Workspace, list[Problem]],
) -> None:
    name, workspace, _ = seed
    counted = {sheet: len(table.rows) for sheet, table in workspace.tables.items()}
    assert counted == {sheet: count for sheet, (count, _) in facts_of(name).tables.items()}


def test_words_inside_long_cells_are_kept(
    seed: tuple[str, Workspace, list[Problem]],
) -> None:
    name, workspace, _ = seed
    text = "\n".join(cell for table in workspace.tables.values() for cell in cells_of(table))
    assert [fact for fact in facts_of(name).inside if fact not in text] == []


def test_every_fact_of_the_order_is_worded_in_its_papers(
    seed: tuple[str, Workspace, list[Problem]],
) -> None:
    name, workspace, _ = seed
    text = "\n".join(sentences_of(workspace))
    assert [fact for fact in facts_of(name).papers if fact not in text] == []


def test_checks_warn_of_the_printed_slips_and_of_nothing_else(
    seed: tuple[str, Workspace, list[Problem]],
) -> None:
    name, _, problems = seed
    assert [problem for problem in problems if problem.is_error] == []
    found = [(p.where.sheet, p.where.cell, p.code) for p in problems]
    assert sorted(found, key=str) == sorted(EXPECTED[name], key=str)


def test_no_cell_carries_a_tag_or_a_mark_of_emphasis(
    seed: tuple[str, Workspace, list[Problem]],
) -> None:
    _, workspace, _ = seed
    for table in workspace.tables.values():
        assert not [cell for cell in cells_of(table) if re.search(r"<[^>]+>|\*\*", cell)]


def test_every_order_waits_for_its_signature(
    seed: tuple[str, Workspace, list[Problem]],
) -> None:
    _, workspace, _ = seed
    states = {record.values["состояние"] for record in workspace.records["приказы"]}
    assert states == {"на подписи"}


def test_section_rows_cross_the_table() -> None:
    crossing = {"kameshkovo": 5, "derbent": 5, "belgorod": 3}
    for name, count in crossing.items():
        workspace, _ = read_workspace(REGISTERS / name)
        table = next(iter(workspace.tables.values()))
        spans = [row.cells[1] for row in table.rows if len(row.cells) == 2]
        assert [cell.columns for cell in spans if cell] == [len(table.widths) - 1] * count


def test_the_form_of_a_schools_roadmap_is_landscape_with_room_to_fill_in() -> None:
    workspace, _ = read_workspace(REGISTERS / "kameshkovo")
    table = workspace.tables["Форма дорожной карты"]
    assert table.is_landscape
    assert str(order_of(workspace).приложения[1].ориентация) == "альбомная"
    assert [[cell.text for cell in row.cells[4:] if cell] for row in table.rows[1:]] == [
        ["", ""]
    ] * 7
    assert workspace.tables["Дорожная карта"].header_rows == 2


def changed(name: str, folder: Path, change: Callable[[Any], None]) -> Workspace:
    """Return a copy of a workspace read after a clerk has changed its workbook."""
    copy = folder / name
    shutil.copytree(REGISTERS / name, copy)
    book = load_workbook(copy / BOOK)
    change(book)
    book.save(copy / BOOK)
    workspace, problems = read_workspace(copy)
    assert [problem for problem in problems if problem.is_error] == []
    return workspace


def put(sheet: Worksheet, header: str, row: int, value: str) -> None:
    """Type a value under a header."""
    spot = next(cell.column for cell in sheet[1] if cell.value == header)
    sheet.cell(row, spot, value)


def test_a_man_in_place_of_the_director_changes_case_and_gender_everywhere(
    tmp_path: Path,
) -> None:
    def replace_director(book: Any) -> None:
        row = next(cell.row for cell in book["Сотрудники"]["A"] if cell.value == "Гладилова О.А.")
        put(book["Сотрудники"], "Фамилия Имя Отчество", row, "Соколов Пётр Ильич")
        put(book["Сотрудники"], "Пол", row, "м")
        put(book["Организации"], "Руководитель", 2, "Соколов Пётр Ильич")

    text = "\n".join(sentences_of(changed("ivanteevka", tmp_path, replace_director)))
    assert "2. МУ «РЦ УО» (Соколов П.И.) обеспечить проведение" in text
    assert "возложить на директора МУ «РЦ УО» Соколова П.И." in text
    assert "Гладилов" not in text


def test_a_changed_number_changes_every_mark(tmp_path: Path) -> None:
    for name, old, marks in (("kameshkovo", "543", 2), ("belgorod", "325", 1)):
        workspace = changed(
            name, tmp_path, lambda book: put(book["Приказы"], "Номер", 2, "31/2-од")
        )
        sentences = sentences_of(workspace)
        assert not [sentence for sentence in sentences if f"№ {old}" in sentence]
        numbered = [sentence for sentence in sentences if sentence.endswith("№ 31/2-од")]
        assert len(numbered) == 1 + marks, "the letterhead and the mark of each appendix"
