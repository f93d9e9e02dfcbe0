"""Check the table of an appendix against its order: periods, deadlines, numbers, names."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from docgen import russian
from docgen.errors import Problem, warning
from docgen.model import Record, Table, TableCell, Workspace, sameness
from docgen.model.columns import HEADING, POST, STAFF
from docgen.records.check_table_names import SHORT_NAME, SURNAME, check_table_names
from docgen.records.check_table_years import check_table_years
from docgen.records.order_days import day_in, document_day
from docgen.records.typed_posts import is_same_post
from docgen.russian.letters import CAPITAL, SMALL
from docgen.wording import name_on, short_name_key, short_name_keys, text_of

_NAMED_POST = re.compile(
    rf"(?:^|[;\n])\s*({SHORT_NAME.pattern}|{SURNAME} [{CAPITAL}][{SMALL}]+ [{CAPITAL}][{SMALL}]+)"
    r",\s*([^,;\n]+)"
)
_LEADING_NUMBER = re.compile(r"^\s*(\d+(?:\.\d+)*)\.?\s+\S")
_IS_AHEAD = re.compile(r"\bна (?:период )?(?:с |до |по )?\d{4}")
_MOST, _FEWEST_NAMED, _MOST_QUOTED = 0.5, 2, 60
_RESPONSIBLE = ("ответствен", "исполнител")
_WHEN = ("срок", "дата", "период", "когда", "месяц")
_PAST = re.compile(
    r"рожд|при[её]м|приказ|докум|договор|протокол|выда|присво|назнач|поступл|аттестац|утвержд"
    r"|регистр|стаж|образован|квалиф|курс|срок\w* (?:действ|полномоч)"
    r"|период (?:работ|обучен|замещ|отсутств)",
    re.IGNORECASE,
)
"""Headings of days that are no deadlines: of birth, of documents, of what people have done."""
_NUMBER_CELL = re.compile(r"^\s*(?:№ ?)?(\d+(?:\.\d+)*)[.)]?\s*$")


def check_tables(
    tables: Iterable[Table], appendix: Record, order: Record, workspace: Workspace
) -> Iterator[Problem]:
    """Yield a warning for everything in the tables of an appendix that disagrees with its order."""
    yield from _check_periods(order, appendix)
    for table in dict.fromkeys(tables):
        yield from _check_deadlines(table, order)
        yield from check_table_years(table, appendix, order, workspace, [*_deadlines(table)])
        yield from _check_repeated_numbers(table)
        yield from _check_responsible(table)
        yield from _check_numbering(table)
        responsible = frozenset(columns_named(table, *_RESPONSIBLE))
        yield from check_table_names(table, order, workspace, responsible)
        yield from _check_posts(table, order, workspace)
        yield from _check_named_posts(table, order, workspace)


def _check_periods(order: Record, appendix: Record) -> Iterator[Problem]:
    heading = russian.years_in(text_of(order.values.get(HEADING)))
    said = text_of(appendix.values.get(HEADING))
    plan = russian.years_in(said)
    school_years = [
        russian.school_years_in(text_of(row.values.get(HEADING))) for row in (order, appendix)
    ]
    if all(school_years):
        # Said once of the whole order: ``check_years``.
        return
    day = day_in(order)
    is_over = plan and day and max(plan) < day.year and not school_years[1]
    if is_over and not heading and _IS_AHEAD.search(said):
        yield warning(
            "period-mismatch",
            appendix.cells[HEADING],
            f"приложение на {_years(plan)} год, а документ от {day:%d.%m.%Y}; сверьте сроки",
        )
    if heading and plan and heading != plan:
        yield warning(
            "period-mismatch",
            appendix.cells[HEADING],
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


def short_names_in(text: str) -> frozenset[str]:
    """Return the keys of the surnames with initials in a text, however they are declined there.

    A surname counts by its first letters, since a point has it in the dative.
    """
    found = [" ".join(one[0].replace("\u00a0", " ").split()) for one in SHORT_NAME.finditer(text)]
    return frozenset(map(_declined_key, found))


def _declined_key(name: str) -> str:
    initials = "".join(sign for sign in re.findall(rf"([{CAPITAL}])\.", name))
    surname = re.sub(rf"[{CAPITAL}]\.\s?", "", name).strip().casefold().replace("ё", "е")
    return f"{surname[:_STEM]}{initials}"


_STEM = 4


def _body(table: Table) -> Iterator[tuple[TableCell | None, ...]]:
    return (row.cells for row in table.rows[table.header_rows :])


def _check_deadlines(table: Table, order: Record) -> Iterator[Problem]:
    day = day_in(order)
    for cell in _deadlines(table) if day else ():
        deadline = russian.last_deadline(cell.text)
        if deadline and day and deadline < day:
            yield warning(
                "deadline-before-order",
                cell.where,
                f"срок «{cell.text}» раньше даты документа {day:%d.%m.%Y}; сверьте",
            )


def _deadlines(table: Table) -> Iterator[TableCell]:
    """Yield the filled cells that say when something is to be done."""
    columns = [
        index for index in columns_named(table, *_WHEN) if not _PAST.search(_head(table, index))
    ]
    for cells in _body(table):
        for index in columns:
            cell = cells[index] if index < len(cells) else None
            if cell is not None and cell.text:
                yield cell


def _head(table: Table, index: int) -> str:
    heads = (row.cells[index] for row in table.rows[: table.header_rows] if index < len(row.cells))
    return " ".join(cell.text for cell in heads if cell is not None)


def _check_repeated_numbers(table: Table) -> Iterator[Problem]:
    for cells in _body(table):
        filled = (cell for cell in cells if cell and cell.text)
        for number, name in islice(pairwise(filled), 1):
            own, repeated = _NUMBER_CELL.match(number.text), _LEADING_NUMBER.match(name.text)
            if own and repeated and own[1] == repeated[1]:
                yield warning(
                    "repeated-number",
                    name.where,
                    f"номер «{number.text}» повторён в названии «{name.text}»; уберите один из них",
                )


def _check_numbering(table: Table) -> Iterator[Problem]:
    """Yield a warning where the numbers of rows repeat one or leave one out."""
    before: tuple[int, ...] = ()
    for cells in _body(table):
        first = next((cell for cell in cells if cell), None)
        found = _NUMBER_CELL.match(first.text) if first and first is cells[0] else None
        if first is None or found is None:
            continue
        number = tuple(map(int, found[1].split(".")))
        if before and not _may_follow(number, before):
            what = "повторён" if number <= before else "не следует за"
            shown = ".".join(map(str, before))
            said = f"номер {found[1]} {what}" + (f" {shown}" if number > before else "")
            yield warning("skipped-number", first.where, f"{said}; сверьте номера строк")
        before = number


def _may_follow(number: tuple[int, ...], before: tuple[int, ...]) -> bool:
    """Return whether a number of a row may follow another: next, below it, above, or begun anew."""
    if set(number) == {1} or number == (*before, 1):
        return True
    for level, value in enumerate(before):
        next_one = (*before[:level], value + 1)
        if number[: level + 1] == next_one and set(number[level + 1 :]) <= {1}:
            return True
    return False


def _check_posts(table: Table, order: Record, workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning where a typed list gives somebody another post than the register.

    A list of pairs has two columns of posts: each belongs to the name before it.
    """
    posts = columns_named(table, "должност")
    known = _posts(workspace, document_day(order, workspace)) if posts else {}
    for cells in _body(table) if known else ():
        person: TableCell | None = None
        for at, cell in enumerate(cells):
            if cell is None or not cell.text:
                continue
            if at not in posts:
                person = cell if _person_key(cell.text) in known else person
            elif person is not None:
                right = known[_person_key(person.text)]
                if right and not is_same_post(right, cell.text):
                    yield warning(
                        "post-differs",
                        cell.where,
                        f"у «{person.text}» должность «{cell.text}», а на листе «Сотрудники» "
                        f"«{right}»; сверьте",
                    )
                person = None


def _check_named_posts(table: Table, order: Record, workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning where a cell calls somebody by another post: «Белов П.И., учитель химии»."""
    for cells in _body(table):
        for cell in filter(None, cells):
            for found in _NAMED_POST.finditer(cell.text) if "," in cell.text else ():
                known = _posts(workspace, document_day(order, workspace))
                right, typed = known.get(_person_key(found[1])), found[2].strip()
                words = {sameness(post.partition(" ")[0]) for post in known.values()}
                is_post = sameness(typed.partition(" ")[0]) in words
                if right and is_post and not is_same_post(right, typed):
                    yield warning(
                        "post-differs",
                        cell.where,
                        f"у «{found[1]}» должность «{typed}», а на листе «Сотрудники» «{right}»; "
                        "сверьте",
                    )


def _person_key(text: str) -> str:
    """Return what a name is known by: in full, or with initials."""
    return short_name_key(text) if "." in text else sameness(text)


@functools.lru_cache(maxsize=64)
def _posts(workspace: Workspace, day: dt.date) -> dict[str, str]:
    """Return the posts of people on a day by full and by short names; namesakes have none."""
    found: dict[str, str] = {}
    twins: set[str] = set()
    for record in workspace.records.get(STAFF, ()):
        name = name_on(record, day) if record.holds_on(day) else None
        if name is not None:
            keys = {sameness(name.text), *short_name_keys([name])}
            twins |= keys & found.keys()
            found |= dict.fromkeys(keys, text_of(record.values.get(POST)))
    return {key: post for key, post in found.items() if key not in twins}


def _check_responsible(table: Table) -> Iterator[Problem]:
    """Yield a warning for each row of a plan that names nobody responsible, where most others do.

    A row that lacks more than that, such as the title of a section, is none of the plan's.
    """
    body = [cells for cells in _body(table) if all(one and one.columns == 1 for one in cells)]
    for index in columns_named(table, *_RESPONSIBLE):
        usual = [
            column
            for column in range(len(table.widths))
            if column != index and _share(body, column) > _MOST
        ]
        rows = [cells for cells in body if all(_text_at(cells, column) for column in usual)]
        named = sum(bool(_text_at(cells, index)) for cells in rows)
        if not usual or named < _FEWEST_NAMED or named <= _MOST * len(rows):
            continue
        for cells in rows:
            cell = cells[index] if index < len(cells) else None
            if cell is not None and not cell.text and not cell.pictures:
                what = " ".join(_text_at(cells, column) for column in usual[:2])[:_MOST_QUOTED]
                yield warning(
                    "no-responsible",
                    cell.where,
                    f"«{what}»: не назван ответственный, а у остальных строк он есть; впишите",
                )


def _share(rows: Sequence[Sequence[TableCell | None]], column: int) -> float:
    """Return in which part of the rows a column is filled."""
    return sum(bool(_text_at(cells, column)) for cells in rows) / max(len(rows), 1)


def _text_at(cells: Sequence[TableCell | None], column: int) -> str:
    cell = cells[column] if column < len(cells) else None
    return cell.text if cell is not None else ""
