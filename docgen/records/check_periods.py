"""Check the periods in which rows hold: that they end after they begin, and who acts for a head."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence

from docgen.errors import Problem, warning
from docgen.model import Record, Reference, Schema, Workspace
from docgen.model.columns import ACTING_HEAD, ORGANISATION


def check_periods(workspace: Workspace) -> Iterator[Problem]:
    """Yield what is wrong with the periods of rows and of the acting head."""
    for name, rows in workspace.records.items():
        schema = workspace.schemas[name]
        for row in rows:
            if not row.is_broken and row.begins and row.ends and row.ends < row.begins:
                yield _turned_round(row, schema)
        if schema.is_card:
            yield from _check_rivals(rows, schema)
    for row in workspace.records.get(ORGANISATION, ()):
        acting = row.values.get(ACTING_HEAD)
        if isinstance(acting, Reference) and not row.is_broken:
            yield from _check_acting_head(row, acting)


def _check_rivals(rows: Sequence[Record], schema: Schema) -> Iterator[Problem]:
    """Yield an error for a fact that has two values on one day, so that the lower row hides one.

    A row that begins later than the one above it takes its place from that day on, as it should.
    """
    for column in schema.columns:
        if column.is_listed:
            continue
        facts = [one for one in rows if one.values.get(column.name) and not one.is_broken]
        for upper, lower in itertools.pairwise(facts):
            starts = [one.begins or dt.date.min for one in (upper, lower)]
            is_hidden = starts[1] <= starts[0] <= (lower.ends or dt.date.max)
            if is_hidden and upper.values[column.name] != lower.values[column.name]:
                first, second = upper.cells[column.name], lower.cells[column.name]
                periods = "впишите, с какого и по какой день каждое, или " if schema.begins else ""
                message = (
                    f"«{column.header}»: на одни и те же дни два значения, {first.cell} и "
                    f"{second.cell}, и печатается нижнее; {periods}удалите лишнюю строку"
                )
                yield Problem("duplicate-key", second, message)


def _turned_round(row: Record, schema: Schema) -> Problem:
    """Return the problem of a row that holds on no day; what a card says would be lost."""
    message = (
        f"период кончается раньше, чем начинается: с {row.begins:%d.%m.%Y} по {row.ends:%d.%m.%Y}; "
        "исправьте одну из дат"
    )
    if not schema.is_card:
        return warning("bad-period", row.where, message)
    facts = [column for column in schema.columns if column.name in row.cells]
    named = f"«{facts[0].header}»: " if facts else ""
    where = row.cells[facts[0].name] if facts else row.where
    return Problem("bad-period", where, f"{named}{message}")


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
