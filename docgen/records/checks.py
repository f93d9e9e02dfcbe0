"""What rows say together: numbers, days, deadlines, names, marks that do not agree."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice, pairwise

from docgen import russian
from docgen.errors import Location, Problem, warning
from docgen.model import PersonName, Phrase, Record, Reference, Table, Value, Workspace, sameness
from docgen.wording import Scope, full_years, is_known_person, signatory_of, unknown_markers

NO_TEXT = "без текста"
NUMBERED_STATES = frozenset({"подписан", "изменён", "утратил силу"})
SILENT_STATES = frozenset({"проект", "аннулирован"})
_SHORT_NAME = re.compile(
    r"(?:[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.)"
    r"|(?:(?<![А-ЯЁа-яё])[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)"
)
_LEADING_NUMBER = re.compile(r"^\s*(\d+(?:\.\d+)*)\.?\s+\S")
_NUMBER_CELL = re.compile(r"^\s*(\d+(?:\.\d+)*)\.?\s*$")
_POINT_NUMBER = re.compile(r"^\d+(\.\d+)*[.)]?$")
ADULT_AGE = 18
MAX_LEVELS = 4


def check_workspace(workspace: Workspace) -> list[Problem]:
    """Return what a person should look at before signing, and what cannot stand."""
    problems: list[Problem] = []
    for order in workspace.records.get("приказы", ()):
        if not order.is_broken:
            problems += _check_order(order, workspace)
    problems += _check_numbers(workspace)
    for appendix in workspace.records.get("приложения", ()):
        if not appendix.is_broken:
            problems += _check_appendix(appendix, workspace)
    problems += _check_points(workspace)
    problems += _check_children(workspace)
    return problems


def _text(value: Value) -> str:
    return value.text if isinstance(value, PersonName | Phrase | Reference) else str(value or "")


def _day(record: Record, name: str = "дата") -> dt.date | None:
    value = record.values.get(name)
    return value if isinstance(value, dt.date) else None


def _order_of(record: Record, workspace: Workspace) -> Record | None:
    reference = record.values.get("приказ")
    if not isinstance(reference, Reference):
        return None
    return workspace.by_identity[reference.register, reference.identity][0]


def _check_order(order: Record, workspace: Workspace) -> Iterator[Problem]:
    state = _text(order.values.get("состояние"))
    number, day = _text(order.values.get("номер")), _day(order)
    if state in NUMBERED_STATES:
        for name, value in (("номер", number), ("дата", day)):
            if not value:
                yield Problem(
                    "missing-value",
                    order.cells[name],
                    f"у подписанного документа пустой столбец «{name.capitalize()}»; впишите",
                )
    elif not number and state not in SILENT_STATES:
        yield warning(
            "no-number",
            order.cells["номер"],
            f"у документа «{order.identity}» нет номера; на бумаге останется место для него",
        )
    reason = russian.day_off(day) if day else ""
    if day and reason:
        yield warning(
            "day-off",
            order.cells["дата"],
            f"{day:%d.%m.%Y} — {reason}; проверьте дату документа «{order.identity}»",
        )
    if _text(order.values.get("о_чём")) != NO_TEXT and state not in SILENT_STATES:
        yield from _check_signatory(order, workspace)


def _check_signatory(order: Record, workspace: Workspace) -> Iterator[Problem]:
    if any(row.is_broken for row in workspace.records.get("организация", ())):
        return
    scope = Scope(workspace, _day(order) or dt.date.max)
    if not signatory_of(scope, order).имя:
        yield warning(
            "no-signatory",
            order.cells["подписывает"],
            f"некому подписать «{order.identity}»: на дату документа в карточке «Организация» нет "
            "руководителя с именем; на бумаге останется линия для подписи",
        )


def _check_numbers(workspace: Workspace) -> Iterator[Problem]:
    groups: dict[tuple[str, int, str], list[Record]] = defaultdict(list)
    for order in workspace.records.get("приказы", ()):
        number, day = _text(order.values.get("номер")), _day(order)
        if number and day:
            series = sameness(_text(order.values.get("серия")))
            groups[series, day.year, sameness(number)].append(order)
    for group in groups.values():
        for later in group[1:]:
            yield Problem(
                "duplicate-number",
                later.cells["номер"],
                f"номер «{_text(later.values['номер'])}» в этой серии и в этом году уже занят: "
                f"{group[0].cells['номер']}; дайте другой номер",
            )


def _check_appendix(appendix: Record, workspace: Workspace) -> Iterator[Problem]:
    order = _order_of(appendix, workspace)
    sheet = _text(appendix.values.get("лист"))
    is_table = _text(appendix.values.get("шаблон")) == "таблица"
    if is_table and not sheet:
        yield Problem(
            "missing-value",
            appendix.cells["лист"],
            "не назван лист с таблицей приложения; впишите имя листа этой книги",
        )
    table = workspace.tables.get(sheet)
    if order is None or table is None or not is_table:
        return
    yield from _check_periods(order, appendix)
    yield from _check_deadlines(table, order)
    yield from _check_repeated_numbers(table)
    yield from _check_names(table, order, workspace)


def _check_periods(order: Record, appendix: Record) -> Iterator[Problem]:
    heading = russian.years_in(_text(order.values.get("заголовок")))
    plan = russian.years_in(_text(appendix.values.get("заголовок")))
    if heading and plan and heading != plan:
        yield warning(
            "period-mismatch",
            appendix.cells["заголовок"],
            f"заголовок документа говорит о {_years(heading)}, а приложение — о {_years(plan)}; "
            "сверьте сроки",
        )


def _years(years: frozenset[int]) -> str:
    return "–".join(str(year) for year in sorted(years))


def columns_named(table: Table, *stems: str) -> list[int]:
    """Return the grid columns whose heading contains one of the word stems."""
    found: list[int] = []
    for row in table.rows[: table.header_rows]:
        for index, cell in enumerate(row.cells):
            heading = cell.text.casefold() if cell else ""
            if any(stem in heading for stem in stems) and index not in found:
                found.append(index)
    return found


def _check_deadlines(table: Table, order: Record) -> Iterator[Problem]:
    day = _day(order)
    columns = columns_named(table, "срок", "дата")
    for row in table.rows[table.header_rows :] if day else ():
        for index in columns:
            cell = row.cells[index] if index < len(row.cells) else None
            deadline = russian.last_deadline(cell.text) if cell and cell.text else None
            if cell and deadline and day and deadline < day:
                yield warning(
                    "deadline-before-order",
                    cell.where,
                    f"срок «{cell.text}» раньше даты документа {day:%d.%m.%Y}; сверьте",
                )


def _check_repeated_numbers(table: Table) -> Iterator[Problem]:
    for row in table.rows[table.header_rows :]:
        filled = [cell for cell in row.cells if cell and cell.text]
        for number, name in islice(pairwise(filled), 1):
            own, repeated = _NUMBER_CELL.match(number.text), _LEADING_NUMBER.match(name.text)
            if own and repeated and own[1] == repeated[1]:
                yield warning(
                    "repeated-number",
                    name.where,
                    f"номер «{number.text}» повторён в названии «{name.text}»; напечатано как есть",
                )


def _check_names(table: Table, order: Record, workspace: Workspace) -> Iterator[Problem]:
    day = _day(order) or dt.date.max
    people = [
        record.values.get("фио")
        for register in ("сотрудники", "дети")
        for record in workspace.records.get(register, ())
        if record.holds_on(day) or day == dt.date.max
    ]
    known = [name for name in people if isinstance(name, PersonName)]
    for row in table.rows[table.header_rows :]:
        for cell in row.cells:
            for found in _SHORT_NAME.findall(cell.text) if cell else ():
                if cell and not any(is_known_person(name, found) for name in known):
                    yield warning(
                        "unknown-name",
                        cell.where,
                        f"«{found}» нет среди сотрудников на дату документа; проверьте фамилию",
                    )


def _check_points(workspace: Workspace) -> Iterator[Problem]:
    seen: dict[tuple[str, str], Location] = {}
    for point in workspace.records.get("пункты", ()):
        order = _order_of(point, workspace)
        if order is None or point.is_broken:
            continue
        yield from _check_number(point, order, seen)
        yield from _check_appendix_numbers(point, order, workspace)
    for register in ("пункты", "преамбула", "тексты"):
        for row in workspace.records.get(register, ()):
            yield from _check_markers(row)


def _check_number(
    point: Record, order: Record, seen: dict[tuple[str, str], Location]
) -> Iterator[Problem]:
    number = _text(point.values.get("номер")).rstrip(".)")
    if not _POINT_NUMBER.match(number):
        return
    if number.count(".") >= MAX_LEVELS:
        yield Problem(
            "bad-number",
            point.cells["номер"],
            f"у пункта «{number}» больше четырёх уровней; сократите (ГОСТ Р 7.0.97)",
        )
    earlier = seen.setdefault((order.identity, number), point.cells["номер"])
    if earlier != point.cells["номер"]:
        yield Problem(
            "duplicate-key",
            point.cells["номер"],
            f"пункт «{number}» этого приказа уже есть: {earlier}; исправьте номер",
        )


def _check_appendix_numbers(
    point: Record, order: Record, workspace: Workspace
) -> Iterator[Problem]:
    named = point.values.get("приложение")
    rows = workspace.children.get((order.register, order.identity, "приложения"), ())
    known = {_text(row.values.get("номер")) for row in rows}
    for item in named if isinstance(named, tuple) else ():
        number = _text(item).removeprefix("№").strip()
        is_there = bool(rows) if number in {"да", "+"} else number in known
        if not is_there:
            yield Problem(
                "appendix-absent",
                point.cells["приложение"],
                f"приложения «{_text(item)}» у документа «{order.identity}» нет на листе "
                "«Приложения»; добавьте его или исправьте номер",
            )


def _check_markers(row: Record) -> Iterator[Problem]:
    for mark in unknown_markers(_text(row.values.get("текст")), frozenset(row.values)):
        yield warning(
            "undefined-variable",
            row.cells["текст"],
            f"в тексте стоит {mark}, такого знака нет и он напечатается как есть; бывают {{кого}}, "
            "{кому}, {кем}, {о ком}, {акт род}, {срок}, {приложение}",
        )


def _check_children(workspace: Workspace) -> Iterator[Problem]:
    for child in workspace.records.get("дети", ()):
        born, begins = _day(child, "рождён"), child.begins
        if child.is_broken or not born or child.values.get("представитель"):
            continue
        if full_years(born, begins or dt.date(born.year + ADULT_AGE - 1, 12, 31)) < ADULT_AGE:
            yield Problem(
                "missing-value",
                child.cells["представитель"],
                f"у несовершеннолетнего «{child.identity}» не назван представитель; впишите ФИО",
            )
