"""Minutes of a small body, and the order of the year's end with its results and thanks."""

from __future__ import annotations

from docgen.ooxml.docx_text import text_of
from tests.support.builders import plain
from tests.support.shipped import EVENTFUL, rendered


def paper(kind: str, order: str) -> str:
    """Return the words of a paper of an order, by the kind and a part of its title."""
    (found,) = [
        one
        for one in rendered(EVENTFUL).values()
        if one.plan.kind.name == kind and order in one.plan.title
    ]
    return plain("\n".join(text_of(found.docx))).replace("\u2011", "-")


def test_minutes_of_a_small_body_name_everybody_by_the_alphabet() -> None:
    words = paper("протокол", "рабочей группы")

    assert (
        "Присутствовали: Дорохина В.С., Журавлёва И.Б., Левченко И.Ю., Сухих Г.П., Черных Н.В. "
        "(5 чел.)." in words
    )
    assert "Кворум: из 5 членов рабочей группы по внедрению" in words
    assert "список прилагается" not in words
    assert "СПИСОК" not in words


def test_votes_that_are_not_typed_are_lines_and_what_is_attached_is_named() -> None:
    words = paper("протокол", "рабочей группы")

    assert "1. СЛУШАЛИ: Левченко И.Ю. – текст доклада прилагается." in words
    assert "1.1. Одобрить состав наставнических пар (срок – до закрепления пар приказом)." in words
    assert "Голосовали: за – ______, против – ______, воздержались – ______." in words
    assert "Приложение: проект перечня пар на 1 л." in words


def test_the_order_of_the_end_prints_results_and_keeps_what_is_not_done_under_control() -> None:
    words = paper("приказ_о_завершении", "231-од")

    assert "программа выполнена; опыт представлен на педсовете" in words
    assert "утверждённые приказом от 24.09.2026 № 175-од, кроме программ, которые не" in words
    assert "(Лебедь И.В.)" in words
    assert "Шевченко Олег Игоревич" not in words


def test_thanks_go_to_whom_the_register_names_and_rest_on_the_law() -> None:
    words = paper("приказ_о_завершении", "231-од")

    assert "со статьёй 191 Трудового кодекса Российской Федерации" in words
    assert (
        "Объявить благодарность за добросовестное осуществление наставничества: "
        "– педагогу-психологу Римской-Корсаковой Е.Д.; "
        "– учителю русского языка и литературы Черных Н.В." in words
    )
    assert "Наградить почётной грамотой за добросовестное" in words
    assert "учителя химии Гончарук С.Е." in words


def test_without_thanks_the_order_does_not_speak_of_them() -> None:
    words = paper("приказ_о_завершении", "Приказ. О завершении")

    assert "благодарность" not in words
    assert "191" not in words
