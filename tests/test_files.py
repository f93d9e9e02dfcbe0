"""Files are written whole, named for every file system and kept to one build at a time."""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docgen.errors import UsageError
from docgen.files import (
    NAME_LIMIT,
    atomic_write,
    digest,
    folder_lock,
    office_lock_of,
    remove_leftovers,
    safe_name,
    tidied,
    unique_names,
    writable,
)


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


def test_a_writable_folder_is_made_and_left_empty(tmp_path: Path) -> None:
    folder = writable(tmp_path / "a" / "b")
    assert folder.is_dir()
    assert not [*folder.iterdir()]


def test_a_file_in_place_of_a_folder_is_unwritable_for_anybody(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    for folder in (tmp_path / "out", tmp_path / "out" / "school"):
        with pytest.raises(UsageError) as caught:
            writable(folder)
        assert caught.value.problems[0].code == "output-unwritable"


def test_a_read_only_file_system_is_unwritable_even_for_root() -> None:
    with pytest.raises(UsageError, match="не удаётся записать"):
        writable(Path("/proc/docgen"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Приказ № 31/2", "Приказ № 31-2"),
        ("Приказ\u00a0№\u202f31", "Приказ № 31"),
        ("../../etc/passwd", "etc-passwd"),
        ("Согласие: Иванова <А.А.>", "Согласие- Иванова А.А"),
        ("зло\u202etxt.docx", "злоtxt.docx"),
        ("и\u0306", "й"),
        ("CON", "CON_"),
        ("com1.приложение", "com1_.приложение"),
        ("LPT³", "LPT³_"),
        ("-rf", "rf"),
        ("~$книга", "книга"),
        ("точка. ", "точка"),
        ("\u200b\x00", "без имени"),
        ("", "без имени"),
    ],
)
def test_names_are_safe(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_long_name_is_cut_between_letters_and_stays_apart_from_its_like() -> None:
    one, other = safe_name("Я" * 200 + "а", ".docx"), safe_name("Я" * 200 + "б", ".docx")
    assert one != other
    assert one.endswith(".docx")
    assert len(one.encode()) <= NAME_LIMIT


@given(st.text())
@example("NUL .txt")
@example("a" * 300)
@example(". CON")
@example("\u1100\u200d\u1161")
def test_any_text_makes_one_plain_component(text: str) -> None:
    name = safe_name(text)
    assert name == safe_name(name)
    assert name == unicodedata.normalize("NFC", name)
    assert 0 < len(name.encode()) <= NAME_LIMIT
    assert not set(name) & set('<>:"/\\|?*')
    assert name.isprintable()
    assert Path(name).name == name
    assert name.split(".")[0].strip().upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}


def test_names_that_differ_in_case_alone_are_numbered() -> None:
    names = ["пары/Приказ", "пары/ПРИКАЗ", "листы/Приказ", "пары/Приказ"]
    assert unique_names(names) == [
        "пары/Приказ",
        "пары/ПРИКАЗ (2)",
        "листы/Приказ",
        "пары/Приказ (3)",
    ]


@given(st.lists(st.text("аАб/", max_size=3)))
def test_numbered_names_are_unique_and_as_many(names: list[str]) -> None:
    unique = unique_names(names)
    assert len(unique) == len(names)
    assert len({name.casefold() for name in unique}) == len(names)


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


def test_digest_is_sha256(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 3_000_000)
    assert digest(tmp_path / "a") == hashlib.sha256(b"x" * 3_000_000).hexdigest()


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
        cwd=Path(__file__).parent.parent,
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
