"""The lines of the form of a round of monitoring: what is counted, what is typed, compared.

What can be counted is counted; what is typed for such a line beside it is compared with the count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from docgen.model import Record, Reference, sameness
from docgen.model.columns import (
    INDICATORS,
    LAST_YEAR,
    NOTE,
    ORDER,
    PAIR_FORM,
    PAIRS,
    PAY_UNIT,
    PLANNED,
    REASON,
    SURVEYS,
    TITLE,
    VALUE,
)
from docgen.wording.protocols import RowView
from docgen.wording.record_views import derived_value
from docgen.wording.survey_counts import (
    CATEGORIES,
    IN_TIME,
    NO_CATEGORY,
    SurveyCounts,
    counts_of,
)
from docgen.wording.value_views import text_of

PEOPLE, UNITS, SHARE = "чел.", "ед.", "%"
LEAST_ANSWERS: Final = 5
"""With fewer answers a mean would show who has given them."""
_ROWS: Final = "строки_показателей"
_NUMBER: Final = re.compile(r"[-\u2212–]?\d+(?:[.,]\d+)?")
_MEAN, _ANSWERS = "Удовлетворённость, средняя оценка", "Ответов на анкеты"
_TENTH: Final = Decimal("0.1")
_CALLED: Final = {
    "высшая": "с высшей категорией",
    "первая": "с первой категорией",
    "педагог-наставник": "с категорией «педагог-наставник»",
    "педагог-методист": "с категорией «педагог-методист»",
}
"""How the form calls mentors of a category."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A line: ``факт`` as printed, ``число`` for comparisons (None: to be filled in by hand).

    A line that is ``посчитан`` comes from the registers; it ``расходится`` when another number is
    typed for it. ``часть`` of the line above it: a form, a reason, a category.
    """

    название: str
    единица: str
    факт: str = ""
    число: Decimal | None = None
    план: str = ""
    прошлый: str = ""
    отклонение: str = ""
    примечание: str = ""
    вписано: str = ""
    часть: bool = False
    посчитан: bool = False
    расходится: bool = False


@derived_value(SURVEYS, "показатели")
def indicators_of(survey: RowView) -> list[Indicator]:
    """Return the lines of a round's form, those that are typed alone at the end."""
    typed = _typed_rows(survey)
    counts = counts_of(survey)
    lines = [_with_typed(line, typed.pop(sameness(line.название), None)) for line in _lines(counts)]
    lines += [_with_typed(_own_line(row), row) for row in typed.values()]
    answers = next((line.число for line in lines if line.название == _ANSWERS), None)
    return [_without_small_mean(line, answers) for line in lines]


@derived_value(SURVEYS, "строки_формы")
def lines_of_form(survey: RowView) -> list[Indicator]:
    """Return the lines of the form without numbers, as an order approves it for others to fill."""
    forms, reasons = (_choices_of(survey, name) for name in (PAIR_FORM, REASON))
    ended = dict.fromkeys(one for one in reasons if one != IN_TIME)
    with_pupils = [one for one in forms if "ученик" in one]
    nothing = SurveyCounts(
        *(0,) * 7,
        dict.fromkeys((one for one in forms if one not in with_pupils), 0),
        dict.fromkeys(with_pupils, 0),
        0,
        dict.fromkeys(ended, 0),
        0,
        dict.fromkeys((*CATEGORIES, NO_CATEGORY), 0),
        *(0,) * 4,
    )
    return [Indicator(one.название, one.единица, часть=one.часть) for one in _lines(nothing)]


def _choices_of(survey: RowView, column: str) -> tuple[str, ...]:
    return survey.scope.workspace.schemas[PAIRS].column(column).choices


@derived_value(SURVEYS, "сравнение")
def compared_indicators(survey: RowView) -> list[Indicator]:
    """Return the lines that have a plan or a number of last year: those of the report's table."""
    return [line for line in indicators_of(survey) if line.план or line.прошлый]


def share(part: int, whole: int) -> Decimal | None:
    """Return a share in per cent with one digit, nothing of nothing."""
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(_TENTH, ROUND_HALF_UP)


def _lines(counts: SurveyCounts) -> Iterator[Indicator]:
    yield _counted("Педагогических работников", counts.педагогов)
    yield _counted("Молодых специалистов (стаж до трёх лет)", counts.молодых)
    yield _counted("Охвачено наставничеством педагогических работников", counts.охвачено)
    yield _shared("Доля охваченных наставничеством", counts.охвачено, counts.педагогов)
    yield _counted("Молодых специалистов с наставником", counts.молодых_с_наставником)
    yield _shared(
        "Доля молодых специалистов с наставником", counts.молодых_с_наставником, counts.молодых
    )
    yield _counted("Наставнических пар педагогов", counts.пар, UNITS)
    yield from _parts(counts.формы, UNITS)
    yield _counted("Наставнических пар с обучающимися", counts.пар_обучающихся, UNITS)
    yield from _parts(counts.формы_обучающихся, UNITS)
    yield _counted("Программ утверждено", counts.программ_утверждено, UNITS)
    yield Indicator("Программ выполнено", UNITS)
    yield Indicator("Программ выполнено частично", UNITS)
    yield Indicator("Программ не выполнено", UNITS)
    ended = sum(counts.прекращено.values())
    yield _counted("Наставничество прекращено досрочно", ended, UNITS)
    yield from _parts(counts.прекращено, UNITS)
    yield _counted("Наставников", counts.наставников)
    yield from _parts(counts.категории, PEOPLE)
    yield _counted("Наставников с дополнительным соглашением", counts.с_соглашением)
    yield _counted("Наставников с пунктом в трудовом договоре", counts.с_пунктом)
    yield _counted("Наставников с выплатой", counts.с_выплатой)
    yield Indicator("Наставников обучено", PEOPLE)
    yield Indicator(_MEAN, "балл")
    yield Indicator(_ANSWERS, UNITS)
    yield _counted("Молодых специалистов уволилось", counts.молодых_уволилось)


def _counted(name: str, number: int, unit: str = PEOPLE, *, is_part: bool = False) -> Indicator:
    return Indicator(name, unit, str(number), Decimal(number), часть=is_part, посчитан=True)


def _shared(name: str, part: int, whole: int) -> Indicator:
    number = share(part, whole)
    # Without teachers there is no share, and nothing to fill in either.
    return Indicator(name, SHARE, printed_number(number) or "–", number, посчитан=True)


def _parts(numbers: Mapping[str, int], unit: str) -> Iterator[Indicator]:
    for name, number in numbers.items():
        yield _counted(_CALLED.get(name, name), number, unit, is_part=True)


def _typed_rows(survey: RowView) -> dict[str, Record]:
    """Return the rows typed for the round's order, by the folded names of their lines."""
    order = survey.value(ORDER)
    if not isinstance(order, Reference) or INDICATORS not in survey.scope.workspace.schemas:
        return {}
    rows = survey.scope.children(survey.scope.workspace.version(order, survey.scope.day), _ROWS)
    return {sameness(text_of(view.value(TITLE))): view.record for view in rows}


def _own_line(row: Record) -> Indicator:
    return Indicator(text_of(row.values.get(TITLE)), text_of(row.values.get(PAY_UNIT)))


def _with_typed(line: Indicator, row: Record | None) -> Indicator:
    """Return a line with what is typed for it."""
    if row is None:
        return line
    typed = number_of(text_of(row.values.get(VALUE)))
    plan = number_of(text_of(row.values.get(PLANNED)))
    number = line.число if line.посчитан else typed
    differs = line.посчитан and typed is not None and typed != line.число
    apart = number - plan if number is not None and plan is not None else None
    return Indicator(
        название=line.название,
        единица=line.единица,
        факт=line.факт
        if line.посчитан
        else printed_number(typed) or text_of(row.values.get(VALUE)),
        число=number,
        план=text_of(row.values.get(PLANNED)),
        прошлый=text_of(row.values.get(LAST_YEAR)),
        отклонение=printed_number(apart),
        примечание=text_of(row.values.get(NOTE)),
        вписано=text_of(row.values.get(VALUE)),
        часть=line.часть,
        посчитан=line.посчитан,
        расходится=differs,
    )


def _without_small_mean(line: Indicator, answers: Decimal | None) -> Indicator:
    """Return the line without a mean of so few answers that people could be recognised."""
    if line.название != _MEAN or answers is None or answers >= LEAST_ANSWERS:
        return line
    return Indicator(
        line.название, line.единица, "–", примечание="ответов меньше пяти: не печатается"
    )


def number_of(text: str) -> Decimal | None:
    """Return a typed number, «4,6» and «−3» too; None for words."""
    plain = text.replace(" ", "").replace("\u00a0", "").removesuffix("%")
    if not _NUMBER.fullmatch(plain):
        return None
    return Decimal(plain.replace(",", ".").replace("\u2212", "-").replace("–", "-"))


def printed_number(number: Decimal | None) -> str:
    """Return a number as a form prints it: «4,6», «−3»; nothing of nothing."""
    if number is None:
        return ""
    plain = format(number.normalize(), "f")
    return plain.replace(".", ",").replace("-", "\u2212")
