"""Checks of what a filled document prints."""

from __future__ import annotations

import pytest

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
