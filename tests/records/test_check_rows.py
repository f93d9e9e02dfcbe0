"""What rows say together: what cannot stand, and what to look at before signing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from docgen.errors import Problem
from docgen.model import Table
from docgen.records import check_workspace
from docgen.records.check_tables import columns_named
from tests.support.builders import (
    Cell,
    Row,
    RowsByRegister,
    appendix,
    linked,
    order,
    person,
    point,
    school,
    spot,
    table,
    unreadable,
)

ACT: Row = {
    "имя": "АЗ-1",
    "вид": "письмо",
    "кто": "Министерство",
    "дата": "21.12.2021",
    "номер": "1",
    "по": "31.08.2026",
    "заменён": "1264-р",
}


def found(rows: RowsByRegister, tables: dict[str, Table] | None = None) -> list[Problem]:
    """Return what rows that are each well say together."""
    made, problems = linked(rows, tables)
    assert problems == []
    return check_workspace(made)


def codes(rows: RowsByRegister, tables: dict[str, Table] | None = None) -> list[tuple[str, str]]:
    """Return place and code of each problem."""
    return [(spot(problem), problem.code) for problem in found(rows, tables)]


def orders(*rows: Row, **registers: Sequence[Row]) -> RowsByRegister:
    return school({"приказы": rows or [order()], **registers})


def points(*rows: Row, **more: Sequence[Row]) -> RowsByRegister:
    return school({"приказы": [order()], "пункты": rows, **more})


def test_a_sound_order_gives_no_problem() -> None:
    assert codes(points(point("1", "Утвердить план"))) == []


# --- orders ----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["", "№ ____", "____"])
def test_an_order_to_be_signed_without_a_number_is_told(number: str) -> None:
    assert codes(orders(order(номер=number))) == [("номер 2", "no-number")]


@pytest.mark.parametrize("state", ["проект", "аннулирован"])
def test_a_draft_needs_neither_number_nor_signatory(state: str) -> None:
    rows = {**orders(order(номер="", состояние=state)), "организация": [{"полное": "Школа"}]}
    assert codes(rows) == []


@pytest.mark.parametrize("state", ["подписан", "изменён", "утратил силу"])
def test_a_signed_order_needs_number_and_date(state: str) -> None:
    problems = found(orders(order(номер="", дата=None, состояние=state)))
    assert [(spot(one), one.code) for one in problems] == [
        ("номер 2", "missing-value"),
        ("дата 2", "missing-value"),
    ]
    assert all(one.is_error for one in problems)


@pytest.mark.parametrize(("day", "why"), [("06.09.2026", "воскресенье"), ("01.01.2026", "праздн")])
def test_an_order_of_a_day_off_is_told(day: str, why: str) -> None:
    (problem,) = found(orders(order(дата=day)))
    assert problem.code == "day-off"
    assert why in problem.message


def test_an_order_that_nobody_signs_is_told_at_its_date() -> None:
    rows = orders(order(дата=dt.date(2020, 9, 1)))
    rows = {**rows, "организация": [{"полное": "Школа"}, _head("01.01.2026")]}
    assert codes(rows) == [("подписывает 2", "no-signatory")]
    assert codes({**rows, "приказы": [order()]}) == []


def _head(begins: str) -> Row:
    return {"руководитель": "Иванова Мария Петровна", "с": begins}


def test_an_order_without_a_date_is_signed_by_the_head_of_its_school_year() -> None:
    undated = order(дата=None, год="2025/2026")
    rows = {**orders(undated), "организация": [{"полное": "Школа"}, _head("01.01.2026")]}
    undated_too = ("дата 2", "no-number")
    assert codes(rows) == [undated_too, ("подписывает 2", "no-signatory")]
    assert codes({**rows, "приказы": [order(дата=None, год="2026/2027")]}) == [undated_too]


def test_an_order_without_text_is_signed_elsewhere() -> None:
    rows = orders(order(о_чём="без текста"))
    assert codes({**rows, "организация": [{"полное": "Школа"}]}) == []


@pytest.mark.parametrize("head", ["Нетакова Инна Петровна", unreadable()])
def test_a_broken_head_is_not_an_absent_one(head: Cell) -> None:
    rows = school({"приказы": [order()]}, card=[{"исполняющий": head}])
    made, _ = linked(rows)
    assert check_workspace(made) == []


def test_a_signer_whose_row_is_broken_is_not_an_absent_one() -> None:
    staff = [person("Сидоров Иван Петрович", "завуч", пол="?")]
    rows = school({"приказы": [order(подписывает="Сидоров Иван Петрович")]}, staff=staff)
    assert check_workspace(linked(rows)[0]) == []


@pytest.mark.parametrize(
    ("other", "is_taken"),
    [
        ({"номер": "1-ОД"}, True),
        ({"номер": "№ 1-од"}, True),
        ({"номер": "2-од"}, False),
        ({"серия": "личный состав"}, False),
        ({"дата": dt.date(2027, 9, 1)}, False),
    ],
)
def test_a_number_is_given_once_in_a_series_and_year(other: Row, *, is_taken: bool) -> None:
    wanted = [("номер 3", "duplicate-number")] if is_taken else []
    assert codes(orders(order(), order(имя="О парах", **other))) == wanted


@pytest.mark.parametrize("year", ["2026", "26/27", "2026/2028"])
def test_a_school_year_that_is_none_is_told(year: str) -> None:
    assert codes(orders(order(год=year))) == [("год 2", "bad-date")]
    rows = {**orders(), "настройки": [{"учебный_год": year}]}
    assert [code for _, code in codes(rows)] == ["bad-date"]


def test_a_form_of_dates_that_nobody_knows_is_told_with_those_that_are() -> None:
    rows = {**orders(), "настройки": [{"вид_даты": "3.III.22"}, {"вид_даты_текста": "03.03.2022"}]}
    (problem,) = found(rows)
    assert problem.code == "bad-choice"
    assert "«3.III.22»" in problem.message
    assert "«3 марта 2022 г.»" in problem.message


def test_people_are_acquainted_by_name() -> None:
    (problem,) = found(orders(order(ознакомить="Петрова Анна Сергеевна; педагоги школы")))
    assert (spot(problem), problem.code) == ("ознакомить 2", "unknown-ref")
    assert "«педагоги школы»" in problem.message


# --- points ----------------------------------------------------------------------------------


def test_a_point_number_stands_once_in_an_order() -> None:
    assert codes(points(point("1", "Сдать"), point("1.", "Сдать"), point("2", "Сдать"))) == [
        ("номер 3", "duplicate-key")
    ]


def test_points_without_numbers_and_items_of_lists_may_repeat() -> None:
    numbers = ("1", "-", "-", "а)", "2", "а)", "")
    rows = [point(number, f"Сдать отчёт {at}") for at, number in enumerate(numbers)]
    assert codes(points(*rows)) == []


def test_points_have_four_levels_at_most() -> None:
    rows = [point(one, "Сдать") for one in ("1", "1.1", "1.1.1", "1.1.1.1", "1.1.1.1.1")]
    assert codes(points(*rows)) == [("номер 6", "bad-number")]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Назначить {кого}", "лицо"),
        ("по {акт дат}", "акт"),
        ("до {срок}", "срок"),
        ("{приложение}", "приложение"),
    ],
)
def test_a_mark_that_takes_words_from_an_empty_cell_is_told(text: str, column: str) -> None:
    (problem,) = found(points(point("1", text)))
    assert (spot(problem), problem.code) == (f"{column} 2", "missing-value")
    assert problem.is_error


@pytest.mark.parametrize(
    ("mark", "wanted"),
    [
        ("{фио}", ["undefined-variable"]),
        ("{акт кого-то}", ["undefined-variable"]),
        ("{кого угодно}", []),
        ("{1}", ["undefined-variable"]),
    ],
)
def test_words_in_braces_that_mean_nothing_are_told(mark: str, wanted: list[str]) -> None:
    rows = points(point("1", f"Сделать {mark}", лицо="Петрова Анна Сергеевна"))
    assert [code for _, code in codes(rows)] == wanted


def test_a_mark_of_a_column_that_the_sheet_lacks_is_told() -> None:
    rows = {**orders(), "преамбула": [{"приказ": "О внедрении", "текст": "в срок {срок}"}]}
    assert [code for _, code in codes(rows)] == ["undefined-variable"]


# --- appendices ------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["1", "№ 1", "1.", "1, 2", "1; 2", "№ 1 и № 2", "1–3", "да"])
def test_numbers_of_appendices_may_be_typed_as_people_do(typed: str) -> None:
    rows = points(
        point("1", "Утвердить", приложение=typed),
        приложения=[appendix("1"), appendix("№ 2"), appendix("3.")],
    )
    assert codes(rows) == []


@pytest.mark.parametrize(
    ("typed", "absent"), [("4", "«4»"), ("1, 5", "«5»"), ("1–7", "«1–7»"), ("№ 8", "«8»")]
)
def test_an_appendix_that_is_not_there_is_told(typed: str, absent: str) -> None:
    rows = points(point("1", "Утвердить", приложение=typed), приложения=[appendix("1")])
    (problem,) = found(rows)
    assert (spot(problem), problem.code) == ("приложение 2", "appendix-absent")
    assert absent in problem.message


def test_every_appendix_of_an_order_without_any_is_told() -> None:
    assert codes(points(point("1", "Утвердить", приложение="да"))) == [
        ("приложение 2", "appendix-absent")
    ]


@pytest.mark.parametrize("register", ["тексты", "грифы"])
@pytest.mark.parametrize(
    ("typed", "numbers", "is_lost"),
    [
        ("", [""], False),
        ("", ["1"], False),
        ("", ["1", "2"], True),
        ("2", ["1", "2"], False),
        ("3", ["1", "2"], True),
        ("", [], True),
    ],
)
def test_a_row_about_no_appendix_is_never_lost_in_silence(
    register: str, typed: str, numbers: list[str], *, is_lost: bool
) -> None:
    row: dict[str, Cell] = {"приказ": "О внедрении", "приложение": typed}
    row |= {"текст": "Цель"} if register == "тексты" else {"слово": "УТВЕРЖДАЮ"}
    rows = orders(приложения=[appendix(number) for number in numbers], **{register: [row]})
    assert [code for _, code in codes(rows)] == (["appendix-absent"] if is_lost else [])


@pytest.mark.parametrize("typed", ["приказ", "Приказ", "распоряжение"])
def test_an_approval_mark_may_be_of_the_order_itself(typed: str) -> None:
    mark = {"приказ": "О внедрении", "приложение": typed, "слово": "УТВЕРЖДАЮ"}
    assert codes(orders(order(вид="распоряжение"), грифы=[mark])) == []


def test_a_table_needs_its_sheet() -> None:
    rows = orders(приложения=[appendix("1", шаблон="таблица")])
    assert codes(rows) == [("лист 2", "missing-value")]


# --- tables ----------------------------------------------------------------------------------


def of_table(made: Table, **more: Cell) -> list[tuple[str, str]]:
    rows = orders(order(**more), приложения=[appendix("1", шаблон="таблица", лист="План")])
    return codes(rows, {"План": made})


def test_a_deadline_before_the_order_is_told() -> None:
    made = table(
        ["№", "Мероприятие", "Сроки"],
        ["1", "Семинар", "август 2026"],
        ["2", "Отчёт", "октябрь 2026"],
        ["3", "Семинар до 01.08.2026", None],
        ["4"],
    )
    assert of_table(made) == [("C2", "deadline-before-order")]
    assert of_table(made, дата=None, год="2026/2027") == [("дата 2", "no-number")]


def test_a_number_repeated_in_the_name_of_its_row_is_told() -> None:
    made = table(["№", "Мероприятие"], ["1.", "1. Семинар"], ["2", "3 семинара"], ["", "3. Раз"])
    assert of_table(made) == [("B2", "repeated-number")]


def test_a_heading_and_its_plan_must_speak_of_the_same_years() -> None:
    rows = orders(
        order(заголовок="О плане на 2026 год"),
        приложения=[appendix("1", шаблон="таблица", лист="План", заголовок="План на 2025 год")],
    )
    (problem,) = found(rows, {"План": table(["№"])})
    assert (spot(problem), problem.code) == ("заголовок 2", "period-mismatch")
    assert "о 2026, а приложение — о 2025" in problem.message


def test_a_name_in_a_table_that_nobody_bears_is_told() -> None:
    made = table(["Кто"], ["Петрова А.С., Кузнецов Д.О."], ["А.С. Петровская"], ["Ғәлиев Ә.Ғ."])
    assert of_table(made) == [("A3", "unknown-name"), ("A4", "unknown-name")]


def test_a_name_in_running_words_of_a_table_may_stand_in_any_case() -> None:
    made = table(
        ["№", "Мероприятие", "Ответственный"],
        ["1", "Беседа с Петровой А.С., отчёт А.С. Петровой", "Петрова А.С."],
        ["2", "Поручение Петровской А.С.", "Петровой А.С., методисту"],
        ["3", "Встреча", "Петрова А.С.; Петровой А.С."],
        ["4", "Отчёт", "Директор по согласованию с Петровой А.С."],
    )
    assert of_table(made) == [
        ("B3", "unknown-name"),
        ("C3", "oblique-form"),
        ("C4", "oblique-form"),
    ]


def test_a_name_in_a_table_is_that_of_the_order_s_day() -> None:
    made = table(["Кто"], ["Белова И.Л."], ["Серова И.Л."], ["Ушедшая И.Л."])
    staff = [
        person("Белова Инна Львовна", прежняя_фамилия="Серова", прежняя_по="31.12.2026"),
        person("Ушедшая Инна Львовна", по="31.08.2026"),
    ]
    parts = [appendix("1", шаблон="таблица", лист="План")]
    for day, wanted in {"01.09.2026": ["A2", "A4"], "01.09.2027": ["A3", "A4"]}.items():
        rows = school({"приказы": [order(дата=day)], "приложения": parts}, staff=staff)
        assert [cell for cell, _ in codes(rows, {"План": made})] == wanted


def test_columns_are_found_by_their_headings() -> None:
    made = table(["№", "Срок", None], ["1", "Срок исполнения", "Дата"], header_rows=2)
    assert columns_named(made, "срок", "дата") == [1, 2]


# --- citations -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (dt.date(2026, 9, 1), "уже не действует (действует по 31.08.2026, заменён: 1264-р)"),
        (dt.date(2021, 12, 20), "ещё не действует (действует с 21.12.2021)"),
        (dt.date(2026, 8, 31), ""),
        (dt.date(2021, 12, 21), ""),
    ],
)
def test_an_act_must_be_in_force_on_the_order_s_date(day: dt.date, why: str) -> None:
    rows = school(
        {
            "приказы": [order(дата=day, основание="АЗ-1")],
            "преамбула": [{"приказ": "О внедрении", "оборот": "На основании", "акт": "АЗ-1"}],
            "акты": [ACT],
        }
    )
    problems = [one for one in found(rows) if one.code == "act-not-in-force"]
    assert [one.where.sheet for one in problems] == (["Преамбула", "Приказы"] if why else [])
    assert all(why in one.message and not one.is_error for one in problems)


def test_the_day_of_force_wins_over_the_day_of_the_act() -> None:
    act = {**ACT, "с": "01.03.2022"}
    rows = school({"приказы": [order(дата="01.02.2022", основание="АЗ-1")], "акты": [act]})
    (problem,) = found(rows)
    assert "действует с 01.03.2022" in problem.message


def test_an_act_without_a_replacement_just_lapses() -> None:
    act = {**ACT, "заменён": ""}
    (problem,) = found(school({"приказы": [order(основание="АЗ-1")], "акты": [act]}))
    assert "(действует по 31.08.2026);" in problem.message


@pytest.mark.parametrize("more", [{"состояние": "аннулирован"}, {"дата": None}])
def test_a_void_order_or_one_of_no_known_time_may_cite_anything(more: Row) -> None:
    rows = school({"приказы": [order(основание="АЗ-1", **more)], "акты": [ACT]})
    assert [one for one in found(rows) if one.code == "act-not-in-force"] == []


@pytest.mark.parametrize(
    "words",
    ["Руководителям ОО", "Специалистам отдела", "Заместителю директора по УВР", "Рабочей группе"],
)
def test_words_typed_in_an_oblique_case_are_told(words: str) -> None:
    (problem,) = found(points(point("1", "сделать", кому=f"Методисты; {words}")))
    assert (spot(problem), problem.code) == ("кому 2", "oblique-form")
    assert words in problem.message


@pytest.mark.parametrize(
    "words",
    [
        "Руководители ОО",
        "Специалисты управления образования, МКУ «Методический центр», руководители школ",
        "Заведующие детскими садами",
        "МБУ «НМИЦ»",
        "и.о. директора",
        "Управление образованием администрации района",
    ],
)
def test_words_in_the_nominative_are_left_alone(words: str) -> None:
    assert codes(points(point("1", "сделать", кому=words))) == []


# --- children --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "is_missing"),
    [
        ({}, True),
        ({"представитель": "Смирнова Ольга Николаевна"}, False),
        ({"с": "01.09.2026", "рождён": "31.08.2008"}, False),
        ({"с": "01.09.2026", "рождён": "02.09.2008"}, True),
    ],
)
def test_a_child_under_eighteen_has_a_representative(more: Row, *, is_missing: bool) -> None:
    child = {"фио": "Смирнов Илья Андреевич", "рождён": "15.04.2012", "класс": "9 «А»", **more}
    wanted = [("представитель 2", "missing-value")] if is_missing else []
    assert codes(school({"дети": [child]})) == wanted


def test_broken_rows_are_told_once() -> None:
    rows = school(
        {
            "приказы": [order(состояние="готов")],
            "пункты": [point("1", "{кого}", срок="31.02.2026")],
            "приложения": [appendix("1", шаблон="")],
            "дети": [{"фио": "Смирнов Илья Андреевич", "рождён": "вчера", "класс": "9"}],
        }
    )
    made, problems = linked(rows)
    assert len(problems) == 4
    assert check_workspace(made) == []


# --- what an order or a plan leaves open -----------------------------------------------------


@pytest.mark.parametrize(
    ("number", "day", "place", "words"),
    [
        ("", None, "номер 2", "куда вписать: нет ни номера, ни даты"),
        ("", dt.date(2026, 9, 1), "номер 2", "нет номера"),
        ("147-од", None, "дата 2", "нет даты"),
    ],
)
def test_where_to_write_a_number_and_a_day_is_said_once(
    number: str, day: dt.date | None, place: str, words: str
) -> None:
    (problem,) = found(orders(order(номер=number, дата=day)))
    assert (spot(problem), problem.code) == (place, "no-number")
    assert words in problem.message
    draft = order(номер=number, дата=day, состояние="проект")
    assert codes(orders(draft)) == []


@pytest.mark.parametrize(
    ("numbers", "at"),
    [
        (["1", "2", "5", "4", "6"], 4),
        (["2", "3"], 2),
        (["1", "1.1", "1.3", "2"], 4),
        (["1", "2", "4"], 4),
        (["1", "3", "2"], 3),
        (["1.1", "1.2", "3.1"], 4),
    ],
)
def test_points_that_leave_out_a_number_are_told_once_an_order(numbers: list[str], at: int) -> None:
    rows = [point(number, "Утвердить план") for number in numbers]
    assert codes(points(*rows)) == [(f"номер {at}", "skipped-number")]


@pytest.mark.parametrize(
    "numbers",
    [
        ["1", "2", "3"],
        ["1.", "2.", "3."],
        ["1", "1.1", "1.2", "2", "2.1"],
        ["1.1", "1.2", "2.1"],
        ["1", "2", "2.1", "2.1.1", "2.1.2", "2.2", "3"],
        ["1", "", "2", "а)", "3"],
        ["", ""],
    ],
)
def test_points_in_order_are_nothing_to_speak_of(numbers: list[str]) -> None:
    rows = [point(number, f"Утвердить план {at}") for at, number in enumerate(numbers)]
    assert codes(points(*rows)) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Провести сбор {срок до конца ноября", "не закрыта"),
        ("Провести сбор {срок", "не закрыта"),
        ("Провести сбор срок} до конца ноября", "не открыта"),
        ("Назначить {{кого}}", "не закрыта"),
        ("Назначить {кого и утвердить {срок}", "не закрыта"),
    ],
)
def test_a_brace_without_its_other_half_is_an_error(text: str, what: str) -> None:
    row = point("1", text, лицо="Иванова Мария Петровна", срок="сентябрь")
    problems = [one for one in found(points(row)) if one.code == "undefined-variable"]
    assert problems
    assert problems[0].is_error
    assert what in problems[0].message


PLAN = [
    ["№", "Мероприятие", "Срок", "Ответственный"],
    ["I", "Подготовка", "", ""],
    ["1.1", "Издание приказа", "сентябрь", "Директор"],
    ["1.2", "Сбор согласий", "сентябрь", "Куратор"],
    ["1.3", "Обучение", "октябрь", "Куратор"],
]


def test_a_row_of_a_plan_without_a_responsible_person_is_told() -> None:
    plan = table(*PLAN, ["1.4", "Итоги", "май", ""])
    assert of_table(plan) == [("D6", "no-responsible")]


@pytest.mark.parametrize(
    "rows",
    [
        PLAN,
        [
            ["№", "Мероприятие", "Срок", "Ответственный"],
            *([str(number), "Сбор", "май", ""] for number in range(1, 5)),
        ],
        [
            ["№", "Мероприятие", "Срок", "Ответственный"],
            ["1", "Сбор", "май", "Куратор"],
            *([[str(number), "Сбор", "май", ""] for number in range(2, 6)]),
        ],
        [["№", "Мероприятие", "Срок"], *([str(number), "Сбор", "май"] for number in range(1, 5))],
        [*PLAN, ["II", "Основной этап", "", ""]],
        [*PLAN, ["1.4", "Итоги", "май", None]],
    ],
)
def test_a_plan_whose_rows_name_nobody_or_everybody_is_left_alone(
    rows: list[list[str | None]],
) -> None:
    assert of_table(table(*rows)) == []


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("грив", "«гриф»"), ("приложение и грив", "«приложение и гриф»"), ("Форма", "")],
)
def test_a_mark_that_is_neither_offered_nor_own_words_is_told(typed: str, hint: str) -> None:
    (one,) = found(orders(приложения=[appendix(отметка=typed)]))
    assert one.code == "bad-choice"
    assert f"отметки «{typed}» нет" in one.message
    assert hint in one.message


@pytest.mark.parametrize("typed", ["", "нет", "Гриф", "к Положению о наставничестве"])
def test_offered_marks_and_own_words_are_left_alone(typed: str) -> None:
    assert found(orders(приложения=[appendix(отметка=typed)])) == []


@pytest.mark.parametrize("column", ["заголовок"])
def test_a_brace_in_a_heading_is_an_error_as_well(column: str) -> None:
    (problem,) = found(orders(order(**{column: "О внедрении {срок до мая"})))
    assert (problem.code, problem.is_error) == ("undefined-variable", True)


@pytest.mark.parametrize("mark", ["{Срок: до 30 ноября}", "{}", "{1}", "{кто-нибудь}"])
def test_whatever_else_stands_in_braces_is_told(mark: str) -> None:
    row = point("1", f"Утвердить план {mark}", лицо="Иванова Мария Петровна")
    (problem,) = found(points(row))
    assert (problem.code, problem.is_error) == ("undefined-variable", False)
    assert mark in problem.message


def test_a_broken_point_leaves_no_gap() -> None:
    rows = [point("1", "Раз"), point("2", "Два", лицо="Никто Никак Никакович"), point("3", "Три")]
    made, problems = linked(points(*rows))
    assert problems
    assert check_workspace(made) == []


@pytest.mark.parametrize(
    ("ground", "said"),
    [
        ({"дата": "10.09.2026"}, "позже: он от 10.09.2026"),
        ({"состояние": "аннулирован"}, "в реестре «аннулирован»"),
    ],
)
def test_a_ground_of_one_s_own_that_cannot_stand_is_told(ground: Row, said: str) -> None:
    other = {**order(), "имя": "Другой", "номер": "2-од", **ground}
    reason: Row = {"приказ": "О внедрении", "оборот": "На основании", "акт": "Другой"}
    (one,) = found(orders(order(), other, преамбула=[reason]))
    assert (one.code, one.where.sheet) == ("own-ground", "Преамбула")
    assert said in one.message


@pytest.mark.parametrize(("state", "is_remarked"), [("на подписи", True), ("проект", False)])
def test_a_ground_that_has_neither_number_nor_day_is_told_before_signing(
    state: str, *, is_remarked: bool
) -> None:
    other = {**order(), "имя": "Другой", "номер": "", "дата": "", "состояние": "проект"}
    reason: Row = {"приказ": "О внедрении", "оборот": "На основании", "акт": "Другой"}
    problems = found(orders(order(состояние=state), other, преамбула=[reason]))
    grounds = [one for one in problems if one.code == "own-ground"]
    assert len(grounds) == is_remarked
    assert all("на бумаге останутся линии" in one.message for one in grounds)


def test_an_order_is_not_its_own_ground() -> None:
    (one,) = found(orders(order(основание="О внедрении")))
    assert one.code == "own-ground"
    assert one.is_error


@pytest.mark.parametrize("day", ["01.09.2026", "28.08.2026", ""])
def test_an_earlier_order_of_one_s_own_is_a_sound_ground(day: str) -> None:
    other = {**order(), "имя": "Другой", "номер": "2-од", "дата": day, "состояние": "проект"}
    assert found(orders(order(основание="Другой"), other)) == []


@pytest.mark.parametrize(
    ("act", "place"),
    [
        ({"дата": "01.09.2026", "номер": "2-од"}, "E2"),
        ({"дата": "31.08.2026", "номер": "№ 1-од"}, "D2"),
        ({"дата": "01.09.2026", "номер": "№ 1-од"}, ""),
        ({}, ""),
    ],
)
def test_an_own_order_typed_once_more_as_an_act_is_held_to_it(act: Row, place: str) -> None:
    twin: Row = {"имя": "О внедрении", "вид": "приказ", **act}
    said = [one for one in found(orders(акты=[twin])) if one.code == "act-mismatch"]
    assert [one.where.cell for one in said] == ([place] if place else [])
