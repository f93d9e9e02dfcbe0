"""Files are written whole, or what was there stays."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from docgen.errors import UsageError
from docgen.files import atomic_write, ensure_writable, remove_leftovers


def test_what_is_written_is_read_back_with_its_rights_and_nothing_lies_beside(
    tmp_path: Path,
) -> None:
    path = tmp_path / "приказы" / "Приказ.docx"
    atomic_write(path, "первый".encode())
    atomic_write(path, "второй".encode(), mode=0o600)
    assert path.read_text() == "второй"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [*path.parent.iterdir()] == [path]


def test_a_failed_write_keeps_the_old_file_and_leaves_nothing_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Приказ.pdf"
    path.write_text("старый")

    def full_disk(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(UsageError) as caught:
        atomic_write(path, b"x")
    assert caught.value.problems[0].code == "output-unwritable"
    assert "на диске нет места" in str(caught.value)
    assert path.read_text() == "старый"
    assert [*tmp_path.iterdir()] == [path]


def test_a_folder_in_place_of_the_file_is_told_in_russian(tmp_path: Path) -> None:
    (tmp_path / "Приказ.pdf").mkdir()
    with pytest.raises(UsageError, match="на этом месте лежит папка"):
        atomic_write(tmp_path / "Приказ.pdf", b"x")
    assert remove_leftovers(tmp_path) == 0


def test_a_file_in_place_of_a_folder_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "журнал").write_text("")
    with pytest.raises(UsageError) as caught:
        atomic_write(tmp_path / "журнал" / "000001.json", b"x")
    (problem,) = caught.value.problems
    assert problem.where.file == str(tmp_path / "журнал")
    assert problem.message == (
        "не удаётся записать «журнал»: на месте папки лежит файл; уберите или переименуйте то, что "
        "там лежит"
    )


def test_a_writable_folder_is_made_and_left_empty(tmp_path: Path) -> None:
    folder = ensure_writable(tmp_path / "a" / "b")
    assert folder.is_dir()
    assert not [*folder.iterdir()]


def test_a_file_in_place_of_a_folder_is_unwritable_for_anybody(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    for folder in (tmp_path / "out", tmp_path / "out" / "school"):
        with pytest.raises(UsageError) as caught:
            ensure_writable(folder)
        assert caught.value.problems[0].code == "output-unwritable"


def test_a_read_only_file_system_is_unwritable_even_for_root() -> None:
    with pytest.raises(UsageError, match="не удаётся записать"):
        ensure_writable(Path("/proc/docgen"))
