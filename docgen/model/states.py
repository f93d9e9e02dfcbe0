"""The states of an order, and what each allows.

To add a state: name it here, put it into one of ``UNSIGNED``, ``FROZEN``, ``ELSEWHERE`` and
``VOID`` (a test insists), into ``DRAFTS`` if nobody is to sign such an order yet, and into
``UNREMARKED`` if nobody is to be warned of what it lacks. Then offer it among the choices of the
column «Состояние» in ``registers/schema/приказы.toml`` (a test holds the two lists together) and
explain it in
``docs/руководство-секретаря.md`` («Состояния») and ``docs/contracts.md``. Everything else asks
these sets.
"""

from __future__ import annotations

import enum
from typing import Final


class OrderState(enum.StrEnum):
    """How far an order has come, spelled as in the column «Состояние»."""

    DRAFT = "проект"
    TO_SIGN = "на подписи"
    SIGNED = "подписан"
    SIGNED_ELSEWHERE = "подписан без docgen"
    CHANGED = "изменён"
    REPEALED = "утратил силу"
    CANCELLED = "аннулирован"


DRAFTS: Final = frozenset({OrderState.DRAFT})
"""Orders that nobody is to sign yet: marked ПРОЕКТ, and in no packet of originals."""

UNSIGNED: Final = frozenset({OrderState.DRAFT, OrderState.TO_SIGN})
"""Orders still to be signed: made anew whenever their rows change, in whatever school year."""

FROZEN: Final = frozenset({OrderState.SIGNED, OrderState.CHANGED, OrderState.REPEALED})
"""Orders that were signed: they need number and date, and their documents never change again."""

ELSEWHERE: Final = frozenset({OrderState.SIGNED_ELSEWHERE})
"""Orders that were made and signed without docgen: a row to refer to, of which nothing is made."""

VOID: Final = frozenset({OrderState.CANCELLED})
"""Orders that were never in force: no document is made of them."""

UNREMARKED: Final = frozenset({OrderState.DRAFT, OrderState.CANCELLED, OrderState.SIGNED_ELSEWHERE})
"""Orders without a warning when a number or a signatory is missing."""
