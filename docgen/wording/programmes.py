"""The programme of a pair: its own rows, else those of the sample for its purpose.

Months of a sample are laid into the pair's term: the first such month of it, or, for one that the
term does not have, its first or last month. Own rows are printed as they are typed.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from docgen.model import Record, sameness
from docgen.model.columns import (
    BEGINS,
    DEADLINE,
    ENDS,
    PAIRS,
    PART,
    PROGRAMMES,
    PURPOSE,
    SAMPLES,
)
from docgen.wording.protocols import RowView
from docgen.wording.record_views import RecordView, derived_value
from docgen.wording.value_views import DateView, text_of

_OWN_ROWS: Final = "строки_программы"
"""The list under which a pair sees the rows of its own programme."""
_NAMES: Final = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)
_MONTH: Final = re.compile(rf"\b(?:{'|'.join(_NAMES)})\b(?!\s*20\d\d)", re.IGNORECASE)
_DATED: Final = re.compile(rf"\b({'|'.join(_NAMES)}) (20\d\d)\b", re.IGNORECASE)
_STEM: Final = re.compile(rf"\b(?:{'|'.join(one[:3] for one in _NAMES)}|мая)", re.IGNORECASE)
_YEAR: Final = re.compile(r"\b20\d\d\b")
_COUNTED: Final = re.compile(r"\b\d{1,2}(?=-?й месяц\b)", re.IGNORECASE)
_YEAR_BEGINS: Final = 9
_AGAIN: Final = re.compile(r"(\b\w+ 20\d\d г\.)(?:\s*(?:,|;|–|-|и)\s*\1)+")
_SAME_YEAR: Final = re.compile(r" (20\d\d) г\.(?=\s*(?:,|;|–|-|и)\s*\w+ \1 г\.)")


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A line of a programme: what of it, and for an event its direction, form, month, result.

    ``вне_срока`` is true of one that was typed for a day or month outside of the pair's term.
    """

    row: RecordView
    срок: str | DateView
    вне_срока: bool = False

    @property
    def направление(self) -> str:
        """The direction of work."""
        return str(self.row.направление)

    @property
    def текст(self) -> str:
        """The words: an event, a task, a result, an indicator."""
        return str(self.row.текст)

    @property
    def форма(self) -> str:
        """How it is done."""
        return str(self.row.форма)

    @property
    def результат(self) -> str:
        """What comes of it."""
        return str(self.row.результат)

    @property
    def выполнено(self) -> object:
        """The day on which it was done; a sample, which is of no pair, has none."""
        return self.row.выполнено if self.row.record.register == PROGRAMMES else ""


@dataclass(frozen=True, slots=True)
class ProgrammeMonth:
    """The events of a programme that have one term, in the order of their rows."""

    месяц: str
    мероприятия: list[ProgrammeRow]


@dataclass(frozen=True, slots=True)
class Programme:
    """What a pair's programme says, part by part."""

    цель: list[ProgrammeRow]
    задачи: list[ProgrammeRow]
    результаты: list[ProgrammeRow]
    мероприятия: list[ProgrammeRow]
    показатели: list[ProgrammeRow]

    @property
    def по_месяцам(self) -> list[ProgrammeMonth]:
        """The events by their terms, the earliest first, those without a month last."""
        found: dict[str, list[ProgrammeRow]] = {}
        for row in self.мероприятия:
            found.setdefault(str(row.срок).strip(), []).append(row)
        return [ProgrammeMonth(one, found[one]) for one in sorted(found, key=_month_of)]


def _month_of(term: str) -> tuple[int, int]:
    """Return year and number of the first month that a term names; what names none is last."""
    month, year = _STEM.search(term), _YEAR.search(term)
    if month is None or year is None:
        return 9999, 0
    stems = [name[:3] for name in _NAMES]
    return int(year[0]), stems.index(month[0].casefold().replace("мая", "май")[:3])


_PARTS: Final = ("цель", "задача", "результат", "мероприятие", "показатель")


@derived_value(PAIRS, "программа")
def programme_of(pair: RowView) -> Programme:
    """Return what the programme of a pair says; of what neither sheet says, nothing."""
    own = _own_rows(pair)
    sample = _sample_rows(pair)
    parts: list[list[ProgrammeRow]] = []
    for part in _PARTS:
        mine = [row for row in own if _part_of(row) == part]
        found = mine or [row for row in sample if _part_of(row) == part]
        scope = pair.scope
        parts.append([_shown(scope.view(row), pair, is_laid=not mine) for row in found])
    return Programme(*parts)


def _part_of(row: Record) -> str:
    return sameness(text_of(row.values.get(PART))) or "мероприятие"


def _own_rows(pair: RowView) -> list[Record]:
    scope = pair.scope
    if PROGRAMMES not in scope.workspace.schemas:
        return []
    return [view.record for view in scope.children(pair.record, _OWN_ROWS)]


def _sample_rows(pair: RowView) -> list[Record]:
    """Return the rows of the sample whose purposes hold that of the pair."""
    wanted = sameness(text_of(pair.value(PURPOSE)))
    rows = [
        row
        for row in pair.scope.workspace.records.get(SAMPLES, ())
        if wanted and not row.is_broken and wanted in _purposes(row)
    ]
    pair.scope.note_rows(f"{PAIRS}/{pair.record.identity}/{SAMPLES}", rows)
    return rows


def _purposes(row: Record) -> set[str]:
    named = row.values.get(PURPOSE)
    return {sameness(text_of(one)) for one in (named if isinstance(named, tuple) else (named,))}


def _shown(row: RecordView, pair: RowView, *, is_laid: bool) -> ProgrammeRow:
    term = row.value(DEADLINE)
    begins, ends = pair.value(BEGINS), pair.value(ENDS)
    if not isinstance(begins, dt.date) or not isinstance(ends, dt.date) or begins > ends:
        return ProgrammeRow(row, text_of(term))
    if isinstance(term, dt.date):
        is_out = not begins <= term <= ends
        return ProgrammeRow(row, row.scope.date(term).в_тексте, is_out)
    text = text_of(term)
    if is_laid:
        return ProgrammeRow(row, laid(text, begins, ends))
    months = set(_months(begins, ends))
    named = {(int(year), _NAMES.index(name.casefold()) + 1) for name, year in _DATED.findall(text)}
    return ProgrammeRow(row, text, not named <= months)


def laid(text: str, begins: dt.date, ends: dt.date) -> str:
    """Return «октябрь – апрель» as «октябрь 2026 г. – апрель 2027 г.», within a term."""
    months = _months(begins, ends)

    def placed(match: re.Match[str]) -> str:
        number = _NAMES.index(match[0].casefold()) + 1
        return _named(_nearest(number, months))

    def counted(match: re.Match[str]) -> str:
        return _named(months[min(max(int(match[0]), 1), len(months)) - 1])

    text = re.sub(r"-?й месяц\b", "", _COUNTED.sub(counted, text))
    return _SAME_YEAR.sub("", _AGAIN.sub(r"\1", _MONTH.sub(placed, text)))


def _named(month: tuple[int, int]) -> str:
    return f"{_NAMES[month[1] - 1]} {month[0]} г."


def _months(begins: dt.date, ends: dt.date) -> list[tuple[int, int]]:
    first, last = begins.year * 12 + begins.month - 1, ends.year * 12 + ends.month - 1
    return [(one // 12, one % 12 + 1) for one in range(first, last + 1)]


def _nearest(number: int, months: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the first month of that number, else the first or last by the school year."""
    for month in months:
        if month[1] == number:
            return month
    before = (number - _YEAR_BEGINS) % 12 < (months[0][1] - _YEAR_BEGINS) % 12
    return months[0] if before else months[-1]
