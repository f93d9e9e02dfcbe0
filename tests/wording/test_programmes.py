"""Months of a sample are laid into the term of a pair."""

from __future__ import annotations

import datetime as dt

import pytest

from docgen.wording.programmes import laid

YEAR = (dt.date(2026, 9, 15), dt.date(2027, 5, 28))
WINTER = (dt.date(2026, 11, 16), dt.date(2027, 2, 26))
CALENDAR = (dt.date(2027, 1, 11), dt.date(2027, 12, 30))


@pytest.mark.parametrize(
    ("term", "text", "said"),
    [
        (YEAR, "сентябрь", "сентябрь 2026 г."),
        (YEAR, "Май", "май 2027 г."),
        (YEAR, "сентябрь – октябрь", "сентябрь – октябрь 2026 г."),
        (YEAR, "октябрь – апрель", "октябрь 2026 г. – апрель 2027 г."),
        (YEAR, "ноябрь, февраль", "ноябрь 2026 г., февраль 2027 г."),
        (YEAR, "ежемесячно", "ежемесячно"),
        (YEAR, "1-й месяц", "сентябрь 2026 г."),
        (YEAR, "12-й месяц", "май 2027 г."),
        (YEAR, "октябрь 2025 г.", "октябрь 2025 г."),
        (WINTER, "сентябрь", "ноябрь 2026 г."),
        (WINTER, "сентябрь – октябрь", "ноябрь 2026 г."),
        (WINTER, "октябрь – апрель", "ноябрь 2026 г. – февраль 2027 г."),
        (WINTER, "май", "февраль 2027 г."),
        (CALENDAR, "сентябрь", "сентябрь 2027 г."),
        (CALENDAR, "январь, май", "январь, май 2027 г."),
    ],
)
def test_a_month_becomes_that_of_the_term_or_its_nearest_end(
    term: tuple[dt.date, dt.date], text: str, said: str
) -> None:
    assert laid(text, *term) == said
