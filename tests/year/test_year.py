"""A school's year from August to June: what is said in each month, and why it is wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.problem_codes import ExitCode
from tests.support.builders import plain
from tests.support.small_root import made, text_of
from tests.support.typed_books import TypedBook
from tests.support.year_months import MONTHS
from tests.support.year_school import Clerk

SAID: dict[str, list[str]] = {
    "август": [],
    # Six pairs of an order to be signed: the clerk collects two consents of each.
    "пары": [f"предупреждение consent-missing Пары: Наставник {row}" for row in range(2, 8)],
    "согласия": [],
    "сентябрь": [],
    "октябрь": [],
    # The mentor has left, and the order that replaces him is not signed yet: the clerk has it
    # signed, and nothing more is said.
    "ноябрь": ["напоминание frozen-differs Пары: Прекращена с 3"],
    "декабрь": [],
    "январь": [],
    # A mentor comes of age on 20 March: the clerk takes her own consent.
    "февраль": ["напоминание age-reached Пары: Наставник 9"],
    "март": ["напоминание age-reached Пары: Наставник 9"],
    "апрель": ["напоминание age-reached Пары: Наставник 9"],
    "май": ["напоминание age-reached Пары: Наставник 9"],
    # The terms of all pairs have run out: the clerk writes «Прекращена с» or prolongs them.
    "конец мая": [f"напоминание overdue Пары: По {row}" for row in (2, 5, 6, 7, 8, 9, 10, 11, 12)],
    "июнь": [],
}


@pytest.mark.parametrize("month", MONTHS)
def test_each_month_has_the_remarks_that_a_clerk_acts_upon(
    year: dict[str, Path], month: str
) -> None:
    clerk = Clerk(year[month])
    found = clerk.check(MONTHS[month].on)
    book = TypedBook(clerk.workspace)
    assert [book.remark(one) for one in found.problems] == SAID[month]
    assert found.exit_code == ExitCode.DONE


def paper(year: dict[str, Path], month: str, name: str) -> str:
    (found,) = [path for path in made(year[month] / "output") if name in path.name]
    return plain(text_of(found))


@pytest.mark.parametrize(
    ("month", "name", "words"),
    [
        ("август", "Приказ № 140-од", "2026/2027"),
        ("сентябрь", "Приказ № 144-од", "Шубин"),
        ("октябрь", "Приказ № 161-од", "2026/2027"),
        ("ноябрь", "Приказ № 180-од", "вместо"),
        ("декабрь", "Приказ № 195-од", "П.А. Осокин"),
        ("январь", "Приказ № 12-од", "с 01.02.2027 по 28.05.2027"),
        ("июнь", "Приказ № 81-од", "2027/2028"),
    ],
)
def test_the_orders_of_the_year_say_what_was_typed(
    year: dict[str, Path], month: str, name: str, words: str
) -> None:
    assert words in paper(year, month, name)


def test_the_papers_of_the_year_stay_in_the_archive_of_the_school(year: dict[str, Path]) -> None:
    archived = {path.parent.name for path in year["июнь"].glob("школа/архив/*/запись.json")}
    assert len(archived) >= 9
