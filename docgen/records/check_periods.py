"""Check the periods in which rows hold: that they end after they begin, and who acts for a head."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.errors import Problem, warning
from docgen.model import Record, Reference, Workspace
from docgen.model.columns import ACTING_HEAD, ORGANISATION


def check_periods(workspace: Workspace) -> Iterator[Problem]:
    """Yield what is wrong with the periods of rows and of the acting head."""
    for name, rows in workspace.records.items():
        schema = workspace.schemas[name]
        for row in rows:
            if not row.is_broken and row.begins and row.ends and row.ends < row.begins:
                yield _turned_round(row, is_card=schema.is_card)
    for row in workspace.records.get(ORGANISATION, ()):
        acting = row.values.get(ACTING_HEAD)
        if isinstance(acting, Reference) and not row.is_broken:
            yield from _check_acting_head(row, acting)


def _turned_round(row: Record, *, is_card: bool) -> Problem:
    """Return the problem of a row that holds on no day; what a card says would be lost."""
    message = (
        f"период кончается раньше, чем начинается: с {row.begins:%d.%m.%Y} по {row.ends:%d.%m.%Y}; "
        "исправьте одну из дат"
    )
    if not is_card:
        return warning("bad-period", row.where, message)
    return Problem("bad-period", next(iter(row.cells.values()), row.where), message)


def _check_acting_head(row: Record, acting: Reference) -> Iterator[Problem]:
    where = row.cells[ACTING_HEAD]
    if row.begins is None:
        yield Problem(
            "acting-head",
            where,
            f"и.о. руководителя {acting.text}: не сказано, с какого дня; он подписал бы все "
            "приказы, и прежние: впишите «Действует с»",
        )
    elif row.ends is None:
        yield warning(
            "acting-head",
            where,
            f"и.о. руководителя {acting.text} подписывает с {row.begins:%d.%m.%Y}, срок не назван; "
            "впишите «по», когда он известен",
        )
