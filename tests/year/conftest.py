"""The school's year, played once for all tests of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.year_months import play


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the clerk's folder of each month."""
    return play(tmp_path_factory.mktemp("год"))
