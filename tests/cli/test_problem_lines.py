"""Problems as lines: the order in which a person needs them, many alike as one."""

from __future__ import annotations

import pytest

from docgen.cli.problem_lines import to_lines
from docgen.errors import Location, Problem, warning

BOOK = "registers/школа/Наставничество.xlsx"
HINT = "похожие замечания сведены в строку; каждое отдельно: docgen check --all"


def cell(address: str, sheet: str = "Пары") -> Location:
    return Location(BOOK, sheet, address)


def dates(*addresses: str, sheet: str = "Пары") -> list[Problem]:
    return [Problem("bad-date", cell(one, sheet), f"не дата в {one}") for one in addresses]


def test_what_stops_papers_comes_first_then_what_to_look_at_then_reminders() -> None:
    lines = list(
        to_lines(
            [
                warning("year-open", Location(BOOK), "год закрыт"),
                warning("day-off", cell("C2"), "воскресенье"),
                *dates("D2"),
                warning("consent-withdrawn", cell("E2"), "отозвано"),
            ]
        )
    )
    assert lines == [
        "мешает печатать:",
        f"ошибка: не дата в D2 ({BOOK}, лист «Пары», ячейка D2) [bad-date]",
        "посмотрите перед подписью:",
        f"внимание: отозвано ({BOOK}, лист «Пары», ячейка E2) [consent-withdrawn]",
        f"внимание: воскресенье ({BOOK}, лист «Пары», ячейка C2) [day-off]",
        "напоминания:",
        f"напоминание: год закрыт ({BOOK}) [year-open]",
    ]


def test_problems_of_one_sort_need_no_heading() -> None:
    assert list(to_lines(dates("D2"))) == [
        f"ошибка: не дата в D2 ({BOOK}, лист «Пары», ячейка D2) [bad-date]"
    ]


def test_three_of_one_code_on_a_sheet_are_told_one_by_one_and_four_in_one_line() -> None:
    assert len(list(to_lines(dates("D2", "D3", "D4")))) == 3
    shown = list(to_lines(dates("D2", "D3", "D4", "F9")))
    first = f"ошибка: не дата в D2 ({BOOK}, лист «Пары», ячейка D2) [bad-date]"
    assert shown == [f"{first}; и ещё 3 таких же: D3–D4, F9", HINT]


def test_each_can_be_asked_for() -> None:
    assert len(list(to_lines(dates("D2", "D3", "D4", "F9"), is_each=True))) == 4


def test_two_sheets_and_two_codes_are_told_apart() -> None:
    problems = [
        *dates("D2", "D3"),
        *dates("D2", "D3", sheet="Приказы"),
        *(Problem("bad-number", cell(one), "не число") for one in ("E2", "E3")),
    ]
    assert len(list(to_lines(problems))) == 6


def test_what_a_sheet_has_beyond_a_hundred_is_counted() -> None:
    many = dates(*(f"D{number}" for number in range(2, 102)))
    rest = Problem("bad-date", Location(BOOK, "Пары"), "и ещё 900", stands_for=900)
    shown, _ = to_lines([*many, rest])
    assert "и ещё 999 таких же: D3–D101" in shown


def test_papers_that_were_not_made_are_named_each() -> None:
    absent = [Problem("packet-broken", Location(f"{n}.pdf"), "не собран") for n in range(20)]
    assert len(list(to_lines(absent))) == 20


def test_warnings_of_papers_are_one_line_with_their_places() -> None:
    healed = [warning("archive-healed", Location(f"архив/{n}"), "возвращена") for n in range(20)]
    shown, _ = to_lines(healed)
    assert shown.startswith(
        "напоминание: возвращена (архив/0) [archive-healed]; и ещё 19 таких же: "
    )
    assert "архив/1, архив/2" in shown
    assert shown.endswith("архив/12 …")


def test_withdrawn_consents_are_never_told_in_one_line() -> None:
    withdrawn = [warning("consent-withdrawn", cell(f"E{n}"), "отозвано") for n in range(9)]
    assert len(list(to_lines(withdrawn))) == 9


@pytest.mark.parametrize("template", ["templates_docx/приказ.docx", "templates_docx/приказ.toml"])
def test_two_templates_are_told_apart(template: str) -> None:
    places = [Location(template, paragraph=n) for n in range(1, 3)]
    other = [Location("templates_docx/иное.docx", paragraph=n) for n in range(1, 3)]
    problems = [warning("no-signature-place", one, "нет места") for one in (*places, *other)]
    assert len(list(to_lines(problems))) == 4


def faults(*messages: str) -> list[Problem]:
    return [
        Problem(
            "bad-template", Location("а.docx", part="тело", paragraph=number, tag="{{"), message
        )
        for number, message in enumerate(messages, start=4)
    ]


def test_a_fault_that_a_template_has_many_times_is_one_line_with_its_paragraphs() -> None:
    shown = list(to_lines(faults(*["поле DATE"] * 4000, "тег оборван", "поле DATE")))
    first = "ошибка: поле DATE (а.docx, тело, абзац 4, тег {{) [bad-template]"
    assert shown == [
        f"{first}; и ещё 4000 таких же: абзацы 5–4003, 4005",
        "ошибка: тег оборван (а.docx, тело, абзац 4004, тег {{) [bad-template]",
        HINT,
    ]


def test_a_template_with_faults_of_very_many_sorts_is_told_shortly() -> None:
    shown = list(to_lines(faults(*(f"имени «{n}» нет" for n in range(900)))))
    assert len(shown) == 14
    assert "и ещё 887 таких же: абзацы 17–903" in shown[-2]
