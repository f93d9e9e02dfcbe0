"""What a round of monitoring counts, and how typed numbers stand beside it."""

from __future__ import annotations

import datetime as dt
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docgen.model import Record
from docgen.model.columns import INDICATORS, STAFF, SURVEYS
from docgen.pipeline.workspace.wish import Wish, make_plan
from docgen.wording import Scope
from docgen.wording.survey_arrangements import arrangements_of, spread
from docgen.wording.survey_counts import SurveyCounts, counts_of
from docgen.wording.survey_indicators import (
    Indicator,
    indicators_of,
    lines_of_form,
    number_of,
    share,
)
from tests.support.builders import shipped_schemas
from tests.support.eventful_school import eventful_school
from tests.support.shipped import EVENTFUL, prepared, ready_at
from tests.support.small_root import BOOK

ROUND = "О мониторинге"


def survey_row(name: str) -> Record:
    (row,) = [one for one in prepared(name).workspace.records[SURVEYS] if one.identity == ROUND]
    return row


def counted(name: str) -> SurveyCounts:
    return counts_of(Scope(prepared(name).workspace, dt.date(2027, 1, 25)).view(survey_row(name)))


def lines(name: str = "school") -> dict[str, Indicator]:
    view = Scope(prepared(name).workspace, dt.date(2027, 1, 25)).view(survey_row(name))
    return {one.название: one for one in indicators_of(view)}


def test_the_pairs_of_forms_are_all_pairs_and_a_covered_teacher_counts_once() -> None:
    found = counted("school")

    assert sum(found.формы.values()) == found.пар == 12
    assert sum(found.формы_обучающихся.values()) == found.пар_обучающихся == 2
    assert found.охвачено == found.педагогов == 24
    assert found.молодых_с_наставником == found.молодых == 12
    assert found.без_стажа == 0


def test_pairs_that_ended_in_the_period_are_counted_with_their_reasons() -> None:
    found = counted(EVENTFUL)

    assert found.прекращено == {"отказ наставника": 1, "отмена": 1}
    assert found.пар == sum(found.формы.values()) == 14
    assert found.охвачено <= found.педагогов


def test_what_cannot_be_counted_is_typed_or_left_for_the_pen() -> None:
    found = lines()

    assert found["Программ выполнено"].факт == ""
    assert found["Наставников обучено"].факт == "12"
    assert found["Удовлетворённость, средняя оценка"].факт == "4,6"
    compared = found["Доля молодых специалистов с наставником"]
    assert (compared.факт, compared.план, compared.прошлый) == ("100", "100", "75")
    assert compared.отклонение == "0"
    assert not any(one.расходится for one in found.values())


def test_no_line_of_the_form_names_anybody() -> None:
    names = {row.identity.split()[0] for row in prepared("school").workspace.records[STAFF]}

    assert not names & {word for name in lines() for word in name.split()}


def test_the_form_has_the_same_lines_without_numbers() -> None:
    view = Scope(prepared("school").workspace, dt.date(2027, 1, 18)).view(survey_row("school"))
    form = lines_of_form(view)

    assert {one.факт for one in form} == {""}
    assert set(lines()) <= {one.название for one in form}


def test_every_line_that_is_no_part_is_offered_on_its_sheet() -> None:
    offered = shipped_schemas()[INDICATORS].column("название").choices

    assert {one.название for one in lines().values() if not one.часть} <= set(offered)


@pytest.mark.parametrize(
    ("part", "whole", "wanted"), [(1, 3, "33.3"), (2, 3, "66.7"), (3, 3, "100.0"), (0, 0, None)]
)
def test_a_share_has_one_digit_and_never_passes_the_whole(
    part: int, whole: int, wanted: str | None
) -> None:
    assert share(part, whole) == (Decimal(wanted) if wanted else None)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("12", "12"), ("4,6", "4.6"), ("95 %", "95"), ("–3", "-3"), ("нет", None), ("", None)],
)
def test_a_typed_number_is_read_with_comma_and_per_cent(text: str, wanted: str | None) -> None:
    assert number_of(text) == (Decimal(wanted) if wanted else None)


@pytest.mark.parametrize("numbers", [[3, 1, 2, 8], [1, 1, 1], [7], [0, 5]])
def test_shares_of_ends_add_up_to_a_hundred(numbers: list[int]) -> None:
    assert sum(spread(numbers)) == 100


def test_nothing_of_nothing_has_no_share() -> None:
    assert spread([0, 0]) == [0, 0]


def test_a_pair_lacks_what_its_registers_do_not_show() -> None:
    view = Scope(prepared(EVENTFUL).workspace, dt.date(2027, 1, 25)).view(survey_row(EVENTFUL))
    found = arrangements_of(view)

    assert len(found) == counted(EVENTFUL).пар
    assert not any(one.полностью for one in found)
    assert {lack for one in found for lack in one.не_хватает} <= {
        "согласия",
        "дополнительное соглашение",
    }


def test_a_surname_in_the_words_for_the_site_is_a_remark(tmp_path: Path) -> None:
    school = tmp_path / "school"
    shutil.copytree(eventful_school(), school)
    book = load_workbook(school / BOOK)
    sheet = book["Выводы мониторинга"]
    column = [cell.value for cell in sheet[1]].index("Текст") + 1
    sheet.cell(2, column, "Наставник Шевченко отказался от работы.")
    book.save(school / BOOK)
    said = [str(one) for one in make_plan(ready_at(school), Wish()).problems]

    assert [one for one in said if "как будто фамилии: Шевченко" in one]
