"""Appendices: their marks, the words beside a table, marks of approval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from docgen.russian import parse_date
from tests.support.builders import (
    ANNA,
    CENTRE,
    DENIS,
    SEPTEMBER,
    Row,
    RowsByRegister,
    appendix,
    first,
    order,
    plain,
    scope_of,
)


def made(
    *parts: Row,
    settings: Row | None = None,
    of_order: Row | None = None,
    **registers: Sequence[Row],
) -> list[Any]:
    """Return the appendices of «О внедрении» as their templates see them."""
    rows: dict[str, Sequence[Row]] = {
        "приказы": [order(**(of_order or {}))],
        "приложения": parts or [appendix("1")],
        "настройки": [{fact: value} for fact, value in (settings or {}).items()],
    }
    for name, typed in registers.items():
        rows[name] = [{"приказ": "О внедрении", **row} for row in typed]
    scope = scope_of(rows)
    return [first(scope, "приложения", number) for number in range(len(rows["приложения"]))]


@pytest.mark.parametrize(
    ("typed", "style", "name"),
    [
        ("1", "№ 1", "Приложение № 1"),
        ("№ 1", "№ 1", "Приложение № 1"),
        ("1.", "1", "Приложение 1"),
        ("", "№ 1", "Приложение"),
    ],
)
def test_an_appendix_is_named_as_the_house_numbers_it(typed: str, style: str, name: str) -> None:
    (one,) = made(appendix(typed), settings={"номер_приложения": style})
    assert one.обозначение == name
    assert one.упоминание == name.lower()


@pytest.mark.parametrize(
    ("style", "lines"),
    [
        (
            "приложение",
            ["Приложение № 1", "к приказу МБОУ «Школа № 1»", "от 01.09.2026 № 1-од"],
        ),
        ("гриф", ["УТВЕРЖДЕНО", "приказом МБОУ «Школа № 1»", "от 01.09.2026 № 1-од"]),
        (
            "приложение и гриф",
            ["Приложение № 1", "УТВЕРЖДЕНО", "приказом МБОУ «Школа № 1»", "от 01.09.2026 № 1-од"],
        ),
    ],
)
def test_an_appendix_bears_the_mark_that_its_row_asks_for(style: str, lines: list[str]) -> None:
    (one,) = made(appendix("1", "положение", отметка=style))
    assert one.отметка_строки == lines


def test_a_changed_number_changes_every_mark() -> None:
    for one in made(appendix("1"), appendix("2", отметка="гриф"), of_order={"номер": "31/2"}):
        assert one.отметка_строки[-1] == "от 01.09.2026 № 31/2"


@pytest.mark.parametrize(
    ("kind", "yo", "word"),
    [
        ("план", "", "УТВЕРЖДЕН"),
        ("план", "да", "УТВЕРЖДЁН"),
        ("дорожная карта", "", "УТВЕРЖДЕНА"),
        ("положение", "", "УТВЕРЖДЕНО"),
        ("правила приёма", "да", "УТВЕРЖДЕНЫ"),
    ],
)
def test_what_is_approved_agrees_with_its_kind(kind: str, yo: str, word: str) -> None:
    (one,) = made(appendix("1", kind, отметка="гриф"), settings={"ё_в_грифах": yo})
    assert one.отметка_строки[0] == word


# --- the words beside a table ----------------------------------------------------------------


def test_words_stand_before_and_after_the_table_of_their_appendix() -> None:
    texts: list[Row] = [
        {"приложение": "1", "текст": "Цель", "как": "подзаголовок"},
        {"приложение": "№ 1", "текст": "задача", "как": "перечень"},
        {"приложение": "1", "текст": "– вторая", "как": "перечень"},
        {"приложение": "1", "текст": "Сокращения", "где": "после таблицы"},
        {"приложение": "2", "текст": "Чужое"},
    ]
    one, other = made(appendix("1"), appendix("2"), тексты=texts)
    assert [(text.как, text.текст) for text in one.тексты_до] == [
        ("подзаголовок", "Цель"),
        ("перечень", "– задача"),
        ("перечень", "– вторая"),
    ]
    assert [text.текст for text in one.тексты_после] == ["Сокращения"]
    assert [text.текст for text in other.тексты_до] == ["Чужое"]


def test_words_without_a_number_belong_to_the_only_appendix() -> None:
    for number in ("", "1"):
        (one,) = made(appendix(number), тексты=[{"текст": "Цель"}])
        assert [text.текст for text in one.тексты_до] == ["Цель"]


# --- marks of approval -----------------------------------------------------------------------


def marks(*rows: Row, kind: str = "положение") -> list[list[str]]:
    (one,) = made(appendix("1", kind), грифы=[{"приложение": "1", **row} for row in rows])
    return [[plain(line) for line in mark] for mark in one.грифы]


def test_approvers_are_named_by_the_side_where_their_mark_stands() -> None:
    rows: list[Row] = [
        {"слово": "СОГЛАСОВАНО", "кто": "совет родителей"},
        {"слово": "СОГЛАСОВАНО", "кто": DENIS},
        {"слово": "УТВЕРЖДАЮ", "кто": ANNA},
    ]
    (one,) = made(appendix("1"), грифы=[{"приложение": "1", **row} for row in rows])
    signed = {side: [str(who.фио) for who in people] for side, people in one.подписи_грифов.items()}
    assert signed == {"слева": [], "посередине": [], "справа": [DENIS, ANNA]}

    (one,) = made(appendix("1"), грифы=[{"приложение": "приказ", **row} for row in rows[1:]])
    assert not any(one.подписи_грифов.values())
    signed = {
        side: [str(who.фио) for who in people] for side, people in one.приказ.подписи_грифов.items()
    }
    assert signed == {"слева": [DENIS], "посередине": [], "справа": [ANNA]}


def test_a_person_approves_with_a_place_to_sign() -> None:
    assert marks({"слово": "УТВЕРЖДАЮ", "кто": ANNA}) == [
        [
            "УТВЕРЖДАЮ",
            "Учитель русского языка",
            "______________ А.С. Петрова",
            "«____» ______________ 20___ г.",
        ]
    ]
    assert marks({"слово": "УТВЕРЖДАЮ", "кто": ANNA, "дата": "31.08.2026"})[0][-1] == "31.08.2026"


@pytest.mark.parametrize(
    ("row", "lines"),
    [
        (
            {
                "слово": "ПРИНЯТО",
                "кто": "педагогический совет",
                "чем": "протокол",
                "дата": "28.08.2026",
                "номер": "1",
            },
            ["ПРИНЯТО", "педагогическим советом", "(протокол от 28.08.2026 № 1)"],
        ),
        (
            {"слово": "СОГЛАСОВАНО", "кто": "управление образования", "чем": "письмо"},
            [
                "СОГЛАСОВАНО",
                "письмом управления образования",
                "от «____» ______________ 20___ г. № ____",
            ],
        ),
        (
            {"слово": "С УЧЁТОМ МНЕНИЯ", "кто": "совет родителей", "чем": "протокол"},
            [
                "С УЧЁТОМ МНЕНИЯ",
                "совета родителей",
                "(протокол от «____» ______________ 20___ г. № ____)",
            ],
        ),
        (
            {"слово": "УТВЕРЖДЕНО"},
            ["УТВЕРЖДЕНО", "_" * 24, "«____» ______________ 20___ г."],
        ),
        (
            {"слово": "УТВЕРЖДЕНО", "чем": "приказ", "дата": "31.08.2026", "номер": "5"},
            ["УТВЕРЖДЕНО", "приказом " + "_" * 24, "от 31.08.2026 № 5"],
        ),
    ],
)
def test_a_body_approves_by_its_paper_with_parts_left_blank(row: Row, lines: list[str]) -> None:
    assert marks(row) == [lines]


def test_a_mark_agrees_with_the_kind_of_the_appendix() -> None:
    row = {"слово": "ПРИНЯТО", "кто": "совет"}
    assert [marks(row, kind=kind)[0][0] for kind in ("план", "программа", "правила")] == [
        "ПРИНЯТ",
        "ПРИНЯТА",
        "ПРИНЯТЫ",
    ]


def test_four_marks_stand_two_in_a_row_and_a_last_one_at_the_right() -> None:
    words = ["УТВЕРЖДАЮ", "СОГЛАСОВАНО", "ПРИНЯТО"]
    rows = [{"приложение": "1", "слово": word} for word in words]
    (one,) = made(appendix("1", "положение"), грифы=[*rows, {"слово": "УТВЕРЖДЕНО"}])
    assert [[mark[0] for mark in pair if mark] for pair in one.грифы_сетка] == [
        ["УТВЕРЖДАЮ", "СОГЛАСОВАНО"],
        ["ПРИНЯТО", "УТВЕРЖДЕНО"],
    ]
    (three,) = made(appendix("1", "положение"), грифы=rows)
    assert three.грифы_сетка[1][0] == []
    assert three.приказ.грифы_сетка == []


@pytest.mark.parametrize("typed", ["приказ", "Распоряжение"])
def test_a_mark_may_be_of_the_order_itself(typed: str) -> None:
    (one,) = made(
        of_order={"вид": "распоряжение"}, грифы=[{"приложение": typed, "слово": "УТВЕРЖДЕНО"}]
    )
    assert one.грифы == []
    assert [mark[0] for mark in one.приказ.грифы_приказа] == ["УТВЕРЖДЕНО"]
    assert one.приказ.грифы_сетка[0][0] == []


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("нет", []),
        ("к Положению о наставничестве", ["Приложение № 1", "к Положению о наставничестве"]),
        ("Форма № 2 к программе", ["Форма № 2 к программе"]),
        (
            "Приложение\nк договору от 01.09.2026 № 5",
            ["Приложение", "к договору от 01.09.2026 № 5"],
        ),
    ],
)
def test_an_appendix_may_bear_no_mark_or_one_in_own_words(typed: str, lines: list[str]) -> None:
    (one,) = made(appendix("1", отметка=typed))
    assert one.отметка_строки == lines


TO_SIGN = "______________"
HEAD = "Иванова Мария Петровна"


@pytest.mark.parametrize(
    ("row", "lines"),
    [
        # a person and the paper by which the person approves
        (
            {
                "слово": "УТВЕРЖДАЮ",
                "кто": HEAD,
                "чем": "приказ",
                "дата": "31.08.2026",
                "номер": "5",
            },
            ["УТВЕРЖДАЮ", "Директор", f"{TO_SIGN} М.П. Иванова", "приказ от 31.08.2026 № 5"],
        ),
        (
            {"слово": "СОГЛАСОВАНО", "кто": ANNA, "чем": "протокол", "дата": "31.08.2026"},
            [
                "СОГЛАСОВАНО",
                "Учитель русского языка",
                f"{TO_SIGN} А.С. Петрова",
                "(протокол от 31.08.2026 № ____)",
            ],
        ),
        (
            {"слово": "СОГЛАСОВАНО", "кто": ANNA, "дата": "31.08.2026", "номер": "№ 7"},
            [
                "СОГЛАСОВАНО",
                "Учитель русского языка",
                f"{TO_SIGN} А.С. Петрова",
                "от 31.08.2026 № 7",
            ],
        ),
        # words that govern the body
        (
            {"слово": "ПРИНЯТО с учетом мнения", "кто": "совет родителей", "дата": "28.08.2026"},
            ["ПРИНЯТО с учетом мнения", "совета родителей", "28.08.2026"],
        ),
        (
            {"слово": "Принято с учётом мнения", "кто": "профсоюзный комитет", "чем": "протокол"},
            [
                "ПРИНЯТО С УЧЁТОМ МНЕНИЯ",
                "профсоюзного комитета",
                "(протокол от «____» ______________ 20___ г. № ____)",
            ],
        ),
        (
            {"слово": "СОГЛАСОВАНО с", "кто": "профсоюзный комитет", "дата": "28.08.2026"},
            ["СОГЛАСОВАНО с", "профсоюзным комитетом", "28.08.2026"],
        ),
        (
            {"слово": "РАССМОТРЕНО", "кто": "на заседании совета", "дата": "28.08.2026"},
            ["РАССМОТРЕНО", "на заседании совета", "28.08.2026"],
        ),
        (
            {"слово": "ПРИНЯТО", "кто": "решением педагогического совета", "дата": "28.08.2026"},
            ["ПРИНЯТО", "решением педагогического совета", "28.08.2026"],
        ),
        # a post without a name, a name that no list has
        (
            {"слово": "УТВЕРЖДАЮ", "кто": "директор", "дата": "28.08.2026"},
            ["УТВЕРЖДАЮ", "Директор", f"{TO_SIGN} {'_' * 12}", "28.08.2026"],
        ),
        (
            {"слово": "СОГЛАСОВАНО", "кто": "и.о. директора", "дата": "28.08.2026"},
            ["СОГЛАСОВАНО", "И.о. директора", f"{TO_SIGN} {'_' * 12}", "28.08.2026"],
        ),
        (
            {"слово": "СОГЛАСОВАНО", "кто": "председатель профкома Ли И.И.", "дата": "28.08.2026"},
            ["СОГЛАСОВАНО", "Председатель профкома", f"{TO_SIGN} И.И. Ли", "28.08.2026"],
        ),
        (
            {"слово": "УТВЕРЖДАЮ", "кто": "Глава города А.Б. Орлов", "дата": "28.08.2026"},
            ["УТВЕРЖДАЮ", "Глава города", f"{TO_SIGN} А.Б. Орлов", "28.08.2026"],
        ),
        (
            {"слово": "УТВЕРЖДЕНО", "кто": "директор", "чем": "приказ", "дата": "28.08.2026"},
            ["УТВЕРЖДЕНО", "приказом директора", "от 28.08.2026 № ____"],
        ),
        # a body, whatever its name looks like
        (
            {"слово": "СОГЛАСОВАНО", "кто": "учредитель", "дата": "28.08.2026"},
            ["СОГЛАСОВАНО", "учредителем", "28.08.2026"],
        ),
        (
            {"слово": "СОГЛАСОВАНО", "кто": "школа имени Орлова А.Б.", "дата": "28.08.2026"},
            ["СОГЛАСОВАНО", "школой имени Орлова А.Б.", "28.08.2026"],
        ),
        (
            {"слово": "ПРИНЯТО", "кто": "совет", "дата": "28.08.2026", "номер": "3"},
            ["ПРИНЯТО", "советом", "от 28.08.2026 № 3"],
        ),
        # who signs for a body
        (
            {
                "слово": "СОГЛАСОВАНО",
                "кто": "совет родителей",
                "подписывает": "председатель Орлова А.Б.",
                "дата": "28.08.2026",
            },
            [
                "СОГЛАСОВАНО",
                "советом родителей",
                "Председатель",
                f"{TO_SIGN} А.Б. Орлова",
                "28.08.2026",
            ],
        ),
        (
            {
                "слово": "ПРИНЯТО",
                "кто": "педагогический совет",
                "подписывает": ANNA,
                "чем": "протокол",
                "дата": "28.08.2026",
                "номер": "1",
            },
            [
                "ПРИНЯТО",
                "педагогическим советом",
                "(протокол от 28.08.2026 № 1)",
                "Учитель русского языка",
                f"{TO_SIGN} А.С. Петрова",
            ],
        ),
        # «от» and «№» typed behind the paper, which has columns for its day and number
        *(
            (
                {
                    "слово": "ПРИНЯТО",
                    "кто": "педагогический совет",
                    "чем": paper,
                    "дата": "28.08.2026",
                    "номер": "1",
                },
                ["ПРИНЯТО", "педагогическим советом", "(протокол от 28.08.2026 № 1)"],
            )
            for paper in ("протокол от", "Протокол", "протокол №", "ПРОТОКОЛ от")
        ),
        *(
            (
                {"слово": "УТВЕРЖДЕНО", "чем": paper, "кто": "директор", "номер": "7"},
                ["УТВЕРЖДЕНО", "приказом директора", "от «____» ______________ 20___ г. № 7"],
            )
            for paper in ("приказ от", "Приказ", "ПРИКАЗ")
        ),
        (
            {"слово": "С УЧЁТОМ МНЕНИЯ", "кто": "совет родителей; совет обучающихся"},
            [
                "С УЧЁТОМ МНЕНИЯ",
                "совета родителей, совета обучающихся",
                "«____» ______________ 20___ г.",
            ],
        ),
    ],
)
def test_a_mark_prints_all_that_its_row_says(row: Row, lines: list[str]) -> None:
    assert marks(row) == [lines]


def test_a_body_whose_head_is_known_approves_by_its_head() -> None:
    rows: list[Row] = [{"приложение": "1", "слово": "УТВЕРЖДАЮ", "кто": "МБУ «Центр»"}]
    marked = [{"приказ": "О внедрении", **row} for row in rows]
    parts: RowsByRegister = {"приказы": [order()], "приложения": [appendix("1")], "грифы": marked}
    one = first(scope_of({**parts, "организации": [CENTRE]}), "приложения")
    assert [plain(line) for line in one.грифы[0][1:3]] == [
        "Учитель математики",
        f"{TO_SIGN} Д.О. Кузнецов",
    ]


@pytest.mark.parametrize(
    ("day", "post"),
    [
        ("01.09.2026", "И.о. директора"),
        ("14.09.2026", "И.о. директора"),
        ("31.08.2026", "Учитель русского языка"),
        ("15.09.2026", "Учитель русского языка"),
    ],
)
def test_a_mark_of_another_day_names_the_post_of_that_day(day: str, post: str) -> None:
    card: list[Row] = [{"исполняющий": ANNA, "с": "01.09.2026", "по": "14.09.2026"}]
    rows: RowsByRegister = {
        "приказы": [order(дата="02.09.2026")],
        "приложения": [appendix("1")],
        "грифы": [{"приказ": "О внедрении", "слово": "УТВЕРЖДАЮ", "кто": ANNA, "дата": day}],
    }
    one = first(scope_of(rows, day=parse_date("02.09.2026") or SEPTEMBER, card=card), "приложения")
    assert [plain(line) for line in one.грифы[0][1:]] == [post, f"{TO_SIGN} А.С. Петрова", day]


@pytest.mark.parametrize(
    ("day", "who", "post"),
    [
        ("01.09.2026", ANNA, "И.о. директора"),
        ("01.10.2026", ANNA, "Учитель русского языка"),
        ("01.09.2026", HEAD, "Директор"),
        ("01.09.2026", DENIS, "Учитель математики"),
    ],
)
def test_a_mark_names_the_post_under_which_the_order_is_signed(
    day: str, who: str, post: str
) -> None:
    card: list[Row] = [{"исполняющий": ANNA, "с": "01.09.2026", "по": "14.09.2026"}]
    rows: RowsByRegister = {
        "приказы": [order(дата=day)],
        "приложения": [appendix("1")],
        "грифы": [{"приказ": "О внедрении", "слово": "УТВЕРЖДАЮ", "кто": who}],
    }
    scope = scope_of(rows, day=parse_date(day) or SEPTEMBER, card=card)
    one = first(scope, "приложения")
    assert plain(one.грифы[0][1]) == post
    if post == "И.о. директора":
        assert plain(one.приказ.подпись.должность) == post


@pytest.mark.parametrize(
    ("places", "grid"),
    [
        (["слева", "посередине", "справа"], [["А", "Б", "В"]]),
        (["", "посередине", ""], [["А", "Б", "В"]]),
        (["посередине", "справа"], [["", "А", "Б"]]),
        (["слева", "слева"], [["А", ""], ["Б", ""]]),
        (["справа", "справа", "слева"], [["", "А"], ["", "Б"], ["В", ""]]),
        (["слева", "", ""], [["А", "Б"], ["В", ""]]),
    ],
)
def test_marks_stand_where_they_are_put(places: list[str], grid: list[list[str]]) -> None:
    rows: list[Row] = [
        {"приложение": "1", "слово": word, "место": place}
        for word, place in zip("АБВ", places, strict=False)
    ]
    (one,) = made(appendix("1"), грифы=rows)
    is_wide = len(grid[0]) == 3
    shown, empty = (one.грифы_тройки, one.грифы_сетка)[:: 1 if is_wide else -1]
    assert [["".join(mark[:1]) for mark in line] for line in shown] == grid
    assert empty == []


def test_three_marks_in_a_row_have_short_lines_to_write_on() -> None:
    rows: list[Row] = [
        {"приложение": "1", "слово": "СОГЛАСОВАНО", "кто": ANNA, "место": "посередине"},
        {"приложение": "1", "слово": "УТВЕРЖДАЮ", "кто": "директор"},
    ]
    (one,) = made(appendix("1"), грифы=rows)
    _, middle, right = one.грифы_тройки[0]
    assert [plain(line) for line in middle[2:]] == [
        "________ А.С. Петрова",
        "«__» ________ 20__ г.",
    ]
    assert right[2] == "________ ____________"
