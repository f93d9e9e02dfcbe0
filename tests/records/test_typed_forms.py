"""Forms that people typed: which of several wins, by part, and never altered."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen import russian
from docgen.errors import Location, RegisterError
from docgen.model import Override, PersonName, sameness
from docgen.wording import Scope
from docgen.wording.spelling import Speller
from docgen.wording.value_views import NameView, PhraseView
from tests.support.builders import (
    Cell,
    checked,
    first,
    linked,
    person,
    plain,
    school,
    scope_of,
    spot,
)

HARE = "Заяц Виктор Степанович"
CASES = ("род", "дат", "вин", "твор", "пред")


def hare(registers: Any = None, **more: Cell) -> Any:
    """Return the row of a person called Заяц, with what the registers say of the name."""
    return first(
        scope_of(registers or {}, staff=[person(HARE, "слесарь", **more)]), "сотрудники", -1
    )


def in_full(row: Any, case: str) -> str:
    return str(row.фио.in_case(case))


def with_initials(row: Any, case: str) -> str:
    return plain(row.фио.in_style("initials").in_case(case))


def on_sheet(text: str, case: str, form: str, gender: str = "") -> dict[str, Any]:
    return {"склонения": [{"текст": text, "пол": gender, case: form}]}


def on_signoff(text: str, case: str, form: str, *, proposed: str = "", accepted: str = "") -> Any:
    row = {"что": "ФИО", "текст": text, case: form, f"было_{case}": proposed, "принято": accepted}
    return {"формы": [row]}


# --- which of several wins -------------------------------------------------------------------


LEVELS: list[tuple[dict[str, Cell], list[str], str]] = [
    ({"особые_формы": "дат Зая́цу", "не_склонять": "да"}, ["лист", "сверка"], "Зая́цу"),
    ({"не_склонять": "да"}, ["лист", "сверка"], "Заяц"),
    ({}, ["лист", "сверка"], "Зайчику"),
    ({}, ["сверка"], "Заиньке"),
    ({}, [], "Зайцу"),
]


@pytest.mark.parametrize(("own", "registers", "surname"), LEVELS)
def test_each_level_wins_over_those_below_it(
    own: dict[str, Cell], registers: list[str], surname: str
) -> None:
    form_rows: dict[str, Any] = {}
    if "лист" in registers:
        form_rows |= on_sheet("Заяц", "дат", "Зайчику")
    if "сверка" in registers:
        form_rows |= on_signoff("Заяц", "дат", "Заиньке", accepted="да")
    assert in_full(hare(form_rows, **own), "дат") == f"{surname} Виктору Степановичу"


def test_the_project_s_exceptions_win_over_the_engine() -> None:
    form = russian.decline_name("Чаплин", "твор", "м", "фамилия")
    assert (form.text, form.source) == ("Чаплином", "exception")
    assert russian.decline_name("Чапыгин", "твор", "м", "фамилия").source == "rule"


def test_a_form_on_the_sheet_wins_over_one_that_was_signed_off() -> None:
    form_rows = on_sheet("слесарь", "твор", "слесарем-универсалом")
    form_rows |= on_signoff("слесарь", "твор", "слесарёнком", accepted="да")
    assert str(hare(form_rows).должность.in_case("твор")) == "слесарем-универсалом"


# --- by part ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form_rows", "own"),
    [
        (on_sheet("Заяц", "род", "Заеца"), {}),
        (on_sheet(HARE, "род", "Заеца Виктора Степановича"), {}),
        (on_signoff(HARE, "род", "Заеца Виктора Степановича", accepted="да"), {}),
        ({}, {"особые_формы": "род Заеца"}),
        ({}, {"особые_формы": "род Заеца Виктора Степановича"}),
    ],
)
def test_initials_and_the_full_name_follow_one_form(
    form_rows: dict[str, Any], own: dict[str, Cell]
) -> None:
    row = hare(form_rows, **own)
    assert in_full(row, "род") == "Заеца Виктора Степановича"
    assert with_initials(row, "род") == "Заеца В.С."
    assert plain(row.фио.in_style("ahead").in_case("род")) == "В.С. Заеца"
    assert plain(row.с_должностью.in_case("род")) == "слесаря Заеца В.С."


def test_a_case_that_nobody_typed_comes_from_the_engine() -> None:
    row = hare(особые_формы="род Заеца; твор Заецом")
    forms = [with_initials(row, case) for case in CASES]
    assert forms == ["Заеца В.С.", "Зайцу В.С.", "Зайца В.С.", "Заецом В.С.", "Зайце В.С."]


def test_a_case_that_nobody_typed_still_asks_for_a_look() -> None:
    row = hare(особые_формы="род Заеца")
    for case in CASES:
        in_full(row, case)
    used = {form.case: form for form in row.scope.speller.used.values() if form.text == HARE}
    assert {case for case, form in used.items() if not form.reason} == {"род"}
    assert (used["род"].typed, used["род"].proposed) == (
        "Заеца Виктора Степановича",
        "Зайца Виктора Степановича",
    )


def test_a_form_of_one_gender_leaves_the_other_alone() -> None:
    form_rows = on_sheet("Заяц", "род", "Заеца", "ж")
    assert with_initials(hare(form_rows), "род") == "Зайца В.С."


def test_the_gender_of_the_register_decides_over_the_patronymic() -> None:
    staff = [person("Мельник Женя Ильич", "учитель", пол="ж")]
    made, (problem,) = linked(school(staff=staff))
    assert not problem.is_error
    row = first(Scope(made, dt.date(2026, 9, 1)), "сотрудники", -1)
    assert with_initials(row, "дат") == "Мельник Ж.И."


# --- when a form is no longer for this name ---------------------------------------------------


def test_a_form_is_for_the_name_it_was_typed_for() -> None:
    form_rows = on_sheet("Заяц", "род", "Заеца")
    renamed = first(
        scope_of(form_rows, staff=[person("Соловей Виктор Степанович", "слесарь")]),
        "сотрудники",
        -1,
    )
    assert with_initials(renamed, "род") == "Соловья В.С."


@pytest.mark.parametrize("typed", ["Заeц", "ЗАЯЦ", " заяц "])
def test_a_nominative_is_found_as_people_type_it(typed: str) -> None:
    expected = "Зайца В.С." if "e" in typed else "Заеца В.С."
    assert with_initials(hare(on_sheet(typed, "род", "Заеца")), "род") == expected


# --- never altered ---------------------------------------------------------------------------

WORDS = st.text("абвёйцщьюяАБЁЯéa-’«»№", min_size=1, max_size=12)
FORMS = WORDS | st.sampled_from(["ЗАЙЦА", "зайца", "Заїца", "Zайца", "Зая́ц", "Заяц?"])


@given(FORMS, st.sampled_from(CASES))
def test_a_surname_typed_beside_a_person_is_printed_as_typed(form: str, case: str) -> None:
    name = PersonName(HARE, "Заяц", "Виктор", "Степанович", "м", forms=((case, form),))
    view = NameView(name, Location(), Speller()).in_case(case)
    assert str(view).split(" ")[0] == form
    assert plain(view.in_style("initials")) == f"{form} В.С."


@given(st.lists(FORMS, min_size=1, max_size=4).map(" ".join), st.sampled_from(CASES))
def test_a_form_typed_for_a_phrase_is_printed_as_typed(form: str, case: str) -> None:
    overrides = {f"{sameness('старший мастер')}|": Override("старший мастер", {case: form})}
    view = PhraseView("старший мастер", Speller(overrides)).in_case(case)
    assert str(view) == form


# --- gender ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Домарева И.А.", "Присекарь И.А.", "Ким Саша", "Черных М.С."])
def test_a_gender_is_never_guessed_from_initials_or_a_surname(name: str) -> None:
    row = first(scope_of(staff=[person(name, "учитель")]), "сотрудники", -1)
    assert row.фио.gender == ""
    with pytest.raises(RegisterError) as caught:
        str(row.фио.in_case("дат"))
    (problem,) = caught.value.problems
    assert (problem.code, problem.where.cell) == ("gender-missing", "A5")


def test_a_register_of_people_with_patronymics_needs_no_gender() -> None:
    scope = scope_of(staff=[person("Ким Саша Ильич", "учитель")])
    assert [str(problem) for problem in checked({"сотрудники": [person(HARE)]})] == []
    assert with_initials(first(scope, "сотрудники", -1), "дат") == "Киму С.И."


# --- what may be typed -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["Зайцу", "зайцу Зайцу", "кому? Зайцу; род", "дат", "дат Зайцу; твор", "дат Зайцу;"]
)
def test_a_form_without_its_case_is_refused(typed: str) -> None:
    staff = [person(HARE, "слесарь", особые_формы=typed)]
    (problem,) = checked(school({}, staff=staff))
    assert (problem.code, spot(problem)) == ("bad-choice", "особые_формы 5")
    assert "впишите падеж и форму" in problem.message


@pytest.mark.parametrize(
    "typed", ["дат Зайцу", "дат. Зайцу\nтвор: Зайцем", "дательный — Зайцу", "дт – Зайцу"]
)
def test_a_form_may_be_typed_with_any_name_of_its_case(typed: str) -> None:
    assert checked(school({}, staff=[person(HARE, "слесарь", особые_формы=typed)])) == []


@pytest.mark.parametrize(
    ("name", "typed", "codes"),
    [
        (HARE, "дат Волкову; твор Зайцем", ["stale-form"]),
        ("Кузнецов Денис Ильич", "дат Казнецову", ["stale-form"]),
        ("Лев Ольга Ивановна", "дат Льву", []),
        ("Лев Ольга Ивановна", "дат Тигру", ["stale-form"]),
    ],
)
def test_a_form_left_from_a_former_surname_is_reported(
    name: str, typed: str, codes: list[str]
) -> None:
    found = checked(school({}, staff=[person(name, "слесарь", особые_формы=typed)]))
    assert [(one.code, one.is_error) for one in found] == [(code, False) for code in codes]


@pytest.mark.parametrize(
    ("form", "accepted", "surname"),
    [("Зайчику", "", "Зайцу"), ("Зайчику", "да", "Зайчику"), ("Заиньке", "", "Заиньке")],
)
def test_a_proposed_form_counts_once_it_is_accepted_or_changed(
    form: str, accepted: str, surname: str
) -> None:
    registers = on_signoff("Заяц", "дат", form, proposed="Зайчику", accepted=accepted)
    assert str(hare(registers).фио.in_style("initials").in_case("дат")).startswith(surname)


def test_a_row_of_forms_without_a_form_changes_nothing() -> None:
    made = scope_of({"склонения": [{"текст": "Заяц"}]}).workspace
    assert made.overrides == {}
