"""Templates ask for rows of any register by their values."""

from __future__ import annotations

import datetime as dt

import pytest

from docgen.wording import Scope
from docgen.wording.register_rows import rows_of
from docgen.wording.value_views import WordingError
from tests.support.shipped import prepared

DAY = dt.date(2026, 9, 1)


def scope() -> Scope:
    return Scope(prepared("school").workspace, DAY, frozenset())


def test_rows_have_all_values_that_are_asked_for() -> None:
    found = rows_of(scope(), "вопросы", бланк="Обратная связь", ответ="шкала 1–5")

    assert [str(row.номер) for row in found] == [str(number) for number in range(1, 11)]


def test_what_is_asked_for_is_noted_as_read() -> None:
    seen = scope()
    rows_of(seen, "вопросы", бланк="запрос наставляемого")

    assert any(key.startswith("вопросы/") for key in seen.reads)


@pytest.mark.parametrize(
    ("register", "wanted", "words"),
    [("вопрсы", {}, "нет реестра «вопрсы»"), ("вопросы", {"бланка": "1"}, "нет столбца «бланка»")],
)
def test_an_unknown_register_or_column_is_said(
    register: str, wanted: dict[str, str], words: str
) -> None:
    with pytest.raises(WordingError, match=words):
        rows_of(scope(), register, **wanted)
