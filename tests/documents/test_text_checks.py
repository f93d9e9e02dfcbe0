"""Checks of what a filled document prints, and of what stands between its tags."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.documents.tags import replace_tags, tag_places
from docgen.documents.text_checks import lost_texts, stray_python_words


@pytest.mark.parametrize(
    ("wanted", "texts", "lost"),
    [
        (["Приказ", "о наставничестве"], ["Приказ № 5", "о наставничестве"], []),
        (["№ 5"], ["Приказ №\u00a05"], []),
        (["Приказ", "подпись"], ["подпись", "Приказ"], ["подпись"]),
        (["дата"], [], ["дата"]),
        (["один", "один"], ["один"], ["один"]),
    ],
)
def test_texts_that_are_not_printed_in_their_order_are_lost(
    wanted: list[str], texts: list[str], lost: list[str]
) -> None:
    assert list(lost_texts(wanted, texts)) == lost


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("срок None, сумма nan", ["None", "nan"]),
        ("с 2026-09-01 00:00:00", ["00:00:00"]),
        ("Нонне, банан, 100:00:00, None1", []),
    ],
)
def test_words_of_python_are_found_among_the_texts(text: str, words: list[str]) -> None:
    assert list(stray_python_words([text], [], {})) == words


def test_a_word_of_python_may_be_printed_if_template_or_value_has_it() -> None:
    assert not list(stray_python_words(["None"], ["None"], {}))
    assert not list(stray_python_words(["None"], [], {"имена": [{"имя": "None"}]}))


BRACKETS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


@given(st.text("{}%#а\n", max_size=30))
def test_tags_stand_where_a_pattern_would_find_them(text: str) -> None:
    assert [*tag_places(text)] == [match.span() for match in BRACKETS.finditer(text)]
    assert replace_tags(text, lambda tag: f"<{tag}>") == BRACKETS.sub(r"<\g<0>>", text)


@pytest.mark.parametrize("text", ["{{" * 60_000, "}}" + "{%" * 60_000, "{{{%{#" * 30_000])
def test_openings_without_end_are_passed_over_once(text: str) -> None:
    assert [*tag_places(text)] == []
