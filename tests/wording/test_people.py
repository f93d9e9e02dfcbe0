"""People and bodies as papers of a day see them: names, ages, who signs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.errors import RegisterError
from docgen.model.ages import full_years
from docgen.wording import (
    BlankView,
    BrokenRecordError,
    Scope,
    name_on,
    short_name_key,
    short_name_keys,
    signatory_of,
)
from docgen.wording.number_filters import place
from docgen.wording.people import head_row
from docgen.wording.value_views import PhraseView
from tests.support.builders import (
    ANNA,
    DENIS,
    SEPTEMBER,
    Cell,
    Row,
    first,
    linked,
    order,
    person,
    plain,
    school,
    scope_of,
    workspace,
)

CHILD: dict[str, Cell] = {
    "фио": "Смирнова Ирина Андреевна",
    "рождён": dt.date(2012, 9, 15),
    "класс": "9 «А»",
    "представитель": "Смирнов Андрей Юрьевич",
}


def last_person(**more: Cell) -> Any:
    scope = scope_of(staff=[person("Белова Инна Львовна", "завуч", **more)])
    return first(scope, "сотрудники", -1)


# --- names and positions ---------------------------------------------------------------------


def test_a_person_with_a_position_declines_as_a_whole() -> None:
    anna = first(scope_of(), "сотрудники", 1)
    assert plain(anna.с_должностью) == "учитель русского языка Петрова А.С."
    assert plain(anna.с_должностью.in_case("твор")) == "учителем русского языка Петровой А.С."


@pytest.mark.parametrize(
    ("position", "body", "printed"),
    [
        ("директор", "МБУ «Центр»", "директору МБУ «Центр» Беловой И.Л."),
        ("начальник", "управление образования", "начальнику управления образования Беловой И.Л."),
        ("начальник управления образования", "управление образования", None),
        ("директор МБУ «Центр»", "МБУ «Центр»", None),
        ("директор НМИЦ", "МБУ «Центр»", None),
    ],
)
def test_a_bare_position_elsewhere_is_followed_by_the_body_it_is_in(
    position: str, body: str, printed: str | None
) -> None:
    row = person("Белова Инна Львовна", position, организация=body)
    for bodies in ([{"краткое": body}], []):
        inna = first(scope_of({"организации": bodies}, staff=[row]), "сотрудники", -1)
        wanted = printed or f"{position.replace('ор', 'ору').replace('ик', 'ику')} Беловой И.Л."
        assert plain(inna.с_должностью.in_case("дат")) == wanted


def test_a_person_without_a_position_is_just_named() -> None:
    scope = scope_of(staff=[person("Белова Инна Львовна")])
    assert plain(first(scope, "сотрудники", -1).с_должностью) == "Белова И.Л."


@pytest.mark.parametrize("spaced", ["да", ""])
def test_initials_are_spaced_as_the_house_has_them(spaced: str) -> None:
    scope = scope_of({"настройки": [{"инициалы_с_пробелом": spaced}]})
    name = first(scope, "сотрудники").фио.in_style("ahead")
    assert plain(name) == ("М. П. Иванова" if spaced else "М.П. Иванова")


def test_a_name_that_needs_a_gender_nobody_told_is_refused_at_its_cell() -> None:
    scope = scope_of(staff=[person("Ким Саша", "учитель")])
    name = first(scope, "сотрудники", -1).фио
    assert str(name) == "Ким Саша"
    with pytest.raises(RegisterError) as error:
        str(name.in_case("дат"))
    (problem,) = error.value.problems
    assert problem.code == "gender-missing"
    assert problem.where.cell == "A5"


def test_a_form_typed_in_the_register_always_wins() -> None:
    forms = [
        {"текст": "Заяц", "дат": "Заяцу"},
        {"текст": "директор", "твор": "директоршей"},
        {"текст": ANNA, "род": "Петровой Аннушки Сергеевны"},
    ]
    scope = scope_of({"склонения": forms}, staff=[person("Заяц Виктор Степанович", "слесарь")])
    assert str(first(scope, "сотрудники", -1).фио.in_case("дат")) == "Заяцу Виктору Степановичу"
    assert str(first(scope, "сотрудники").должность.in_case("твор")) == "директоршей"
    assert str(first(scope, "сотрудники", 1).фио.in_case("род")) == "Петровой Аннушки Сергеевны"
    assert str(signatory_of(scope, None).должность.in_case("твор")) == "директоршей"


@pytest.mark.parametrize(
    ("day", "surname"),
    [("2026-08-30", "Серова"), ("2026-08-31", "Серова"), ("2026-09-01", "Белова")],
)
def test_a_paper_prints_the_surname_of_its_day(day: str, surname: str) -> None:
    row = person("Белова Инна Львовна", "завуч", прежняя_фамилия="Серова", прежняя_по="31.08.2026")
    scope = scope_of(staff=[row], day=dt.date.fromisoformat(day))
    inna = first(scope, "сотрудники", -1)
    assert str(inna.фио) == f"{surname} Инна Львовна"
    assert plain(inna.с_должностью.in_case("дат")) == f"завучу {surname[:-1]}ой И.Л."


def test_what_is_said_of_the_new_surname_is_not_said_of_the_former() -> None:
    row = person(
        "Дюма Инна Львовна",
        "завуч",
        прежняя_фамилия="Серова",
        прежняя_по="31.08.2026",
        не_склонять="да",
    )
    names = {
        day: str(first(scope_of(staff=[row], day=day), "сотрудники", -1).фио.in_case("род"))
        for day in (dt.date(2026, 8, 1), SEPTEMBER)
    }
    assert [*names.values()] == ["Серовой Инны Львовны", "Дюма Инны Львовны"]


def test_a_former_surname_of_unknown_time_is_not_printed() -> None:
    assert str(last_person(прежняя_фамилия="Серова").фио) == "Белова Инна Львовна"


def test_a_row_without_a_name_has_none_on_any_day() -> None:
    made, _ = linked(school(staff=[person("")]))
    assert name_on(made.records["сотрудники"][-1], SEPTEMBER) is None


@pytest.mark.parametrize(
    ("found", "is_known"),
    [
        ("Петрова А.С.", True),
        ("А. С. Петрова", True),
        ("Петров А.С.", False),
        ("Петрова А.", False),
    ],
)
def test_a_short_name_is_known_whatever_its_blanks(found: str, *, is_known: bool) -> None:
    name = name_on(scope_of().workspace.records["сотрудники"][1], SEPTEMBER)
    assert name is not None
    assert (short_name_key(found) in short_name_keys([name])) is is_known


def test_a_body_is_called_short_or_in_full() -> None:
    bodies = [{"краткое": "РЦ", "полное": "Ресурсный центр"}, {"краткое": "МЦ"}]
    scope = scope_of({"организации": bodies})
    assert [str(first(scope, "организации", number).название) for number in (0, 1)] == [
        "Ресурсный центр",
        "МЦ",
    ]
    assert str(first(scope, "организации")) == "РЦ"


# --- children --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "age", "signs", "is_adult"),
    [
        ("2026-09-14", 13, False, False),
        ("2026-09-15", 14, True, False),
        ("2030-09-14", 17, True, False),
        ("2030-09-15", 18, True, True),
    ],
)
def test_ages_are_counted_on_the_paper_s_day(
    day: str, age: int, *, signs: bool, is_adult: bool
) -> None:
    child = first(scope_of({"дети": [CHILD]}, day=dt.date.fromisoformat(day)), "дети")
    assert (child.возраст, child.подписывает_сам, child.взрослый) == (age, signs, is_adult)
    assert str(child.подписывающий) == ("Смирнова Ирина Андреевна" if signs else "")


def test_an_age_is_read_even_though_the_date_may_not_be_printed() -> None:
    scope = scope_of({"дети": [CHILD]})
    assert first(scope, "дети").возраст == 13
    assert "дети/Смирнова Ирина Андреевна/рождён" in scope.reads


def test_a_pupil_is_named_in_the_gender_of_the_child() -> None:
    scope = scope_of({"дети": [CHILD]})
    child = first(scope, "дети")
    assert str(child.должность.in_case("дат")) == "обучающейся 9 «А» класса"
    assert plain(child.с_должностью) == "обучающаяся 9 «А» класса Смирнова И.А."
    assert not child.подписывающий
    assert first(scope, "сотрудники").взрослый


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("10-й «В»", "обучающаяся 10-го «В» класса"),
        ("9 «А» класс", "обучающаяся 9 «А» класса"),
        ("подготовительная группа", "обучающаяся подготовительной группы"),
    ],
)
def test_a_class_is_named_in_the_genitive_however_it_is_typed(typed: str, shown: str) -> None:
    scope = scope_of({"дети": [{**CHILD, "класс": typed}]})
    assert str(first(scope, "дети").должность) == shown


@given(st.dates(dt.date(1950, 1, 1), dt.date(2030, 1, 1)), st.integers(0, 90))
def test_the_age_grows_on_the_birthday(born: dt.date, years: int) -> None:
    if (born.month, born.day) != (2, 29):
        birthday = born.replace(year=born.year + years)
        assert full_years(born, birthday) == years
        assert full_years(born, birthday - dt.timedelta(1)) == years - 1


# --- who signs -------------------------------------------------------------------------------


def signer(day: str, *card: Row, chosen: str = "") -> tuple[list[str], str]:
    """Return the lines of the position and the name of whoever signs an order of that day."""
    rows = {"приказы": [order(дата=day, подписывает=chosen)]}
    staff = [person("Серов Олег Ильич", "заместитель директора")]
    scope = scope_of(rows, card=card, staff=staff, day=dt.date.fromisoformat(day))
    signed = first(scope, "приказы").подпись
    return signed.строки, plain(signed.имя)


ACTING: Row = {"исполняющий": "Серов Олег Ильич", "с": "01.07.2026", "по": "31.07.2026"}


def test_the_head_of_the_day_signs() -> None:
    assert signer("2026-09-01") == (["Директор"], "М.П. Иванова")


@pytest.mark.parametrize(
    ("day", "name"),
    [("2026-06-30", "М.П. Иванова"), ("2026-07-01", "О.И. Серов"), ("2026-08-01", "М.П. Иванова")],
)
def test_an_acting_head_signs_in_his_period(day: str, name: str) -> None:
    lines, signed = signer(day, ACTING)
    assert signed == name
    assert lines == (["И.о. директора"] if name == "О.И. Серов" else ["Директор"])


def test_the_position_of_an_acting_head_prints_as_typed() -> None:
    typed: Row = {"должность_исполняющего": "И.о. директора,\nзаместитель директора"}
    assert signer("2026-07-15", ACTING, typed)[0] == ["И.о. директора,", "заместитель директора"]


def test_heads_follow_each_other_by_their_periods() -> None:
    card = [
        {"полное": "Школа"},
        {"руководитель": ANNA, "по": "31.12.2026"},
        {"руководитель": DENIS, "с": "01.01.2027"},
    ]
    rows = {**school(), "организация": card}
    made = workspace(rows)
    names = [
        plain(signatory_of(Scope(made, day), None))
        for day in (dt.date(2026, 12, 31), dt.date(2027, 1, 1))
    ]
    assert names == ["Учитель русского языка А.С. Петрова", "Учитель математики Д.О. Кузнецов"]


def test_an_order_may_name_its_signer() -> None:
    assert signer("2026-09-01", chosen=ANNA) == (["Учитель русского языка"], "А.С. Петрова")
    assert signer("2026-07-15", ACTING, chosen="Иванова Мария Петровна")[0] == ["Директор"]
    assert signer("2026-07-15", ACTING, chosen="Серов Олег Ильич")[0] == ["И.о. директора"]


def test_a_signer_is_acting_head_only_in_the_period() -> None:
    assert signer("2026-09-15", ACTING, chosen="Серов Олег Ильич")[0] == ["Заместитель директора"]


def test_without_a_post_in_the_card_the_post_of_the_staff_is_printed() -> None:
    card = [{"полное": "Школа"}, {"руководитель": ANNA}]
    rows = {**school({"приказы": [order(подписывает=ANNA)]}), "организация": card}
    scope = Scope(workspace(rows), SEPTEMBER)
    assert first(scope, "приказы").подпись.строки == ["Учитель русского языка"]
    acting = [{"полное": "Школа"}, {"исполняющий": ANNA}]
    scope = Scope(workspace({**rows, "организация": acting}), SEPTEMBER)
    assert first(scope, "приказы").подпись.строки == ["И.о. учитель русского языка"]


def test_where_nobody_signs_there_is_a_line() -> None:
    card = [{"полное": "Школа"}, {"должность_руководителя": "Начальник\nуправления"}]
    signed = signatory_of(Scope(workspace({"организация": card}), SEPTEMBER), None)
    assert (signed.строки, signed.имя, str(signed)) == (
        ["Начальник", "управления"],
        "",
        "Начальник управления",
    )
    assert isinstance(signed.фио, BlankView)
    assert head_row(Scope(workspace({"организация": card}), SEPTEMBER)) == (None, False)


def test_a_head_whose_row_is_broken_leaves_the_paper_out() -> None:
    made, _ = linked(school(card=[{"исполняющий": "Никто Иван Петрович"}]))
    with pytest.raises(BrokenRecordError):
        signatory_of(Scope(made, SEPTEMBER), None)


def test_a_broken_order_leaves_its_paper_out() -> None:
    made, _ = linked(school({"приказы": [order(подписывает="Никто Иван Петрович")]}))
    with pytest.raises(BrokenRecordError):
        _ = first(Scope(made, SEPTEMBER), "приказы").подпись


@pytest.mark.parametrize(
    ("agreement", "printed"),
    [
        ("", "школы села Берёзовка, главы села Берёзовка, селом Берёзовка"),
        ("по норме", "школы села Берёзовка, главы села Берёзовка, селом Берёзовка"),
        ("всегда", "школы села Берёзовка, главы села Берёзовка, селом Берёзовкой"),
        ("никогда", "школы села Берёзовка, главы села Берёзовка, селом Берёзовка"),
    ],
)
def test_places_agree_as_the_house_has_it(agreement: str, printed: str) -> None:
    scope = scope_of({"настройки": [{"названия_мест": agreement}]})
    made = [
        PhraseView(text, scope.speller).in_case(case)
        for text, case in (
            ("школа села Берёзовка", "род"),
            ("глава села Берёзовка", "род"),
            ("село Берёзовка", "твор"),
        )
    ]
    assert ", ".join(map(str, made)) == printed


@pytest.mark.parametrize(
    ("agreement", "printed"),
    [("по норме", "городе Грозном"), ("никогда", "городе Грозный"), ("", "городе Грозном")],
)
def test_a_place_in_a_template_agrees_as_the_house_has_it(agreement: str, printed: str) -> None:
    scope = scope_of({"настройки": [{"названия_мест": agreement}]})
    town = PhraseView("город Грозный", scope.speller)
    assert place(town, "пред") == printed
    assert place(town, "пред", "всегда") == "городе Грозном"
