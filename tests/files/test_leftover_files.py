"""What killed runs left is taken away, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.files import remove_leftovers, tidied


def test_leftovers_of_killed_runs_are_removed_and_only_they(tmp_path: Path) -> None:
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf" / ".docgen-abc.tmp").write_text("ПДн")
    (tmp_path / "Приказ.tmp").write_text("чужое")
    assert remove_leftovers(tmp_path) == 1
    assert (tmp_path / "Приказ.tmp").exists()


def test_a_run_that_is_interrupted_takes_its_own_leftovers_away(tmp_path: Path) -> None:
    (tmp_path / ".docgen-killed.tmp").mkdir()
    kept = tmp_path / "приказ.docx"
    kept.touch()
    with pytest.raises(KeyboardInterrupt), tidied(tmp_path, tmp_path / "архив"):  # noqa: PT012
        assert [*tmp_path.iterdir()] == [kept]
        (tmp_path / ".docgen-mine.tmp").mkdir()
        (tmp_path / ".docgen-mine.tmp" / "1.docx").touch()
        raise KeyboardInterrupt
    assert [*tmp_path.iterdir()] == [kept]
