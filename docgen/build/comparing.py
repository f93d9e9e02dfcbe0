"""What differs between two versions of a paper, told by the words that a person would mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from docgen import ooxml, pages
from docgen.build import frozen
from docgen.build.manifest import read_manifest
from docgen.build.rendering import Rendered, render
from docgen.build.reports import workspaces_of
from docgen.build.running import make_plan
from docgen.build.sealed import is_signed_pdf
from docgen.build.state import Wish
from docgen.build.workspaces import prepare
from docgen.catalogue import find_root
from docgen.errors import DocgenError, Location, Problem, UsageError
from docgen.ledger import LEDGER_NAME, read_ledger

_SHOWN_WORDS = 60
_CONTEXT_WORDS = 3


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions by name, and a line for each difference of their texts; none is equal text."""

    before: str
    after: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A paragraph of a .docx or a line of a PDF, and where it stands."""

    place: str
    words: tuple[str, ...]


def compare_files(before: Path, after: Path) -> Comparison:
    """Return how the text of two files of one sort differs.

    Raises:
        UsageError: when one is no readable .docx or PDF, or they are of two sorts.
    """
    if before.suffix.lower() != after.suffix.lower():
        message = "сравнить можно два файла .docx или два PDF"
        raise UsageError([Problem("usage", Location(file=str(after)), message)])
    return Comparison(str(before), str(after), tuple(_told(_units(before), _units(after))))


def compare_with_signed(path: Path, root: Path | None, out: Path | None) -> list[Comparison]:
    """Return how an output differs from its signed version, and what registers say now.

    Raises:
        UsageError: when the file is no output of a known workspace, or nothing of it is signed.
    """
    output = next((one for one in path.resolve().parents if (one / LEDGER_NAME).is_file()), None)
    if output is None:
        raise _no_signed(path, "это не готовый документ docgen; назовите два файла")
    name = path.resolve().relative_to(output).as_posix()
    original = _signed_original(name, output)
    if original is not None:
        return [compare_files(original, path)]
    keys = [
        key for key, one in read_ledger(output).documents.items() if name in {one.docx, one.pdf}
    ]
    for workspace in workspaces_of(output, find_root(path.resolve().parent, root), out):
        archive = frozen.read_archive(workspace)
        for key in keys:
            if key in archive:
                return _with_archived(path, archive[key], workspace, find_root(workspace, root))
    raise _no_signed(path, "подписанной версии нет ни в архиве, ни среди электронных подлинников")


def _no_signed(path: Path, message: str) -> UsageError:
    return UsageError([Problem("usage", Location(file=str(path)), message)])


def _signed_original(name: str, output: Path) -> Path | None:
    """Return the signed original of the paper whose PDF has this name."""
    for one in read_manifest(output)["documents"]:
        told = (one.get(kind) for kind in ("original", "personnel") if one["pdf"] == name)
        paths = (output / str(each["pdf"]) for each in told if each)
        if found := next(filter(is_signed_pdf, paths), None):
            return found
    return None


def _with_archived(
    path: Path, paper: frozen.Frozen, workspace: Path, root: Path
) -> list[Comparison]:
    kept = paper.docx if path.suffix.lower() == ".docx" else paper.pdf
    found = [compare_files(kept, path)] if kept is not None else []
    prepared = prepare(workspace, root)
    for plan in make_plan(prepared, Wish()).documents:
        outcome = render(plan, prepared) if plan.key == paper.key else None
        if isinstance(outcome, Rendered):
            lines = _told(_paragraphs(paper.docx), _paragraphs(outcome.docx))
            found.append(Comparison(str(paper.docx), "то, что реестры дают сейчас", tuple(lines)))
    return found


# --- texts -----------------------------------------------------------------------------------


def _units(path: Path) -> list[_Unit]:
    try:
        if path.suffix.lower() == ".docx":
            return _paragraphs(path)
        return [
            _Unit(f"страница {number}", tuple(line.split()))
            for number, text in enumerate(pages.text_of(path), start=1)
            for line in text.splitlines()
            if line.strip()
        ]
    except (OSError, DocgenError, pages.BrokenPdfError) as error:
        message = "файл не открывается; укажите целый .docx или PDF"
        raise UsageError([Problem("usage", Location(file=str(path)), message)]) from error


def _paragraphs(docx: Path | bytes) -> list[_Unit]:
    texts = [text.split() for text in ooxml.body_text_of(docx)]
    filled = [tuple(words) for words in texts if words]
    return [_Unit(f"абзац {number}", words) for number, words in enumerate(filled, start=1)]


def _told(before: Sequence[_Unit], after: Sequence[_Unit]) -> Iterator[str]:
    """Yield a line for each run of words that differs, where it stands in the newer version."""
    matcher = SequenceMatcher(None, [one.words for one in before], [one.words for one in after])
    for tag, first, last, new_first, new_last in matcher.get_opcodes():
        if tag != "equal":
            place = _place(after, new_first, new_last) or _place(before, first, last)
            yield from _words_told(
                place, _joined(before[first:last]), _joined(after[new_first:new_last])
            )


def _place(units: Sequence[_Unit], first: int, last: int) -> str:
    return units[first].place if first < last else ""


def _joined(units: Sequence[_Unit]) -> list[str]:
    return [word for unit in units for word in unit.words]


def _words_told(place: str, before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, new_first, new_last in matcher.get_opcodes():
        if tag == "equal":
            continue
        context = " ".join(before[max(0, first - _CONTEXT_WORDS) : first])
        where = f"{place}, после «{context}»" if context else place
        old, new = _shown(before[first:last]), _shown(after[new_first:new_last])
        if not old:
            yield f"{where}: добавлено «{new}»"
        elif not new:
            yield f"{where}: убрано «{old}»"
        else:
            yield f"{where}: было «{old}», стало «{new}»"


def _shown(words: Sequence[str]) -> str:
    return " ".join(words[:_SHOWN_WORDS]) + (" …" if len(words) > _SHOWN_WORDS else "")
