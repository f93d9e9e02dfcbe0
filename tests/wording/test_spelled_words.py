"""Words that a template itself declines obey the typed forms and the settings of the house."""

from __future__ import annotations

import pytest

from docgen.model import Override, sameness
from docgen.wording.environment import fill_line
from docgen.wording.spelling import Speller, spelled_by
from tests.support.builders import first, scope_of


@pytest.mark.parametrize(
    ("agreement", "line"),
    [
        ("по норме", "селе Берёзовка, городе Грозном, селе Берёзовка"),
        ("всегда", "селе Берёзовке, городе Грозном, селе Берёзовке"),
        ("никогда", "селе Берёзовка, городе Грозный, селе Берёзовка"),
    ],
)
def test_a_place_of_a_template_agrees_as_the_house_has_it(agreement: str, line: str) -> None:
    text = "{{ 'село Берёзовка'|место('пред') }}, {{ 'город Грозный'|пред }}, {{ место|пред }}"
    with spelled_by(Speller(agreement=lambda: agreement)):
        assert fill_line(text, {"место": "село Берёзовка"}) == line
    assert fill_line(text, {"место": "село Берёзовка"}).startswith("селе Берёзовка, городе Грозном")


def test_a_typed_form_wins_over_declension_wherever_the_words_come_from() -> None:
    typed = Override("вышестоящий орган", {"дат": "органу вышестоящему"})
    key = "вышестоящий орган|"
    with spelled_by(speller := Speller({key: typed})):
        made = fill_line("{{ орган|дат }}, {{ орган|род }}", {"орган": "вышестоящий орган"})
    assert made == "органу вышестоящему, вышестоящего органа"
    assert {(form.text, form.case) for form in speller.used.values()} == {
        ("вышестоящий орган", "дат"),
        ("вышестоящий орган", "род"),
    }


def test_the_post_of_a_pupil_is_spelt_as_typed() -> None:
    child = {"фио": "Смирнова Ирина Андреевна", "рождён": "15.09.2012", "класс": "9 «А»"}
    scope = scope_of({"дети": [child]})
    typed = Override("обучающаяся 9 «А» класса", {"твор": "ученицей 9 «А» класса"})
    with spelled_by(Speller({f"{sameness(typed.text)}|": typed})):
        assert str(first(scope, "дети").должность.in_case("твор")) == "ученицей 9 «А» класса"
