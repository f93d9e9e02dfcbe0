"""A pair has a short name, «Шапиро – Белых»: accepted as shown, asked about where two have it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from docgen.errors import Problem
from docgen.model import Reference, Value
from docgen.records import link_records
from tests.support.builders import Row, order, pair, person, raw_sheets, school, shipped_schemas

SHAPIRO, BELYKH = "Шапиро Анна Львовна", "Белых Иван Петрович"
OTHER = "Шапиро Олег Маркович"
STAFF = [person(one, "учитель") for one in (SHAPIRO, BELYKH, OTHER)]


def pointed(text: str, pairs: Sequence[Row]) -> tuple[Value, list[Problem]]:
    """Return what a cell of an own register points to when it names a pair so."""
    shipped = shipped_schemas()
    preamble = shipped["преамбула"]
    columns = [
        replace(one, to=("пары",), is_free=False, is_listed=False) if one.name == "акт" else one
        for one in preamble.columns
    ]
    schemas = {**shipped, "преамбула": replace(preamble, columns=tuple(columns))}
    rows = school(
        {
            "приказы": [order()],
            "пары": pairs,
            "преамбула": [{"приказ": "О внедрении", "акт": text}],
        },
        staff=STAFF,
    )
    records, _, problems = link_records(schemas, raw_sheets(rows))
    return records["преамбула"][0].values["акт"], problems


@pytest.mark.parametrize(
    "text",
    [
        "Шапиро – Белых",
        "Шапиро - Белых",
        "шапиро — белых",
        f"{SHAPIRO} – {BELYKH}",
        "Шапиро – Белых (14.09.2026)",
        SHAPIRO,
    ],
)
def test_a_pair_is_known_by_its_short_name_however_its_dash_is_typed(text: str) -> None:
    value, problems = pointed(text, [pair(SHAPIRO, BELYKH)])
    assert problems == []
    assert isinstance(value, Reference)
    assert value.register == "пары"


def test_two_pairs_of_one_short_name_are_told_apart_by_their_start() -> None:
    pairs = [pair(SHAPIRO, BELYKH), pair(OTHER, BELYKH, с=dt.date(2027, 1, 11))]
    _, (problem,) = pointed("Шапиро – Белых", pairs)
    assert problem.code == "unknown-ref"
    assert "«Шапиро – Белых (14.09.2026)»" in problem.message
    assert "«Шапиро – Белых (11.01.2027)»" in problem.message
    value, problems = pointed("Шапиро – Белых (11.01.2027)", pairs)
    assert problems == []
    assert isinstance(value, Reference)
    assert value.identity.startswith(OTHER)


def test_a_mistyped_pair_is_offered_by_its_short_name() -> None:
    _, (problem,) = pointed("Шапиро – Белыхх", [pair(SHAPIRO, BELYKH)])
    assert "Шапиро – Белых (14.09.2026)" in problem.message
