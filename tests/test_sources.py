"""Docgen notices every change of its own code: what decides is seen, whatever its folder."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from docgen.pdf.recipe import DECIDING
from docgen.sources import import_folder, shipped_roots, source_files, sources_hash
from tests.support.small_root import SHIPPED, make_root, make_school

PACKAGE = SHIPPED / "docgen"
ONLY_CARRY = (
    *("docgen", "docgen.errors", "docgen.files"),
    *("docgen.book_codes", "docgen.problem_codes", "docgen.problem_kinds"),
)
"""Modules that layout imports and that decide nothing: sentences, and how bytes reach the disk."""
DECIDED_BY = "pages/objects_write.py"


def test_every_module_is_seen() -> None:
    walked = [
        Path(folder, name)
        for folder, _, names in os.walk(PACKAGE)
        for name in names
        if name.endswith(".py")
    ]
    assert sorted(source_files()) == sorted(walked)
    assert len(walked) > 180
    for package in ("", "pdf", "pages", "ooxml", "packet", "cli"):
        assert PACKAGE / package / "__init__.py" in source_files()


def test_docgen_is_imported_from_where_its_folder_lies() -> None:
    assert import_folder() / "docgen" == PACKAGE
    assert (shipped_roots()[0] / "templates_docx" / "стиль.docx").is_file()


def test_a_name_that_is_not_there_is_refused_rather_than_not_watched() -> None:
    with pytest.raises(FileNotFoundError):
        sources_hash("pages/gone.py")


def file_of(module: str) -> Path | None:
    path = SHIPPED.joinpath(*module.split("."))
    found = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return found if found.is_file() else None


def imported_by(module: str) -> set[str]:
    """Return the modules of docgen that a module imports, wherever in it."""
    path = file_of(module)
    assert path is not None
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "docgen":
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                found.add(inner if file_of(inner) else str(node.module))
    return found


def reached_from(modules: Iterable[str]) -> set[str]:
    waiting, seen = [*modules], set[str]()
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            waiting += imported_by(module)
    return seen


def only_carries(module: str) -> bool:
    return module in ONLY_CARRY or module.startswith("docgen.files.")


def test_whatever_lays_out_is_part_of_the_recipe() -> None:
    whole = {name for name in DECIDING if not name.endswith(".py")}
    # Forms are laid out without the controls of Word that the delivered ones have.
    laying_out = ("pdf.calls", "pdf.press_places", "pdf.server", "ooxml.fillable_forms")
    reached = reached_from(f"docgen.{name}" for name in laying_out)
    paths = {
        path.relative_to(PACKAGE).as_posix()
        for module in reached
        if not only_carries(module) and (path := file_of(module)) is not None
    }
    needed = {name for name in paths if name.split("/")[0] not in whole}
    assert needed == {name for name in DECIDING if name.endswith(".py")}


@pytest.mark.office
def test_a_changed_module_that_decides_bytes_has_papers_made_anew(tmp_path: Path) -> None:
    code = tmp_path / "code"
    shutil.copytree(PACKAGE, code / "docgen", ignore=shutil.ignore_patterns("__pycache__"))
    root = make_root(tmp_path)
    school = make_school(root)

    def build() -> tuple[str, dict[Path, int]]:
        run = subprocess.run(
            [sys.executable, "-m", "docgen", "build", str(school), "--root", str(root)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(code), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=True,
        )
        pdfs = sorted((root / "output" / school.name / "pdf").rglob("*.pdf"))
        return run.stdout, {pdf: pdf.stat().st_ino for pdf in pdfs}

    _, first = build()
    assert first
    with (code / "docgen" / "cli" / "options.py").open("a", encoding="utf-8") as stream:
        stream.write("# a remark\n")
    printed, second = build()
    assert "собрано 0" in printed
    assert second == first
    with (code / "docgen" / DECIDED_BY).open("a", encoding="utf-8") as stream:
        stream.write("# a remark\n")
    assert DECIDED_BY in DECIDING
    printed, third = build()
    assert f"собрано {len(first)}, без изменений 0" in printed
    assert not set(third.values()) & set(second.values())
