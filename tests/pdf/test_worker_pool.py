"""Workers make the papers in processes of their own; one that is lost is not missed."""

from __future__ import annotations

import io
import os
import signal
import sys
from pathlib import Path

import pytest

from docgen.errors import UsageError
from docgen.pdf import FinishedPdf, Press, find_office, open_press
from docgen.pdf.company import Company
from docgen.pdf.worker_pool import WorkersExecutor
from docgen.pdf.worker_process import WorkerSetup, receive, send, serve_calls
from tests.support.fake_soffice import fake_soffice
from tests.support.small_docx import write_docx


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    return [write_docx(tmp_path / f"{number}.docx", f"Приказ {number}") for number in range(8)]


def test_papers_are_made_in_a_process_that_ends_with_the_press(
    papers: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_soffice(tmp_path, monkeypatch)
    executor = WorkersExecutor(find_office(), 2)
    assert not executor.processes
    executor.warm_up()
    (process,) = executor.processes
    assert Path(f"/proc/{process}").exists()
    executor.close()
    assert not Path(f"/proc/{process}").exists()
    with open_press(find_office(), 2) as press:
        made = press.convert(papers, tmp_path / "pdf")
    assert [one.path.name for one in made.values() if isinstance(one, FinishedPdf)] == [
        f"{number}.pdf" for number in range(8)
    ]
    assert all((tmp_path / "pdf" / f"{number}.pdf").is_file() for number in range(8))


def test_many_offices_have_several_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_soffice(tmp_path, monkeypatch)
    executor = WorkersExecutor(find_office(), 6)
    try:
        executor.warm_up()
        assert len(executor.processes) == 2
    finally:
        executor.close()


def test_a_lost_worker_leaves_its_papers_to_this_process(
    papers: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_soffice(tmp_path, monkeypatch)
    executor = WorkersExecutor(find_office(), 2)
    with Press(executor, Company(find_office().version)) as press:
        press.warm_up()
        first = [press.submit(one, tmp_path / "pdf" / f"{one.stem}.pdf", "") for one in papers[:4]]
        press.flush()
        for process in executor.processes:
            os.kill(process, signal.SIGKILL)
        made = press.convert(papers[4:], tmp_path / "pdf")
        assert all(isinstance(one.result(60), FinishedPdf) for one in first)
    assert all(isinstance(one, FinishedPdf) for one in made.values())


def test_without_python_to_start_papers_are_made_here(
    papers: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_soffice(tmp_path, monkeypatch)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with open_press(find_office(), 2) as press:
        made = press.convert(papers, tmp_path / "pdf")
    assert all(isinstance(one, FinishedPdf) for one in made.values())


def test_what_the_disk_refuses_comes_back_as_it_was_said(
    papers: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_soffice(tmp_path, monkeypatch)
    stage = tmp_path / "stage"
    with open_press(find_office(), 2) as press:
        printing = press.submit(papers[0], stage / "1.pdf", "")
        stage.rmdir()
        press.flush()
        with pytest.raises(UsageError) as caught:
            printing.result(60)
    (problem,) = caught.value.problems
    assert problem.code == "output-unwritable"
    assert problem.where.file == str(stage / "1.pdf")


def test_a_worker_that_is_told_nothing_ends() -> None:
    answers = io.BytesIO()
    serve_calls(io.BytesIO(), answers)
    assert answers.getvalue() == b""


def test_messages_are_whole_or_none() -> None:
    stream = io.BytesIO()
    send(stream, WorkerSetup)
    data = stream.getvalue()
    assert receive(io.BytesIO(data)) is WorkerSetup
    assert receive(io.BytesIO(data[:-1])) is None
    assert receive(io.BytesIO(b"")) is None
