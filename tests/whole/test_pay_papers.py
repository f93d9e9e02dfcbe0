"""Papers of pay and programmes on changed registers of the school."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docgen.ooxml.docx_text import text_of
from docgen.pipeline.workspace.readiness import Ready
from docgen.pipeline.workspace.render import Rendered, render
from docgen.plan import Plan, plan_documents, plan_packets
from tests.support.shipped import ROOT, ready_at

BOOK = "Наставничество.xlsx"
Change = Mapping[str, str | float | dt.date | None]
PAIRS, CARD, SETTINGS = "Пары", "Организация", "Настройки"


@pytest.fixture
def school(tmp_path: Path) -> Callable[..., Ready]:
    """Return a way to read the school with changed rows, and without some of its sheets."""

    def change(rows: Mapping[tuple[str, str], Change], *, without: tuple[str, ...] = ()) -> Ready:
        folder = tmp_path / "school"
        folder.mkdir(exist_ok=True)
        book = load_workbook(ROOT / "registers" / "school" / BOOK)
        for (sheet, key), values in rows.items():
            page = book[sheet]
            headers = {str(cell.value): cell.column for cell in page[1] if cell.value}
            numbers = [number for number, row in enumerate(page.values, 1) if key in row]
            number = numbers[0] if numbers else page.max_row + 1
            for header, value in values.items():
                column = headers.setdefault(header, max(headers.values()) + 1)
                page.cell(1, column).value = header
                page.cell(number, column).value = value
        for sheet in without:
            del book[sheet]
        book.save(folder / BOOK)
        return ready_at(folder)

    return change


def plan_of(ready: Ready) -> Plan:
    return plan_documents(ready.workspace, ready.kinds)


def words(plan: Plan, ready: Ready, kind: str, titled: str = "") -> str:
    """Return the words of the only filled paper of a kind whose title holds these words."""
    (paper,) = [
        one
        for one in plan.documents
        if one.kind.name == kind and titled in one.title and not one.is_blank_form
    ]
    made = render(paper, ready)
    assert isinstance(made, Rendered), made
    text = " ".join(text_of(made.docx)).translate({0xA0: " ", 0x202F: " ", 0x2011: "-"})
    return " ".join(text.split())


def remarks(plan: Plan) -> dict[str, str]:
    """Return what the checks of kinds say, by cell."""
    return {
        f"{one.where.sheet}!{one.where.cell}": one.message
        for one in plan.problems
        if one.code.startswith("paper-")
    }


def mentees(*names: str) -> list[tuple[str, str]]:
    return [(PAIRS, name) for name in names]


HEAD_TEACHES: Change = {"Наставник": "Мельник Анна Петровна", "Форма": "руководитель – педагог"}


def test_the_founder_signs_the_agreement_with_the_head_and_sets_the_pay(
    school: Callable[..., Ready],
) -> None:
    ready = school({(PAIRS, "Ткач Илья Сергеевич"): HEAD_TEACHES})
    plan = plan_of(ready)
    (agreement,) = [
        one
        for one in plan.documents
        if one.kind.name == "дополнительное_соглашение" and "Мельник" in one.title
    ]
    assert [one.name for one in agreement.signers] == [
        "Козлова Вера Андреевна",
        "Мельник Анна Петровна",
    ]
    text = words(plan, ready, "дополнительное_соглашение", "Мельник")
    assert "Управление образования администрации города Верхнеозёрска в лице начальника" in text
    assert "Козловой Веры Андреевны, действующей на основании ___" in text
    assert "и Мельник Анна Петровна, директор МБОУ СОШ № 5 (далее – Работник)" in text
    assert "на основании ______________________________ (акт учредителя)" in text
    assert "Ткач" not in words(plan, ready, "приказ_о_выплатах")
    assert not [one for one in plan.documents if one.title.endswith("о выплатах: Мельник А.П.")]
    assert all("учредитель" in said for said in remarks(plan).values())
    assert remarks(plan)


def test_an_acting_head_signs_by_a_power_that_is_named_or_left_to_the_pen(
    school: Callable[..., Ready],
) -> None:
    term = {"Действует с": dt.date(2026, 9, 1), "по": dt.date(2026, 9, 30)}
    ready = school({(CARD, "И.о. руководителя"): term})
    text = words(plan_of(ready), ready, "дополнительное_соглашение", "Черных")
    in_full = "в лице исполняющего обязанности директора Рудакова Сергея Ивановича"
    assert f"{in_full}, действующего на основании ___" in text
    power = "приказ от 28 августа 2026 г. № 90-л"
    named = {"Что": "Руководитель действует на основании", "Значение": power}
    ready = school({(CARD, "И.о. руководителя"): term, (CARD, power): named})
    text = words(plan_of(ready), ready, "дополнительное_соглашение", "Черных")
    assert "действующего на основании приказа от 28 августа 2026 г. № 90-л (далее" in text


def test_a_group_has_one_agreement_one_row_of_pay_one_programme(
    school: Callable[..., Ready],
) -> None:
    group = {"Наставник": "Шевченко Олег Игоревич", "Группа": "молодые специалисты"}
    ready = school(
        dict.fromkeys(mentees("Коваль Денис Олегович", "Сидорова Дарья Максимовна"), group)
    )
    plan = plan_of(ready)
    text = words(plan, ready, "дополнительное_соглашение", "Шевченко")
    assert "учителя математики Коваля Дениса Олеговича; учителя физической культуры" in text
    assert "на рабочем месте, в группе, очно" in text
    assert "2 Шевченко Олег Игоревич, таб. № 107, учитель математики Коваль Д.О.; Сидорова" in (
        words(plan, ready, "выписка_о_выплате", "Шевченко")
    )
    programme = words(plan, ready, "программа_наставничества", "Шевченко")
    assert "Вид наставничества группов" in programme
    assert programme.count("(инициалы, фамилия)") == 4
    assert remarks(plan) == {}


def test_a_sum_is_in_words_and_hours_are_counted(school: Callable[..., Ready]) -> None:
    pay = {"Размер выплаты": 3500.5, "Единица": "рублей", "Часов в месяц": 12}
    ready = school({(PAIRS, "Ли Виктория Александровна"): pay})
    text = words(plan_of(ready), ready, "дополнительное_соглашение", "Цой")
    assert "в размере 3 500 (три тысячи пятьсот) рублей 50 копеек ежемесячно" in text
    assert "объём работы – в пределах 12 часов в месяц." in text


def test_remarks_name_the_cell_that_lacks_a_term_or_is_late(school: Callable[..., Ready]) -> None:
    late = {"Дата соглашения": dt.date(2026, 9, 18)}
    short = {"По": dt.date(2026, 11, 30)}
    none = {"Размер выплаты": None, "Выплата": None, "Источник выплаты": None}
    plan = plan_of(
        school(
            {
                (PAIRS, "Коваль Денис Олегович"): late,
                (PAIRS, "Сидорова Дарья Максимовна"): short,
                (PAIRS, "Бойко Григорий Анатольевич"): none,
            }
        )
    )
    said = remarks(plan)
    assert {cell.partition("!")[2] for cell in said} == {"G4", "Q13", "U3"}
    assert "от трёх месяцев до года" in said["Пары!G4"]


def test_one_order_of_pay_for_each_asks_for_no_extracts(school: Callable[..., Ready]) -> None:
    each = {"Что": "Приказ о выплатах", "Значение": "на каждого"}
    plan = plan_of(school({(SETTINGS, "Приказ о выплатах"): each}))
    assert not [one for one in plan.documents if one.kind.name == "выписка_о_выплате"]
    (said,) = remarks(plan).values()
    assert "дайте каждому свой приказ" in said


def test_programmes_are_made_where_their_sheets_have_rows(school: Callable[..., Ready]) -> None:
    plan = plan_of(school({}, without=("Программы", "Образцы программ")))
    assert not [one for one in plan.documents if one.kind.name == "программа_наставничества"]


def test_own_rows_of_a_programme_win_and_are_told_when_out_of_the_term(
    school: Callable[..., Ready],
) -> None:
    ready = school({("Программы", "Подведение итогов программы"): {"Срок": "июнь 2027 г."}})
    plan = plan_of(ready)
    text = words(plan, ready, "программа_наставничества", "Ким")
    assert "18 ноября 2026 г." in text
    assert "Задачи: – описать результаты работы за межаттестационный период;" in text
    (said,) = remarks(plan).values()
    assert "вне срока пары" in said
    assert "Подведение итогов программы" in said


def test_papers_of_pay_are_in_no_common_set_of_copies(school: Callable[..., Ready]) -> None:
    ready = school({})
    plan = plan_of(ready)
    apart = {one.key for one in plan.documents if one.kind.is_apart}
    assert apart
    packets = plan_packets(plan.documents, ready.packets, ready.workspace)
    for packet in packets:
        if packet.kind.name.startswith("комплект_года"):
            assert not apart & set(packet.documents)


def test_remarks_hold_a_pair_to_the_contract_of_its_mentor(school: Callable[..., Ready]) -> None:
    paid = {"Выплата": "10 % оклада", "Размер выплаты": 10}
    elsewhere = {"Организация, если не наша": "МБУ «Информационно-методический центр»"}
    own = {"Как оформлено": "внешний", "Выплата": None, "Размер выплаты": None}
    ready = school(
        {
            (PAIRS, "Грищук Максим Петрович"): paid,
            ("Сотрудники", "Ким Нелли Борисовна"): elsewhere,
            ("Сотрудники", "Заяц Виктор Степанович"): {
                "Наставничество в договоре": "пункт договора"
            },
            (PAIRS, "Ткач Илья Сергеевич"): own,
            ("Дети и родители", "Вдовиченко Софья Антоновна"): {"Кем приходится": "опекун"},
        }
    )
    said = remarks(plan_of(ready))
    assert "отдельной выплаты за него нет" in said["Пары!H9"]
    assert "работодатель ему – не вы" in said["Пары!H5"]
    assert "соглашение тогда не нужно" in said["Пары!H4"]
    assert "наставник – свой работник" in said["Пары!H11"]
    assert "«Документ о полномочиях» пуст" in said["Дети и родители!G3"]
