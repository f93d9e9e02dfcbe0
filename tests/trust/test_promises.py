"""Promises of docs/reliability.md that no other module tries: words, company, size, secrets."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import pytest

from docgen.ooxml.docx_text import text_of
from docgen.pdf import FinishedPdf, find_office, open_press
from docgen.russian import find_lookalikes, surplus_stops
from tests.pdf.test_killed_office import processes
from tests.support.book_probe import peak_kb
from tests.support.shipped import changed, one_of
from tests.support.small_root import SHIPPED, Sheets, files_below, make_root, make_school, run
from tests.support.trust_sizes import size

NO_PDF: Final = "--no-pdf"
VALUES: Final = size(20, 500, 5000)
SIDE_BY_SIDE: Final = size(3, 6, 8)
BATCH: Final = size(120, 1000, 1000)
ROUNDS: Final = size(2, 6, 20)
PAPERS_A_ROUND: Final = size(5, 100, 100)
CANARY: Final = "Щегловитова"
SURNAMES: Final = size(500, 5000, 15000)
_LATIN: Final = dict(zip("АВЕКМНОРСТХаеорсух", "ABEKMHOPCTXaeopcyx", strict=True))


# --- R2: no value is lost --------------------------------------------------------------------

_SIGNS: Final = "&<>«»\"'№%$#@!?;:,.-–—()[]/\\+=*_~^|{}"


def nasty(moments: random.Random) -> str:
    """Return a value as people paste them: letters, signs of XML and of templates."""
    words = []
    for _ in range(moments.randint(1, 4)):
        letters = "".join(moments.choices("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", k=5))
        words.append(letters + "".join(moments.choices(_SIGNS, k=moments.randint(0, 2))))
    return f"цель{moments.randint(10**6, 10**7)} " + " ".join(words)


def _with_one_stop(text: str) -> str:
    surplus = set(surplus_stops(text))
    return "".join(sign for place, sign in enumerate(text) if place not in surplus)


@pytest.mark.trust("R2", tries=VALUES)
def test_every_value_stands_in_its_paper(tmp_path: Path) -> None:
    moments = random.Random(2)
    goals = [nasty(moments) for _ in range(VALUES)]

    def change(sheets: Sheets) -> None:
        head, *_ = sheets["Карта"]
        rows = [[str(number), goal, "октябрь 2026"] for number, goal in enumerate(goals, 1)]
        sheets["Карта"] = [head, *rows]

    school = make_school(make_root(tmp_path), change)
    assert run("build", school, NO_PDF) in {0, 7}
    (appendix,) = (school.parents[1] / "output").rglob("Приложение.docx")
    printed = "".join("".join(text_of(appendix.read_bytes())).split())
    # Blanks and quotes are typeset, one stop ends a sentence; every letter and sign stays.
    typeset = str.maketrans(dict.fromkeys("«»\"'„“-–—‑\u00a0\u202f", ""))
    lost = [
        goal
        for goal in goals
        if "".join(_with_one_stop(goal).split()).translate(typeset)
        not in printed.translate(typeset)
    ]
    assert lost == []


# --- R7: side by side ------------------------------------------------------------------------


def start(school: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "docgen", "build", str(school), *options]
    return subprocess.Popen(
        command, cwd=SHIPPED, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


@pytest.mark.office
@pytest.mark.trust("R7", tries=SIDE_BY_SIDE)
def test_builds_side_by_side_give_the_same_papers(tmp_path: Path) -> None:
    root = make_root(tmp_path)
    schools = [make_school(root, name=f"школа {number}") for number in range(SIDE_BY_SIDE)]
    assert [one.wait(300) for one in [start(school) for school in schools]] == [0] * SIDE_BY_SIDE
    papers = [
        {
            name: sha256
            for name, sha256 in files_below(root / "output" / school.name).items()
            if name.startswith(("documents/", "pdf/", "packets/"))
        }
        for school in schools
    ]
    assert papers[0]
    assert all(one == papers[0] for one in papers)


@pytest.mark.trust("R7", tries=SIDE_BY_SIDE)
def test_builds_of_one_school_wait_for_each_other_or_say_so(tmp_path: Path) -> None:
    school = make_school(make_root(tmp_path))
    codes = [one.wait(300) for one in [start(school, NO_PDF) for _ in range(SIDE_BY_SIDE)]]
    assert 0 in codes
    assert {*codes} <= {0, 2}
    assert run("verify", school.parents[1] / "output" / school.name) == 0


# --- R8, R9: many papers, for long -----------------------------------------------------------


def numbered(docx: bytes, number: int) -> bytes:
    """Return a paper that no other equals."""
    return changed(
        docx, "word/document.xml", lambda xml: xml.replace("</w:t>", f" {number}</w:t>", 1)
    )


def write_papers(folder: Path, numbers: range, kind: str) -> list[Path]:
    folder.mkdir(parents=True)
    docx = one_of(kind)[1].docx
    paths = [folder / f"{number:05}.docx" for number in numbers]
    for number, path in zip(numbers, paths, strict=True):
        path.write_bytes(numbered(docx, number))
    return paths


@pytest.mark.office
@pytest.mark.trust("R8", tries=BATCH)
def test_a_large_batch_is_made_whole(tmp_path: Path) -> None:
    papers = write_papers(tmp_path / "papers", range(BATCH), "приказ_о_кураторе")
    with open_press(find_office(), 1) as press:
        made = press.convert(papers, tmp_path / "pdf")
    assert [one for one in made.values() if not isinstance(one, FinishedPdf)] == []
    assert len({path.read_bytes() for path in (tmp_path / "pdf").iterdir()}) == BATCH
    assert peak_kb() < 1 << 20


@pytest.mark.office
@pytest.mark.trust("R9", tries=ROUNDS * PAPERS_A_ROUND)
def test_nothing_leaks_in_a_long_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    descriptors: list[int] = []
    for turn in range(ROUNDS):
        numbers = range(turn * PAPERS_A_ROUND, (turn + 1) * PAPERS_A_ROUND)
        papers = write_papers(tmp_path / f"papers {turn}", numbers, "положение_о_наставничестве")
        with open_press(find_office(), 1) as press:
            made = press.convert(papers, tmp_path / f"pdf {turn}")
        assert all(isinstance(one, FinishedPdf) for one in made.values())
        descriptors.append(len([*Path("/proc/self/fd").iterdir()]))
        assert [*scratch.iterdir()] == []
        assert [*processes(scratch)] == []
    assert descriptors[-1] <= descriptors[0] + 2
    assert peak_kb() < 1 << 20


# --- R15: what nobody else is to read --------------------------------------------------------


@pytest.mark.trust("R15", tries=3)
@pytest.mark.parametrize("fault", ["none", "a bad cell", "a bug"])
def test_personal_data_stay_in_papers(
    fault: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))

    def change(sheets: Sheets) -> None:
        sheets["Пары"][1][3] = f"тайная {CANARY}"
        if fault == "a bad cell":
            sheets["Пары"][1][4] = f"{CANARY} 12.03"

    def fail(*_: object) -> None:
        raise RuntimeError(CANARY)

    school = make_school(make_root(tmp_path), change)
    if fault == "a bug":
        monkeypatch.setattr("docgen.pipeline.run.one_workspace.collect", fail)
    code = run("build", school, NO_PDF)
    assert code == {"none": 0, "a bad cell": 7, "a bug": 1}[fault]
    output = school.parents[1] / "output"
    places = [*scratch.rglob("*"), *output.rglob("*.json"), *output.rglob("*.sqlite")]
    found = [
        path.name for path in places if path.is_file() and CANARY.encode() in path.read_bytes()
    ]
    assert found == []
    if fault != "a bad cell":
        # A cell is quoted to the person at the terminal, who is to mend it.
        assert CANARY not in "".join(capsys.readouterr())


# --- R16: Latin letters ----------------------------------------------------------------------


def surnames() -> list[str]:
    """Return invented surnames of Russian syllables, without repeats."""
    moments = random.Random(16)
    first, ends = "БВГДЖЗКЛМНПРСТФХЦЧШ", ("ов", "ева", "ин", "ская", "енко", "ых", "адзе", "ян")
    found: dict[str, None] = {}
    while len(found) < SURNAMES:
        middle = "".join(
            moments.choice("аеиоуыюя") + moments.choice("бвгдзклмнпрст")
            for _ in range(moments.randint(1, 3))
        )
        found[moments.choice(first) + middle + moments.choice(ends)] = None
    return [*found]


@pytest.mark.trust("R16", tries=SURNAMES)
def test_a_latin_letter_in_a_surname_is_found_and_none_is_imagined() -> None:
    moments = random.Random(17)
    assert [one for one in surnames() if find_lookalikes(one)] == []
    missed = []
    for one in surnames():
        places = [number for number, letter in enumerate(one) if letter in _LATIN]
        if places:
            at = moments.choice(places)
            spoilt = one[:at] + _LATIN[one[at]] + one[at + 1 :]
            missed += [spoilt] if find_lookalikes(spoilt) != spoilt else []
    assert missed == []
