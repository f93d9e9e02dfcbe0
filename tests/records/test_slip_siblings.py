"""The same slips in other words, cells and papers; beside each its innocent twin."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from docgen.records import check_workspace
from tests.support.builders import (
    Cell,
    Row,
    RowsByRegister,
    appendix,
    linked,
    order,
    point,
    school,
    table,
)
from tests.support.slip_orders import ACTS, ANNA, DENIS, STAFF, said


def of_order(*points: Row, more: RowsByRegister | None = None, **cells: Cell) -> RowsByRegister:
    return school(
        {"приказы": [order(**cells)], "пункты": points, "акты": ACTS, **(more or {})}, staff=STAFF
    )


def in_place(place: str, words: str) -> list[tuple[str, str]]:
    """Return what is said of words in a point, a preamble, a table, a heading or a text."""
    plan = appendix("1", шаблон="таблица", лист="План")
    parts: RowsByRegister = {"приложения": [plan]}
    tables = {"План": table(["№", "Дело"], ["1", words if place == "таблица" else "Собрать"])}
    own = "Сдать план"
    cells: dict[str, Cell] = {}
    if place == "пункт":
        own = words
    elif place == "преамбула":
        parts = {
            **parts,
            "преамбула": [{"приказ": "О внедрении", "оборот": "В целях", "текст": words}],
        }
    elif place == "заголовок":
        cells["заголовок"] = words
    elif place == "текст":
        parts = {**parts, "тексты": [{"приказ": "О внедрении", "приложение": "1", "текст": words}]}
    return said(of_order(point("1", own), more=parts, **cells), tables)


PLACES = ("пункт", "преамбула", "таблица", "заголовок", "текст")
WHERE = {
    "пункт": "текст 2",
    "преамбула": "текст 2",
    "таблица": "B2",
    "заголовок": "заголовок 2",
    "текст": "текст 2",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("О работе МБОУ «Школа № 5", "unpaired-mark"),
        ("О плане (дорожной карте", "unpaired-mark"),
        ("О школе (название организации)", "placeholder"),
        ("О плане [вписать]", "placeholder"),
        ("О работе в соответствие с планом", "typing-slip"),
        ("О плане , графике", "typing-slip"),
        ("О приказе N 5", "typing-slip"),
        ('О школе "Родник"', "typing-slip"),
        ("О плане мероприятий (дорожная карта)", "typing-slip"),
        ("О системе педагогическихработников", "typing-slip"),
        ("Об исполнении постановления Минпросвещения № Р-145", "act-mismatch"),
        ("Об исполнении распоряжения Минпросвещения № 145-р", "act-mismatch"),
        ("О применении ст. 358.1 Трудового кодекса", "act-mismatch"),
        ("Об исполнении Указа Президента от 07.05.2018 № 204", "act-not-in-force"),
    ],
)
def test_every_place_is_read_alike(place: str, words: str, code: str) -> None:
    assert in_place(place, words) == [(WHERE[place], code)]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "words",
    [
        "О работе МБОУ «Школа № 5»",
        "О плане (дорожной карте)",
        "О школе (наименование показателя)",
        "О приведении актов в соответствие с законом",
        "О приказе № 5",
        "О плане мероприятий (дорожной карте)",
        "Об исполнении распоряжения Минпросвещения № Р-145",
        "О применении ст. 351.8 Трудового кодекса",
        "О применении ст. 358.1 Гражданского кодекса",
        "Об исполнении постановления от 01.02.2022 № 225",
    ],
)
def test_innocent_words_are_left_alone_in_every_place(place: str, words: str) -> None:
    assert in_place(place, words) == []


# --- numbers and days in marks ---------------------------------------------------------------


def mark(cells: Row, **own: Cell) -> list[tuple[str, str]]:
    """Return what is said of a mark of appendix 1 of an order with its own cells."""
    row: Row = {"приказ": "О внедрении", "приложение": "1", **cells}
    more: RowsByRegister = {"приложения": [appendix("1")], "грифы": [row]}
    return said(of_order(point("1", "Утвердить план"), more=more, **own))


BY_ORDER: Row = {"слово": "УТВЕРЖДЕНО", "чем": "приказ", "дата": "01.09.2026"}


@pytest.mark.parametrize("number", ["51-ОД", "51/од", "51", "№ 51"])
def test_another_form_of_the_orders_number_in_its_mark_is_said(number: str) -> None:
    assert mark({**BY_ORDER, "номер": number}, номер="51-п") == [("номер 2", "act-mismatch")]


@pytest.mark.parametrize("number", ["51-п", "51-П", "№ 51-п", "51 - п"])
def test_the_orders_number_in_its_mark_is_well(number: str) -> None:
    assert mark({**BY_ORDER, "номер": number}, номер="51-п") == []


@pytest.mark.parametrize("word", ["СОГЛАСОВАНО", "ПРИНЯТО", "РАССМОТРЕНО"])
def test_a_body_that_agrees_after_the_order_is_said(word: str) -> None:
    cells: Row = {"слово": word, "чем": "протокол", "номер": "1"}
    assert mark({**cells, "дата": "30.09.2026"}) == [("дата 2", "approval-late")]
    assert mark({**cells, "дата": "31.08.2026"}) == []


# --- days ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Представить отчёт не позднее 10.09.2025",
        "Сдать план в срок до 10 сентября 2025 г.",
        "Срок – до 01.07.2026",
    ],
)
def test_a_day_of_last_year_in_a_point_is_said(words: str) -> None:
    assert said(of_order(point("1", words))) == [("текст 2", "deadline-before-order")]


@pytest.mark.parametrize(
    "words",
    [
        "Представить отчёт не позднее 10.09.2026",
        "Учесть педагогов, принятых не позднее 10.09.2025",
        "Признать утратившим силу приказ от 10.09.2025 № 5",
        "Сдать план за период до 31 августа 2026 года",
    ],
)
def test_a_day_of_the_past_that_is_told_is_well(words: str) -> None:
    assert said(of_order(point("1", words))) == []


@pytest.mark.parametrize("term", ["до 31.08.2026", "август 2026", "до 10 сентября 2025 года"])
def test_a_term_of_a_point_in_words_before_the_order_is_said(term: str) -> None:
    assert said(of_order(point("1", "Сдать", срок=term))) == [("срок 2", "deadline-before-order")]


@pytest.mark.parametrize("term", ["до 31.12.2026", "сентябрь 2026", "ежегодно до 1 сентября"])
def test_a_term_of_a_point_after_the_order_is_well(term: str) -> None:
    assert said(of_order(point("1", "Сдать", срок=term))) == []


@pytest.mark.parametrize(
    ("day", "codes"), [("31.08.2025", ["deadline-before-order"]), ("01.01.2027", [])]
)
def test_an_order_in_force_since_last_year_is_said(day: str, codes: list[str]) -> None:
    found = said(of_order(point("1", "Сдать"), вступает_в_силу=day))
    assert [code for _, code in found] == codes


def journal(*days: str, **last: Cell) -> list[tuple[str, str]]:
    """Return what is said of orders № 1, 2, 3 … of these days; the last has its own cells."""
    orders: list[Row] = [
        order(имя=f"Приказ {at}", номер=f"{at}-од", дата=day, состояние="подписан")
        for at, day in enumerate(days, 1)
    ]
    orders[-1] = {**orders[-1], "состояние": "на подписи", **last}
    return said(school({"приказы": orders}))


@pytest.mark.parametrize("day", ["10.09.2025", "01.10.2025", "10.09.2020"])
def test_an_order_of_last_year_behind_those_of_this_one_is_said(day: str) -> None:
    assert journal("01.09.2026", "08.09.2026", day) == [("дата 4", "year-differs")]


def test_an_order_in_the_year_of_its_neighbours_says_nothing() -> None:
    assert journal("01.09.2026", "08.09.2026", "10.09.2026") == []
    assert journal("01.09.2026", "08.09.2026", "07.09.2026") == []
    assert journal("02.09.2025", "08.09.2026", "10.09.2025") == [], "a journal of two years"
    assert journal("01.09.2026", "08.09.2026", "10.09.2025", состояние="подписан") == []
    assert journal("01.09.2026", "08.09.2026", "10.09.2025", серия="личный состав") == []
    assert journal("01.09.2026", "08.09.2026", "10.09.2025", номер="96-од") == []
    assert journal("01.09.2026", "10.09.2025", номер="1") == []


# --- acts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Применять ст. 358.1 ТК РФ", ["act-mismatch"]),
        ("Применять Трудовой кодекс, ст. 385.1", ["act-mismatch"]),
        ("Применять статью 358.1", ["act-mismatch"]),
        ("Применять ст. 358.1 ГК РФ", []),
        ("Применять нормы Гражданского кодекса (ст. 358.1)", []),
        ("Применять ст. 358.1 закона о банках", []),
        ("Применять ст. 351.8 ТК РФ", []),
    ],
)
def test_an_article_is_held_to_its_own_code(words: str, codes: list[str]) -> None:
    assert [code for _, code in said(of_order(point("1", words)))] == codes


# --- appendices ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Утвердить состав (Приложение № 3 к настоящему приказу)", ["appendix-absent"]),
        ("Утвердить состав согласно приложению № 3 к приказу", ["appendix-absent"]),
        ("Утвердить состав согласно Приложению 3", ["appendix-absent"]),
        ("Утвердить состав (прил. 3)", ["appendix-absent"]),
        ("Утвердить состав (приложения № 1–3)", ["appendix-absent"]),
        ("Утвердить состав (приложение № 1)", []),
        ("Утвердить состав по приложению № 3 к положению", []),
        ("Скачать приложение «Госуслуги»", []),
    ],
)
def test_mentions_of_appendices_are_held_to_those_that_there_are(
    words: str, codes: list[str]
) -> None:
    rows = of_order(point("1", words), more={"приложения": [appendix("1")]})
    assert [code for _, code in said(rows)] == codes


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Утвердить план (приложение № 1)", ["said-twice"]),
        ("Утвердить план согласно приложению 1 к приказу", ["said-twice"]),
        ("Утвердить план", []),
        ("Утвердить план по приложению № 2 к положению", []),
    ],
)
def test_an_appendix_named_in_words_and_in_its_column_is_said_once(
    words: str, codes: list[str]
) -> None:
    rows = of_order(
        point("1", words, приложение="1"), more={"приложения": [appendix("1"), appendix("2")]}
    )
    assert [code for _, code in said(rows)] == codes


# --- control, approval, people ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Контроль за исполнением настоящего распоряжения оставляю за собой", ["said-twice"]),
        ("Контроль за исполнением данного приказа возлагаю на методиста", ["said-twice"]),
        ("Контроль исполнения приказа беру на себя", ["said-twice"]),
        ("Контроль за ведением журнала возложить на методиста", []),
        ("Усилить контроль за питанием", []),
    ],
)
def test_control_is_named_once(words: str, codes: list[str]) -> None:
    rows = of_order(point("1", words), контроль="за собой")
    assert [code for _, code in said(rows)] == codes


@pytest.mark.parametrize(
    ("marks", "codes"),
    [
        (("УТВЕРЖДАЮ", "УТВЕРЖДЕН"), ["said-twice"]),
        (("УТВЕРЖДЕНА", "УТВЕРЖДАЮ"), ["said-twice"]),
        (("УТВЕРЖДАЮ", "СОГЛАСОВАНО"), []),
        (("СОГЛАСОВАНО", "СОГЛАСОВАНО"), []),
    ],
)
def test_a_paper_is_approved_once(marks: Sequence[str], codes: list[str]) -> None:
    rows = [{"приказ": "О внедрении", "приложение": "1", "слово": one} for one in marks]
    found = said(of_order(point("1", "Сдать"), more={"приложения": [appendix("1")], "грифы": rows}))
    assert [code for _, code in found] == codes


@pytest.mark.parametrize(
    ("column", "codes"),
    [
        ("ответственный", ["not-acquainted"]),
        ("кому", ["not-acquainted"]),
        ("лицо", ["not-acquainted"]),
    ],
)
def test_whoever_a_point_names_is_acquainted(column: str, codes: list[str]) -> None:
    words = "Назначить {кого}" if column == "лицо" else "Сдать план"
    one = point("1", words, **{column: DENIS})
    assert [code for _, code in said(of_order(one, ознакомить=ANNA))] == codes
    assert said(of_order(one, ознакомить=f"{ANNA}; {DENIS}")) == []


@pytest.mark.parametrize(
    ("numbers", "codes"),
    [
        (("1", "2", "4"), ["skipped-number"]),
        (("1", "2", "2"), ["duplicate-key"]),
        (("1", "2", "3"), []),
        (("", "", ""), []),
    ],
)
def test_numbers_of_points_follow_each_other(numbers: Sequence[str], codes: list[str]) -> None:
    points = [point(one, f"Сдать план {at}") for at, one in enumerate(numbers, 1)]
    made, problems = linked(of_order(*points))
    found = [one.code for one in [*problems, *check_workspace(made)]]
    assert [code for code in found if "number" in code or "key" in code] == codes


@pytest.mark.parametrize(
    ("actions", "codes"),
    [
        ("сбор, передача (распространение, предоставление)", ["dissemination"]),
        ("Распространение", ["dissemination"]),
        ("сбор, обезличивание, удаление", []),
        ("сбор, передача третьим лицам без права распространения", []),
    ],
)
def test_dissemination_needs_a_consent_of_its_own(actions: str, codes: list[str]) -> None:
    row: Row = {
        "имя": "Сайт",
        "для_кого": "работники",
        "цель": "размещение",
        "действия": actions,
        "данные": "фамилия",
        "способы": "смешанная",
        "срок": "31.08.2027",
    }
    assert [code for _, code in said(school({"приказы": [order()], "цели": [row]}))] == codes
