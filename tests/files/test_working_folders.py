"""The temporary folders of runs: whose they are, and when they go."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from docgen.files import remove_abandoned_folders, working_folder


def test_folders_that_killed_runs_left_go_at_the_next_start_but_young_ones_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, young = tmp_path / "docgen-old", tmp_path / "docgen-young"
    for folder in (old, young):
        folder.mkdir()
        (folder / ".docgen.lock").touch()
        (folder / "приказ.docx").write_bytes(b"paper")
    os.utime(old, (1, 1))
    with working_folder() as living:
        os.utime(living, (1, 1))
        remove_abandoned_folders()
        assert living.is_dir()
    assert not old.exists()
    assert young.is_dir()
