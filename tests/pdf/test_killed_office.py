"""LibreOffice may be killed at any moment, a build be interrupted: no paper is lost or changed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from docgen.errors import UsageError
from docgen.ooxml.zip_parts import read_parts
from docgen.pdf import FinishedPdf, find_office, open_press
from tests.support.fake_soffice import fake_soffice
from tests.support.shipped import changed, one_of
from tests.support.small_root import SHIPPED, make_root, make_school
from tests.support.trust_sizes import size

KILLS = size(4, 60, 200)
PAPERS = size(300, 1000, 2000)
PAGES_PER_CALL = 10
"""Small calls: the work is to last until the last kill."""
PROGRAM = "soffice.bin"
PROGRAM_OF_WORKERS = "docgen.pdf.worker_process"
SEED = 20


def processes(folder: Path) -> Iterator[int]:
    """Yield the living processes whose command line names something in the folder."""
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError):
            command_line = (entry / "cmdline").read_bytes().decode(errors="replace")
            state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            if str(folder) in command_line and state != "Z":
                yield int(entry.name)


def is_worker(process: int) -> bool:
    with contextlib.suppress(OSError):
        program = (Path("/proc") / str(process) / "cmdline").read_bytes().split(b"\0")[0]
        return program.decode(errors="replace").endswith(PROGRAM)
    return False


class Killer(threading.Thread):
    """Kills LibreOffices of one folder at moments that a seed chooses."""

    def __init__(self, folder: Path, kills: int) -> None:
        super().__init__(daemon=True)
        self.folder = folder
        self.kills = kills
        self.killed = 0
        self.is_over = threading.Event()

    def run(self) -> None:
        moments = random.Random(SEED)
        while self.killed < self.kills and not self.is_over.wait(moments.uniform(0.1, 0.4)):
            victims = sorted(filter(is_worker, processes(self.folder)))
            if victims:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(moments.choice(victims), signal.SIGKILL)
                    self.killed += 1


def _numbered(docx: bytes, number: int) -> bytes:
    """Return a document that no other equals: one in another's place would be seen."""
    return changed(
        docx, "word/document.xml", lambda xml: xml.replace("</w:t>", f" {number}</w:t>", 1)
    )


def digests(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
    }


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Consents and orders, so that documents of several kins are under way."""
    folder = tmp_path_factory.mktemp("papers")
    kinds = ("согласие_на_наставничество", "согласие_на_обработку_данных", "приказ_о_кураторе")
    documents = [one_of(kind)[1].docx for kind in kinds]
    found = [folder / f"{number:03}.docx" for number in range(PAPERS)]
    for number, path in enumerate(found):
        path.write_bytes(_numbered(documents[number % len(documents)], number))
    return found


@pytest.mark.trust("R5", tries=KILLS)
@pytest.mark.office
def test_kills_cost_no_paper_no_byte_and_leave_nothing_running(
    papers: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    with open_press(find_office(), 2) as press:
        press.convert(papers, tmp_path / "calm")

    killer = Killer(scratch, KILLS)
    killer.start()
    try:
        with open_press(find_office(), 2, pages_per_call=PAGES_PER_CALL) as press:
            made = press.convert(papers, tmp_path / "killed")
    finally:
        killer.is_over.set()
        killer.join()

    assert killer.killed == KILLS
    assert [one for one in made.values() if not isinstance(one, FinishedPdf)] == []
    assert digests(tmp_path / "killed") == digests(tmp_path / "calm")
    assert [*scratch.iterdir()] == []
    deadline = time.monotonic() + 20
    while [*processes(scratch)] and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [*processes(scratch)] == []


@pytest.mark.office
def test_a_lost_worker_process_costs_no_paper_and_no_byte(
    papers: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    some = papers[:60]
    with open_press(find_office(), 2) as press:
        press.convert(some, tmp_path / "calm")
        calm = digests(tmp_path / "calm")
    with open_press(find_office(), 2, pages_per_call=PAGES_PER_CALL) as press:
        printing = [
            press.submit(paper, tmp_path / "lost" / f"{paper.stem}.pdf", "") for paper in some[:30]
        ]
        for worker in workers():
            os.kill(worker, signal.SIGKILL)
        press.flush()
        made = press.convert(some[30:], tmp_path / "lost")
        assert all(isinstance(one.result(60), FinishedPdf) for one in printing)
    assert all(isinstance(one, FinishedPdf) for one in made.values())
    assert digests(tmp_path / "lost") == calm
    deadline = time.monotonic() + 20
    while [*processes(scratch)] and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [*processes(scratch)] == []


def workers() -> list[int]:
    """Return the worker processes that this process has started."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError):
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == os.getpid() and PROGRAM_OF_WORKERS in (entry / "cmdline").read_text():
                found.append(int(entry.name))
    assert found
    return found


# --- with a program in its place -------------------------------------------------------------

IMPATIENT = "import docgen.pdf.calls\n\ndocgen.pdf.calls._BASE_S = 5\n"
"""What every process runs first: the papers beside the one that hangs are to be reached soon."""
VICTIM = "закреплении наставнических пар"
"""Words of one order alone: it hangs, and the papers beside it are finished meanwhile."""


def test_ctrl_c_leaves_finished_pdfs_which_the_next_build_does_not_convert_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_soffice(tmp_path, monkeypatch, "hang", VICTIM)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    school, output = school_without_packets(tmp_path)
    (tmp_path / "sitecustomize.py").write_text(IMPATIENT)
    environment = {
        **os.environ,
        "PATH": f"{fake}:/usr/bin:/bin",
        "PYTHONPATH": f"{tmp_path}:{SHIPPED}",
        "TMPDIR": str(scratch),
    }
    command = [sys.executable, "-m", "docgen", "build", str(school), "--jobs", "2"]
    interrupt(command, environment, lambda: (fake / "child").exists() and bool(pdfs(output)))
    finished = pdfs(output)
    assert finished
    assert [*scratch.iterdir()] == []
    assert [*processes(scratch)] == []
    assert [*output.rglob(".docgen*.tmp")] == []

    program = fake / "soffice"
    program.write_text(program.read_text().replace("'hang', ", "'', ", 1))
    (fake / "texts").unlink()
    again = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    after = pdfs(output)
    assert {name: after[name] for name in finished} == finished
    lacking = len(after) - len(finished)
    assert lacking
    assert f"собрано {lacking}, без изменений {len(finished)}" in again.stdout
    converted = (fake / "texts").read_text("utf-8")
    for name in after:
        assert (own_words(output, name) in converted) == (name not in finished), name


def test_a_pdf_for_which_nobody_waits_makes_no_folder_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = tmp_path / "Приказ.docx"
    # Made before the fake hides fc-match, by which glyphs are looked up.
    paper.write_bytes(one_of("приказ_о_кураторе")[1].docx)
    fake_soffice(tmp_path, monkeypatch)
    stage = tmp_path / "stage"
    with open_press(find_office(), 1) as press:
        printing = press.submit(paper, stage / "1.pdf", "")
        stage.rmdir()
        press.flush()
        with pytest.raises(UsageError):
            printing.result(60)
    assert not stage.exists()


def school_without_packets(folder: Path) -> tuple[Path, Path]:
    """Return a small workspace and its output folder; its false PDFs fit no packet."""
    root = make_root(folder)
    for entry in (root / "templates_docx" / "packets").glob("*.toml"):
        entry.unlink()
    school = make_school(root)
    return school, root / "output" / school.name


def own_words(output: Path, name: str) -> str:
    """Return words of a document that stand in no other."""
    texts = {
        path.stem: read_parts(path)["word/document.xml"].decode()
        for path in (output / "documents").rglob("*.docx")
    }
    own = texts.pop(Path(name).stem)
    words: list[str] = re.findall(r"<w:t[^>]*>([^<]{5,})</w:t>", own)
    return next(one for one in words if not any(one in other for other in texts.values()))


def interrupt(command: list[str], environment: dict[str, str], is_time: Callable[[], bool]) -> None:
    """Start a build and press Ctrl-C a second after it is time."""
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as run:
        deadline = time.monotonic() + 60
        while not is_time():
            assert time.monotonic() < deadline
            assert run.poll() is None
            time.sleep(0.05)
        # Those that are finished together are put in their places together.
        time.sleep(1)
        run.send_signal(signal.SIGINT)
        assert run.wait(30) == 130


def pdfs(output: Path) -> dict[str, tuple[int, int]]:
    """Return inode and time of each finished PDF: one that is made again is another file."""
    return {
        path.name: (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in sorted((output / "pdf").rglob("*.pdf"))
    }
