"""A LibreOffice that gives out other pages than it was asked for leaves none of them behind.

Each wrong PDF is refused by what it says, whichever road it came by; what is right after another
try is kept, the rest is left out and said.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from docgen.pdf import FinishedPdf, find_office, open_press
from docgen.problem_codes import ExitCode
from tests.support.lying_office import LyingOffice, lying_office
from tests.support.pdf_mutations import look_different, mutated
from tests.support.shipped import changed, one_of
from tests.support.small_docx import write_docx
from tests.support.small_root import Sheets, made, make_root, make_school, put, run

pytestmark = [pytest.mark.office, pytest.mark.trust("R6", tries=1)]

FALSE_PAGES = (
    "blank",
    "another",
    "the last page dropped",
    "pages reversed",
)
FALSE_WORDS = ("a word altered", "a line half clipped")
PEOPLE = ["Белова", "Орлова", "Зимина", "Котова", "Рыжова"]
GOAL_OF_A_PAIR = "D2"
MAIN = "word/document.xml"
CONSENTS = 6
BROKEN = {ExitCode.PACKET, ExitCode.PARTIAL}
WORDS = [f"Вопрос {number}: слушали завуча, решили принять к сведению." for number in range(60)]

Truth = Mapping[str, bytes]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the answers of LibreOffice are kept: it is asked once for each."""
    return tmp_path_factory.mktemp("answers")


@pytest.fixture
def liar(tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> LyingOffice:
    return lying_office(tmp_path, store, monkeypatch)


# --- papers ----------------------------------------------------------------------------------


def write_papers(folder: Path) -> list[Path]:
    """Leave papers for every road: consents of one shape, a statute, a foreign file."""
    consent = one_of("согласие_на_наставничество")[1].docx
    papers = [
        *(numbered(consent, number) for number in range(CONSENTS)),
        one_of("положение_о_наставничестве")[1].docx,
    ]
    folder.mkdir()
    found = [folder / f"{number:02}.docx" for number in range(len(papers))]
    for path, docx in zip(found, papers, strict=True):
        path.write_bytes(docx)
    return [*found, write_docx(folder / "чужой.docx", "О педсовете 30.08.2026", *WORDS)]


def numbered(docx: bytes, number: int) -> bytes:
    """Return a paper with a number of its own at the end of its first words."""
    return changed(docx, MAIN, lambda xml: xml.replace("</w:t>", f" № {number}</w:t>", 1))


def printed(papers: list[Path], out: Path, *, is_tagged: bool = False) -> dict[str, bytes | str]:
    """Return the PDF of each paper, or the code of its problem."""
    with open_press(find_office(), 1) as press:
        used = press.for_tagged() if is_tagged else press
        outcomes = used.convert(papers, out)
    return {
        source.name: one.path.read_bytes() if isinstance(one, FinishedPdf) else one.code
        for source, one in outcomes.items()
    }


@pytest.fixture(scope="module")
def truth(store: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Truth]:
    """Return the honest PDFs of the papers, plain and tagged."""
    folder = tmp_path_factory.mktemp("truth")
    with pytest.MonkeyPatch.context() as monkeypatch:
        lying_office(folder, store, monkeypatch)
        papers = write_papers(folder / "papers")
        found = {
            is_tagged: printed(papers, folder / str(is_tagged), is_tagged=is_tagged)
            for is_tagged in (False, True)
        }
    return {
        is_tagged: {name: one for name, one in outcomes.items() if isinstance(one, bytes)}
        for is_tagged, outcomes in found.items()
    }


def assert_honest(outcomes: Mapping[str, bytes | str], truth: Truth) -> list[str]:
    """Hold every PDF to the honest one; return the names of those left out."""
    assert outcomes.keys() == truth.keys()
    wrong = [
        name
        for name, one in outcomes.items()
        if isinstance(one, bytes) and one != truth[name] and look_different(one, truth[name])
    ]
    assert wrong == []
    left_out = [name for name, one in outcomes.items() if isinstance(one, str)]
    assert {outcomes[name] for name in left_out} <= {"pdf-differs", "conversion-failed"}
    return left_out


@pytest.mark.parametrize("mode", [*FALSE_PAGES, *FALSE_WORDS])
def test_one_that_always_lies_leaves_no_wrong_pdf(
    mode: str, liar: LyingOffice, truth: dict[bool, Truth], tmp_path: Path
) -> None:
    papers = write_papers(tmp_path / "papers")
    liar.pretend(mode)
    outcomes = printed(papers, tmp_path / "pdf")
    assert liar.lies
    left_out = assert_honest(outcomes, truth[False])
    assert not [one for one in left_out if (tmp_path / "pdf" / one).with_suffix(".pdf").exists()]
    if mode in FALSE_WORDS and mode != "a line dropped":
        assert "pdf-differs" in outcomes.values()


@pytest.mark.parametrize("road", ["samples", "composed"])
@pytest.mark.parametrize("mode", ["all pages blank", "a word altered"])
def test_one_that_lies_once_is_asked_again_and_all_is_there(
    mode: str, road: str, liar: LyingOffice, truth: dict[bool, Truth], tmp_path: Path
) -> None:
    papers = write_papers(tmp_path / "papers")
    liar.pretend(mode, road=road, times=1)
    outcomes = printed(papers, tmp_path / "pdf")
    assert liar.lies == [road]
    assert assert_honest(outcomes, truth[False]) == []


@pytest.mark.parametrize(
    "mode", ["blank", "a word altered", "a digit altered", "a line in white", "pages reversed"]
)
def test_one_that_lies_about_tagged_papers_leaves_none_of_them(
    mode: str, liar: LyingOffice, truth: dict[bool, Truth], tmp_path: Path
) -> None:
    papers = write_papers(tmp_path / "papers")
    liar.pretend(mode, road="tagged")
    outcomes = printed(papers, tmp_path / "pdf", is_tagged=True)
    assert liar.lies
    assert_honest(outcomes, truth[True])
    assert mode in {"blank", "pages reversed"} or "pdf-differs" in outcomes.values()


@pytest.mark.parametrize("calls", [(1,), (2, 3, 4)])
def test_kills_at_the_worst_moments_change_no_byte(
    calls: tuple[int, ...], liar: LyingOffice, truth: dict[bool, Truth], tmp_path: Path
) -> None:
    papers = write_papers(tmp_path / "papers")
    liar.pretend("die", calls=calls)
    assert printed(papers, tmp_path / "pdf") == truth[False]
    assert liar.calls > calls[-1]


# --- builds ----------------------------------------------------------------------------------


def with_pairs(sheets: Sheets) -> None:
    """Add pairs enough for standing type."""
    for number, name in enumerate(PEOPLE):
        full = f"{name} Вера {'Павловна' if number % 2 else 'Юрьевна'}"
        sheets["Сотрудники"].append([full, None, "учитель химии", None])
        pair: list[Any] = list(sheets["Пары"][1])
        pair[2] = full
        sheets["Пары"].append(pair)


@pytest.fixture
def school(tmp_path: Path) -> Path:
    return make_school(make_root(tmp_path), with_pairs)


def output_of(school: Path) -> Path:
    return school.parent.parent / "output" / school.name


def pdfs_of(output: Path) -> dict[str, bytes]:
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in made(output, ".pdf")}


def build(school: Path, *options: object) -> int:
    return run("build", school, "--jobs", "1", *options)


def honest_build(school: Path, liar: LyingOffice) -> dict[str, bytes]:
    """Return the PDFs of an honest build, whose output is taken away."""
    liar.pretend()
    assert build(school) == ExitCode.DONE
    found = pdfs_of(output_of(school))
    shutil.rmtree(output_of(school))
    return found


def assert_nothing_false(school: Path, honest: Mapping[str, bytes]) -> None:
    there = pdfs_of(output_of(school))
    assert there.keys() <= honest.keys()
    assert not [
        name
        for name, data in there.items()
        if name.startswith("pdf/") and data != honest[name] and look_different(data, honest[name])
    ]


@pytest.mark.parametrize("mode", ["a word altered", "another"])
def test_a_liar_is_found_out_in_every_build_and_an_honest_one_puts_all_right(
    mode: str, school: Path, liar: LyingOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    honest = honest_build(school, liar)
    liar.pretend(mode)
    for _ in range(2):
        assert build(school) in {ExitCode.CONVERSION, ExitCode.PARTIAL}
        assert "[pdf-differs]" in capsys.readouterr().err
        assert_nothing_false(school, honest)
        assert run("verify", output_of(school)) in {ExitCode.DONE, ExitCode.PACKET}
        capsys.readouterr()
    liar.pretend()
    assert build(school) == ExitCode.DONE
    assert pdfs_of(output_of(school)) == honest
    assert run("verify", output_of(school)) == ExitCode.DONE


def test_a_pdf_of_a_former_version_is_not_taken_for_the_present_one(
    school: Path, liar: LyingOffice
) -> None:
    honest_build(school, liar)
    put(school, "Пункты", "C2", "Утвердить новую дорожную карту")
    put(school, "Пары", GOAL_OF_A_PAIR, "подготовка к аттестации")
    liar.pretend("stale")
    assert build(school) in {ExitCode.CONVERSION, ExitCode.PARTIAL}
    assert liar.lies
    stale = pdfs_of(output_of(school))
    shutil.rmtree(output_of(school))
    assert_nothing_in(stale, honest_build(school, liar))


def assert_nothing_in(there: Mapping[str, bytes], honest: Mapping[str, bytes]) -> None:
    assert not [
        name
        for name, data in there.items()
        if name.startswith("pdf/") and data != honest[name] and look_different(data, honest[name])
    ]


@pytest.mark.parametrize("mode", ["a word altered", "the last page dropped"])
def test_a_lie_about_service_pages_leaves_no_packet_with_them(
    mode: str, school: Path, liar: LyingOffice
) -> None:
    honest = honest_build(school, liar)
    liar.pretend(mode, words="ОПИСЬ")
    code = build(school)
    there = pdfs_of(output_of(school))
    assert liar.lies
    # Of one page none can be dropped: asked for each alone, it is honest.
    assert there.keys() == honest.keys() if code == ExitCode.DONE else code in BROKEN
    false = {name for name, data in there.items() if data != honest[name]}
    assert not [name for name in false if look_different(there[name], honest[name])]


@pytest.mark.parametrize("kind", ["a word altered", "a page blank"])
def test_a_wrong_pdf_put_by_hand_is_not_all_in_its_place(
    kind: str, school: Path, liar: LyingOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(school) == ExitCode.DONE
    victim = made(output_of(school) / "pdf", ".pdf")[0]
    changed = mutated(victim.read_bytes(), kind)
    assert changed is not None
    victim.write_bytes(changed)
    capsys.readouterr()
    assert run("verify", output_of(school)) == ExitCode.PACKET
    assert "всё на месте" not in "".join(capsys.readouterr())
