"""Numbers in words, counted nouns, spaces that must not break, letters of the wrong alphabet."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.russian import (
    count_noun,
    find_lookalikes,
    number_words,
    sum_words,
    typeset,
)

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("noun", "one", "few", "many"),
    [
        ("пара", "пара", "пары", "пар"),
        ("педагог", "педагог", "педагога", "педагогов"),
        ("год", "год", "года", "лет"),
        ("человек", "человек", "человека", "человек"),
        ("рабочий", "рабочий", "рабочих", "рабочих"),
        ("рабочий день", "рабочий день", "рабочих дня", "рабочих дней"),
        ("календарный день", "календарный день", "календарных дня", "календарных дней"),
        ("молодой специалист", "молодой специалист", "молодых специалиста", "молодых специалистов"),
        ("дорожная карта", "дорожная карта", "дорожные карты", "дорожных карт"),
        ("член комиссии", "член комиссии", "члена комиссии", "членов комиссии"),
        ("педагог-наставник", "педагог-наставник", "педагога-наставника", "педагогов-наставников"),
        ("лист", "лист", "листа", "листов"),
        ("заседание", "заседание", "заседания", "заседаний"),
        ("наставляемый", "наставляемый", "наставляемых", "наставляемых"),
    ],
)
def test_a_noun_agrees_with_its_number(noun: str, one: str, few: str, many: str) -> None:
    def counted(*numbers: int) -> set[str]:
        return {count_noun(number, noun).split(NBSP)[1] for number in numbers}

    assert counted(1, 21, 101, 1001) == {one}
    assert counted(2, 3, 4, 22, 104) == {few}
    assert counted(0, 5, 11, 12, 14, 20, 111, 112, 1000) == {many}


def test_a_number_holds_on_to_its_noun() -> None:
    assert count_noun(5, "педагог") == f"5{NBSP}педагогов"


def test_an_unknown_noun_is_counted_as_it_is() -> None:
    assert count_noun(5, "МБОУ") == f"5{NBSP}МБОУ"


@pytest.mark.parametrize(
    ("value", "case", "gender", "words"),
    [
        (1, "им", "ж", "одна"),
        (2, "вин", "м", "два"),
        (2026, "вин", "м", "две тысячи двадцать шесть"),
        (5, "род", "м", "пяти"),
        (21, "дат", "м", "двадцати одному"),
        (0, "им", "м", "ноль"),
    ],
)
def test_a_number_is_said_in_words(value: int, case: str, gender: str, words: str) -> None:
    assert number_words(value, case, gender) == words


def test_an_unknown_gender_of_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="«х»"):
        number_words(1, "им", "х")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1", "один рубль 00 копеек"),
        ("1000", "одна тысяча рублей 00 копеек"),
        ("2.01", "два рубля 01 копейка"),
        ("12345.60", "двенадцать тысяч триста сорок пять рублей 60 копеек"),
        ("0.22", "ноль рублей 22 копейки"),
        ("-3", "минус три рубля 00 копеек"),
    ],
)
def test_a_sum_is_said_in_rubles_and_kopecks(value: str, words: str) -> None:
    assert sum_words(Decimal(value)) == words


@given(st.decimals(0, 10**9, places=2))
def test_every_sum_has_its_kopecks(value: Decimal) -> None:
    kopecks = int(sum_words(value).split()[-2])
    assert kopecks == int(value * 100) % 100


@pytest.mark.parametrize(
    ("plain", "glued"),
    [
        ("№ 273-ФЗ", "№~273-ФЗ"),
        ("§ 5", "§~5"),
        ("И.А. Домарева", "И.А.~Домарева"),
        ("И. А. Домарева", "И.~А.~Домарева"),
        ("директору Домаревой И.А.", "директору Домаревой~И.А."),
        ("Ким Л. присутствовал", "Ким~Л. присутствовал"),
        ("от 3 марта 2022 г.", "от 3~марта 2022~г."),
        ("в 2022 году", "в 2022~году"),
        ("в течение 2022 года", "в течение 2022~года"),
        ("«03» марта 2022 г.", "«03»~марта 2022~г."),
        ("« 03 » марта 2022 г.", "«~03~»~марта 2022~г."),
        ("г. Белгород, ул. Мира, д. 5", "г.~Белгород, ул.~Мира, д.~5"),
        ("ст. 9 ч. 1 п. 2", "ст.~9 ч.~1 п.~2"),
        ("с. Дубовка", "с.~Дубовка"),
        ("школа имени поэта", "школа имени поэта"),
    ],
)
def test_words_that_belong_together_stay_on_one_line(plain: str, glued: str) -> None:
    assert typeset(plain) == glued.replace("~", NBSP)


OFFICE = st.text('аяАЯ .№§\u00a0«»"123г', max_size=40) | st.lists(
    st.sampled_from(
        ["И.", "А.", "Домарева", "№", "5", "г.", "марта", "2022", "года", "«", "03", "»", "ст."]
    ),
    max_size=10,
).map(" ".join)


@given(OFFICE | st.text(max_size=60))
def test_typesetting_only_swaps_spaces_and_is_done_once(text: str) -> None:
    glued = typeset(text)
    assert len(glued) == len(text)
    assert all(
        old == new or (old, new) == (" ", NBSP) for old, new in zip(text, glued, strict=True)
    )
    assert typeset(glued) == glued


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("учитель Пeтров", "Пeтров"),
        ("Xимия", "Xимия"),
        ("МБOУ СОШ", "МБOУ"),
        ("педагог-нacтавник", "нacтавник"),
    ],
)
def test_latin_letters_inside_a_russian_word_are_found(text: str, word: str) -> None:
    assert find_lookalikes(text) == word


@pytest.mark.parametrize(
    "text",
    [
        "",
        "IV квартал",
        "XXI-го века",
        "IT-специалист",
        "5 A класс",
        "5B",
        "ivlieva@beluo31.ru",
        "https://шкoла.рф/Пeтров",
        "beluo31.ru",
        "Word и Excel",
        "USB-кабель",
    ],
)
def test_honest_latin_words_are_left_alone(text: str) -> None:
    assert find_lookalikes(text) == ""


@given(st.text(max_size=60))
def test_no_text_makes_the_search_for_letters_fail(text: str) -> None:
    assert find_lookalikes(text) in text


def test_slow_libraries_load_only_when_they_are_needed() -> None:
    code = (
        "import sys, docgen.russian;"
        "print([name for name in ('pymorphy3', 'pytrovich', 'num2words', 'holidays', 'babel')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
