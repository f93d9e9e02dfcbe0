"""Points of orders read as a secretary would have written them."""

from __future__ import annotations

import datetime as dt

import pytest

from docgen.wording import Scope
from tests.support.builders import (
    ANNA,
    DENIS,
    Cell,
    appendix,
    line_of,
    lines_of,
    linked,
    order,
    paragraphs_of,
    person,
    plain,
    point,
    school,
)

# --- numbers and ends ------------------------------------------------------------------------


def test_a_single_point_has_no_number() -> None:
    assert lines_of([point("1", "Утвердить план")]) == ["Утвердить план."]


def test_points_are_numbered_as_typed_with_one_dot() -> None:
    assert lines_of([point("1", "Раз"), point("2.", "Два."), point("3", "Три!")]) == [
        "1. Раз.",
        "2. Два.",
        "3. Три!",
    ]


def test_no_page_ends_before_what_belongs_to_a_point() -> None:
    rows = [
        point("1", "Провести опрос", ответственный=ANNA),
        point("2", "", кому="Руководители школ"),
        point("2.1", "разработать план"),
        point("3", "Исполнить"),
    ]
    made = paragraphs_of(rows)
    assert [one.о_предыдущем for one in made] == [False, True, False, False, False]
    assert [one.с_продолжением for one in made] == [True, False, True, False, True]


def test_points_go_down_to_four_levels() -> None:
    rows = [
        point("1", "", кому="Руководители школ"),
        point("1.1", "разработать"),
        point("1.1.1", "положение"),
        point("1.1.1.1", "с приложениями"),
        point("1.2", "доложить"),
        point("2", "Исполнить"),
    ]
    made = paragraphs_of(rows)
    assert [one.строка for one in made] == [
        "1. Руководителям школ:",
        "1.1. разработать:",
        "1.1.1. положение:",
        "1.1.1.1. с приложениями.",
        "1.2. доложить.",
        "2. Исполнить.",
    ]
    assert [one.уровень for one in made] == [1, 2, 3, 4, 2, 1]
    assert [one.последний for one in made] == [False] * 5 + [True]


def test_items_of_a_list_end_in_semicolons_and_the_last_in_a_dot() -> None:
    rows = [point("1", "Провести"), *(point("-", text) for text in ("раз", "два", "три"))]
    assert lines_of([*rows, point("2", "Доложить")]) == [
        "1. Провести:",
        "- раз;",
        "- два;",
        "- три.",
        "2. Доложить.",
    ]


@pytest.mark.parametrize(("first", "second"), [("а)", "б)"), ("1)", "2)"), ("–", "–"), ("•", "•")])
def test_lists_may_have_letters_brackets_and_dashes(first: str, second: str) -> None:
    rows = [point("1", "Провести"), point(first, "раз"), point(second, "два"), point("2", "Всё")]
    assert lines_of(rows) == ["1. Провести:", f"{first} раз;", f"{second} два.", "2. Всё."]


def test_points_may_be_numbered_with_brackets_up_to_the_control() -> None:
    rows = [point("1)", "Первое"), point("2)", "Второе")]
    assert lines_of(rows, контроль="за собой") == [
        "1) Первое.",
        "2) Второе.",
        "3) Контроль за исполнением настоящего приказа оставляю за собой.",
    ]


def test_points_without_numbers_stay_without() -> None:
    rows = [point("", "Провести семинар"), point("", "Доложить")]
    made = paragraphs_of(rows, контроль="за собой")
    assert [one.номер for one in made] == ["", "", ""]
    assert [one.уровень for one in made] == [0, 0, 0]


def test_what_is_typed_at_the_end_stays() -> None:
    rows = [point("1", "", кому="Руководители школ"), point("1.1", "раз;"), point("1.2", "два;")]
    assert lines_of([*rows, point("2", "Три")])[1:3] == ["1.1. раз;", "1.2. два;"]


def test_a_point_without_words_prints_only_its_number() -> None:
    assert lines_of([point("1"), point("2", "Два")])[0] == "1."


# --- addressees ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("addressee", "words"),
    [
        (ANNA, "Учителю русского языка Петровой А.С. обеспечить"),
        (f"{ANNA}; {DENIS}", "Учителю русского языка Петровой А.С., учителю математики"),
        ("МБУ «Центр»", "МБУ «Центр» обеспечить"),
        ("Управление образования", "Управлению образования обеспечить"),
        ("Руководители ОО", "Руководителям ОО обеспечить"),
        ("заместитель директора по УВР", "Заместителю директора по УВР обеспечить"),
    ],
)
def test_addressees_stand_in_the_dative(addressee: str, words: str) -> None:
    assert line_of("1", "Обеспечить контроль", кому=addressee).startswith(words)


def test_a_body_s_head_may_stand_in_brackets() -> None:
    named = line_of("1", "обеспечить", кому="МБУ «Центр»", в_скобках="руководитель")
    assert named == "МБУ «Центр» (Кузнецов Д.О.) обеспечить."
    assert line_of("1", "обеспечить", кому="МБУ «Центр»", в_скобках=ANNA) == (
        "МБУ «Центр» (Петрова А.С.) обеспечить."
    )
    assert line_of("1", "обеспечить", кому="Управление", в_скобках="руководитель") == (
        "Управлению обеспечить."
    )


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("В срок до мая провести", "в срок до мая провести"),
        ("О результатах доложить", "о результатах доложить"),
        ("МБОУ сообщить", "МБОУ сообщить"),
        ("УрФУ сообщить", "УрФУ сообщить"),
        ("А.С. Петровой сообщить", "А.С. Петровой сообщить"),
        ("«Школу» открыть", "«Школу» открыть"),
    ],
)
def test_after_an_addressee_the_text_goes_on_with_a_small_letter(text: str, printed: str) -> None:
    assert line_of("1", text, кому="Методисты") == f"Методистам {printed}."


# --- deadlines, appendices, responsible people -----------------------------------------------


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (dt.date(2026, 10, 1), "Доложить в срок до 1 октября 2026 г."),
        ("до 15 марта", "Доложить до 15 марта."),
        ("постоянно", "Доложить постоянно."),
    ],
)
def test_a_deadline_ends_its_point(deadline: Cell, words: str) -> None:
    assert line_of("1", "Доложить", срок=deadline) == words
    assert line_of("1", "Доложить.", срок=deadline) == words


def test_a_deadline_stands_where_the_text_puts_it() -> None:
    assert line_of("1", "В срок {срок} доложить", срок=dt.date(2026, 10, 1)) == (
        "В срок до 1 октября 2026 г. доложить."
    )


@pytest.mark.parametrize(
    ("how", "typed", "words"),
    [
        ("(приложение)", "1", "Утвердить план (приложение № 1)."),
        ("(приложение)", "1, 2", "Утвердить план (приложения № 1, № 2)."),
        ("(прилагается)", "1", "Утвердить план (прилагается)."),
        ("(прилагается)", "да", "Утвердить план (прилагаются)."),
        ("согласно приложению", "№ 2", "Утвердить план согласно приложению № 2."),
        ("согласно приложению", "1-2", "Утвердить план согласно приложениям № 1, № 2."),
    ],
)
def test_a_point_mentions_its_appendices_as_the_clerk_chose(
    how: str, typed: str, words: str
) -> None:
    rows = [point("1", "Утвердить план.", приложение=typed, ссылка=how)]
    assert [one.строка for one in paragraphs_of(rows, parts=[appendix("1"), appendix("2")])] == [
        words
    ]


def test_several_things_of_one_appendix_are_attached_in_the_plural() -> None:
    rows = [point("1", "Утвердить правила", приложение="да", ссылка="(прилагается)")]
    parts = [appendix("", "правила приёма")]
    assert [one.строка for one in paragraphs_of(rows, parts=parts)] == [
        "Утвердить правила (прилагаются)."
    ]


def test_an_only_appendix_needs_no_number() -> None:
    rows = [point("1", "Утвердить план", приложение="да")]
    assert [one.строка for one in paragraphs_of(rows, parts=[appendix()])] == [
        "Утвердить план (приложение)."
    ]


def test_a_mention_stands_where_the_text_puts_it_and_before_the_deadline() -> None:
    rows = [
        point("1", "План {приложение} исполнить", приложение="1"),
        point("2", "Утвердить план на 2026 г.", приложение="1", срок=dt.date(2026, 10, 1)),
    ]
    assert [plain(one.строка) for one in paragraphs_of(rows, parts=[appendix("1")])] == [
        "1. План (приложение № 1) исполнить.",
        "2. Утвердить план на 2026 г. (приложение № 1) в срок до 1 октября 2026 г.",
    ]


def test_a_point_may_list_what_is_attached() -> None:
    rows = [point("1", "Утвердить", приложение="да", ссылка="перечнем"), point("2", "Исполнить")]
    parts = [appendix("1"), appendix("2", "положение")]
    made = paragraphs_of(rows, parts=parts)
    assert [one.строка for one in made] == [
        "1. Утвердить:",
        "– План мероприятий (приложение № 1);",
        "– Положение мероприятий (приложение № 2).",
        "2. Исполнить.",
    ]
    assert [one.уровень for one in made] == [1, 5, 5, 1]


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (ANNA, "Ответственный – Петрова А.С."),
        (f"{ANNA}; {DENIS}", "Ответственные: Петрова А.С., Кузнецов Д.О."),
        ("заместитель директора", "Ответственный – заместитель директора."),
        ("МБУ «Центр»", "Ответственный – МБУ «Центр»."),
        ("классные руководители", "Ответственные – классные руководители."),
        ("заместители директора, педагоги", "Ответственные – заместители директора, педагоги."),
        ("администрация", "Ответственный – администрация."),
        ("секретарь Сухих Г.П.", "Ответственный – секретарь Сухих Г.П."),
        (
            "секретарь Сухих Г.П., завуч Белых Ю.А.",
            "Ответственные: секретарь Сухих Г.П., завуч Белых Ю.А.",
        ),
        ("Ответственный: Петрова А.С.", "Ответственный – Петрова А.С."),
        ("ответственные – педагоги", "Ответственные – педагоги."),
        ("ответственный за сайт", "Ответственный – ответственный за сайт."),
    ],
)
def test_the_responsible_are_named_under_their_point(people: str, words: str) -> None:
    rows = [point("1", "Провести", ответственный=people), point("2", "Доложить")]
    assert lines_of(rows) == ["1. Провести.", words, "2. Доложить."]


def test_the_responsible_for_a_point_stand_after_all_its_points() -> None:
    rows = [
        point("1", "Провести", ответственный=ANNA),
        point("1.1", "раз", ответственный=DENIS),
        point("1.1.1", "подробно"),
        point("1.2", "два"),
        point("2", "Доложить"),
    ]
    assert lines_of(rows) == [
        "1. Провести:",
        "1.1. раз:",
        "1.1.1. подробно.",
        "Ответственный – Кузнецов Д.О.",
        "1.2. два.",
        "Ответственный – Петрова А.С.",
        "2. Доложить.",
    ]


# --- force and control -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("control", "words"),
    [
        ("за собой", "оставляю за собой."),
        (ANNA, "возложить на учителя русского языка Петрову А.С."),
        ("МБУ «Центр»", "возложить на учителя математики Кузнецова Д.О."),
        ("заместитель директора", "возложить на заместителя директора."),
    ],
)
def test_the_control_is_the_last_point(control: str, words: str) -> None:
    assert lines_of([point("1", "Утвердить план")], контроль=control) == [
        "1. Утвердить план.",
        f"2. Контроль за исполнением настоящего приказа {words}",
    ]


def test_the_control_may_be_all_of_an_order() -> None:
    assert lines_of([], контроль="за собой") == [
        "Контроль за исполнением настоящего приказа оставляю за собой."
    ]
    assert lines_of([]) == []


@pytest.mark.parametrize(
    ("kind", "force", "control"),
    [
        ("приказ", "Настоящий приказ", "настоящего приказа"),
        ("постановление", "Настоящее постановление", "настоящего постановления"),
        ("инструкция", "Настоящая инструкция", "настоящей инструкции"),
    ],
)
def test_the_kind_of_document_agrees_in_what_docgen_words(
    kind: str, force: str, control: str
) -> None:
    made = lines_of(
        [point("1", "Утвердить")],
        вид=kind,
        вступает_в_силу=dt.date(2026, 9, 15),
        контроль="за собой",
    )
    assert made[1:] == [
        f"2. {force} вступает в силу с 15 сентября 2026 г.",
        f"3. Контроль за исполнением {control} оставляю за собой.",
    ]


def test_an_order_in_force_from_the_second_of_a_month_says_so() -> None:
    made = lines_of([point("1", "Утвердить")], вступает_в_силу=dt.date(2026, 10, 2))
    assert "вступает в силу со 2 октября 2026 г." in made[1].replace("\u00a0", " ")


def test_the_words_about_control_serve_kinds_of_their_own() -> None:
    made, _ = linked(school({"приказы": [order(), order(имя="О парах", контроль="за собой")]}))
    scope = Scope(made, dt.date(2026, 9, 1))
    assert [scope.view(row).о_контроле for row in made.records["приказы"]] == [
        "",
        "Контроль за исполнением настоящего приказа оставляю за собой.",
    ]


def test_a_man_in_place_of_a_woman_changes_case_and_gender_everywhere() -> None:
    man = person("Орлов Пётр Ильич", "методист")
    rows = [
        point("1", "обеспечить", кому="Орлов Пётр Ильич"),
        point("2", "Назначить {кого}", лицо="Орлов Пётр Ильич"),
    ]
    made = paragraphs_of(rows, staff=[man], контроль="Орлов Пётр Ильич")
    assert [plain(one.строка) for one in made] == [
        "1. Методисту Орлову П.И. обеспечить.",
        "2. Назначить методиста Орлова П.И.",
        "3. Контроль за исполнением настоящего приказа возложить на методиста Орлова П.И.",
    ]
