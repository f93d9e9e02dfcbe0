"""What a problem says first: the paper, the pair or the person that its cell belongs to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.pipeline.answers.findings import check_workspace
from docgen.pipeline.output.places import Site
from tests.support.small_root import Sheets, make_root, make_school


def said_first(folder: Path, change: Callable[[Sheets], object], cell: str, code: str) -> str:
    """Return the words before the first sentence of the problem in a cell."""
    root = make_root(folder)
    school = make_school(root, change)
    found = check_workspace(Site(school, root)).problems
    (line,) = [str(one) for one in found if one.code == code and one.where.cell == cell]
    return line


def lose_a_goal(sheets: Sheets) -> None:
    sheets["Пары"][1][3] = None


def date_an_order_on_sunday(sheets: Sheets) -> None:
    sheets["Приказы"][1][2] = "06.09.2026"


def call_it_by_another_word(sheets: Sheets) -> None:
    sheets["Приказы"][0].append("Вид документа")
    sheets["Приказы"][1].append("распоряжение")
    date_an_order_on_sunday(sheets)


def date_one_without_a_number(sheets: Sheets) -> None:
    date_an_order_on_sunday(sheets)
    sheets["Приказы"][1][1] = None


def mistype_a_point(sheets: Sheets) -> None:
    sheets["Пункты"][1][2] = "Утвердить «дорожную карту"


def mistype_a_table(sheets: Sheets) -> None:
    sheets["Карта"][1][1] = "Издание «приказа"


def mistype_a_post(sheets: Sheets) -> None:
    sheets["Сотрудники"][3][2] = "учитель (математики"


@pytest.mark.parametrize(
    ("change", "cell", "code", "words"),
    [
        (lose_a_goal, "D2", "missing-value", "пара Петрова – Кузнецов: пустая ячейка"),
        (date_an_order_on_sunday, "C2", "day-off", "приказ № 147-од «О внедрении»: дата "),
        (call_it_by_another_word, "C2", "day-off", "распоряжение № 147-од «О внедрении»: дата "),
        (date_one_without_a_number, "C2", "day-off", "приказ «О внедрении»: дата "),
        (mistype_a_point, "C2", "unpaired-mark", "приказ № 147-од «О внедрении»: «"),
        (mistype_a_table, "B2", "unpaired-mark", "приказ № 147-од «О внедрении»: «"),
        (mistype_a_post, "C4", "unpaired-mark", "Кузнецов Денис Олегович: «"),
    ],
)
def test_a_problem_begins_with_its_paper_pair_or_person_and_ends_with_its_cell(
    change: Callable[[Sheets], object], cell: str, code: str, words: str, tmp_path: Path
) -> None:
    line = said_first(tmp_path, change, cell, code)
    assert line.startswith(words)
    assert line.endswith(f", ячейка {cell}) [{code}]")


def lose_the_namesake(sheets: Sheets) -> None:
    sheets["Пары"][1][6] = "О парах учителей"


def test_what_a_sentence_names_itself_is_not_said_twice(tmp_path: Path) -> None:
    line = said_first(tmp_path, lose_the_namesake, "G2", "unknown-ref")
    assert line.startswith("пара Петрова – Кузнецов: нет такой записи")
    assert line.count("Кузнецов") == 1


def lose_a_mentor(sheets: Sheets) -> None:
    sheets["Пары"][1][1] = "Петров Никто Никогдаевич"


def name_an_order_by_a_usual_word(sheets: Sheets) -> None:
    for title in ("Приказы", "Пункты", "Приложения"):
        for row in sheets[title][1:]:
            row[0] = "Дата" if row[0] == "О внедрении" else row[0]
    date_an_order_on_sunday(sheets)


def test_a_pair_without_one_side_is_known_by_the_other(tmp_path: Path) -> None:
    line = said_first(tmp_path, lose_a_mentor, "B2", "unknown-ref")
    assert line.startswith("пара, где наставляемый – Кузнецов")


def test_a_short_name_that_is_a_usual_word_is_no_name_of_the_paper(tmp_path: Path) -> None:
    line = said_first(tmp_path, name_an_order_by_a_usual_word, "C2", "day-off")
    assert line.startswith("приказ № 147-од «Дата»: дата документа")


def give_a_table_to_two_orders(sheets: Sheets) -> None:
    mistype_a_table(sheets)
    sheets["Приложения"].append(["О парах", None, "план", "План", "таблица", "Карта"])


def test_a_table_of_two_orders_belongs_to_neither(tmp_path: Path) -> None:
    line = said_first(tmp_path, give_a_table_to_two_orders, "B2", "unpaired-mark")
    assert line.startswith("«Издание «приказа")
