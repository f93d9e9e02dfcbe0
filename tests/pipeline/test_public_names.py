"""The names that the pipeline offers to callers from Python: each leads to where it lives."""

from __future__ import annotations

import importlib

import pytest

from docgen import pipeline


def test_every_public_name_has_a_home() -> None:
    assert sorted(pipeline.__all__) == sorted(pipeline._HOMES)


@pytest.mark.parametrize("name", pipeline.__all__)
def test_a_public_name_is_what_its_home_has(name: str) -> None:
    home = importlib.import_module(pipeline._HOMES[name])
    assert getattr(pipeline, name) is getattr(home, name)


def test_no_other_name_is_found() -> None:
    with pytest.raises(AttributeError):
        getattr(pipeline, "такого_имени_нет")  # noqa: B009 - it is no name that mypy knows
