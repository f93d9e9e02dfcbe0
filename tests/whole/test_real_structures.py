"""Structures of real papers, each typed into registers alone, by a school and by a department."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen import pages
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.wish import Wish, make_plan
from docgen.plan import plan_packets
from tests.support.builders import Rows
from tests.support.house import House, Point
from tests.support.printing import converted
from tests.support.shipped import ready_at

HEAD, BOSS, TEACHER = "Иванова Мария Петровна", "Дзюба Павел Олегович", "Черных Ольга Сергеевна"
ACT_DAY = dt.date(2026, 8, 27)
BLANK_DAY = "«____» ______________ 20___ г."
SHORT_BLANK_DAY = "«__» ________ 20__ г."
TO_SIGN = "______________"

Typist = Callable[[Path], House]


def of_school(folder: Path) -> House:
    """Return a school that issues «приказ»."""
    return House(folder)


def of_department(folder: Path) -> House:
    """Return a department that issues «распоряжение», its acting head in September."""
    house = House(folder)
    house.card = [
        ("Полное название", "Управление образования администрации Северного района"),
        ("Краткое название", "Управление образования"),
        ("Строка бланка", "АДМИНИСТРАЦИЯ СЕВЕРНОГО РАЙОНА"),
        ("Строка бланка", "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ"),
        ("Руководитель", HEAD),
        ("Должность руководителя", "Начальник управления образования"),
        ("И.о. руководителя", BOSS, dt.date(2026, 8, 15), dt.date(2026, 9, 15)),
    ]
    house.settings["Распорядительное слово"] = ":"
    house.settings["Где распорядительное слово"] = "в конце преамбулы"
    house.order["Вид документа"] = "распоряжение"
    return house


def of_district(folder: Path) -> House:
    """Return the same department when it issues «постановление»."""
    house = of_department(folder)
    house.order["Вид документа"] = "постановление"
    house.settings["Распорядительное слово"] = "п о с т а н о в л я е т:"
    return house


@pytest.fixture(
    params=[of_school, of_department, of_district], ids=["школа", "управление", "район"]
)
def house(request: pytest.FixtureRequest, tmp_path: Path) -> House:
    make: Typist = request.param
    return make(tmp_path / "дом")


def kind_of(house: House) -> str:
    return str(house.order.get("Вид документа") or "приказ")


def order_of(house: House) -> list[str]:
    """Return the lines of the order itself."""
    papers = house.papers()
    word = kind_of(house).capitalize()
    return next(lines for title, lines in papers.items() if title.startswith(word))


def appendix_of(house: House, number: str = "") -> list[str]:
    """Return the lines of an appendix."""
    title = f"Приложение № {number}." if number else "Приложение."
    return next(lines for name, lines in house.papers().items() if name.startswith(title))


def mark_of(house: House) -> str:
    """Return who is named in marks, as «приказу МБОУ «Школа № 1»»."""
    declined = {
        "приказ": "приказу МБОУ «Школа № 1»",
        "распоряжение": "распоряжению Управления образования",
        "постановление": "постановлению Управления образования",
    }
    return declined[kind_of(house)]


def add_table(house: House, *titles: str, **more: object) -> None:
    """Add an appendix of these sheets, each with two rows."""
    for title in titles:
        rows: Rows = [["№", "Мероприятие"], ["1", f"{title}: начало"], ["2", f"{title}: итоги"]]
        house.tables[title] = rows
    house.add(
        "Приложения",
        {
            "Что это": "положение",
            "Заголовок": "Положение о наставничестве",
            "Чем заполняется": "таблица",
            "Лист с таблицей": "; ".join(titles),
            **more,
        },
    )


def mark(word: str, who: str = "", **more: object) -> Point:
    """Return a row of «Грифы»; words of columns with blanks are joined by «_»."""
    return {
        "Гриф": word,
        "Кто": who,
        **{name.replace("_", " "): value for name, value in more.items()},
    }


def part(lines: list[str], first: str, last: str) -> list[str]:
    """Return the lines from one to another."""
    start = lines.index(first)
    return lines[start : lines.index(last, start) + 1]


# --- the letterhead --------------------------------------------------------------------------


def test_the_place_stands_between_date_and_number(house: House) -> None:
    house.settings["Дата и номер"] = "по краям, место между ними"
    house.card.append(("Место издания", "г. Приозёрск"))
    house.points((1, "Начать работу"))
    lines = order_of(house)
    assert "01.09.2026\tг. Приозёрск\t№ 7" in lines
    assert "г. Приозёрск" not in lines


@pytest.mark.parametrize(
    ("number", "file"),
    [("31/2", "31-2"), ("31/2-од", "31-2-од"), ("01-05/147", "01-05-147"), ("№ 31/2", "31-2")],
)
def test_a_number_with_a_slash_goes_through_everything(
    house: House, number: str, file: str
) -> None:
    plain = number.removeprefix("№ ")
    house.order["Номер"] = number
    house.order["Ознакомить"] = TEACHER
    house.stand_by({"Краткое имя": "Прежний", "Номер": number, "Дата": "03.02.2025"})
    house.others[0]["Заголовок"] = "О кураторе"
    house.add("Преамбула", {"Оборот": "Во исполнение", "Акт": "Прежний"})
    house.points((1, "Утвердить положение", {"Приложение": "да"}))
    add_table(house, "План")
    word = kind_of(house)
    papers = house.papers()
    (order,) = [lines for title, lines in papers.items() if title.startswith(word.capitalize())]
    assert f"01.09.2026\t№ {plain}" in order
    assert any(f"приказа от 3 февраля 2025 г. № {plain} «О кураторе»" in line for line in order)
    assert f"от 01.09.2026 № {plain}" in appendix_of(house)
    assert appendix_of(house)[:4][-2:] == [f"к {mark_of(house)}", f"от 01.09.2026 № {plain}"]
    ready = ready_at(house.folder)
    plan = make_plan(ready, Wish())
    assert {one.output for one in plan.documents} == {
        f"Наш приказ/{word.capitalize()} № {file} от 01.09.2026",
        "Наш приказ/Приложение",
        "Наш приказ/Лист ознакомления",
    }
    packets = plan_packets(plan.documents, ready.packets, ready.workspace)
    titles = {one.title for one in packets}
    assert f"Копии. {word.capitalize()} № {plain} от 01.09.2026" in titles
    assert f"На подпись. {word.capitalize()} № {plain} от 01.09.2026" in titles


@pytest.mark.parametrize("state", ["проект", "на подписи"])
@pytest.mark.parametrize("date_and_number", ["по краям строки", "по краям, место между ними"])
def test_date_and_number_may_be_left_to_the_hand(
    house: House, state: str, date_and_number: str
) -> None:
    house.order |= {"Номер": None, "Дата": None, "Состояние": state}
    house.card.append(("Место издания", "с. Северное"))
    house.settings |= {"Дата и номер": date_and_number, "Слово перед датой": "от"}
    house.points((1, "Утвердить положение", {"Приложение": "да"}))
    add_table(house, "План")
    is_draft = state == "проект"
    lines, own = order_of(house), appendix_of(house)
    assert ("ПРОЕКТ" in lines) is is_draft
    if "между" in date_and_number:
        assert f"от {SHORT_BLANK_DAY}\tс. Северное\t№ ____" in lines
    else:
        assert f"от {BLANK_DAY}\t№ ____" in lines
    marked = ["Приложение", f"к {mark_of(house)}", f"от {BLANK_DAY} № ____"]
    assert part(own, marked[0], marked[-1]) == marked
    ready = ready_at(house.folder)
    packets = plan_packets(make_plan(ready, Wish()).documents, ready.packets, ready.workspace)
    to_sign = [one.title for one in packets if one.title.startswith("На подпись")]
    named = f"На подпись. {kind_of(house).capitalize()} «Наш приказ»"
    assert to_sign == ([] if is_draft else [named])
    assert all(", учебный год" not in one.title for one in packets)


# --- marks -----------------------------------------------------------------------------------


def test_four_marks_stand_two_in_a_row_on_one_appendix(house: House) -> None:
    house.points((1, "Утвердить положение", {"Приложение": "да"}))
    add_table(house, "План")
    house.add(
        "Грифы",
        mark("РАССМОТРЕНО", "педагогический совет", Каким_документом="протокол", Номер="1"),
        mark("СОГЛАСОВАНО", "профсоюзный комитет", Дата=ACT_DAY),
        mark("ПРИНЯТО", "управляющий совет", Каким_документом="протокол", Дата=ACT_DAY, Номер="3"),
        mark("УТВЕРЖДАЮ", HEAD),
    )
    lines = appendix_of(house)
    post = "Директор" if kind_of(house) == "приказ" else "Начальник управления образования"
    assert part(lines, "РАССМОТРЕНО", f"{TO_SIGN} М.П. Иванова") == [
        "РАССМОТРЕНО",
        "педагогическим советом",
        f"(протокол от {BLANK_DAY} № 1)",
        "СОГЛАСОВАНО",
        "профсоюзным комитетом",
        "27.08.2026",
        "ПРИНЯТО",
        "управляющим советом",
        "(протокол от 27.08.2026 № 3)",
        "УТВЕРЖДАЮ",
        post,
        f"{TO_SIGN} М.П. Иванова",
    ]


def test_three_marks_stand_in_a_row_one_of_a_post_one_of_an_acting_head(house: House) -> None:
    house.points((1, "Утвердить положение", {"Приложение": "да"}))
    add_table(house, "План")
    house.add(
        "Грифы",
        mark("СОГЛАСОВАНО", "директор МБУ «Центр»", Место="слева"),
        mark("РАССМОТРЕНО", "совет", Каким_документом="протокол", Номер="2/1", Место="посередине"),
        mark("УТВЕРЖДАЮ", BOSS, Место="справа"),
    )
    is_acting = kind_of(house) != "приказ"
    post = "И.о. начальника управления образования" if is_acting else "Воспитатель"
    assert part(appendix_of(house), "СОГЛАСОВАНО", "________ П.О. Дзюба") == [
        "СОГЛАСОВАНО",
        "Директор МБУ «Центр»",
        "________ ____________",
        SHORT_BLANK_DAY,
        "РАССМОТРЕНО",
        "советом",
        f"(протокол от {SHORT_BLANK_DAY} № 2/1)",
        "УТВЕРЖДАЮ",
        post,
        "________ П.О. Дзюба",
    ]
    if is_acting:
        assert post in order_of(house)


@pytest.mark.parametrize(
    ("body", "printed"),
    [
        ("совет обучающихся", "совета обучающихся"),
        ("совет родителей", "совета родителей"),
        ("профсоюзный комитет", "профсоюзного комитета"),
    ],
)
def test_what_is_taken_with_regard_to_an_opinion_names_body_and_protocol(
    house: House, body: str, printed: str
) -> None:
    house.points((1, "Утвердить положение", {"Приложение": "да"}))
    add_table(house, "План")
    row = mark(
        "ПРИНЯТО с учетом мнения", body, Каким_документом="протокол", Дата=ACT_DAY, Номер="4"
    )
    house.add("Грифы", row)
    lines = appendix_of(house)
    assert part(lines, "ПРИНЯТО с учетом мнения", "(протокол от 27.08.2026 № 4)") == [
        "ПРИНЯТО с учетом мнения",
        printed,
        "(протокол от 27.08.2026 № 4)",
    ]


def test_somebody_signs_for_a_body(house: House) -> None:
    house.points((1, "Утвердить положение", {"Приложение": "да"}))
    add_table(house, "План")
    row = mark("РАССМОТРЕНО", "педагогический совет", Каким_документом="протокол", Дата=ACT_DAY)
    house.add("Грифы", row | {"Номер": "1", "Подписывает за орган": "председатель Петрова А.С."})
    assert part(appendix_of(house), "РАССМОТРЕНО", f"{TO_SIGN} А.С. Петрова") == [
        "РАССМОТРЕНО",
        "педагогическим советом",
        "(протокол от 27.08.2026 № 1)",
        "Председатель",
        f"{TO_SIGN} А.С. Петрова",
    ]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("нет", "ПОЛОЖЕНИЕ"),
        ("приложение", "Приложение № 2"),
        ("к Положению о наставничестве", "Приложение № 2"),
    ],
)
def test_an_appendix_may_bear_no_mark(house: House, typed: str, first: str) -> None:
    house.points((1, "Утвердить положения", {"Приложение": "1; 2"}))
    add_table(house, "План", **{"№": "1"})
    add_table(house, "Форма", **{"№": "2", "Отметка": typed})
    assert appendix_of(house, "2")[1] == first
    assert any("(приложения № 1, № 2)" in line for line in order_of(house))


# --- grounds, points, tables -----------------------------------------------------------------


def test_protocols_of_the_house_and_of_others_are_grounds(house: House) -> None:
    house.stand_by(
        {
            "Краткое имя": "Педсовет",
            "Вид документа": "протокол педагогического совета",
            "Серия": "протоколы",
            "Номер": "1",
            "Дата": "28.08.2026",
            "Заголовок": "Заседание педагогического совета",
        }
    )
    other: Point = {
        "Краткое имя": "Протокол УС",
        "Вид": "протокол",
        "Кто издал": "управляющий совет",
    }
    house.add("Акты", {**other, "Дата": ACT_DAY, "Номер": "5"})
    house.add("Преамбула", {"Оборот": "На основании", "Акт": "Педсовет; Протокол УС"})
    house.points((1, "Начать работу"))
    house.order["Основание"] = "Педсовет"
    preamble = (
        "На основании протокола педагогического совета от 28 августа 2026 г. № 1, протокола "
        "управляющего совета от 27 августа 2026 г. № 5"
    )
    lines = order_of(house)
    assert [line for line in lines if line.startswith(preamble)]
    assert "Основание: протокол педагогического совета от 28 августа 2026 г. № 1." in lines


def test_a_point_lists_documents_and_its_subpoints_end_as_a_list(house: House) -> None:
    house.points(
        (1, "Утвердить следующие документы", {"Приложение": "1; 2", "Как сослаться": "перечнем"}),
        (2, "Утвердить:"),
        ("2.1", "положение о школе (приложение № 1)"),
        ("2.2", "дорожную карту (приложение № 2);"),
        ("2.3", "форму отчёта."),
        (3, "Обеспечить:"),
        ("а)", "ознакомление работников;"),
        ("б)", "размещение на сайте."),
        (4, "Провести:"),
        ("-", "семинар"),
        ("-", "опрос и т.д."),
    )
    add_table(house, "План", **{"№": "1"})
    add_table(house, "Карта", **{"№": "2", "Что это": "карта", "Заголовок": "Дорожная карта"})
    lines = order_of(house)
    assert part(lines, "1. Утвердить следующие документы:", "- опрос и т.д.") == [
        "1. Утвердить следующие документы:",
        "– Положение о наставничестве (приложение № 1);",
        "– Дорожную карту (приложение № 2).",
        "2. Утвердить:",
        "2.1. положение о школе (приложение № 1);",
        "2.2. дорожную карту (приложение № 2);",
        "2.3. форму отчёта.",
        "3. Обеспечить:",
        "а) ознакомление работников;",
        "б) размещение на сайте.",
        "4. Провести:",
        "- семинар;",
        "- опрос и т.д.",
    ]


def test_two_tables_stand_in_one_appendix_with_words_around_them(house: House) -> None:
    house.points((1, "Утвердить положение", {"Приложение": "да"}))
    add_table(house, "Карта", "Показатели")
    texts = [
        ("Цель – рост качества.", "абзац", None),
        ("Таблица 1 – Мероприятия", "название таблицы", "перед таблицей"),
        ("Итоги подводят по показателям.", "абзац", "после таблицы 1"),
        ("Таблица 2 – Показатели", "название таблицы", "перед таблицей Показатели"),
        ("Сокращения", "подзаголовок", "после таблицы"),
    ]
    house.add("Тексты приложений", *({"Текст": a, "Как": b, "Где": c} for a, b, c in texts))
    cells = ["№", "Мероприятие", "1"]
    assert part(appendix_of(house), "Цель – рост качества.", "Сокращения") == [
        "Цель – рост качества.",
        "Таблица 1 – Мероприятия",
        *cells,
        "Карта: начало",
        "2",
        "Карта: итоги",
        "Итоги подводят по показателям.",
        "Таблица 2 – Показатели",
        *cells,
        "Показатели: начало",
        "2",
        "Показатели: итоги",
        "Сокращения",
    ]


# --- acquaintance ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "says", "named"),
    [
        (f"{TEACHER}; {BOSS}", "ознакомлены:", ["О.С. Черных", "П.О. Дзюба"]),
        (TEACHER, "ознакомлен(а):", ["О.С. Черных"]),
        (BOSS, "ознакомлен(а):", ["П.О. Дзюба"]),
    ],
)
def test_those_who_know_the_order_sign_in_the_order(
    house: House, people: str, says: str, named: list[str]
) -> None:
    house.order |= {"Ознакомить": people, "Ознакомление": "в приказе"}
    house.points((1, "Начать работу"))
    words = {
        "приказ": "приказом",
        "распоряжение": "распоряжением",
        "постановление": "постановлением",
    }
    lines = order_of(house)
    assert part(lines, f"С {words[kind_of(house)]} {says}", lines[-1]) == [
        f"С {words[kind_of(house)]} {says}",
        *(f"{TO_SIGN}\t{name}\t{SHORT_BLANK_DAY}" for name in named),
    ]
    assert not [title for title in house.papers() if title.startswith("Лист")]


def test_namesakes_are_told_apart_by_their_posts(house: House) -> None:
    twin: Point = {"Фамилия Имя Отчество": "Черных Олег Семёнович", "Должность": "учитель труда"}
    house.add("Сотрудники", twin)
    house.order["Ознакомить"] = f"{TEACHER}; Черных Олег Семёнович; {BOSS}"
    house.settings["Ознакомление"] = "в приказе"
    house.points((1, "Начать работу"))
    assert order_of(house)[-5:] == [
        f"{TO_SIGN}\tО.С. Черных\t{SHORT_BLANK_DAY}",
        "(учитель химии)",
        f"{TO_SIGN}\tО.С. Черных\t{SHORT_BLANK_DAY}",
        "(учитель труда)",
        f"{TO_SIGN}\tП.О. Дзюба\t{SHORT_BLANK_DAY}",
    ]


def test_two_orders_of_one_house_may_acquaint_each_in_its_own_way(house: House) -> None:
    house.settings["Ознакомление"] = "в приказе"
    house.order["Ознакомить"] = TEACHER
    own: Point = {"Краткое имя": "Второй", "Номер": "8", "Ознакомление": "лист"}
    house.others.append({**house.order, **own})
    house.points((1, "Начать работу"))
    house.sheets["Пункты"].append({"Приказ": "Второй", "№": 1, "Что сделать": "Подвести итоги"})
    titles = [title.split(".")[0] for title in house.papers()]
    assert min(titles) == "Лист ознакомления"
    assert len(titles) == 3


@pytest.mark.office
def test_no_page_ends_between_the_signature_and_those_who_know_the_order(tmp_path: Path) -> None:
    house = of_school(tmp_path / "дом")
    house.settings["Ознакомление"] = "в приказе"
    house.order["Ознакомить"] = f"{TEACHER}; {BOSS}"
    house.sheets["Пункты"] = []
    for count in range(21, 28):
        name = f"Пунктов {count}"
        house.others.append({**house.order, "Краткое имя": name, "Номер": f"{count}"})
        house.sheets["Пункты"] += [
            {"Приказ": name, "№": number, "Что сделать": "Провести мероприятие по плану"}
            for number in range(1, count + 1)
        ]
    house.order |= {"О чём": "без текста", "Ознакомить": None}
    ready = ready_at(house.write())
    sources: list[Path] = []
    for plan in make_plan(ready, Wish()).documents:
        outcome = render(plan, ready)
        assert isinstance(outcome, Rendered)
        sources.append(tmp_path / f"{len(sources)}.docx")
        sources[-1].write_bytes(outcome.docx)
    lengths = set()
    for path in converted(sources, tmp_path / "pdf", composes=True).values():
        assert isinstance(path, Path)
        texts = pages.text_of(path)
        lengths.add(len(texts))
        lines = [text.count("20__ г.") for text in texts]
        assert lines[-1] == 2
        assert ["М.П. Иванова" in text.replace("\u00a0", " ") for text in texts] == [
            bool(count) for count in lines
        ]
        assert all("мероприятие" in text for text in texts)
    assert lengths == {1, 2}
