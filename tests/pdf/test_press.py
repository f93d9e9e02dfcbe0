"""LibreOffice is watched like the unreliable outside program that it is."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from docgen.errors import ConversionError, Problem, UsageError
from docgen.files import file_digest
from docgen.pages import named_places, outline_of, page_count, text_of
from docgen.pdf import Office, find_office, open_press
from docgen.pdf.executors import uninterrupted
from docgen.pdf.server import OfficeServer
from docgen.problem_codes import ExitCode
from tests.support.fake_soffice import fake_soffice
from tests.support.printing import converted

_DOCUMENT = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>"
)


def write_docx(path: Path, text: str) -> Path:
    """Leave the least package that passes for a document."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", _DOCUMENT.format(text))
    return path


def write_papers(folder: Path, count: int, victims: tuple[int, ...] = ()) -> list[Path]:
    """Leave numbered papers, some of which must fail."""
    return [
        write_docx(folder / f"Приказ {n}.docx", f"victim {n}" if n in victims else f"paper {n}")
        for n in range(count)
    ]


def calls(fake: Path) -> list[int]:
    """Return how many documents each run of the program was given."""
    return [int(line) for line in (fake / "calls").read_text().split()]


def is_running(process: str) -> bool:
    """Whether a process is alive; a dead one may stay listed until somebody reaps it."""
    state = Path("/proc") / process / "stat"
    return state.exists() and state.read_text().split()[2] != "Z"


def test_the_office_on_path_tells_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_soffice(tmp_path, monkeypatch)
    assert find_office() == Office(fake / "soffice", "LibreOffice 7.4.99.3")


def test_a_missing_office_is_told_with_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConversionError) as caught:
        find_office()
    assert caught.value.exit_code is ExitCode.CONVERSION
    assert caught.value.problems[0].code == "libreoffice-missing"
    assert "sudo apt-get install libreoffice-writer-nogui fonts-liberation" in str(caught.value)


def test_an_office_that_does_not_start_is_as_good_as_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_soffice(tmp_path, monkeypatch, "silent")
    with pytest.raises(ConversionError, match="не называет свою версию"):
        find_office()
    (fake / "soffice").write_text("#!/nowhere\n")
    with pytest.raises(ConversionError, match="не запускается"):
        find_office()


def test_the_launcher_beside_the_program_hands_files_over(tmp_path: Path) -> None:
    program = tmp_path / "program" / "soffice"
    program.parent.mkdir()
    program.touch()
    on_path = tmp_path / "soffice"
    on_path.symlink_to(program)
    assert Office(on_path).messenger == on_path
    launcher = program.with_name("oosplash")
    launcher.touch(mode=0o755)
    assert Office(on_path).messenger == launcher


@pytest.mark.office
def test_a_start_is_short_since_no_graphics_are_tested(tmp_path: Path) -> None:
    server = OfficeServer(find_office(), tmp_path, threading.Event())
    try:
        server.warm_up()
        assert server.resident is not None
        assert not [*tmp_path.rglob("GraphicsRenderTests.log")]
    finally:
        server.close()


def test_documents_become_pdfs_named_after_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_soffice(tmp_path, monkeypatch)
    papers = write_papers(tmp_path / "a", 2) + write_papers(tmp_path / "b", 1)
    done: list[int] = []
    made = converted(papers, tmp_path / "pdf", progress=lambda count, _: done.append(count))
    assert [*made] == papers
    names = [path.name for path in made.values() if isinstance(path, Path)]
    assert names == ["Приказ 0.pdf", "Приказ 1.pdf", "Приказ 0 (2).pdf"]
    assert [text_of(path)[0].strip() for path in made.values() if isinstance(path, Path)] == [
        "paper 0",
        "paper 1",
        "paper 0",
    ]
    assert sum(done) == 3
    assert calls(fake) == [3]


def test_what_breaks_after_a_call_is_raised_where_its_documents_are_awaited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_soffice(tmp_path, monkeypatch)
    (paper,) = write_papers(tmp_path, 1)

    def report(documents: int, pages: int) -> None:
        raise ZeroDivisionError

    with open_press(find_office(), jobs=1, progress=report) as press:
        made = press.submit(paper, tmp_path / "1.pdf", "Приказ")
        press.flush()
        assert isinstance(made.exception(timeout=60), ZeroDivisionError)


def test_the_office_sees_no_locale_home_or_names_of_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_soffice(tmp_path, monkeypatch)
    monkeypatch.setenv("LANG", "ru_RU.UTF-8")
    monkeypatch.setenv("TZ", "Asia/Kamchatka")
    monkeypatch.setenv("SECRET", "42")
    converted(write_papers(tmp_path, 1), tmp_path / "pdf")
    variables = (fake / "environment").read_text().split("\n")
    assert "TZ=UTC" in variables
    assert "LANG=C.UTF-8" in variables
    assert not [line for line in variables if line.startswith("SECRET")]
    arguments = (fake / "arguments").read_text()
    assert "Приказ" not in arguments
    assert str(Path.home()) + "/.config" not in arguments
    assert "-env:UserInstallation=file:///" in arguments


def test_the_private_folder_is_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_soffice(tmp_path, monkeypatch, "crash")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    papers = write_papers(tmp_path, 3, victims=(1,))
    converted(papers, tmp_path / "pdf")
    assert not [*scratch.iterdir()]


@pytest.mark.parametrize("mode", ["crash", "skip", "empty", "garbage"])
def test_a_bad_document_is_set_aside_and_the_rest_is_finished(
    mode: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_soffice(tmp_path, monkeypatch, mode)
    papers = write_papers(tmp_path, 9, victims=(0, 5))
    done: list[int] = []
    made = converted(papers, tmp_path / "pdf", progress=lambda count, _: done.append(count))
    bad = {papers.index(source): it for source, it in made.items() if isinstance(it, Problem)}
    assert [*bad] == [0, 5]
    assert bad[5].code == "conversion-failed"
    assert bad[5].where.file == str(papers[5])
    assert "«Приказ 5.docx»" in bad[5].message
    assert sum(done) == 9
    assert len([*(tmp_path / "pdf").iterdir()]) == 7


def test_a_hanging_document_is_set_aside_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_soffice(tmp_path, monkeypatch, "hang")
    papers = write_papers(tmp_path, 4, victims=(2,))
    started = time.monotonic()
    made = converted(papers, tmp_path / "pdf", patience=0.1, startup_s=2.0)
    assert time.monotonic() - started < 60
    assert [isinstance(it, Problem) for it in made.values()] == [False, False, True, False]
    assert "LibreOffice завис на этом документе" in str(made[papers[2]])
    assert not is_running((fake / "child").read_text())


_INTERRUPTED = """
import sys, pathlib
from tests.support.printing import converted
paper, out = map(pathlib.Path, sys.argv[1:])
converted([paper], out)
"""


@contextlib.contextmanager
def converting(fake: Path, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Give a run that converts a document in a process of its own, once its office hangs."""
    scratch = folder / "scratch"
    scratch.mkdir()
    (paper,) = write_papers(folder, 1, victims=(0,))
    with subprocess.Popen(
        [sys.executable, "-c", _INTERRUPTED, str(paper), str(folder / "pdf")],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "TMPDIR": str(scratch)},
        stderr=subprocess.DEVNULL,
    ) as run:
        deadline = time.monotonic() + 30
        while not (fake / "child").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        yield run


def test_an_interrupt_ends_the_office_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_soffice(tmp_path, monkeypatch, "hang")
    with converting(fake, tmp_path) as run:
        run.send_signal(signal.SIGINT)
        assert run.wait(20)
    assert not [*(tmp_path / "scratch").iterdir()]
    assert not is_running((fake / "child").read_text())


def working_in(folder: Path) -> list[str]:
    """Return the processes whose command line names a folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if str(folder).encode() in (entry / "cmdline").read_bytes():
                found.append(entry.name)
    return found


def test_a_killed_run_leaves_no_office_and_no_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_soffice(tmp_path, monkeypatch, "hang")
    scratch = tmp_path / "scratch"
    with converting(fake, tmp_path) as run:
        assert len(working_in(scratch)) > 2
        run.kill()
    deadline = time.monotonic() + 20
    while any((working_in(scratch), list(scratch.iterdir()))) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert working_in(scratch) == []
    assert not [*scratch.iterdir()]


def test_a_killed_office_is_no_fault_of_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for count in (1, 4):
        folder = tmp_path / str(count)
        folder.mkdir()
        fake_soffice(folder, monkeypatch, "once")
        papers = write_papers(folder, count, victims=(0,))
        made = converted(papers, folder / "pdf")
        assert all(isinstance(it, Path) for it in made.values())


def test_a_broken_office_is_given_up_before_every_document_has_been_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_soffice(tmp_path, monkeypatch, "crash", victim="paper")
    papers = write_papers(tmp_path, 40)
    made = converted(papers, tmp_path / "pdf", jobs=1)
    assert all(isinstance(it, Problem) for it in made.values())
    assert "подряд ни одного PDF" in str(made[papers[-1]])
    assert len(calls(fake)) < 40


def test_many_documents_go_in_batches_to_several_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_soffice(tmp_path, monkeypatch, "skip")
    papers = write_papers(tmp_path, 23, victims=(7,))
    made = converted(papers, tmp_path / "pdf", pages_per_call=6, jobs=2)
    assert [n for n, it in enumerate(made.values()) if isinstance(it, Problem)] == [7]
    assert max(calls(fake)) == 6


def test_what_is_no_docx_never_reaches_the_office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_soffice(tmp_path, monkeypatch)
    page = tmp_path / "Приказ.docx"
    page.write_text("<html><img src='http://example.org/'></html>")
    gone = tmp_path / "Нет.docx"
    made = converted([page, gone], tmp_path / "pdf")
    assert all("не документ Word" in str(it) for it in made.values())
    assert not (fake / "calls").exists()


def test_nothing_to_convert_starts_nothing(tmp_path: Path) -> None:
    office = Office(tmp_path / "none", "")
    with open_press(office) as press:
        assert press.convert([], tmp_path / "pdf") == {}


def test_an_output_folder_that_is_a_file_ends_the_run_and_the_office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_soffice(tmp_path, monkeypatch)
    (tmp_path / "pdf").write_text("")
    with pytest.raises(UsageError):
        converted(write_papers(tmp_path, 2), tmp_path / "pdf")


# --- LibreOffice itself ----------------------------------------------------------------------


def write_order(path: Path, heading: str, paragraphs: int) -> Path:
    """Leave an order as Word would: heading, text, bookmarked place of signature, table."""
    document = Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.add_heading(heading, 1)
    for number in range(paragraphs):
        document.add_paragraph(f"{number}. Назначить наставника для {heading}. " * 20)
    last = document.add_paragraph("Директор")
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), "7")
        if tag == "w:bookmarkStart":
            mark.set(qn("w:name"), "SIG_director")
        last._p.append(mark)
    document.add_table(1, 2).cell(0, 0).text = "Ячейка"
    document.save(str(path))
    return path


@pytest.mark.office
def test_real_documents_come_out_the_same_alone_in_company_and_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["Щит и ёж", "Приказ № 31/2", "Ф.И.О. Яблоков", "List of <names> & others"]
    papers = [
        write_order(tmp_path / f"{number}.docx", name, 3 + 9 * (number % 2))
        for number, name in enumerate(names)
    ]
    titles = dict(zip(papers, names, strict=True))
    together = converted(papers, tmp_path / "together", titles=titles)
    monkeypatch.setenv("TZ", "Asia/Kamchatka")
    monkeypatch.setenv("LANG", "ru_RU.UTF-8")
    for paper in papers[1:]:
        alone = converted([paper], tmp_path / "alone", titles=titles)
        one, other = together[paper], alone[paper]
        assert isinstance(one, Path)
        assert isinstance(other, Path)
        assert file_digest(one) == file_digest(other)
    pdf = together[papers[1]]
    assert isinstance(pdf, Path)
    assert page_count(pdf) > 1
    assert "Назначить наставника" in text_of(pdf)[0]
    assert outline_of(pdf) == [("Приказ № 31/2", 1)]
    assert named_places(pdf)["SIG_director"].page == page_count(pdf)


@pytest.mark.office
def test_real_conversion_leaves_no_traces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    paper = write_order(tmp_path / "Приказ.docx", "Приказ", 1)
    made = converted([paper], tmp_path / "pdf")[paper]
    assert isinstance(made, Path)
    assert not [*scratch.iterdir()]
    assert [*(tmp_path / "pdf").iterdir()] == [made]
    with pikepdf.open(made) as pdf:
        metadata = pdf.Root.Metadata.read_bytes()
    # Packed streams hold any few letters by chance.
    data = re.sub(rb"stream\r?\n.*?endstream", b"", made.read_bytes(), flags=re.DOTALL) + metadata
    for trace in (str(tmp_path), os.uname().nodename, "python-docx", "CreationDate", "LibreOffice"):
        assert trace.encode() not in data


def test_an_office_that_does_not_stay_is_started_for_every_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_soffice(tmp_path, monkeypatch, "short")
    papers = write_papers(tmp_path, 3)
    made = converted(papers, tmp_path / "pdf")
    assert all(isinstance(it, Path) for it in made.values())


def test_an_interrupt_while_threads_start_is_heard_afterwards() -> None:
    done = []

    def start() -> None:
        with uninterrupted():
            signal.raise_signal(signal.SIGINT)
            done.append("started")

    with pytest.raises(KeyboardInterrupt):
        start()

    assert done == ["started"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
