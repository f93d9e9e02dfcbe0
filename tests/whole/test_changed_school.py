"""How the school's papers are worded when its registers say something else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook

from docgen.model import Kind
from docgen.model.retention import retention_of
from docgen.pipeline.workspace.wish import Wish, make_plan
from docgen.plan import expected_signatures
from tests.support.changed_school import Changes, changed_school, papers, texts
from tests.support.shipped import prepared, ready_at

PAIRS, ORDERS, CARD, SETTINGS = "Пары", "Приказы", "Организация", "Настройки"
OF_TEACHERS, CONSENT, DUTY = "приказ_о_парах", "согласие_на_наставничество", "поручение_наставнику"
NOTICE = "предупредив об этом работника не менее чем за три рабочих дня"


def order_of_pairs(folder: Path, changes: Changes) -> str:
    (text,) = texts(changed_school(folder, changes), OF_TEACHERS).values()
    return text


@pytest.mark.parametrize(
    ("columns", "there", "absent"),
    [
        ("", ["Форма, направление"], ["Категория", "Стаж", "Группа"]),
        ("категория", ["Категория", "высшая"], ["Стаж", "Группа", "25 лет"]),
        ("стаж", ["Стаж", "25 лет"], ["Категория", "высшая", "Группа"]),
        ("категория; стаж", ["Категория, стаж", "высшая, 25 лет"], ["Группа"]),
        ("группа", ["Группа", "Старт"], ["Категория", "группа «Старт»"]),
        ("группа; категория; стаж", ["Группа", "Старт", "высшая, 25 лет"], ["группа «Старт»"]),
    ],
)
def test_columns_of_the_table_of_pairs_are_a_setting(
    tmp_path: Path, columns: str, there: list[str], absent: list[str]
) -> None:
    changes: Changes = {
        (SETTINGS, "Столбцы приказа о парах", "Значение"): columns or None,
        (PAIRS, "педагог", "Группа"): "Старт" if "группа" in columns else None,
    }
    text = order_of_pairs(tmp_path, changes)
    table = text[text.index("№ п/п") : text.index("2. Куратору")]
    assert [word for word in there if word not in table] == []
    assert [word for word in absent if word in table] == []


def test_an_order_without_a_date_counts_in_days(tmp_path: Path) -> None:
    text = order_of_pairs(tmp_path, {(ORDERS, "О парах педагогов", "Дата"): None})
    assert "в течение десяти рабочих дней со дня издания настоящего приказа" in text


def test_work_that_has_begun_leaves_no_day_for_supplements(tmp_path: Path) -> None:
    changes = {(PAIRS, "педагог", "С"): dt.date(2026, 9, 7)}
    text = order_of_pairs(tmp_path, changes)
    assert "5. Специалисту по кадрам Дорохиной В.С. до начала работы:" in text


def test_without_a_personnel_officer_the_executor_has_the_task(tmp_path: Path) -> None:
    text = order_of_pairs(tmp_path, {(CARD, "Специалист по кадрам", "Значение"): None})
    assert "5. Секретарю учебной части Сухих Г.П. в срок до 14 сентября 2026 г.:" in text


def test_a_repealed_regulation_is_no_ground(tmp_path: Path) -> None:
    changes = {(ORDERS, "О внедрении", "Состояние"): "аннулирован"}
    text = order_of_pairs(tmp_path, changes)
    assert "Положением о системе наставничества" not in text
    assert "в целях оказания помощи" in text


def test_consents_that_have_come_back_are_the_ground_with_their_days(tmp_path: Path) -> None:
    school = changed_school(tmp_path, {})
    ready = ready_at(school)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Согласия и подписи"
    headers = ("Бумага", "Кто подписывает", "Подписано", "Ключ бумаги", "Ключ подписи")
    sheet.append(headers)
    for place, one in enumerate(
        expected_signatures(make_plan(ready, Wish()).documents, ready.workspace)
    ):
        day = dt.date(2026, 9, 8 if place % 2 else 9)
        if one.document.kind.name == CONSENT:
            sheet.append((one.document.title, one.signer.name, day, *one.key))
    book.save(school / "Согласия и подписи.xlsx")

    (text,) = texts(school, OF_TEACHERS).values()

    ground = text[text.index("Основание:") : text.index("Директор", text.index("Основание:"))]
    assert ground.startswith("Основание: письменные согласия наставников и наставляемых от 8 ")
    assert "от 9 сентября 2026 г. (" in ground
    assert "Черных Н.В." in ground
    # No consent is asked of a mentor of duty.
    assert "Лебедь" not in ground


@pytest.mark.parametrize(
    ("arranged", "there", "absent"),
    [
        ("доп. соглашение", ["на основании статьи 351.8", NOTICE], []),
        ("внешний", ["осуществлять наставничество в МБОУ СОШ № 5"], ["351.8", NOTICE, "Выплаты"]),
        ("вне ТК", ["подав письменное заявление"], ["351.8", NOTICE, "работодател"]),
    ],
)
def test_a_consent_speaks_of_the_labour_code_only_to_a_worker(
    tmp_path: Path, arranged: str, there: list[str], absent: list[str]
) -> None:
    changes: Changes = {
        (PAIRS, "педагог", "Как оформлено"): arranged,
        (PAIRS, "педагог", "Выплата"): "10 % оклада" if arranged == "доп. соглашение" else None,
        (PAIRS, "педагог", "Источник выплаты"): None,
    }
    made = texts(changed_school(tmp_path, changes), CONSENT)
    text = next(text for title, text in made.items() if "Черных" in title)
    assert [word for word in there if word not in text] == []
    assert [word for word in absent if word in text] == []


def test_a_head_as_mentor_consents_to_the_founder(tmp_path: Path) -> None:
    changes = {(PAIRS, "педагог", "Наставник"): "Мельник Анна Петровна"}
    made = texts(changed_school(tmp_path, changes), CONSENT)
    text = next(text for title, text in made.items() if "Мельник" in title)
    founder = "Начальнику Управления образования администрации города Верхнеозёрска Козловой В.А."
    assert text.startswith(f"2 {founder} от директора МБОУ СОШ № 5 Мельник Анны Петровны")


def test_a_pair_of_duty_takes_the_consent_of_the_mentee_alone(tmp_path: Path) -> None:
    school = changed_school(tmp_path, {(PAIRS, "педагог", "Как оформлено"): "обязанность"})
    assert len(papers(school, DUTY)) == 2
    titles = [one.title for one in papers(school, CONSENT)]
    assert not [title for title in titles if "Черных" in title]
    assert [title for title in titles if "Кузнецова О.Н. (наставляемый)" in title]


@pytest.mark.parametrize(
    ("way", "name"),
    [
        ("", "Министерства просвещения Российской Федерации от"),
        ("кратко", "Минпросвещения России от"),
        ("полностью", "Министерства просвещения Российской Федерации от"),
    ],
)
def test_a_house_names_ministries_in_one_way(tmp_path: Path, way: str, name: str) -> None:
    changes = {(SETTINGS, "Министерства в ссылках", "Значение"): way or None}
    assert f"с учётом письма {name} 21 декабря 2021 г." in order_of_pairs(tmp_path, changes)


@pytest.mark.parametrize(
    ("series", "term"),
    [
        ("основная деятельность", "постоянно, ст. 19"),
        ("личный состав", "50 лет ЭПК, ст. 434"),
        ("административно-хозяйственные", "5 лет, ст. 19"),
        ("наша", "постоянно, ст. 19"),
    ],
)
def test_an_order_is_kept_as_the_series_of_its_number_says(
    tmp_path: Path, series: str, term: str
) -> None:
    school = changed_school(tmp_path, {(ORDERS, "О парах педагогов", "Серия"): series})
    (order,) = papers(school, OF_TEACHERS)
    assert retention_of(order.kind, order.order) == term
    consent: Kind = prepared("school").kinds[CONSENT]
    assert retention_of(consent, order.order) == consent.retention
