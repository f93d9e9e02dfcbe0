"""A disk that is full at any size: a sentence that says where, nothing half made, then the rest."""

from __future__ import annotations

import contextlib
import errno
import re
import sqlite3
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.files import disk_error
from docgen.files.disk_faults import unwritable_error
from tests.support.small_root import make_root, make_school, run


@contextlib.contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """Mount a disk of this size, where the system allows that."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    try:
        has_disk = subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        has_disk = False
    if not has_disk:
        pytest.skip("mounting is not allowed here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def enlarge(folder: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=80m", str(folder)], check=True)


def assert_refused(code: int, said: str) -> None:
    """Whether the command said that the disk is full, and ended as it promises."""
    assert code == 2
    assert "[output-unwritable]" in said
    assert "на диске нет места" in said
    assert "[bug]" not in said
    assert not re.search(r"draft-|\.docgen-", said)


def assert_whole(output: Path) -> None:
    for path in output.rglob("*.docx"):
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
    for path in output.rglob("*.pdf"):
        assert path.read_bytes().rstrip().endswith(b"%%EOF")
    assert not list(output.rglob(".docgen-*.tmp"))


def try_disk(tmp_path: Path, kilobytes: int, *options: str) -> str:
    """Build on a disk of this size, then on one with room; return what was said first."""
    root = make_root(tmp_path)
    workspace = make_school(root)
    said = tmp_path / "сказано"
    with small_disk(tmp_path / "диск", kilobytes) as disk:
        words = ("build", workspace, "--root", root, "--out", disk, *options)
        with said.open("w") as stream, contextlib.redirect_stderr(stream):
            code = run(*words)
        if code:
            assert_refused(code, said.read_text())
        assert_whole(disk)
        enlarge(disk)
        assert run(*words) == 0
        assert_whole(disk)
        assert len(list(disk.rglob("*.docx"))) == 6
    return said.read_text()


@pytest.mark.parametrize("kilobytes", [4, 40, 90, 130, 200, 260, 320, 400])
def test_a_full_disk_is_named_and_the_next_run_goes_on(tmp_path: Path, kilobytes: int) -> None:
    try_disk(tmp_path, kilobytes, "--no-pdf")


@pytest.mark.office
@pytest.mark.parametrize("kilobytes", [600, 2000])
def test_packets_on_a_full_disk_are_made_by_the_next_run(tmp_path: Path, kilobytes: int) -> None:
    assert "output-unwritable" in try_disk(tmp_path, kilobytes)


@pytest.mark.office
def test_a_full_folder_for_temporary_files_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_root(tmp_path)
    workspace = make_school(root)
    words = ("build", workspace, "--jobs", "2", "--root", root, "--out", tmp_path / "итог")
    with small_disk(tmp_path / "диск", 60) as disk:
        monkeypatch.setenv("TMPDIR", str(disk))
        monkeypatch.setattr(tempfile, "tempdir", None)
        code = run(*words)
        said = capsys.readouterr().err
        assert_refused(code, said)
        assert str(disk) in said
        assert_whole(tmp_path / "итог")
        enlarge(disk)
        assert run(*words) == 0


@pytest.mark.parametrize(
    ("error", "wanted"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "на диске нет места"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "исчерпана квота диска"),
        (OSError(errno.EROFS, "Read-only file system"), "диск доступен только для чтения"),
        (OSError(errno.EIO, "Input/output error"), "ошибка диска"),
        (sqlite3.OperationalError("database or disk is full"), "на диске нет места"),
        (sqlite3.OperationalError("disk I/O error"), "ошибка диска"),
        (RuntimeError("a.pdf: write: No space left on device"), "на диске нет места"),
        (OSError(errno.ENOENT, "No such file or directory"), ""),
        (OSError(errno.EPIPE, "Broken pipe"), ""),
        (RuntimeError("anything else"), ""),
        (ValueError("anything else"), ""),
    ],
)
def test_what_a_disk_refuses_is_told_from_bugs(
    tmp_path: Path, error: Exception, wanted: str
) -> None:
    found = disk_error(error, tmp_path)
    assert (found is not None) == bool(wanted)
    assert wanted in str(found)
    outer = ValueError("outer")
    outer.__cause__ = error
    assert (disk_error(outer, tmp_path) is not None) == bool(wanted)


@pytest.mark.parametrize("code", sorted(errno.errorcode))
def test_every_fault_of_writing_is_told_in_russian(tmp_path: Path, code: int) -> None:
    said = unwritable_error(tmp_path / "Приказ.docx", OSError(code, "English words")).problems[0]
    assert "English" not in said.message
    assert re.search("не удаётся записать «Приказ.docx»: [а-яё ,—-]{8}", said.message)
