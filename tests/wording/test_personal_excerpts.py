"""An extract has what a signed order says of one person, and names nobody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from docgen.errors import RegisterError
from docgen.model.signed_papers import SignedBlock
from docgen.wording.excerpts import Excerpt
from docgen.wording.people import certifier_of
from docgen.wording.personal_excerpts import personal_excerpt
from tests.support.builders import ANNA, DENIS, Row, RowsByRegister, pair, person, scope_of
from tests.support.signed_orders import NAME, blocks_of, quoting, signed_workspace, table_of

OLGA, IVAN = "Сидорова Ольга Петровна", "Черных Иван Ильич"
STAFF = (person(OLGA, "специалист по кадрам"), person(IVAN, "учитель истории"))
CHILD: Row = {"фио": "Волков Пётр Ильич", "рождён": dt.date(2012, 4, 15), "класс": "9 «А»"}
ROWS = table_of(
    ("1", f"{OLGA}, специалист по кадрам", f"{IVAN}, учитель истории", "педагог – педагог"),
    ("2", f"{ANNA}, учитель", f"{DENIS}, учитель;\n{IVAN}, учитель истории", "педагог – педагог"),
)


def excerpt(
    *body: str | SignedBlock,
    of: str = DENIS,
    pairs: Sequence[Row] = (),
    ground: str = "",
    heading: str = "О наставничестве",
    staff: Sequence[Row] = STAFF,
    state: str = "подписан",
) -> Excerpt:
    row: Row = {"приказ": NAME, "лицо": of, "дата": dt.date(2026, 9, 15)}
    registers = {"выписки": [row], "пары": pairs, "дети": [CHILD]}
    blocks = blocks_of(*body, ground=ground, heading=heading)
    made = signed_workspace(blocks, registers, staff, state)
    return personal_excerpt(quoting(made, "выписки"))


def points(made: Excerpt) -> list[str]:
    return [one.текст for one in made.части if one.как == "пункт"]


def rows(made: Excerpt) -> list[tuple[str, ...]]:
    (table,) = made.tables
    return [tuple(cell.text for cell in row.cells if cell) for row in table.rows]


def refusal(*body: str | SignedBlock, **more: Any) -> str:
    with pytest.raises(RegisterError) as refused:
        excerpt(*body, **more)
    (problem,) = refused.value.problems
    assert problem.where.sheet == "Выписки"
    return problem.message


@pytest.mark.parametrize(
    "name",
    ["Кузнецова Д.О.", "Кузнецову\u00a0Д.О.", "Д.О. Кузнецовым", "Кузнецове Денисе Олеговиче"],
)
def test_points_that_name_the_person_in_any_case_keep_their_numbers(name: str) -> None:
    made = excerpt("1. Утвердить план.", f"2. Назначить учителя {name}", "3. Разместить на сайте.")

    assert points(made) == [f"2. Назначить учителя {name}"]
    assert [one.как for one in made.части[:2]] == ["абзац", "слово"]
    assert (made.должность, made.имя) == (["Директор"], "М.П. Иванова")


def test_a_former_surname_is_the_same_person() -> None:
    former = person(
        "Белова Вера Ильинична", "учитель", прежняя_фамилия="Орлова", прежняя_по=dt.date(2026, 9, 5)
    )

    made = excerpt("1. Назначить Орлову В.И.", of="Белова Вера Ильинична", staff=(former,))

    assert points(made) == ["1. Назначить Орлову В.И."]


def test_points_below_the_one_that_is_given_to_the_person_come_with_it() -> None:
    made = excerpt(
        "1. Учителю математики Кузнецову Д.О.:",
        "1.1. составить план;",
        "1.2. передать отчёты.",
        "2. Учителю истории Черных И.И.:",
        "2.1. помочь учителю Кузнецову Д.О.;",
        "2.2. помочь учителю Петровой А.С.",
    )

    assert points(made) == [
        "1. Учителю математики Кузнецову Д.О.:",
        "1.1. составить план;",
        "1.2. передать отчёты.",
        "2. Учителю истории:",
        "2.1. помочь учителю Кузнецову Д.О.;",
    ]


def test_of_a_table_the_head_and_the_persons_row_with_its_number_stay() -> None:
    made = excerpt("1. Закрепить пары:", ROWS, pairs=[pair(ANNA, DENIS)])

    assert points(made) == ["1. Закрепить пары:"]
    assert rows(made)[0][0] == "№"
    assert rows(made)[1:] == [("2", f"{ANNA}, учитель", f"{DENIS}, учитель", "педагог – педагог")]


def test_a_mentor_has_all_mentees_of_the_row() -> None:
    made = excerpt("1. Закрепить:", ROWS, of=ANNA, pairs=[pair(ANNA, DENIS), pair(ANNA, IVAN)])

    assert rows(made)[1][2] == f"{DENIS}, учитель;\n{IVAN}, учитель истории"


def test_the_ground_keeps_no_name_of_others() -> None:
    made = excerpt(
        "1. Назначить Кузнецова Д.О.",
        ground="Основание: протокол от 31.08.2026 № 1; согласия от 8 сентября 2026 г. "
        "(Петрова А.С.), от 9 сентября 2026 г. (Кузнецов Д.О., Черных И.И.); заявление Черных И.И.",
    )

    assert made.основание == (
        "Основание: протокол от 31.08.2026 № 1; согласия от 9 сентября 2026 г. (Кузнецов Д.О.)."
    )


def test_namesakes_are_told_apart_by_their_posts_and_numbers() -> None:
    staff = (
        person("Белов Илья Ильич", "учитель истории", таб="7"),
        person("Белов Илья Ильич", "учитель химии", таб="8"),
    )
    both = table_of(
        ("1", "Белов Илья Ильич, учитель истории", "", ""),
        ("2", "Белов Илья Ильич, учитель химии", "", ""),
    )

    by_number = table_of(
        ("1", "Белов Илья Ильич, таб. № 7, учитель", "", ""),
        ("2", "Белов Илья Ильич, таб. № 8, учитель", "", ""),
    )
    for one in (both, by_number):
        made = excerpt("1. Назначить:", one, of="Белов Илья Ильич (таб. 8)", staff=staff)
        assert [row[0] for row in rows(made)] == ["№", "2"]
    assert "однофамильцев" in refusal(
        "1. Назначить Белова И.И.", of="Белов Илья Ильич (таб. 8)", staff=staff
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1. Назначить Кузнецова Д.О. и Петрову А.С.", "пункт 1 называет и других (Петрову А.С.)"),
        ("2. Назначить Кузнецова Д.О. вместо Орлова Н.Н.", "Орлова Н.Н."),
        ("3. Закрепить Волкова П.И. за учителем Кузнецовым Д.О.", "Волкова П.И."),
    ],
)
def test_a_sentence_that_others_cannot_be_cut_out_of_is_refused(text: str, words: str) -> None:
    message = refusal(text)

    assert words in message
    assert "выдайте копию" in message


def test_an_extract_of_a_child_names_no_other_child() -> None:
    other = {**CHILD, "фио": "Смирнов Илья Андреевич"}
    both = table_of(("1", "Смирнов Илья Андреевич", "Волков Пётр Ильич", "ученик – ученик"))
    row: Row = {"приказ": NAME, "лицо": "Волков Пётр Ильич", "дата": dt.date(2026, 9, 15)}
    registers: RowsByRegister = {
        "выписки": [row],
        "дети": [CHILD, other],
        "пары": [pair("Смирнов Илья Андреевич", "Волков Пётр Ильич", форма="ученик – ученик")],
    }
    made = signed_workspace(blocks_of("1. Закрепить:", both), registers)

    with pytest.raises(RegisterError, match="Смирнов"):
        personal_excerpt(quoting(made, "выписки"))


def test_who_is_not_named_gets_no_extract() -> None:
    assert "не называют" in refusal("1. Утвердить план.")


@pytest.mark.parametrize("state", ["на подписи", "изменён", "утратил силу"])
def test_only_a_signed_order_that_stands_is_quoted(state: str) -> None:
    assert f"«{state}»" in refusal("1. Назначить Кузнецова Д.О.", state=state)


def test_without_the_signed_words_there_is_no_extract() -> None:
    row: Row = {"приказ": NAME, "лицо": DENIS, "дата": dt.date(2026, 9, 15)}

    with pytest.raises(RegisterError) as refused:
        quoting(signed_workspace((), {"выписки": [row]}), "выписки")

    assert [one.code for one in refused.value.problems] == ["signed-words-absent"]


def test_copies_are_certified_by_whom_the_settings_name_else_by_the_specialist_in_staff() -> None:
    card = [{"кадровик": ANNA}]
    usual = scope_of(card=card)
    named = scope_of({"настройки": [{"заверяет_копии": DENIS}]}, card=card)

    assert str(certifier_of(usual).фио) == ANNA
    assert str(certifier_of(named).фио) == DENIS
    assert not certifier_of(scope_of())


def test_an_abbreviation_is_no_short_surname() -> None:
    kim = person("Ким Нелли Борисовна", "учитель химии")

    made = excerpt("1. Учителю математики Кузнецову Д.О. проверить КИМ ЕГЭ.", staff=(kim,))

    assert points(made) == ["1. Учителю математики Кузнецову Д.О. проверить КИМ ЕГЭ."]


@pytest.mark.parametrize(
    ("listed", "kept"),
    [
        ("Петрову А.С., Кузнецова Д.О. и Черных И.И.", "Кузнецова Д.О."),
        (
            "Петрову А.С., Кузнецова Д.О. и названных в нём работников.",
            "Кузнецова Д.О. и названных в нём работников.",
        ),
    ],
)
def test_of_those_to_be_acquainted_others_are_left_out(listed: str, kept: str) -> None:
    made = excerpt(f"5. Специалисту по кадрам Сидоровой О.П. ознакомить под подпись {listed}")

    assert points(made) == [f"5. Специалисту по кадрам ознакомить под подпись {kept}"]


def test_who_acquaints_has_no_names_of_those_whom_he_acquaints() -> None:
    text = "5. Специалисту по кадрам Сидоровой О.П. ознакомить с приказом Петрову А.С."

    made = excerpt(f"{text} и названных в нём работников.", of=OLGA)

    assert points(made) == [
        "5. Специалисту по кадрам Сидоровой О.П. ознакомить с приказом названных в нём работников."
    ]
    assert "Петрову А.С." in refusal(text, of=OLGA)


def test_a_child_has_an_extract_with_the_grown_mentor_and_the_mentor_none_with_the_child() -> None:
    both = table_of(("1", f"{ANNA}, учитель", "Волков Пётр Ильич, 9 «А»", "педагог – ученик"))
    pairs = [pair(ANNA, "Волков Пётр Ильич", форма="педагог – ученик")]

    made = excerpt("1. Закрепить:", both, of="Волков Пётр Ильич", pairs=pairs)

    assert rows(made)[1][1:3] == (f"{ANNA}, учитель", "Волков Пётр Ильич, 9 «А»")
    assert "Волков" in refusal("1. Закрепить:", both, of=ANNA, pairs=pairs)
