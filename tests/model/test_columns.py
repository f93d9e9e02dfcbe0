"""The registers and columns that code names are those of the shipped schemas."""

from __future__ import annotations

import pytest

from docgen.model import columns
from tests.support.builders import shipped_schemas

NAMES = {
    name: value
    for name, value in vars(columns).items()
    if name.isupper() and isinstance(value, str) and name != "PROPOSED"
}


@pytest.mark.parametrize("register", columns.COLUMNS)
def test_every_register_and_column_that_code_names_exists(register: str) -> None:
    known = {column.name for column in shipped_schemas()[register].columns}
    assert not set(columns.COLUMNS[register]) - known


def test_every_name_stands_in_the_list_of_its_register() -> None:
    listed = {*columns.COLUMNS, *columns.ROW_NAMES.values(), columns.PARTICIPANT, columns.ROLE}
    listed |= {columns.PARTICIPANTS, *(one for names in columns.COLUMNS.values() for one in names)}
    assert {name: value for name, value in NAMES.items() if value not in listed} == {}


def test_what_docgen_proposed_stands_in_a_column_beside_the_proposal() -> None:
    schemas = shipped_schemas()
    proposed = {
        columns.FORMS: columns.OBLIQUE_CASES,
        columns.SIGNATURES: columns.CELLS_OF_SIGNATURES,
    }
    for register, names in proposed.items():
        known = {column.name for column in schemas[register].columns}
        assert {columns.PROPOSED + name for name in names} <= known


def test_templates_call_a_row_as_code_does() -> None:
    schemas = shipped_schemas()
    assert {name: schemas[name].one for name in columns.ROW_NAMES} == columns.ROW_NAMES
    assert columns.PARTICIPANTS in schemas[columns.ORDERS].column(columns.ACQUAINT).choices
