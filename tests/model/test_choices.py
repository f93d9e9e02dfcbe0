"""Words that cells may choose from, and on which logic depends, are those that registers offer."""

from __future__ import annotations

import enum

import pytest

from docgen.model.choices import Orientation, TableLook
from docgen.model.columns import APPENDICES, ORIENTATION, TABLE_LOOK
from tests.support.builders import shipped_schemas


@pytest.mark.parametrize(
    ("column", "choices"), [(ORIENTATION, Orientation), (TABLE_LOOK, TableLook)]
)
def test_the_choices_of_a_column_are_those_that_code_knows(
    column: str, choices: type[enum.StrEnum]
) -> None:
    assert shipped_schemas()[APPENDICES].column(column).choices == tuple(choices)
