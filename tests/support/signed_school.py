"""A small school with signed orders to which something happens, and what is held of it then."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pytest
from docx import Document
from openpyxl import load_workbook

from docgen.archive import ARCHIVE, DOCX, PDF, read_archive
from tests.support.small_root import BOOK, build_signed, files_below, make_root, run

PAIRS, PLAN = "О парах", "О внедрении"
OTHER_VERSION: Final = "(другая версия"
RECORD: Final = "запись.json"


@dataclass(frozen=True, slots=True)
class SignedSchool:
    """The school of a root; ``frozen`` are the SHA-256 of its signed papers' files.

    They are by the paths in the output folder. ``options`` go with every build.
    """

    root: Path
    name: str
    frozen: Mapping[str, str]
    options: tuple[str, ...] = ()

    @property
    def school(self) -> Path:
        """The workspace."""
        return self.root / "registers" / self.name

    @property
    def archive(self) -> Path:
        """Its archive."""
        return self.school / ARCHIVE

    @property
    def output(self) -> Path:
        """Its output folder."""
        return self.root / "output" / self.name

    def build(self, *options: object) -> int:
        """Build it; return the exit code."""
        return run("build", self.school, *self.options, *options)

    def folder(self, words: str = PAIRS) -> Path:
        """Return the folder of the archived order with these words in its short name."""
        found = sorted(
            path.parent
            for path in self.archive.glob(f"*{words}*/{RECORD}")
            if not path.parent.name.startswith("приложение")
        )
        return found[0]

    def built(self, words: str = "163-од", suffix: str = ".docx") -> Path:
        """Return a file of the output folder by words of its name."""
        folder = self.output / ("documents" if suffix == ".docx" else "pdf")
        return min(folder.rglob(f"*{words}*{suffix}"))

    def hashes(self) -> Iterator[tuple[str, str]]:
        """Yield path and SHA-256 of each paper in the output that stands for a signed order."""
        for name, sha256 in files_below(self.output).items() if self.output.is_dir() else ():
            is_paper = name.startswith(("documents/", "pdf/")) and name.endswith((".docx", ".pdf"))
            if is_paper and "Соглас" not in name and OTHER_VERSION not in name:
                yield name, sha256

    def archived(self) -> set[str]:
        """Return the SHA-256 of all files that the archive gives out as frozen."""
        return {
            hashlib.sha256(path.read_bytes()).hexdigest()
            for paper in read_archive(self.school).papers
            for name, path in paper.sources.items()
            if name in {DOCX, PDF}
        }

    def papers(self) -> dict[str, str]:
        """Return the SHA-256 of all papers in the output by their paths."""
        return {
            name: sha256
            for name, sha256 in files_below(self.output).items()
            if name.startswith(("documents/", "pdf/"))
        }

    def others(self) -> list[str]:
        """Return the papers in the output that belong to no order: they must never be stopped."""
        return sorted(
            name for name in files_below(self.output) if "Соглас" in name and name[0] == "d"
        )


def make_signed(folder: Path, *options: str) -> SignedSchool:
    """Build a small school, sign its orders, build it again."""
    root = make_root(folder)
    school = build_signed(root, *options)
    made = SignedSchool(root, school.name, {}, options)
    return SignedSchool(root, school.name, dict(made.hashes()), options)


def copy_of(base: SignedSchool, folder: Path) -> SignedSchool:
    """Return a copy of a signed school in a folder, with all times kept."""
    root = folder / base.root.name
    shutil.copytree(base.root, root)
    return replace(base, root=root)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command has ended with and said."""

    code: int
    text: str

    @property
    def codes(self) -> set[str]:
        """The codes of what was said, but of the lack of scans: these schools have none."""
        return set(re.findall(r"\[([a-z-]+)\]$", self.text, re.MULTILINE)) - {"no-scan"}


def ask(capsys: pytest.CaptureFixture[str], *arguments: object) -> Answer:
    """Run a command; return its answer."""
    capsys.readouterr()
    code = run(*arguments)
    return Answer(code, "".join(capsys.readouterr()))


# --- what may happen -------------------------------------------------------------------------


def edit_docx(path: Path, words: str = "Дописано") -> None:
    """Add a paragraph to a .docx, as Word would."""
    document = Document(str(path))
    document.add_paragraph(words)
    document.save(str(path))


def edit_json(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change a JSON file in place."""
    kept = json.loads(path.read_text("utf-8"))
    change(kept)
    path.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")


def edit_book(school: Path, sheet: str, change: Callable[[Any], object]) -> None:
    """Change a sheet of the workspace's book, as a clerk would."""
    book = load_workbook(school / BOOK)
    change(book[sheet])
    book.save(school / BOOK)


def take_names_apart(folder: Path) -> None:
    """Decompose the names of all that lies in a folder, as macOS does."""
    for path in sorted(folder.rglob("*"), key=lambda one: -len(one.parts)):
        apart = unicodedata.normalize("NFD", path.name)
        if apart != path.name:
            path.rename(path.with_name(apart))


def set_times(folder: Path, moment: dt.datetime) -> None:
    """Give all files below a folder one time."""
    for path in folder.rglob("*"):
        os.utime(path, (moment.timestamp(), moment.timestamp()))


def leave_first_archive(school: Path) -> None:
    """Leave the archive as the first docgen would have."""
    kept = {
        path.parent.name: (json.loads(path.read_text("utf-8")), path.parent)
        for path in (school / ARCHIVE).glob(f"*/{RECORD}")
    }
    for record, folder in kept.values():
        title = folder.name
        old = {
            "key": record["key"],
            "kind": record["kind"],
            "title": record["title"],
            "output": record["made"]["output"],
            "docx": f"{title}.docx",
            "pdf": f"{title}.pdf" if (folder / PDF).exists() else None,
            "reads": record["reads"],
            "signers": record["signers"],
        }
        (folder / RECORD).write_text(json.dumps(old, ensure_ascii=False, indent=1), "utf-8")
        (folder / DOCX).rename(folder / f"{title}.docx")
        if (folder / PDF).exists():
            (folder / PDF).rename(folder / f"{title}.pdf")
    for name in ("журнал", ".хранилище", "решения"):
        shutil.rmtree(school / ARCHIVE / name)
