"""From oblique cases back to nominatives: each declines back, and nominatives are no mistakes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen import russian
from tests.support.russian_gold import GoldText, gold_texts

PEOPLE = (
    ("Гладилова Ольга Андреевна", "ж"),
    ("Петров-Водкин Кузьма Сергеевич", "м"),
    ("Заяц Пётр Ильич", "м"),
    ("Савицкая Любовь Никитична", "ж"),
    ("Цой Виктор Робертович", "м"),
    ("Соловей Мария Львовна", "ж"),
    ("Толстой Лев Николаевич", "м"),
    ("Шевченко Анна Ивановна", "ж"),
)


def older(kind: str) -> list[GoldText]:
    return [gold for gold in gold_texts() if gold.group == f"older: {kind}"]


@pytest.mark.parametrize(
    ("text", "gender", "first"),
    [
        ("Гладилову О.А.", "", "Гладилова О.А."),
        ("Гладилову О.А.", "м", "Гладилов О.А."),
        ("О.А. Гладилову", "ж", "О.А. Гладилова"),
        ("Ивановой Марии Петровне", "", "Иванова Мария Петровна"),
        ("Зайца Петра Ильича", "", "Заяц Петр Ильич"),
        ("Мельником А.П.", "", "Мельник А.П."),
        ("ИВАНОВУ МАРИЮ ПЕТРОВНУ", "", "ИВАНОВА МАРИЯ ПЕТРОВНА"),
        ("Анну Иванову", "", "Анна Иванова"),
        ("Иванова М.П.", "", "Иванова М.П."),
        ("Шевченко О.И.", "", "Шевченко О.И."),
    ],
)
def test_the_likeliest_nominative_of_a_name_comes_first(text: str, gender: str, first: str) -> None:
    assert russian.nominative_of(text, "name", gender)[0].text == first


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("учителю математики", "учитель математики"),
        ("заместителя директора по учебной работе", "заместитель директора по учебной работе"),
        ("учителя-логопеда", "учитель-логопед"),
        ("главному бухгалтеру", "главный бухгалтер"),
        ("заведующему детским садом", "заведующий детским садом"),
        ("учителю физики, классному руководителю", "учитель физики, классный руководитель"),
        ("начальнику отдела и главному бухгалтеру", "начальник отдела и главный бухгалтер"),
        ("директору Ивановой А.П.", "директор Иванова А.П."),
        ("плана мероприятий (дорожной карты)", "план мероприятий (дорожная карта)"),
        ("медицинской сестре-анестезисту", "медицинская сестра-анестезист"),
        ("ближайшей к дому школе", "ближайшая к дому школа"),
        ("города Грозного", "город Грозный"),
        ("Вороновской средней школе", "Вороновская средняя школа"),
        ("управлению образования", "управление образования"),
    ],
)
def test_the_likeliest_nominative_of_a_phrase_comes_first(text: str, first: str) -> None:
    assert russian.nominative_of(text)[0].text == first


def test_what_may_be_several_people_says_so() -> None:
    woman, man = russian.nominative_of("Гладилову О.А.", "name")
    assert (woman.case, man.case, man.text) == ("вин", "дат", "Гладилов О.А.")
    assert woman.check
    assert woman.reason == "или «Гладилов О.А.»"


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("case", russian.CASES[1:])
def test_every_proposal_for_a_name_declines_back_to_it(person: tuple[str, str], case: str) -> None:
    name, gender = person
    form = russian.decline_name(name, case, gender).text
    proposals = russian.nominative_of(form, "name", gender)
    assert name.replace("ё", "е") in [each.text.replace("ё", "е") for each in proposals]
    for each in proposals:
        assert russian.decline_name(each.text, each.case, gender).text == form


def test_every_proposal_for_a_phrase_declines_back_to_it() -> None:
    found = missed = 0
    for gold in older("phrases"):
        for form in gold.forms.values():
            proposals = russian.nominative_of(form)
            for each in proposals:
                assert russian.decline_phrase(each.text, each.case).text == form
            found += gold.text in [each.text for each in proposals]
            missed += gold.text not in [each.text for each in proposals]
    assert missed <= 0.08 * (found + missed)


@given(st.text(alphabet="абвгдеёзиклмнопрстую- .АИОГЛ", max_size=24))
def test_any_text_has_proposals_that_decline_back_or_none(text: str) -> None:
    for each in russian.nominative_of(text):
        assert russian.decline_phrase(each.text, each.case).text == text
    for each in russian.nominative_of(text, "name", "ж"):
        assert russian.decline_name(each.text, each.case, "ж").text == text


def test_no_name_or_phrase_in_the_nominative_is_taken_for_a_mistake() -> None:
    phrases = [gold.text for gold in older("phrases")]
    assert [each for each in phrases if russian.mistaken_case(each)] == []
    for gold in older("names: parts"):
        if gold.part == "фамилия":
            name = f"{gold.text} И.И."
            assert russian.mistaken_case(name, "name", gold.gender) is None, name


@pytest.mark.parametrize("text", ["Садовой И.П.", "Кима Н.О.", "Шойгу С.К.", "Ткача А.А."])
def test_a_surname_that_may_be_a_nominative_is_no_mistake(text: str) -> None:
    assert russian.mistaken_case(text, "name") is None
