"""Check registers whose rows have no key for rows that were pasted twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from docgen.errors import Problem, warning
from docgen.model import Record, Workspace
from docgen.model.columns import (
    APPROVALS,
    DATE,
    ISSUER,
    NUMBER,
    ORDER,
    POINTS,
    PREAMBLE,
    STATE,
    TEXT,
    TEXTS,
)
from docgen.model.states import UNSIGNED
from docgen.records.order_days import paper_name
from docgen.wording import text_of

_ACT: Final = "акт"
_SAYING: Final[Mapping[str, tuple[str, ...]]] = {
    APPROVALS: (ISSUER, DATE, NUMBER),
    PREAMBLE: (TEXT, _ACT),
    POINTS: (TEXT,),
    TEXTS: (TEXT,),
}
"""What a row has to say to be a double: two empty marks are two places to write on."""


def check_doubles(workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for each row of an unsigned order that says what an earlier one has said."""
    for register, columns in _SAYING.items():
        known: dict[tuple[str, ...], Record] = {}
        for row in workspace.records.get(register, ()):
            order = workspace.order_of(row)
            if row.is_broken or order is None or order.values.get(STATE) not in UNSIGNED:
                continue
            if not any(row.values.get(one) for one in columns):
                continue
            if register == POINTS and text_of(row.values.get(NUMBER)).strip("-–— "):
                # Numbers tell points apart, and one that stands twice is an error.
                continue
            said = tuple(f"{name}={value!r}" for name, value in sorted(row.values.items()) if value)
            earlier = known.setdefault(said, row)
            if earlier is not row:
                yield _double(row, earlier, order)


def _double(row: Record, earlier: Record, order: Record) -> Problem:
    where, first = row.cells[ORDER], earlier.cells[ORDER]
    message = (
        f"{paper_name(order)}: строка повторяет {first.cell} и напечатается второй раз; удалите "
        "лишнюю"
    )
    return warning("said-twice", where, message)
