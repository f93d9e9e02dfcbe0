"""The ages from which a person acts alone before the law, and who has reached them."""

from __future__ import annotations

import datetime as dt
from typing import Final

ADULT_AGE: Final = 18
"""Full years of an adult, who needs no representative (ГК РФ ст. 21)."""

SIGNING_AGE: Final = 14
"""Full years of a child who signs beside the representative (ГК РФ ст. 26).

From then on a guardian (опекун) is a trustee (попечитель) without any further paper (ст. 40).
"""


def full_years(born: dt.date, day: dt.date) -> int:
    """Return the age in full years of a person on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def day_of_age(born: dt.date, years: int) -> dt.date:
    """Return the day on which a person has so many full years: of 29 February maybe 1 March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return dt.date(born.year + years, 3, 1)
