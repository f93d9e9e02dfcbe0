"""A LibreOffice that hangs: on one document, on many, on everything, when it starts or ends.

Times are a twentieth or less of those of a real build; what holds for them holds for those.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from docgen.errors import ConversionError, Problem
from docgen.pdf import FinishedPdf, Press, find_office, open_press
from docgen.pdf.breakdown import Breakdown
from docgen.pdf.calls import Call
from docgen.pdf.pulse import Pulse, SilentOfficeError, probe_document
from docgen.pdf.server import OfficeServer
from tests.pdf.test_press import calls, is_running, write_docx, write_papers
from tests.support.fake_soffice import fake_soffice
from tests.support.printing import converted

PATIENCE = 0.05
"""A call may take one second, LibreOffice be silent for three."""
SILENCE_S = 3.0


def hurried(jobs: int = 1, *, patience: float = PATIENCE, composes: bool = False) -> Press:
    return open_press(find_office(), jobs, startup_s=1.0, patience=patience, composes=composes)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("mode", ["hang", "deaf"])
def test_one_that_hangs_on_everything_is_given_up_after_a_total_limit(
    mode: str, jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_soffice(tmp_path, monkeypatch, mode, victim="")
    papers = write_papers(tmp_path, 90)
    with hurried(jobs) as press:
        started = time.monotonic()
        made = press.convert(papers, tmp_path / "pdf")
        took = time.monotonic() - started
    assert took < 2 * SILENCE_S + 2
    (problem,) = {one for one in made.values() if isinstance(one, Problem)}
    assert len(made) == 90
    assert problem.code == "conversion-failed"
    assert "LibreOffice не отвечает" in problem.message
    assert str(problem.where) == ""
    assert not [*(tmp_path / "pdf").iterdir()]
    assert not is_running((fake / "child").read_text())


def test_nothing_more_is_tried_with_one_that_was_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_soffice(tmp_path, monkeypatch, "hang", victim="")
    with hurried() as press:
        (first,) = press.convert(write_papers(tmp_path / "a", 1), tmp_path / "pdf").values()
        started = time.monotonic()
        later = press.convert(write_papers(tmp_path / "b", 50), tmp_path / "pdf")
        (tagged,) = (
            press.for_tagged().convert(write_papers(tmp_path / "c", 1), tmp_path / "pdf").values()
        )
        assert time.monotonic() - started < 0.5
    assert {*later.values(), tagged} == {first}


def test_one_that_stops_answering_in_the_middle_of_a_run_is_given_up_and_its_pdfs_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_soffice(tmp_path, monkeypatch)
    good, lost = write_papers(tmp_path / "a", 3), write_papers(tmp_path / "b", 60)
    with hurried() as press:
        made = press.convert(good, tmp_path / "pdf")
        program = fake / "soffice"
        program.write_text(
            program.read_text().replace("HOME = '', 'victim'", "HOME = 'hang', ''", 1)
        )
        started = time.monotonic()
        broken = press.convert(lost, tmp_path / "later")
        assert time.monotonic() - started < 2 * SILENCE_S + 2
    assert all(isinstance(one, FinishedPdf) and one.path.exists() for one in made.values())
    assert len({*broken.values()}) == 1
    assert "LibreOffice не отвечает" in str(broken[lost[0]])


def test_one_that_hangs_on_one_document_in_four_makes_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_soffice(tmp_path, monkeypatch, "hang")
    victims = (1, 5, 9)
    papers = write_papers(tmp_path, 12, victims=victims)
    made = converted(papers, tmp_path / "pdf", jobs=1, patience=0.1, startup_s=2.0)
    hanging = {n for n, paper in enumerate(papers) if isinstance(made[paper], Problem)}
    assert hanging == {*victims}
    assert all("завис на этом документе" in str(made[papers[n]]) for n in victims)


def test_what_calls_may_hang_in_all_grows_with_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_one, of_many = Breakdown(patience=PATIENCE), Breakdown(patience=PATIENCE)
    of_one.pages, of_many.pages = 2, 2000
    assert of_one.hanging_limit_s == pytest.approx(9.2)
    assert of_many.hanging_limit_s == pytest.approx(209)
    fake_soffice(tmp_path, monkeypatch, "hang")
    papers = write_papers(tmp_path, 40, victims=tuple(range(1, 40)))
    monkeypatch.setattr("docgen.pdf.breakdown._HANGING_S", 30.0)
    monkeypatch.setattr("docgen.pdf.breakdown._HANGING_PER_PAGE_S", 0.0)
    started = time.monotonic()
    made = converted(papers, tmp_path / "pdf", jobs=1, patience=0.1, startup_s=2.0)
    assert time.monotonic() - started < 20
    assert not isinstance(made[papers[0]], Problem)
    assert "завис на этом документе" in str(made[papers[1]])
    assert "зависает снова и снова" in str(made[papers[-1]])


def test_one_that_does_not_end_after_its_work_costs_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_soffice(tmp_path, monkeypatch, "late")
    monkeypatch.setattr("docgen.pdf.server._FINISHED_S", 0.3)
    papers = write_papers(tmp_path, 3)
    started = time.monotonic()
    made = converted(papers, tmp_path / "pdf", jobs=1)
    assert time.monotonic() - started < 15
    assert all(isinstance(one, Path) for one in made.values())
    assert calls(fake) == [3]
    assert not is_running((fake / "child").read_text())


def test_one_that_does_not_name_its_version_is_said_not_to_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_soffice(tmp_path, monkeypatch, "mute")
    with pytest.raises(ConversionError, match="не отвечает: за"):
        find_office(0.5)
    assert not is_running((fake / "child").read_text())


def test_a_probe_clears_the_program_and_a_hang_alone_does_not_condemn_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_soffice(tmp_path, monkeypatch, "hang once")
    server = OfficeServer(
        find_office(), tmp_path / "0", threading.Event(), 5.0, Pulse(silence_s=20.0)
    )
    paper = write_docx(tmp_path / "victim.docx", "victim").read_bytes()
    try:
        assert server.convert([paper], Call((), 0.03)) == ([None], False)
        assert server.pulse.left_s is None
        assert "docgen" in (fake / "texts").read_text()
        (made,), has_ended = server.convert([paper], Call((), 0.25))
        assert made
        assert has_ended
    finally:
        server.close()


def test_silence_is_counted_until_a_pdf_comes() -> None:
    pulse = Pulse(silence_s=10.0)
    assert pulse.limited(30.0) == 10.0
    pulse.spend(4.0)
    assert pulse.limited(30.0) == 6.0
    pulse.hear()
    pulse.spend(500.0)
    assert pulse.limited(30.0) == 30.0
    pulse.miss()
    pulse.spend(10.0)
    with pytest.raises(SilentOfficeError):
        pulse.miss()
    with pytest.raises(SilentOfficeError):
        pulse.check()


@pytest.mark.office
def test_the_least_document_becomes_a_pdf(tmp_path: Path) -> None:
    server = OfficeServer(find_office(), tmp_path / "Папка 1", threading.Event())
    try:
        (pdf,), has_ended = server.convert([probe_document()], Call(()))
        assert pdf
        assert pdf.startswith(b"%PDF")
        assert has_ended
    finally:
        server.close()
