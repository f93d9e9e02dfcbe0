"""Short and long prepositions before names, abbreviations and numbers in digits."""

from __future__ import annotations

import datetime as dt

import pytest

from docgen import russian

FORMS = (
    ("с", "2 сентября", "со 2 сентября"),
    ("с", "2\u00a0сентября 2026 г.", "со 2\u00a0сентября 2026 г."),
    ("с", "2 наставниками", "с 2 наставниками"),
    ("с", "22 сентября", "с 22 сентября"),
    ("в", "2-м классе", "во 2-м классе"),
    ("в", "2 рабочих дня", "в 2 рабочих дня"),
    ("к", "2 кварталу", "ко 2 кварталу"),
    ("с", "100 учениками", "со 100 учениками"),
    ("о", "11 заявлениях", "об 11 заявлениях"),
    ("о", "14-летнем ученике", "о 14-летнем ученике"),
    ("о", "ОГЭ", "об ОГЭ"),
    ("о", "ИП", "об ИП"),
    ("о", "ЕГЭ", "о ЕГЭ"),
    ("о", "МЧС России", "об МЧС России"),
    ("о", "СОШ № 5", "о СОШ № 5"),
    ("с", "Мстиславом", "со Мстиславом"),
    ("в", "Мценске", "во Мценске"),
    ("с", "МБОУ СОШ № 2", "с МБОУ СОШ № 2"),
    ("в", "2026/2027 учебном годе", "в 2026/2027 учебном году"),
    ("о", "2026/2027 учебном годе", "о 2026/2027 учебном годе"),
    ("с", "многими", "со многими"),
)


@pytest.mark.parametrize(("preposition", "text", "form"), FORMS)
def test_a_preposition_is_as_long_as_what_follows_asks(
    preposition: str, text: str, form: str
) -> None:
    assert russian.with_preposition(preposition, text) == form


def test_a_period_from_the_second_of_a_month_begins_with_so() -> None:
    second, last = dt.date(2026, 9, 2), dt.date(2026, 9, 15)
    assert russian.format_period(second, last).replace("\u00a0", " ") == (
        "со 2 по 15 сентября 2026 г."
    )
    assert russian.format_period(second, last, "03.03.2022").startswith("с\u00a002.09.2026")
