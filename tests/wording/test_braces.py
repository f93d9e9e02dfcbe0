"""Marks in braces, numbers of appendices, ends of sentences."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docgen.wording import (
    RecordView,
    Scope,
    appendix_numbers_in,
    marker_columns,
    plain_number,
    unknown_markers,
)
from docgen.wording.braces import fill_markers
from docgen.wording.sentences import add_words, ended, joined, without_end
from tests.support.builders import (
    ANNA,
    DENIS,
    appendix,
    line_of,
    linked,
    order,
    paragraphs_of,
    plain,
    point,
    school,
)

# --- people and acts in the text -------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("{кого}", "учителя русского языка Петрову А.С."),
        ("{род}", "учителя русского языка Петровой А.С."),
        ("{кому}", "учителю русского языка Петровой А.С."),
        ("{кем}", "учителем русского языка Петровой А.С."),
        ("{о ком}", "учителе русского языка Петровой А.С."),
        ("{лицо дат}", "учителю русского языка Петровой А.С."),
        ("{лицо}", "учитель русского языка Петрова А.С."),
        ("{кого инициалы}", "Петрову А.С."),
        ("{ кому  полностью }", "Петровой Анне Сергеевне"),
        ("{Кого}", "учителя русского языка Петрову А.С."),
    ],
)
def test_a_person_stands_in_the_case_that_the_text_asks_for(mark: str, words: str) -> None:
    assert line_of("1", f"Слова {mark} слова", лицо=ANNA) == f"Слова {words} слова."


def test_several_people_are_joined_as_in_speech() -> None:
    two = line_of("1", "Назначить {кого}", лицо=f"{ANNA}; {DENIS}")
    assert two == (
        "Назначить учителя русского языка Петрову А.С. и учителя математики Кузнецова Д.О."
    )
    three = line_of(
        "1", "Поручить {кому инициалы}", лицо=f"{ANNA}; {DENIS}; Иванова Мария Петровна"
    )
    assert three == "Поручить Петровой А.С., Кузнецову Д.О. и Ивановой М.П."


def test_a_body_and_free_words_stand_in_their_case_too() -> None:
    assert line_of("1", "Назначить куратором {кого}", лицо="рабочая группа") == (
        "Назначить куратором рабочую группу."
    )
    assert line_of("1", "Поручить {кому полностью}", лицо="МБУ «Центр»") == (
        "Поручить Учреждению «Центр»."
    )


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("{акт род}", "Федерального закона от 29 декабря 2012 г. № 273-ФЗ «Об образовании»"),
        ("{акт твор кратко}", "Федеральным законом от 29 декабря 2012 г. № 273-ФЗ"),
        ("{акт}", "Федеральный закон от 29 декабря 2012 г. № 273-ФЗ «Об образовании»"),
    ],
)
def test_an_act_is_cited_in_its_case(mark: str, words: str) -> None:
    assert line_of("1", f"По {mark} сделать", акт="273-ФЗ") == f"По {words} сделать."


def test_two_acts_are_joined_as_in_speech() -> None:
    text = line_of("1", "Отменить {акт вин кратко}", акт="273-ФЗ; 1264-р")
    assert " № 273-ФЗ и распоряжение от " in text


def test_marks_that_mean_nothing_stay_as_typed() -> None:
    assert line_of("1", "Сделать {фио} и {кого угодно}", лицо=ANNA).startswith("Сделать {фио} и ")
    assert line_of("1", "Назначить {кого}") == "Назначить {кого}."


PARTS = st.one_of(
    st.text(st.characters(codec="cp1251", categories=["L", "P", "N", "S", "Zs"])),
    st.sampled_from(
        ["{кого}", "{кому полностью}", "{акт род}", "{срок}", "{приложение}", "{", "}"]
    ),
)


@given(st.lists(PARTS).map("".join), st.sampled_from(["", "1", "1.1", "-", "а)", "1)"]))
@example("{}{{кого}}", "1")
@example("2026 г.", "1")
@example("0:", "")
def test_any_text_is_worded_and_what_is_no_mark_is_kept(text: str, number: str) -> None:
    rows = [point(number, text, лицо=ANNA, акт="273-ФЗ", срок="15.03.2027", приложение="1")]
    made = paragraphs_of(rows, parts=[appendix("1")], контроль="за собой")
    assert made[-1].последний
    assert not any(one.текст.endswith("..") for one in made if ".." not in text)
    kept = [piece for piece in plain(text).split() if "{" not in piece and "}" not in piece]
    printed = plain(" ".join(one.строка for one in made)).casefold()
    # Deadline and appendix are put before the mark that ends the text.
    assert all(piece.rstrip(".;:").casefold() in printed for piece in kept)


@given(st.text(st.characters(codec="cp1251")))
def test_a_text_is_not_changed_unless_it_has_marks(text: str) -> None:
    columns = frozenset({"лицо", "акт", "срок", "приложение"})
    if not marker_columns(text, columns):
        (row,) = _rows(text)
        assert fill_markers(text, row) == text
    for mark in unknown_markers(text, columns):
        assert mark in text


def _rows(text: str) -> list[RecordView]:
    made, _ = linked(school({"приказы": [order()], "пункты": [point("1", text)]}))
    scope = Scope(made, dt.date(2026, 9, 1))
    return [scope.view(row) for row in made.records["пункты"]]


# --- sentences -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["в 2026 г.", "2022-2026 гг.", "Иванова М.П.", "и др.", "и т.д.", "100 руб.", "2026г."]
)
def test_the_dot_of_an_abbreviation_belongs_to_it(text: str) -> None:
    assert without_end(text) == (text, "")
    assert ended(text) == text
    assert ended(text, ":") == f"{text}:"
    assert add_words(text, "(приложение)") == f"{text} (приложение)"


@pytest.mark.parametrize("text", ["Утвердить план.", "сделать;", "Школам:"])
def test_words_are_put_before_the_end_of_a_sentence(text: str) -> None:
    assert add_words(text, "(приложение)") == f"{text[:-1]} (приложение){text[-1]}"
    assert add_words(text, "") == text


@given(st.lists(st.text(st.characters(codec="cp1251"), min_size=1)))
def test_joined_items_are_all_there(items: list[str]) -> None:
    text = joined(items)
    assert all(item in text for item in items)
    assert " и " in text or len(items) < 2


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("№ 1", "1"),
        ("1.", "1"),
        ("приложение 2", "2"),
        ("№2", "2"),
        ("N 3", "3"),
        ("", ""),
        ("А", "А"),
    ],
)
def test_the_sign_of_a_number_is_not_part_of_it(typed: str, number: str) -> None:
    assert plain_number(typed) == number


@given(st.lists(st.integers(1, 30).map(str), min_size=1, unique=True))
def test_every_number_of_a_cell_is_found_however_they_are_parted(known: list[str]) -> None:
    for between in (", ", " и ", ","):
        assert appendix_numbers_in([between.join(known)], known) == known
    assert appendix_numbers_in(["да"], known) == known
