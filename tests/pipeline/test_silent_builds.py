"""A build over a LibreOffice that answers to nothing: one sentence, and all that was good stays."""

from __future__ import annotations

import functools
import shutil
import time
from pathlib import Path

import pytest

from docgen.pdf import find_office, open_press
from docgen.pipeline.run import many_workspaces
from docgen.problem_codes import ExitCode
from tests.support.fake_soffice import fake_soffice
from tests.support.small_root import files_below, made, make_root, make_school, put, run


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """Return a small workspace without packets: false PDFs fit none."""
    root = make_root(tmp_path)
    shutil.rmtree(root / "templates_docx" / "packets")
    (root / "templates_docx" / "packets").mkdir()
    return make_school(root)


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have LibreOffice counted as silent after three seconds."""
    hurried = functools.partial(open_press, patience=0.05, startup_s=1.0)
    monkeypatch.setattr(many_workspaces, "open_press", hurried)


def fall_silent(folder: Path, monkeypatch: pytest.MonkeyPatch, mode: str) -> None:
    """Put a program that answers to nothing in the place of LibreOffice, of the same version."""
    version = find_office().version
    fake = fake_soffice(folder, monkeypatch, mode, victim="")
    program = fake / "soffice"
    program.write_text(program.read_text().replace("LibreOffice 7.4.99.3", version))
    monkeypatch.setenv("PATH", f"{fake}:/usr/bin:/bin")
    hurry(monkeypatch)


def output_of(school: Path) -> Path:
    return school.parent.parent / "output" / school.name


@pytest.mark.parametrize("options", [(), ("--fields",), ("--pdfa", "1a")])
@pytest.mark.parametrize("mode", ["hang", "deaf"])
def test_a_first_build_says_once_that_libreoffice_does_not_answer(
    mode: str,
    options: tuple[str, ...],
    school: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fall_silent(tmp_path, monkeypatch, mode)
    started = time.monotonic()
    assert run("build", school, "--jobs", "1", *options) == ExitCode.CONVERSION
    assert time.monotonic() - started < 10
    said = capsys.readouterr().err
    assert said.count("[conversion-failed]") == 1
    assert "PDF не сделаны: LibreOffice не отвечает" in said
    assert made(output_of(school), ".pdf") == []
    assert [*output_of(school).rglob(".docgen*.tmp")] == []


@pytest.mark.office
def test_a_later_build_leaves_the_pdfs_of_the_last_good_one(
    school: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("build", school, "--jobs", "1") == ExitCode.DONE
    output = output_of(school)
    before = files_below(output / "pdf")
    put(school, "Пункты", "C2", "Утвердить новую дорожную карту")
    capsys.readouterr()
    with monkeypatch.context() as silent:
        fall_silent(tmp_path, silent, "hang")
        assert run("build", school, "--jobs", "1") == ExitCode.PARTIAL
    said = capsys.readouterr()
    assert said.err.count("[conversion-failed]") == 1
    assert "не собрано 1" in said.out
    assert files_below(output / "pdf") == before
    assert [*output.rglob(".docgen*.tmp")] == []
    assert run("build", school, "--jobs", "1") == ExitCode.DONE
    after = files_below(output / "pdf")
    assert sum(after[name] != before[name] for name in before) == 1
    assert run("verify", output) == ExitCode.DONE
