"""One build at a time has a folder, and files that an office holds open are seen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from docgen.errors import UsageError
from docgen.files import folder_lock, office_lock_of


@pytest.mark.parametrize(
    ("file", "lock"),
    [
        ("Люди.xlsx", "~$Люди.xlsx"),
        ("Люди.xlsx", ".~lock.Люди.xlsx#"),
        ("Приказ о парах.docx", "~$иказ о парах.docx"),
    ],
)
def test_lock_files_of_offices_are_known(tmp_path: Path, file: str, lock: str) -> None:
    assert office_lock_of(tmp_path / file) is None
    (tmp_path / lock).write_text("Секретарь")
    assert office_lock_of(tmp_path / file) == tmp_path / lock


def test_a_lock_can_be_taken_again_once_it_is_let_go(tmp_path: Path) -> None:
    for _ in range(2):
        with folder_lock(tmp_path / "school", timeout_s=0.1):
            assert (tmp_path / "school").is_dir()


_HOLDER = """
import sys, pathlib
from docgen.files import folder_lock
with folder_lock(pathlib.Path(sys.argv[1])):
    print("taken", flush=True)
    sys.stdin.read()
"""


def test_a_second_build_is_told_who_holds_the_folder_and_a_dead_one_holds_nothing(
    tmp_path: Path,
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"taken\n"
        with pytest.raises(UsageError) as caught, folder_lock(tmp_path, timeout_s=0.1):
            pass
        holder.kill()
    assert "уже собирает другой запуск docgen" in str(caught.value)
    assert f"процесс {holder.pid}" in str(caught.value)
    with folder_lock(tmp_path, timeout_s=5):
        pass
