"""Check the numbers of points, and the words in braces of every text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from docgen.errors import Location, Problem, warning
from docgen.model import Record, Workspace
from docgen.model.columns import (
    ADDRESSEES,
    APPENDICES,
    APPENDIX,
    DEADLINE,
    HEADING,
    NUMBER,
    ORDERS,
    PERSON,
    POINTS,
    PREAMBLE,
    RESPONSIBLE,
    STATE,
    TEXT,
    TEXTS,
)
from docgen.model.states import FROZEN, VOID
from docgen.wording import marker_columns, text_of, unknown_markers

_POINT_NUMBER = re.compile(r"^\d+(\.\d+)*$")
_WORDS_FOR_NUMBER = re.compile(r"[а-яёa-z]{2}(?<![ivx]{2})", re.IGNORECASE)
"""What numbers nothing: a word; «II» and «а)» do."""
_LONE_BRACE = re.compile(r"\{[^{}]*(?=\{|$)|(?:(?<=\})|^)[^{}]*\}")
"""A brace without its other half, with the words up to the next one."""
_LETTERS = "абвгдежзиклмнопрстуфхцчшщэюя"
"""The letters that number items: all but ё, й, ъ, ы, ь."""
_LATIN = str.maketrans("aeoc", "аеос")
_LETTER = re.compile(r"^([а-я])\)?$")
_SAID = (TEXT, ADDRESSEES, PERSON, DEADLINE, APPENDIX, RESPONSIBLE)
_MOST_QUOTED, _MOST_SHOWN = 40, 12
_MAX_LEVELS = 4
"""How deep points may be numbered, as in «1.2.3.4» (ГОСТ Р 7.0.97-2016)."""


def check_points(workspace: Workspace) -> Iterator[Problem]:
    """Yield the problems of numbers of points and of words in braces."""
    yield from _check_numbers(workspace)
    for order in workspace.records.get(ORDERS, ()):
        yield from _check_empty(order, workspace)
    if (ORDERS, POINTS) not in workspace.tainted:
        yield from _check_letters(workspace)
    for register in (ORDERS, APPENDICES):
        for row in workspace.records.get(register, ()):
            yield from _check_braces(row, HEADING)
    for register in (POINTS, PREAMBLE, TEXTS):
        for row in workspace.records.get(register, ()):
            if not row.is_broken:
                yield from _check_braces(row, TEXT)
                yield from _check_markers(row, workspace)


def _check_numbers(workspace: Workspace) -> Iterator[Problem]:
    seen: dict[tuple[str, str], Location] = {}
    numbered: dict[str, list[Record]] = {}
    unsure: set[str] = set()
    for point in workspace.records.get(POINTS, ()):
        order = workspace.order_of(point)
        if order is not None and not point.is_broken:
            yield from _check_number(point, order, seen)
        if order is None:
            continue
        if _POINT_NUMBER.match(_number_of(point)):
            numbered.setdefault(order.identity, []).append(point)
        elif point.is_broken or _begins_otherwise(point, order, numbered):
            unsure.add(order.identity)
    # A point that cannot be read, or of no order, may be the one that is missed.
    if (ORDERS, POINTS) not in workspace.tainted:
        for name in numbered.keys() - unsure:
            yield from _check_gaps(numbered[name])


def _check_empty(order: Record, workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning at each point of an order of which its number alone would be printed."""
    if order.is_broken or order.values.get(STATE) in VOID | FROZEN:
        return
    points = workspace.children.get((ORDERS, order.identity, POINTS), ())
    for point, after in zip_longest(points, points[1:]):
        number = _number_of(point)
        is_said = point.is_broken or any(point.values.get(name) for name in _SAID)
        if is_said or not _POINT_NUMBER.match(number):
            continue
        below = _number_of(after) if after is not None else "0"
        if _POINT_NUMBER.match(below) and not below.startswith(f"{number}."):
            yield warning(
                "missing-value",
                point.cells[TEXT],
                f"пункт {number} пуст, напечатается один номер; впишите, что сделать, или удалите "
                "строку",
            )


def _check_letters(workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning at each letter that neither follows the one before it nor begins anew."""
    before, of_order = "", ""
    for point in workspace.records.get(POINTS, ()):
        order = workspace.order_of(point)
        if order is None or point.is_broken:
            continue
        before = before if order.identity == of_order else ""
        of_order = order.identity
        typed = _number_of(point)
        found = _LETTER.match(typed.casefold().translate(_LATIN))
        letter = found[1] if found else ""
        place = _LETTERS.find(before) + 1 if before else 0
        if letter not in {"", "а", _LETTERS[place : place + 1]}:
            yield warning(
                "skipped-number",
                point.cells[NUMBER],
                f"пункт «{letter})» стоит не на месте; здесь ждали "
                f"«{_LETTERS[place : place + 1]})», проверьте буквы",
            )
        # A paragraph without a number, or with a dash, stands between two letters.
        if letter or _POINT_NUMBER.match(typed):
            before = letter


def _begins_otherwise(point: Record, order: Record, numbered: Mapping[str, object]) -> bool:
    """Whether the first points of an order are numbered in another way: «1)», «I»."""
    return _number_of(point)[:1].isalnum() and order.identity not in numbered


def _check_number(
    point: Record, order: Record, seen: dict[tuple[str, str], Location]
) -> Iterator[Problem]:
    number = _number_of(point)
    if _WORDS_FOR_NUMBER.search(number):
        yield warning(
            "bad-number",
            point.cells[NUMBER],
            f"номер пункта «{number}» напечатается как вписан; впишите цифру, букву или черту",
        )
    if not _POINT_NUMBER.match(number):
        return
    if number.count(".") >= _MAX_LEVELS:
        yield Problem(
            "bad-number",
            point.cells[NUMBER],
            f"у пункта «{number}» больше четырёх уровней; сократите (ГОСТ Р 7.0.97)",
        )
    earlier = seen.setdefault((order.identity, number), point.cells[NUMBER])
    if earlier != point.cells[NUMBER]:
        yield Problem(
            "duplicate-key",
            point.cells[NUMBER],
            f"пункт «{number}» этого приказа уже есть: {earlier}; исправьте номер",
        )


def _number_of(point: Record) -> str:
    return text_of(point.values.get(NUMBER)).rstrip(".")


def _check_gaps(points: Sequence[Record]) -> Iterator[Problem]:
    """Yield a warning at the first number of an order that does not follow the one before it."""
    numbers = [tuple(map(int, _number_of(point).split("."))) for point in points]
    before: tuple[int, ...] = ()
    for at, (point, number) in enumerate(zip(points, numbers, strict=True)):
        if number in numbers[:at]:
            # One that stands twice is an error of its own.
            continue
        if number not in _followers(before):
            shown = ", ".join(_number_of(one) for one in points[:_MOST_SHOWN])
            more = "…" if len(points) > _MOST_SHOWN else ""
            wanted = ".".join(map(str, _followers(before)[0]))
            yield warning(
                "skipped-number",
                point.cells[NUMBER],
                f"пункты идут не подряд: {shown}{more}; здесь ждали {wanted}, проверьте номера",
            )
            return
        before = number


def _followers(number: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Return the numbers that may follow one, the usual first: 2.3 and 3 follow 2.2, and 2.2.1."""
    if not number:
        return [(1,), (1, 1)]
    next_ones = [(*number[:level], number[level] + 1) for level in range(len(number))]
    return [*reversed(next_ones), (*number, 1), *((*one, 1) for one in next_ones)]


def _check_braces(row: Record, column: str) -> Iterator[Problem]:
    """Yield an error for a brace without its other half: nothing would be put in its place."""
    if slip := _LONE_BRACE.search(text_of(row.values.get(column))):
        yield Problem(
            "undefined-variable",
            row.cells[column],
            f"скобка «{slip[0].strip()[:_MOST_QUOTED]}» {_fault_of(slip[0])}: вместо неё ничего не "
            "подставится; поставьте вторую или уберите",
        )


def _check_markers(row: Record, workspace: Workspace) -> Iterator[Problem]:
    text, columns = text_of(row.values.get(TEXT)), frozenset(row.values)
    for mark in unknown_markers(text, columns):
        yield warning(
            "undefined-variable",
            row.cells[TEXT],
            f"в тексте стоит {mark}, такого знака нет и он напечатается как есть; исправьте его: "
            "бывают {кого}, {кому}, {кем}, {о ком}, {акт род}, {срок}, {приложение}",
        )
    for name in marker_columns(text, columns):
        if not row.values.get(name):
            header = workspace.schemas[row.register].column(name).header
            yield Problem(
                "missing-value",
                row.cells[name],
                f"текст «{text}» берёт слова из столбца «{header}», а он пуст; впишите значение "
                "или уберите знак в фигурных скобках",
            )


def _fault_of(slip: str) -> str:
    return "не закрыта" if slip.startswith("{") else "не открыта"
