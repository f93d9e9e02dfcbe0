"""What ``make packets`` leaves: true packets, PDFs that say what the .docx say, the same bytes."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from docgen import ooxml, pages, russian
from docgen.fonts import typeface_names
from docgen.ooxml.font_names import SIGNS
from tests.support.example_builds import OPTIONS, manifest_of

ROOT = Path(__file__).parents[2]
WORKSPACES = ("belgorod", "derbent", "ivanteevka", "kameshkovo", "pervouralsk", "school")
_SHEETS = re.compile(r"Листов документов: (\d+); [^:]+: (\d+)\.")
_ROW = re.compile(r" (\d[\d–]*) \1 (\d+)(?= |$)")
"""A row of an опись printed on one side: pages, the same sheets, their number."""
STYLES = sorted((ROOT / "templates_docx").glob("стиль*.docx"))
pytestmark = pytest.mark.office


_LATER = """
import sys, time
now, now_ns = time.time, time.time_ns
time.time = lambda: now() + {0}
time.time_ns = lambda: now_ns() + {0} * 10**9
from docgen.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def run_build(
    *arguments: str, later_s: int = 0, **changes: str
) -> subprocess.CompletedProcess[str]:
    """Build with these arguments and variables, with the clock ``later_s`` seconds ahead."""
    command = [sys.executable, "-c", _LATER.format(later_s), "build", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **changes}
    return subprocess.run(
        command, env=environment, cwd=ROOT, text=True, capture_output=True, check=False
    )


def words(text: str) -> str:
    """Return letters, digits and signs alone: line ends and blanks differ between formats."""
    return re.sub(r"[\s\u00a0\u00ad\u2011-]+", "", text)


@pytest.mark.parametrize("name", WORKSPACES)
def test_every_word_of_a_document_is_in_its_pdf(examples: Path, name: str) -> None:
    for document in manifest_of(examples / name)["documents"]:
        pdf = words("".join(pages.text_of(examples / name / document["pdf"])))
        for line in ooxml.body_text_of(examples / name / document["docx"]):
            for word in re.split(r"[\s\u00a0-]+", line):
                assert words(word) in pdf, (document["title"], word)


@pytest.mark.parametrize("name", WORKSPACES)
def test_contents_and_bookmarks_lead_to_their_documents(examples: Path, name: str) -> None:
    made = manifest_of(examples / name)
    first_words = {
        document["title"]: words(pages.text_of(examples / name / document["pdf"], [1])[0])
        for document in made["documents"]
    }
    for packet in made["packets"]:
        path = examples / name / packet["pdf"]
        assert pages.page_count(path) == packet["pages"]
        assert pages.outline_of(path) == [
            (item["title"], item["page"]) for item in packet["contents"]
        ]
        for item in packet["contents"]:
            if item["title"] in first_words:
                text = words(pages.text_of(path, [item["page"]])[0])
                assert first_words[item["title"]] in text


@pytest.mark.parametrize("name", WORKSPACES)
def test_originals_are_the_documents_page_for_page(examples: Path, name: str) -> None:
    made = manifest_of(examples / name)
    by_title = {document["title"]: document for document in made["documents"]}
    originals = [one for one in made["packets"] if one["name"].startswith("На подпись")]
    assert originals
    for packet in originals:
        papers = [examples / name / by_title[item["title"]]["pdf"] for item in packet["contents"]]
        whole = examples / name / packet["pdf"]
        assert pages.text_of(whole) == [text for one in papers for text in pages.text_of(one)]
        drawn = [(one.drawing, one.box) for one in pages.page_prints(whole)]
        assert drawn == [
            (one.drawing, one.box) for path in papers for one in pages.page_prints(path)
        ]


@pytest.mark.parametrize("name", WORKSPACES)
def test_the_sheets_of_the_inventory_are_those_of_the_set_and_of_its_last_sheet(
    examples: Path, name: str
) -> None:
    packets = manifest_of(examples / name)["packets"]
    copies = [one for one in packets if one["name"].startswith("Копии")]
    assert copies
    for packet in copies:
        texts = [" ".join(one.split()) for one in pages.text_of(examples / name / packet["pdf"])]
        first = packet["contents"][1]["page"]
        inventory = " ".join(texts[1 : first - 1])
        papers, others = map(int, _SHEETS.findall(inventory)[0])
        in_words = f"{packet['sheets']} ({russian.number_words(packet['sheets'])})"
        assert papers + others == packet["sheets"] == packet["pages"]
        assert f"Всего листов: {in_words}." in inventory
        # Nothing of the examples is signed, so that nothing is certified; the number is of use.
        assert f"скреплено печатью {in_words}" not in texts[-1]
        assert texts[-1].endswith(f"Лист {packet['sheets']} из {packet['sheets']}")
        assert texts[0].endswith(f"Лист 1 из {packet['sheets']}")
        ends = [one["page"] for one in packet["contents"][2:]] + [packet["pages"]]
        rows = [
            f"{one['page']}–{end - 1}" if end - one["page"] > 1 else str(one["page"])
            for one, end in zip(packet["contents"][1:], ends, strict=True)
        ]
        found = [match[1] for match in _ROW.finditer(inventory)]
        assert found == rows
        assert sum(int(match[2]) for match in _ROW.finditer(inventory)) == papers


def test_a_set_of_copies_holds_no_consent_and_is_closed_if_it_names_a_child(examples: Path) -> None:
    made = manifest_of(examples / "school")
    copies = [one for one in made["packets"] if one["name"].startswith("Копии")]
    assert {packet["private"] for packet in copies} == {True, False}
    for packet in copies:
        text = " ".join(pages.text_of(examples / "school" / packet["pdf"]))
        assert "Согласие" not in " ".join(item["title"] for item in packet["contents"])
        # Whoever is paid is nobody's business either.
        assert packet["private"] == ("Вдовиченко" in text or "Об установлении выплат" in text)
        mode = (examples / "school" / packet["pdf"]).stat().st_mode & 0o777
        assert mode == (0o600 if packet["private"] else 0o644)


def test_the_manifest_tells_how_long_each_paper_is_kept(examples: Path) -> None:
    for name in WORKSPACES:
        for document in manifest_of(examples / name)["documents"]:
            assert re.match(r"постоянно|\d+ (год|лет)|вместе", document["retention"]), document


def test_the_manifest_names_only_files_of_its_folder(examples: Path) -> None:
    for name in WORKSPACES:
        for document in manifest_of(examples / name)["documents"]:
            assert (examples / name / document["docx"]).is_file()
            assert (examples / name / document["pdf"]).is_file()


def test_only_allowed_fonts_are_in_the_pages_and_all_travel_with_them(examples: Path) -> None:
    files = [
        path
        for name in WORKSPACES
        for path in sorted((examples / name).rglob("*.pdf"))
        if path.relative_to(examples / name).parts[0] in {"pdf", "packets"}
    ]
    assert files
    styles = {name for style in STYLES for name in typeface_names(ooxml.used_fonts(style))}
    allowed = styles | {*typeface_names([SIGNS.family])}
    found = {(one, path) for path in files for one in pages.typefaces_of(path)}
    assert [(one, path) for one, path in found if one.name not in allowed] == []
    assert [(one, path) for one, path in found if not one.is_embedded] == []


@pytest.mark.trust("R11", tries=2)
def test_another_folder_day_zone_and_locale_give_the_same_bytes(
    examples: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "другая папка"
    for name in ("templates_docx", "registers"):
        shutil.copytree(ROOT / name, elsewhere / name)

    result = run_build(
        *OPTIONS, "--root", str(elsewhere),
        *(str(elsewhere / "registers" / one) for one in WORKSPACES),
        later_s=5 * 365 * 86400, PATH=clock_of_office(tmp_path, "@2033-01-01 10:00:00"),
        TZ="Asia/Vladivostok", LANG="ru_RU.UTF-8", LC_ALL="C",
    )  # fmt: skip

    assert result.returncode == 0, result.stderr
    for name in WORKSPACES:
        assert digests(elsewhere / "output" / name) == digests(examples / name)


def clock_of_office(folder: Path, clock: str) -> str:
    """Return a PATH on which LibreOffice has a clock of its own: it sees nobody's variables."""
    program = folder / "программы" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\nexec faketime -f '{clock}' {shutil.which('soffice')} \"$@\"\n")
    program.chmod(0o755)
    return f"{program.parent}:{os.environ['PATH']}"


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".docx", ".pdf"}
    }


def test_a_second_build_does_nothing(examples: Path, tmp_path: Path) -> None:
    built = Path(shutil.copytree(examples, tmp_path / "examples"))
    before = {path: path.stat().st_mtime_ns for path in built.rglob("*") if path.suffix == ".pdf"}

    result = run_build(*OPTIONS, "--out", str(built))

    assert result.returncode == 0
    assert result.stdout.count("изменений нет") == len(WORKSPACES)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_build_writes_nothing_into_the_workspaces(examples: Path) -> None:
    del examples
    status = subprocess.run(
        ["git", "status", "--porcelain", "--", "registers"],
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=False,
    )
    assert "архив" not in status.stdout
