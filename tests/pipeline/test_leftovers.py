"""``docgen clean`` takes away what a build leaves or makes again, and nothing of a person's."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from docgen.files import folder_lock, working_folder
from tests.support.small_pdfs import write_small_pdf
from tests.support.small_root import (
    BOOK,
    build_signed,
    files_below,
    made,
    make_root,
    make_school,
    put,
    run,
)

STRANGER = "заметки.txt"


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "временное"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def school(tmp_path: Path, scratch: Path) -> Path:
    """A workspace built once, without LibreOffice."""
    school = make_school(make_root(tmp_path))
    assert run("build", "--no-pdf", school) == 0
    return school


def output_of(school: Path) -> Path:
    return school.parents[1] / "output" / school.name


def papers(school: Path) -> list[str]:
    return [path.stem for path in made(output_of(school))]


def litter(school: Path, scratch: Path) -> list[Path]:
    """Leave what killed runs leave, in each of the places where they do."""
    killed = scratch / "docgen-abc"
    stage = output_of(school) / ".docgen-stage.tmp"
    for folder in (killed, stage):
        folder.mkdir()
    (killed / ".docgen.lock").touch()
    (stage / "000001.pdf").write_bytes(b"%PDF")
    half = [
        output_of(school) / "documents" / ".docgen-x1.tmp",
        school / ".docgen-x2.tmp",
        school / "архив" / "приказ" / ".docgen-x3.tmp",
    ]
    for path in half:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
    return [killed, stage, *half]


def test_leftovers_of_killed_runs_go_and_everything_else_stays(
    school: Path, scratch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files_below(output_of(school)), files_below(school)
    left = litter(school, scratch)
    assert run("clean", school) == 0
    assert [path for path in left if path.exists()] == []
    assert (files_below(output_of(school)), files_below(school)) == before
    printed = capsys.readouterr().out
    for path in left:
        assert f"убран: {path}" in printed
    assert "школа: убрано 4" in printed
    assert "временные файлы: убрано 1" in printed


def test_a_dry_run_tells_the_same_and_removes_nothing(
    school: Path, scratch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    left = litter(school, scratch)
    before = files_below(output_of(school))
    capsys.readouterr()
    assert run("clean", "--all", "--dry-run", school) == 0
    printed = capsys.readouterr().out
    assert all(path.exists() for path in left)
    assert files_below(output_of(school)) == before
    assert printed.count("будет убран:") == len(left) + len(papers(school))


def test_the_folder_of_a_living_run_stays(school: Path, scratch: Path) -> None:
    with working_folder() as folder:
        assert run("clean", school) == 0
        assert folder.is_dir()


def test_all_takes_what_a_build_makes_again_to_the_same_bytes(school: Path) -> None:
    output = output_of(school)
    before = {name: sha for name, sha in files_below(output).items() if name.endswith(".docx")}
    assert run("clean", "--all", school) == 0
    assert [name for name in files_below(output) if not name.startswith(".docgen")] == []
    assert (school / BOOK).is_file()
    assert run("build", "--no-pdf", school) == 0
    after = {name: sha for name, sha in files_below(output).items() if name.endswith(".docx")}
    assert after == before


def test_what_a_person_changed_stays_and_is_still_known_as_changed(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order = next(path for path in made(output_of(school)) if "147-од" in path.stem)
    order.write_bytes(order.read_bytes() + b"edited")
    edited = order.read_bytes()
    capsys.readouterr()
    assert run("clean", "--all", school) == 0
    assert f"оставлен: {order} (исправлен вручную)" in capsys.readouterr().out
    assert made(output_of(school)) == [order]
    assert run("build", "--no-pdf", school) == 0
    assert order.read_bytes() == edited
    assert "[edited-output]" in capsys.readouterr().err


def test_archived_papers_stay_in_the_output_and_in_the_archive(
    tmp_path: Path, scratch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = build_signed(make_root(tmp_path), "--no-pdf")
    archive = files_below(school / "архив")
    capsys.readouterr()
    assert run("clean", "--all", school) == 0
    assert files_below(school / "архив") == archive
    assert "(подписан и не переделывается)" in capsys.readouterr().out
    assert any("163-од" in stem for stem in papers(school))
    assert not any("Согласие" in stem for stem in papers(school))


def test_a_signed_pdf_its_docx_and_every_sig_stay(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = output_of(school)
    order = next(path for path in made(output) if "147-од" in path.stem)
    below = order.relative_to(output / "documents").with_suffix(".pdf")
    pdf = write_small_pdf(output / "pdf" / below, ["signed"])
    for path in (pdf.with_name(f"{pdf.name}.sig"), order.with_name(f"{order.name}.sig")):
        path.write_bytes(b"signature")
    capsys.readouterr()
    assert run("clean", "--all", school) == 0
    printed = capsys.readouterr().out
    assert f"оставлен: {order} (подписан)" in printed
    assert f"оставлен: {pdf}.sig (электронная подпись)" in printed
    assert order.is_file()
    assert pdf.is_file()


def test_what_docgen_never_made_stays(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (output_of(school) / STRANGER).write_text("не трогать")
    capsys.readouterr()
    assert run("clean", "--all", school) == 0
    assert f"{STRANGER} (не из этой сборки" in capsys.readouterr().out
    assert (output_of(school) / STRANGER).is_file()


def test_without_the_ledger_nothing_is_known_to_be_docgens_own(school: Path) -> None:
    (output_of(school) / "ledger.sqlite").unlink()
    before = papers(school)
    assert run("clean", "--all", school) == 0
    assert papers(school) == before


def test_what_a_killed_build_wrote_goes_too(school: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(school, "Пары", "D2", "иная цель")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("docgen.pipeline.run.one_workspace.collect", die)
    assert run("build", "--no-pdf", school) == 130
    assert run("clean", "--all", school) == 0
    assert papers(school) == []


def test_a_workspace_that_is_being_built_is_left_alone(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = papers(school)
    with folder_lock(output_of(school)):
        assert run("clean", "--all", school) == 2
    assert "уже собирает другой запуск" in capsys.readouterr().err
    assert papers(school) == before


def test_papers_whose_registers_are_gone_cannot_be_made_again_and_stay(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = papers(school)
    (school / BOOK).unlink()
    assert run("clean", "--all", school) == 2
    assert "нет реестров" in capsys.readouterr().err
    assert papers(school) == before
    shutil.rmtree(output_of(school))
    assert run("clean", school) == 2


def test_nothing_built_is_nothing_to_clean(tmp_path: Path, scratch: Path) -> None:
    school = make_school(make_root(tmp_path))
    assert run("clean", "--all", school) == 0
    assert not output_of(school).exists()


def test_what_cannot_be_removed_is_told(
    school: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stuck = output_of(school) / "documents" / ".docgen-x.tmp"
    stuck.touch()
    unlink = Path.unlink

    def refuse(path: Path, *, missing_ok: bool = False) -> None:
        if path.name == stuck.name:
            # Rights would not do: nothing keeps root from removing a file.
            raise PermissionError(errno.EACCES, "Permission denied")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    assert run("clean", school) == 2
    assert stuck.name in capsys.readouterr().err
    assert stuck.exists()
