"""Several tables of one appendix: which words stand above which, how each table looks."""

from __future__ import annotations

import pytest

from docgen.model.choices import TableLook
from docgen.wording import looks_of_tables, place_of_words
from tests.support.builders import Row, appendix, first, order, scope_of

SHEETS = ("Карта", "Показатели; 2026", "Состав")


@pytest.mark.parametrize(
    ("typed", "above"),
    [
        ("перед таблицей", 0),
        ("Перед  таблицей 1", 0),
        ("до таблицы", 0),
        ("перед таблицей 2", 1),
        ("после таблицы 1", 1),
        ("перед таблицей № 3", 2),
        ("после таблицы «Показатели; 2026»", 2),
        ("перед таблицей состав", 2),
        ("между таблицами 1 и 2", 1),
        ("после таблицы 3", 3),
        ("после таблицы", 3),
        ("после таблиц", 3),
        ("перед таблицей 4", None),
        ("после таблицы 0", None),
        ("между таблицами", None),
        ("между таблицами 1 и 3", None),
        ("между таблицами 3 и 4", None),
        ("перед таблицей Смета", None),
        ("в конце", None),
        ("перед картой", None),
    ],
)
def test_words_stand_where_their_cell_says(typed: str, above: int | None) -> None:
    assert place_of_words(typed, SHEETS) == above


def test_words_stand_between_two_tables_and_beside_one() -> None:
    assert place_of_words("между таблицами", SHEETS[:2]) == 1
    assert [place_of_words(one, ()) for one in ("перед таблицей", "после таблицы")] == [0, 1]


@pytest.mark.parametrize(
    ("typed", "count", "looks"),
    [
        ("", 2, ("с шапкой", "с шапкой")),
        ("без шапки", 2, ("без шапки", "без шапки")),
        ("Без шапки; с шапкой", 2, ("без шапки", "с шапкой")),
        ("без шапки и линий\nс шапкой", 2, ("без шапки и линий", "с шапкой")),
        ("без шапки; с шапкой", 3, None),
        ("с шапкой; с шапкой", 1, None),
        ("без шапок", 1, None),
    ],
)
def test_tables_look_alike_or_each_as_typed(
    typed: str, count: int, looks: tuple[str, ...] | None
) -> None:
    expected = None if looks is None else tuple(map(TableLook, looks))
    assert looks_of_tables(typed, count) == expected


def test_words_between_tables_go_in_the_order_of_their_rows() -> None:
    texts: list[Row] = [
        {"приказ": "О внедрении", "текст": text, "где": place}
        for text, place in [
            ("Сокращения", "после таблицы"),
            ("Цель", "перед таблицей"),
            ("Таблица 2", "перед таблицей 2"),
            ("Примечание", "после таблицы 1"),
        ]
    ]
    part = appendix(шаблон="таблица", лист="Карта; Показатели")
    scope = scope_of({"приказы": [order()], "приложения": [part], "тексты": texts})
    one = first(scope, "приложения")
    found = [[text.текст for text in group] for group in one.тексты_после_таблиц]
    assert [text.текст for text in one.тексты_до] == ["Цель"]
    assert found == [["Примечание", "Таблица 2"], ["Сокращения"]]
    assert [text.текст for text in one.тексты_после] == ["Сокращения"]
