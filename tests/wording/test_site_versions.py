"""The version of a signed order for the site shows no person who has not allowed it, and no pay."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import pytest
from docx import Document

from docgen.errors import RegisterError
from docgen.model.signed_papers import SignedBlock
from docgen.ooxml import package_words
from docgen.wording import Scope
from docgen.wording.excerpts import Excerpt
from docgen.wording.site_versions import hidden_names_in, site_version
from tests.support.builders import ANNA, DENIS, SEPTEMBER, Row, person
from tests.support.signed_orders import NAME, blocks_of, quoting, signed_workspace, table_of

OLGA, IVAN = "Сидорова Ольга Петровна", "Черных Иван Ильич"
HEAD = "Иванова Мария Петровна"
STAFF = (person(OLGA, "специалист по кадрам"), person(IVAN, "учитель истории"))
PAGE: Row = {
    "имя": "Сайт",
    "для_кого": "работники",
    "адрес": "https://school1.example/index.html",
    "цель": "информирование",
    "данные": "фамилия, имя, отчество",
    "срок": dt.date(2027, 8, 31),
}
PAIRS = table_of(
    ("1", f"{OLGA}, специалист по кадрам", f"{IVAN}, учитель", "педагог – педагог; адаптация"),
    ("2", f"{ANNA}, учитель", f"{DENIS}, учитель;\n{IVAN}, учитель", "педагог – педагог; уроки"),
    ("3", f"{HEAD}, директор", f"{DENIS}, учитель", "руководитель – педагог; уроки"),
)


def consent(name: str, allowed: str = "фамилия, имя, отчество", **more: Any) -> Row:
    row: Row = {
        "подписывает": name,
        "разрешено": allowed,
        "подписано": dt.date(2026, 8, 25),
        "ключ_бумаги": f"согласие_на_распространение|{name}|Сайт",
    }
    return {**row, **more}


def version(
    *body: str | SignedBlock,
    consents: Sequence[Row] = (),
    ground: str = "",
    heading: str = "О наставничестве",
    replacements: str | None = None,
    series: str = "основная деятельность",
) -> Excerpt:
    row: Row = {"приказ": NAME, "ресурс": "Сайт", "дата": SEPTEMBER, "замены": replacements}
    registers = {"версии": [row], "ресурсы": [PAGE], "подписи": consents}
    blocks = blocks_of(*body, ground=ground, heading=heading)
    made = signed_workspace(blocks, registers, STAFF, series=series)
    return site_version(quoting(made, "версии"))


def points(made: Excerpt) -> list[str]:
    return [one.текст for one in made.части if one.как == "пункт"]


def refusal(*body: str | SignedBlock, series: str = "основная деятельность") -> str:
    with pytest.raises(RegisterError) as refused:
        version(*body, series=series)
    (problem,) = refused.value.problems
    assert problem.where.sheet == "Версии для сайта"
    return problem.message


def test_of_pairs_their_number_by_form_is_shown() -> None:
    made = version("1. Закрепить пары:", PAIRS)

    (table,) = made.tables
    rows = [tuple(cell.text for cell in row.cells if cell) for row in table.rows]
    assert rows[1:] == [("педагог – педагог", "3"), ("руководитель – педагог", "1")]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1. Учителю русского языка Петровой А.С. помочь.", "1. Учителю русского языка помочь."),
        ("1. Обратиться к Петровой А.С.", "1. Обратиться к учителю русского языка"),
        ("1. Вместе с Кузнецовым Д.О. провести.", "1. Вместе с учителем математики провести."),
        ("1. Сопровождать Петрову и класс", "1. Сопровождать учителя русского языка и класс"),
        (
            "1. Ознакомить с настоящим приказом под подпись Петрову А.С., Кузнецова Д.О.",
            "1. Ознакомить с настоящим приказом под подпись названных в нём работников",
        ),
        ("1. Поручить Кузнецову Д.О. отчёт.", "1. Поручить учителю математики отчёт."),
        (
            "1. Заключить с наставником Черных И.И. соглашение",
            "1. Заключить с наставником соглашение",
        ),
        ("1. Наставникам (Петровой А.С., Черных И.И.) помочь", "1. Наставникам помочь"),
    ],
)
def test_a_name_gives_way_to_its_post_in_the_case_of_the_sentence(text: str, shown: str) -> None:
    assert points(version(text)) == [shown]


def test_a_name_stays_where_it_was_allowed() -> None:
    made = version(
        "1. Учителю русского языка Петровой А.С. помочь Кузнецову Д.О.",
        consents=[consent(ANNA), consent(DENIS, "должность; фотография")],
    )

    assert points(made) == ["1. Учителю русского языка Петровой А.С. помочь учителю математики"]


@pytest.mark.parametrize(
    "more",
    [
        {"подписано": dt.date(2026, 9, 2)},
        {"подписано": None},
        {"отозвано": dt.date(2026, 8, 30)},
        {"до": dt.date(2026, 8, 31)},
        {"отказ": "да"},
        {"разрешено": "фамилия, имя, отчество – нет; должность"},
        {"разрешено": ""},
        {"ключ_бумаги": f"согласие_на_распространение|{HEAD}|Другая страница"},
        {"ключ_бумаги": f"согласие_на_обработку_данных|{HEAD}|Сайт"},
    ],
)
def test_a_consent_that_does_not_hold_shows_no_name(more: dict[str, Any]) -> None:
    assert version("1. Утвердить план.", consents=[consent(HEAD)]).имя == "М.П. Иванова"
    assert version("1. Утвердить план.", consents=[consent(HEAD, **more)]).имя == ""


def test_points_about_pay_are_left_out() -> None:
    made = version(
        "1. Установить выплату в размере 10 % оклада.",
        "2. Куратору:",
        "2.1. выплатить 3 500 (три тысячи пятьсот) рублей;",
        "3. Разместить на сайте.",
    )

    assert points(made) == ["3. Разместить на сайте."]


def test_the_ground_shows_no_paper_of_a_person() -> None:
    made = version(
        "1. Утвердить план.",
        ground="Основание: протокол № 1; заявление Черных И.И.; согласия (Петрова А.С.).",
    )

    assert made.основание == "Основание: протокол № 1; согласия."


def test_who_words_a_name_himself_is_obeyed() -> None:
    made = version("1. Петрова А.С. назначена.", replacements="Петрова А.С. – Учитель школы")

    assert points(made) == ["1. Учитель школы назначена."]


@pytest.mark.parametrize(
    "text", ["1. Назначена Петрова А.С.", "1. Помочь Орлову Н.Н.", "1. Помощь Петровой А.С."]
)
def test_a_name_of_no_certain_case_or_bearer_is_refused(text: str) -> None:
    assert "впишите в «Чем заменить имена»" in refusal(text)


def test_orders_of_the_personnel_are_never_shown() -> None:
    assert "по личному составу" in refusal("1. Утвердить план.", series="личный состав")


def test_the_last_guard_looks_at_every_part_of_a_file() -> None:
    row: Row = {"приказ": NAME, "ресурс": "Сайт", "дата": SEPTEMBER}
    registers = {"версии": [row], "ресурсы": [PAGE], "подписи": [consent(DENIS)]}
    made = signed_workspace(blocks_of("1. Утвердить план."), registers, STAFF)
    document = Document()
    document.core_properties.author = "Сидоровой О.П."
    paragraph = document.add_paragraph("Сообщить Петро")
    paragraph.add_run("вой А.С. и Кузнецову Д.О.")
    document.sections[0].footer.paragraphs[0].text = "ЧЕРНЫХ"
    written = io.BytesIO()
    document.save(written)

    texts = [*package_words(written.getvalue()), "Для сайта/Иванова"]
    found = hidden_names_in(texts, made.records["версии"][0], Scope(made, SEPTEMBER))

    assert set(found) == {"Сидоровой", "Петровой", "ЧЕРНЫХ", "Иванова"}
    assert hidden_names_in(["Кузнецов"], made.records["версии"][0], Scope(made, SEPTEMBER)) == []


def test_a_former_surname_and_a_guardian_are_guarded_too() -> None:
    row: Row = {"приказ": NAME, "ресурс": "Сайт", "дата": SEPTEMBER}
    child: Row = {
        "фио": "Волков Пётр Ильич",
        "рождён": dt.date(2012, 4, 15),
        "класс": "9 «А»",
        "представитель": "Гусева Инна Олеговна",
        "кем_приходится": "мать",
    }
    former = person("Белова Вера Ильинична", прежняя_фамилия="Орлова", прежняя_по=SEPTEMBER)
    registers = {"версии": [row], "ресурсы": [PAGE], "дети": [child]}
    made = signed_workspace(blocks_of("1. Утвердить план."), registers, (former,))

    found = hidden_names_in(
        ["Сообщить Орловой, Гусевой и Волкову"],
        made.records["версии"][0],
        Scope(made, SEPTEMBER),
    )

    assert found == ["Орловой", "Гусевой", "Волкову"]
