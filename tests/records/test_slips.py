"""Slips that would go out with a signature: what texts say against registers, days, people."""

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


def text(words: str, **more: Sequence[Row]) -> RowsByRegister:
    registers = {"приказы": [order()], "пункты": [point("1", words)], "акты": ACTS, **more}
    return school(registers)


def of_order(*points: Row, staff: Sequence[Row] = STAFF, **cells: Cell) -> RowsByRegister:
    rows: dict[str, Sequence[Row]] = {"приказы": [order(**cells)], "пункты": points}
    return school(rows, staff=staff)


# --- acts in running text --------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Учесть постановление Минпросвещения от 25.12.2019 № Р-145",
        "Учесть распоряжение Минпросвещения от 24.12.2019 № Р-145",
        "Учесть распоряжение Минпросвещения № 145-р",
        "Руководствоваться ст. 358.1 Трудового кодекса",
        "Руководствоваться статьёй 385.1 Трудового кодекса",
        "Руководствоваться статьями 60.2 и 358.1 Трудового кодекса",
        "Учесть ст. ст. 60.2, 358.1 Трудового кодекса",
        "Учесть приказ от 29.12.2012 № 273-ФЗ",
        "Учесть постановление Минпросвещения № P-145",  # the letter is Latin
        "Учесть распоряжение Минпросвещения от 24 декабря 2019 г. № Р-145",
        "Учесть распоряжение Минпросвещения № Р-145 от 24.12.2019",
        "Учесть распоряжение Минпросвещения от «24» декабря 2019 года № Р-145",
        "Учесть Федеральный закон от 29.12.2012 № 273 ФЗ",
        "Учесть Федеральный закон № 273- ФЗ",
        "Учесть Указ Президента от 05.07.2018 № 204 «О национальных целях до 2024 года»",
        "Учесть распоряжение от 25.12.2019 № Р-154 «Об утверждении методологии «Наставник»",
    ],
)
def test_an_act_named_otherwise_than_its_register_is_said(words: str) -> None:
    assert said(text(words)) == [("текст 2", "act-mismatch")]


@pytest.mark.parametrize(
    "words",
    [
        "Учесть распоряжение Минпросвещения от 25.12.2019 № Р-145",
        "Учесть распоряжение № Р-145",
        "Руководствоваться ст. 351.8 Трудового кодекса, ст. 60.2 и 57",
        "Руководствоваться статьями 60.2, 351.8 и 57 Трудового кодекса",
        "Приказом от 01.09.2026 № 5 и Федеральным законом от 29.12.2012 № 273-ФЗ",
        "Постановлением от 01.02.2022 № 225; распоряжением № Р-145",
        "Учесть письмо № АБ-12/08",
        "Показать, как указано в № Р-145",
        "Приказчику передать № Р-145",
        "Учесть распоряжение от 25 декабря 2019 года № Р-145 и закон 273-ФЗ от 29.12.2012",
        "Учесть распоряжение от «25» декабря 2019 г. № Р-145",
        "Учесть постановление от 05.07.2018 № 7 «О национальных целях до 2024 года»",
        "Учесть приказ от 05.07.2018 № 204 «О школе»",
        "Внедрить 273 группы ФЗ",
    ],
)
def test_an_act_named_as_registered_and_acts_unknown_are_left_alone(words: str) -> None:
    assert said(text(words)) == []


def test_an_act_in_running_text_is_held_to_the_day_of_the_order() -> None:
    words = "Исполнять Указ Президента от 07.05.2018 № 204"
    assert said(text(words)) == [("текст 2", "act-not-in-force")]
    assert said(text(words, приказы=[order(дата="02.09.2024")])) == []


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("О целях развития на период до 2024 года", ["act-not-in-force"]),
        ("Об утверждении программы на 2020–2025 годы", ["act-not-in-force"]),
        ("О целях на период до 2024 года и на перспективу до 2036 года", []),
        ("Об итогах работы за 2020–2025 годы", []),
        ("О порядке, утверждённом до 2024 года", []),
    ],
)
def test_an_act_whose_title_ends_its_period_is_not_cited_after_it(
    title: str, codes: list[str]
) -> None:
    act = {"имя": "Указ", "вид": "Указ", "дата": "07.05.2018", "номер": "5", "название": title}
    grounds = [{"приказ": "О внедрении", "акт": "Указ"}]
    rows = text("Исполнять", преамбула=grounds, акты=[act])
    assert [code for _, code in said(rows)] == codes


def test_a_wrong_day_of_an_order_does_not_put_its_acts_out_of_force() -> None:
    rows = text("Исполнять", преамбула=[{"приказ": "О внедрении", "акт": "Указ 204"}])
    made, _ = linked({**rows, "приказы": [order(дата="31.09.2020")]})
    assert [one.code for one in check_workspace(made)] == []


def test_acts_are_read_in_tables_too() -> None:
    parts = [appendix(шаблон="таблица", лист="План")]
    plan = table(["№", "Дело"], ["1", "Изучить постановление № Р-145"])
    rows = school({"приказы": [order()], "приложения": parts, "акты": ACTS})
    assert said(rows, {"План": plan}) == [("B2", "act-mismatch")]


# --- appendices in running text --------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Утвердить план (приложение № 2)",
        "План (приложение 3)",
        "План (Приложение №2)",
        "Утвердить планы (приложения № 1 и № 2)",
        "Утвердить планы согласно приложениям 1, 4",
        "Отчитаться по форме приложения 2",
        "в соответствии с приложением № 3",
        "приложение № 2 к настоящему приказу",
    ],
)
def test_an_appendix_that_is_not_there_is_said(words: str) -> None:
    parts = [appendix("1")]
    assert said(text(words, приложения=parts)) == [("текст 2", "appendix-absent")]


@pytest.mark.parametrize(
    "words",
    [
        "Утвердить план (приложение № 1)",
        "Утвердить план (приложение)",
        "По форме (приложение № 2 к приказу Минпросвещения)",
        "По форме согласно приложению 5 к письму",
        "По форме приложения № 3 приказа Минпросвещения",
        "Приложение № 2 изложить в новой редакции",
        "Внести изменения в приложения № 2 и № 3",
        "Приложение № 1 к настоящему приказу",
        "Открыть мобильное приложение 2ГИС",
        "план, приложение 1.2.3",
    ],
)
def test_an_appendix_that_is_there_or_of_another_paper_is_left_alone(words: str) -> None:
    assert said(text(words, приложения=[appendix("1")])) == []


def test_an_appendix_is_missed_in_the_preamble_and_where_another_appendix_names_the_order() -> None:
    ground: Row = {"приказ": "О внедрении", "оборот": "В целях", "текст": "плана (приложение № 2)"}
    assert said(text("Сдать", преамбула=[ground], приложения=[appendix("1")])) == [
        ("текст 2", "appendix-absent")
    ]
    parts = [appendix("1", шаблон="таблица", лист="План")]
    for words, codes in (
        ("По приложению № 2 к настоящему приказу", [("B2", "appendix-absent")]),
        ("По приложению № 2", []),
    ):
        rows = school({"приказы": [order()], "приложения": parts})
        assert said(rows, {"План": table(["№", "Дело"], ["1", words])}) == codes


def test_an_appendix_without_any_is_said() -> None:
    assert said(text("Утвердить план (приложение)")) == [("текст 2", "appendix-absent")]


def test_an_appendix_named_in_the_text_and_in_its_column_is_said() -> None:
    rows = school(
        {
            "приказы": [order()],
            "пункты": [point("1", "Утвердить план согласно приложению", приложение="1")],
            "приложения": [appendix("1")],
        }
    )
    assert said(rows) == [("текст 2", "said-twice")]


@pytest.mark.parametrize(
    "words",
    [
        "Утвердить план согласно приложению № 1 (приложение № 1)",
        "Утвердить план (приложение 1) согласно приложению 1",
    ],
)
def test_an_appendix_named_twice_in_one_text_is_said(words: str) -> None:
    assert said(text(words, приложения=[appendix("1")])) == [("текст 2", "said-twice")]


def test_two_appendices_of_one_text_are_named_each() -> None:
    words = "Утвердить план (приложение № 1) и список согласно приложению № 2"
    assert said(text(words, приложения=[appendix("1"), appendix("2")])) == []


# --- days ------------------------------------------------------------------------------------


def test_a_deadline_of_a_point_before_its_order_is_said() -> None:
    assert said(of_order(point("1", "Сдать план", срок="31.08.2026"))) == [
        ("срок 2", "deadline-before-order")
    ]
    assert said(of_order(point("1", "Сдать план", срок="01.09.2026"))) == []
    assert said(of_order(point("1", "Сдать план", срок="ежемесячно"))) == []


@pytest.mark.parametrize(
    "words",
    [
        "Сдать план в срок до 31 августа 2026 года",
        "Сдать план не позднее 31.08.2026",
        "Сдать план до 1 октября 2025 г.",
    ],
)
def test_a_deadline_in_words_before_the_order_is_said(words: str) -> None:
    assert said(of_order(point("1", words))) == [("текст 2", "deadline-before-order")]


@pytest.mark.parametrize(
    "words",
    [
        "Сдать план в срок до 1 октября 2026 года",
        "Учесть стаж до 1 января 2020 года",
        "Учесть работников, принятых до 1 сентября 2025 года",
        "Исполнять программу на период до 2024 года",
        "Считать программу, срок действия которой до 1 сентября 2025 года, исполненной",
        "Сдать план в срок, который назван в плане",
    ],
)
def test_a_day_of_the_past_that_is_no_deadline_is_well(words: str) -> None:
    assert said(of_order(point("1", words))) == []


def planned(heading: str) -> list[tuple[str, str]]:
    parts = [appendix(заголовок=heading, шаблон="таблица", лист="План")]
    rows = school({"приказы": [order()], "приложения": parts})
    return said(rows, {"План": table(["№", "Дело"], ["1", "Собрать"])})


@pytest.mark.parametrize("heading", ["План на 2025 год", "План на период до 2025 года"])
def test_a_plan_that_is_over_before_its_order_is_said(heading: str) -> None:
    assert planned(heading) == [("заголовок 2", "period-mismatch")]


@pytest.mark.parametrize(
    "heading", ["План на 2026 год", "План на 2025–2027 годы", "Отчёт за 2025 год", "План"]
)
def test_a_plan_of_the_orders_time_and_a_report_are_well(heading: str) -> None:
    assert planned(heading) == []


def test_an_order_in_force_before_its_day_is_said() -> None:
    early = of_order(point("1", "Сдать"), вступает_в_силу="31.08.2026")
    assert said(early) == [("вступает_в_силу 2", "deadline-before-order")]
    assert said(of_order(point("1", "Сдать"), вступает_в_силу="01.09.2026")) == []


# --- said twice ------------------------------------------------------------------------------

CONTROL = "Контроль за исполнением приказа возложить на заместителя директора"


def test_two_points_of_control_are_said() -> None:
    assert said(of_order(point("1", CONTROL), контроль="за собой")) == [("текст 2", "said-twice")]
    assert said(of_order(point("1", CONTROL), point("2", CONTROL))) == [("текст 3", "said-twice")]


def test_one_point_of_control_is_well() -> None:
    assert said(of_order(point("1", CONTROL))) == []
    assert said(of_order(point("1", "Сдать"), контроль="за собой")) == []
    for words in (
        "Осуществлять контроль посещаемости",
        "Обеспечить контроль за исполнением планов",
        "Контроль посещаемости возложить на классных руководителей",
        "Контроль за выполнением плана возложить на методиста",
    ):
        assert said(of_order(point("1", words), контроль="за собой")) == []


@pytest.mark.parametrize(
    "words",
    [
        "Контроль за выполнением приказа оставляю за собой",
        "Контроль за реализацией настоящего приказа оставить за собой",
        "Контроль исполнения возложить на методиста",
        "Возложить контроль за исполнением приказа на методиста",
        "Контроль оставляю за собой",
    ],
)
def test_control_of_the_order_is_known_however_it_is_worded(words: str) -> None:
    assert said(of_order(point("1", words), контроль="за собой")) == [("текст 2", "said-twice")]


def approvals(*rows: Row) -> RowsByRegister:
    marks = [{"приказ": "О внедрении", "приложение": "1", **row} for row in rows]
    return school({"приказы": [order()], "приложения": [appendix("1")], "грифы": marks})


def test_two_words_of_approval_on_one_paper_are_said() -> None:
    rows = approvals({"слово": "УТВЕРЖДАЮ"}, {"слово": "УТВЕРЖДЕНО"})
    assert said(rows) == [("слово 3", "said-twice")]
    assert said(approvals({"слово": "СОГЛАСОВАНО"}, {"слово": "УТВЕРЖДЕНО"})) == []


def test_what_is_agreed_after_it_was_approved_is_said() -> None:
    late = {"слово": "ПРИНЯТО", "чем": "протокол", "дата": "02.09.2026", "номер": "1"}
    assert said(approvals(late)) == [("дата 2", "approval-late")]
    assert said(approvals({**late, "дата": "01.09.2026"})) == []


def test_what_is_agreed_after_the_mark_of_approval_is_said() -> None:
    approved: Row = {"слово": "УТВЕРЖДАЮ", "кто": "директор", "дата": "31.08.2026"}
    agreed: Row = {"слово": "ПРИНЯТО", "кто": "совет", "чем": "протокол", "дата": "01.09.2026"}
    assert said(approvals(approved, agreed)) == [("дата 3", "approval-late")]
    assert said(approvals({**approved, "дата": "01.09.2026"}, agreed)) == []


@pytest.mark.parametrize("mark", ["гриф", "приложение и гриф"])
def test_a_mark_of_approval_beside_that_of_the_appendix_is_said(mark: str) -> None:
    rows = {**approvals({"слово": "УТВЕРЖДАЮ"}), "приложения": [appendix("1", отметка=mark)]}
    assert said(rows) == [("слово 2", "said-twice")]
    agreed = {**approvals({"слово": "ПРИНЯТО"}), "приложения": [appendix("1", отметка=mark)]}
    assert said(agreed) == []


@pytest.mark.parametrize("by", ["приказом директора", "распоряжением", "постановление"])
def test_the_order_itself_is_known_in_any_case(by: str) -> None:
    mark: Row = {"слово": "УТВЕРЖДЕНО", "чем": by, "дата": "01.09.2026", "номер": "1"}
    assert said(approvals(mark)) == [("номер 2", "act-mismatch")]


def test_a_number_of_the_order_in_a_mark_that_is_another_is_said() -> None:
    mark = {"слово": "УТВЕРЖДЕНО", "чем": "приказ", "дата": "01.09.2026", "номер": "1"}
    assert said(approvals(mark)) == [("номер 2", "act-mismatch")]
    assert said(approvals({**mark, "номер": "1-ОД"})) == []
    assert said(approvals({**mark, "номер": "77"})) == []


# --- people ----------------------------------------------------------------------------------


def test_who_is_named_and_not_acquainted_is_said() -> None:
    rows = of_order(point("1", "Сдать план", ответственный=DENIS), ознакомить=ANNA)
    assert said(rows) == [("ознакомить 2", "not-acquainted")]


def test_without_a_sheet_of_acquaintance_nobody_lacks_there() -> None:
    assert said(of_order(point("1", "Сдать план", ответственный=DENIS))) == []
    both = of_order(point("1", "Сдать план", ответственный=DENIS), ознакомить=f"{ANNA}; {DENIS}")
    assert said(both) == []
    later = of_order(
        point("1", "Сдать план", ответственный=DENIS), ознакомить=ANNA, ознакомить_позже=DENIS
    )
    assert said(later) == []


@pytest.mark.parametrize(
    "words",
    [
        "Назначить куратором Ткача И.С.",
        "Ткачу Илье Сергеевичу сдать план",
        "Сдать план И. С. Ткачу",
    ],
)
def test_who_is_named_in_words_and_not_acquainted_is_said(words: str) -> None:
    rows = of_order(point("1", words), ознакомить=ANNA)
    assert said(rows) == [("ознакомить 2", "not-acquainted")]
    assert said(of_order(point("1", words), ознакомить=f"{ANNA}; {DENIS}")) == []
    assert said(of_order(point("1", words))) == []


@pytest.mark.parametrize(
    "words",
    [
        "Сдать план Ткаченко И.С.",
        "Сдать план Ткачу П.С.",
        "Назначить куратором Орлову В.И.",
        "Контроль оставить за Ивановой М.П.",  # she signs
        "План ткача и сказка",
    ],
)
def test_who_is_another_or_signs_or_is_acquainted_is_not_missed(words: str) -> None:
    assert said(of_order(point("1", words), ознакомить=ANNA)) == []


def test_who_has_a_part_in_a_plan_is_not_missed() -> None:
    plan = table(["№", "Дело", "Кто"], ["1", "Сдать план", "Ткач И.С."])
    parts = [appendix(шаблон="таблица", лист="План")]
    rows = {**of_order(point("1", "Сдать"), ознакомить=ANNA), "приложения": parts}
    assert said(rows, {"План": plan}) == []


def test_participants_are_acquainted_by_one_word() -> None:
    pairs: Row = {
        "форма": "педагог – педагог",
        "наставник": ANNA,
        "наставляемый": DENIS,
        "цель": "адаптация",
        "с": "14.09.2026",
        "по": "28.05.2027",
    }
    rows = of_order(point("1", "Назначить Ткача И.С."), ознакомить=f"участники; {ANNA}")
    assert "not-acquainted" not in [code for _, code in said({**rows, "пары": [pairs]})]


def listed(post: str) -> list[tuple[str, str]]:
    parts = [appendix(шаблон="таблица", лист="План")]
    plan = table(["№", "ФИО", "Должность"], ["1", DENIS, post])
    rows = school({"приказы": [order()], "приложения": parts}, staff=STAFF)
    return said(rows, {"План": plan})


def test_a_post_of_a_list_that_is_not_the_registers_is_said() -> None:
    assert listed("учитель физики") == [("C2", "post-differs")]


@pytest.mark.parametrize("post", ["Учитель математики", "учитель математики МБОУ СОШ № 1", ""])
def test_a_post_of_a_list_that_is_the_registers_is_well(post: str) -> None:
    assert listed(post) == []


PAIRS_LIST = ("№", "ФИО наставника", "Должность", "ФИО наставляемого", "Должность")


def in_list(head: Sequence[str], *cells: str) -> list[tuple[str, str]]:
    parts = [appendix(шаблон="таблица", лист="План")]
    rows = school({"приказы": [order()], "приложения": parts}, staff=STAFF)
    return said(rows, {"План": table(head, ["1", *cells])})


def test_posts_of_a_list_of_pairs_are_held_to_the_names_before_them() -> None:
    assert in_list(PAIRS_LIST, ANNA, "методист", DENIS, "учитель математики") == []
    assert in_list(PAIRS_LIST, ANNA, "учитель математики", DENIS, "методист") == [
        ("C2", "post-differs"),
        ("E2", "post-differs"),
    ]


@pytest.mark.parametrize("name", [DENIS, "Ткач И.С.", "И.С. Ткач", "Ткач И. С."])
def test_a_name_of_a_list_is_known_in_full_and_short(name: str) -> None:
    head = ("№", "Наставник", "Должность")
    assert in_list(head, name, "учитель физики") == [("C2", "post-differs")]
    assert in_list(head, name, "учитель математики") == []
    assert in_list(head, "Зуев П.П.", "учитель физики") == [("B2", "unknown-name")]


# --- numbers of rows -------------------------------------------------------------------------


def numbered(*numbers: str) -> list[tuple[str, str]]:
    parts = [appendix(шаблон="таблица", лист="План")]
    plan = table(["№", "Дело"], *([one, "Провести встречу"] for one in numbers))
    return said(school({"приказы": [order()], "приложения": parts}), {"План": plan})


@pytest.mark.parametrize(
    ("numbers", "place"),
    [
        (("1", "2", "4"), "A4"),
        (("1", "2", "2"), "A4"),
        (("1.1", "1.2", "1.4"), "A4"),
        (("1", "3", "4"), "A3"),
        (("2", "1.3"), "A3"),
        (("1)", "2)", "4)"), "A4"),
        (("№ 1", "№ 3"), "A3"),
    ],
)
def test_numbers_that_repeat_or_leave_one_out_are_said(numbers: Sequence[str], place: str) -> None:
    assert numbered(*numbers) == [(place, "skipped-number")]


@pytest.mark.parametrize(
    "numbers",
    [
        ("1", "2", "3"),
        ("1.", "2.", "3."),
        ("1", "1.1", "1.2", "2", "2.1"),
        ("1", "2", "1", "2"),
        ("I.", "1.1", "1.2", "II.", "2.1"),
        ("1.1", "1.2", "2.1.1", "2.1.2", "2.2"),
        ("", "1", "", "2"),
        ("5", "6"),
        ("1)", "2)", "3)"),
        ("1", "2", "2а", "3"),
    ],
)
def test_numbers_in_order_or_begun_anew_are_well(numbers: Sequence[str]) -> None:
    assert numbered(*numbers) == []


def lettered(*numbers: str) -> list[tuple[str, str]]:
    points = [point("1", "Утвердить:"), *(point(one, "план школы") for one in numbers)]
    return said(of_order(*points))


def test_a_letter_that_is_left_out_or_stands_twice_is_said() -> None:
    assert lettered("а)", "б)", "г)") == [("номер 5", "skipped-number")]
    assert lettered("а)", "б)", "б)") == [("номер 5", "skipped-number")]
    assert lettered("б)", "в)") == [("номер 3", "skipped-number")]


def test_letters_in_order_or_begun_anew_are_well() -> None:
    assert lettered("а)", "б)", "в)", "г)", "д)", "е)", "ж)", "з)", "и)", "к)") == []
    assert lettered("а)", "", "б)", "-", "в)") == []
    assert lettered("а)", "б)", "2", "а)", "б)") == []


# --- consents --------------------------------------------------------------------------------


def purposes(actions: str) -> list[tuple[str, str]]:
    row = {"имя": "Сайт", "для_кого": "работники", "цель": "размещение", "действия": actions}
    row |= {"данные": "фамилия", "способы": "смешанная", "срок": "31.08.2027"}
    return said(school({"приказы": [order()], "цели": [row]}))


def test_dissemination_in_a_consent_to_processing_is_an_error() -> None:
    assert purposes("сбор, хранение, распространение") == [("действия 2", "dissemination")]
    assert purposes("сбор, передача неограниченному кругу лиц") == [("действия 2", "dissemination")]
    assert purposes("сбор, размещение на сайте школы") == [("действия 2", "dissemination")]
    assert purposes("сбор, хранение, передача") == []
    assert purposes("сбор, хранение без распространения") == []


# --- words -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Утвердить план (дорожную карту", "unpaired-mark"),
        ("Назначить (указать ФИО) куратором", "placeholder"),
        ("Согласно приказа утвердить", "typing-slip"),
    ],
)
def test_a_point_is_read_for_slips(words: str, code: str) -> None:
    assert said(text(words)) == [("текст 2", code)]


def test_a_line_in_a_heading_is_room_left_for_words() -> None:
    rows = of_order(point("1", "Сдать"), заголовок="О ____ наставничества")
    assert said(rows) == [("заголовок 2", "placeholder")]


@pytest.mark.parametrize("heading", ["О внедрении наставничества.", "О работе МБОУ «Школа»."])
def test_a_stop_after_a_heading_is_said(heading: str) -> None:
    rows = of_order(point("1", "Сдать"), заголовок=heading)
    assert said(rows) == [("заголовок 2", "typing-slip")]


@pytest.mark.parametrize("heading", ["О наставничестве в 2026 г.", "О планах и т.д.", "О школе"])
def test_a_stop_of_a_shortened_word_ends_a_heading_well(heading: str) -> None:
    assert said(of_order(point("1", "Сдать"), заголовок=heading)) == []


@pytest.mark.parametrize("words", ["Учесть письмо от «_24» марта", "Включить в план ____ дел"])
def test_a_line_in_a_point_or_a_preamble_is_room_left_for_words(words: str) -> None:
    assert said(text(words)) == [("текст 2", "placeholder")]
    ground: Row = {"приказ": "О внедрении", "оборот": "В целях", "текст": words}
    assert said(text("Сдать", преамбула=[ground])) == [("текст 2", "placeholder")]


def test_a_line_in_a_form_is_there_to_be_written_on() -> None:
    parts = [appendix(шаблон="таблица", лист="План")]
    plan = table(["№", "Подпись"], ["1", "________"])
    words: Row = {"приказ": "О внедрении", "текст": "Подпись ________"}
    rows = school({"приказы": [order()], "приложения": parts, "тексты": [words]})
    assert said(rows, {"План": plan}) == []


@pytest.mark.parametrize(
    "words",
    [
        "Назначить куратором Ткач Илья Сергеевич",
        "Возложить контроль на Орлова Вера Ивановна",
        "Закрепить наставником методиста Орлова Вера Ивановна за классом",
    ],
)
def test_who_is_appointed_in_the_nominative_is_said(words: str) -> None:
    assert said(of_order(point("1", words))) == [("текст 2", "typing-slip")]


@pytest.mark.parametrize(
    "words",
    [
        "Назначить куратором Ткача Илью Сергеевича",
        "Назначить наставников: Орлова Вера Ивановна; Ткач Илья Сергеевич",
        "Утвердить состав: руководитель – Орлова Вера Ивановна",
        "Утвердить состав\nОрлова Вера Ивановна",
        "Назначить куратором методиста. Орлова Вера Ивановна отвечает за план",
        "Назначить куратором Иванов Иван Иванович",  # nobody of the school
        "Орлова Вера Ивановна ведёт журнал",
    ],
)
def test_who_is_appointed_in_another_case_or_stands_in_a_list_is_well(words: str) -> None:
    assert said(of_order(point("1", words))) == []


def test_room_for_words_is_found_in_names_too() -> None:
    rows = of_order(point("1", "Сдать"))
    body: Row = {"краткое": "МБУ «Центр»", "полное": "Учреждение (наименование организации)"}
    assert said({**rows, "организации": [body]}) == [("полное 2", "placeholder")]
    card = school({"приказы": [order()]}, card=[{"бланк": "[вид документа]"}])
    assert said(card) == []


def test_names_of_bodies_are_read_for_marks_alone() -> None:
    rows = of_order(point("1", "Сдать"))
    body = {"краткое": "МБУ «Центр", "полное": "Учреждение , всё"}
    assert said({**rows, "организации": [body]}) == [("краткое 2", "unpaired-mark")]


def test_a_cell_of_a_table_is_read_for_slips() -> None:
    parts = [appendix(шаблон="таблица", лист="План")]
    plan = table(["№", "Дело"], ["1", "Отчёт , план"])
    assert said(school({"приказы": [order()], "приложения": parts}), {"План": plan}) == [
        ("B2", "typing-slip")
    ]


def test_what_is_signed_is_not_read_for_slips_of_its_order() -> None:
    rows = of_order(point("1", CONTROL), контроль="за собой", состояние="подписан")
    assert said(rows) == []
