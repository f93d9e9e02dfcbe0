"""Minutes of a small body: everybody by name, nothing attached that nobody has to attach."""

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
    return plain("\n".join(text_of(found.docx)))


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
