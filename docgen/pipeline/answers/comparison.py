"""How the texts of two versions of a document differ, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from docgen import ooxml, pages
from docgen.catalogue import find_root
from docgen.errors import Location, Problem, StageError, UsageError
from docgen.pipeline.answers.explanation import workspaces_of
from docgen.pipeline.output import document_archive
from docgen.pipeline.output.archive_view import look_at
from docgen.pipeline.output.ledger import LEDGER_NAME, read_ledger
from docgen.pipeline.output.manifest import read_manifest
from docgen.pipeline.output.signed_files import is_signed_pdf
from docgen.pipeline.workspace.prepare import prepare
from docgen.pipeline.workspace.readiness import Blocked
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.wish import Wish, make_plan

_SHOWN_WORDS = 60
_CONTEXT_WORDS = 3
_PARTING = re.compile(r"[\s\u00a0\u00ad\u2011-]+")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions by name, and a line for each difference of their texts."""

    before: str
    after: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A paragraph of a .docx or a line of a PDF, and where it stands; ``is_top``: of its page."""

    place: str
    words: tuple[str, ...]
    is_top: bool = False


def compare_files(before: Path, after: Path) -> Comparison:
    """Return how the texts of two files differ; one may be a .docx and the other a PDF.

    Raises:
        UsageError: when one is no readable .docx or PDF.
    """
    is_alike = before.suffix.lower() == after.suffix.lower()
    lines = (_differing_lines if is_alike else _differing_lines_across)(
        _units(before), _units(after)
    )
    return Comparison(str(before), str(after), tuple(lines))


def compare_with_signed(path: Path, root: Path | None, out: Path | None) -> list[Comparison]:
    """Return how an output differs from its signed version, and what registers say now.

    Raises:
        UsageError: when the file is no output of a known workspace, or nothing of it is signed.
    """
    output = next((one for one in path.resolve().parents if (one / LEDGER_NAME).is_file()), None)
    if output is None:
        raise _no_signed(path, "это не готовый документ docgen; назовите два файла")
    name = path.resolve().relative_to(output).as_posix()
    found = _with_original(name, output)
    if found is not None:
        return [found]
    keys = [
        key for key, one in read_ledger(output).documents.items() if name in {one.docx, one.pdf}
    ]
    for workspace in workspaces_of(output, find_root(path.resolve().parent, root), out):
        archive = look_at(workspace, str).documents
        for key in keys:
            if key in archive:
                return _with_archived(path, archive[key], workspace, find_root(workspace, root))
    raise _no_signed(path, "подписанной версии нет ни в архиве, ни среди электронных подлинников")


def _no_signed(path: Path, message: str) -> UsageError:
    return UsageError([Problem("usage", Location(file=str(path)), message)])


def _with_original(name: str, output: Path) -> Comparison | None:
    """Compare a document, named by any of its files, with its signed original if there is one."""
    for one in read_manifest(output)["documents"]:
        for side in filter(None, (one.get("original"), one.get("personnel"))):
            signed = output / side["pdf"]
            if name in {one["docx"], one["pdf"], side["pdf"]} and is_signed_pdf(signed):
                other = one["pdf"] if name == side["pdf"] else name
                return compare_files(signed, output / other)
    return None


def _with_archived(
    path: Path, archived: document_archive.ArchivedDocument, workspace: Path, root: Path
) -> list[Comparison]:
    kept = archived.docx if path.suffix.lower() == ".docx" else archived.pdf
    found = [compare_files(kept, path)] if kept is not None else []
    ready = prepare(workspace, root)
    if isinstance(ready, Blocked):
        return found
    for planned in make_plan(ready, Wish()).documents:
        outcome = render(planned, ready) if planned.key == archived.key else None
        if isinstance(outcome, Rendered) and archived.docx is not None:
            lines = _differing_lines(_paragraphs(archived.docx), _paragraphs(outcome.docx))
            found.append(
                Comparison(str(archived.docx), "то, что реестры дают сейчас", tuple(lines))
            )
    return found


# --- texts -----------------------------------------------------------------------------------


def _units(path: Path) -> list[_Unit]:
    try:
        if path.suffix.lower() == ".docx":
            return _paragraphs(path)
        return [
            _Unit(f"страница {number}", tuple(line.split()), is_top=index == 0)
            for number, text in enumerate(pages.text_of(path), start=1)
            for index, line in enumerate(filter(str.strip, _lines(text)))
        ]
    except (OSError, StageError, pages.BrokenPdfError) as error:
        message = "файл не открывается; укажите целый .docx или PDF"
        raise UsageError([Problem("usage", Location(file=str(path)), message)]) from error


def _lines(text: str) -> list[str]:
    """Return the lines of a page; pdfium writes a hyphen at a line's end as U+0002."""
    return text.replace("\2\r\n", "-\r\n").replace("\2", "-").splitlines()


def _paragraphs(docx: Path | bytes) -> list[_Unit]:
    texts = [text.split() for text in ooxml.body_text_of(docx)]
    filled = [tuple(words) for words in texts if words]
    return [_Unit(f"абзац {number}", words) for number, words in enumerate(filled, start=1)]


def _differing_lines(before: Sequence[_Unit], after: Sequence[_Unit]) -> Iterator[str]:
    """Yield a line for each run of words that differs, where it stands in the newer version."""
    matcher = SequenceMatcher(None, [one.words for one in before], [one.words for one in after])
    for tag, first, last, new_first, new_last in matcher.get_opcodes():
        if tag != "equal":
            place = _place(after, new_first, new_last) or _place(before, first, last)
            yield from _differing_words(
                place, _joined(before[first:last]), _joined(after[new_first:new_last])
            )


def _differing_lines_across(before: Sequence[_Unit], after: Sequence[_Unit]) -> Iterator[str]:
    """Yield a line for each difference of a .docx and a PDF, whose lines break differently.

    What a PDF repeats at the top of a page is no difference: its number, the head of a table.
    """
    old, new = _words_of(before), _words_of(after)
    texts = [word for _, word, _ in old], [word for _, word, _ in new]
    squeezed = ["".join(map(_squeezed, one)) for one in texts]
    matcher = SequenceMatcher(None, *texts, autojunk=False)
    for tag, first, last, new_first, new_last in matcher.get_opcodes():
        removed, added = texts[0][first:last], texts[1][new_first:new_last]
        if tag == "equal" or _is_same(removed, added):
            continue
        if tag == "insert" and _is_repeated(new[new_first:new_last], squeezed[0]):
            continue
        if tag == "delete" and _is_repeated(old[first:last], squeezed[1]):
            continue
        places = [unit.place for unit, _, _ in new[new_first : new_first + 1] or old[first:last]]
        yield _difference(
            places[0], texts[0][max(0, first - _CONTEXT_WORDS) : first], removed, added
        )


def _words_of(units: Sequence[_Unit]) -> list[tuple[_Unit, str, bool]]:
    """Return every word with its unit, and whether it is the first on its page."""
    return [
        (unit, word, unit.is_top and number == 0)
        for unit in units
        for number, word in enumerate(unit.words)
    ]


def _squeezed(word: str) -> str:
    return _PARTING.sub("", word)


def _is_same(removed: Sequence[str], added: Sequence[str]) -> bool:
    return _squeezed("".join(removed)) == _squeezed("".join(added))


def _is_repeated(words: Sequence[tuple[_Unit, str, bool]], other: str) -> bool:
    """Return whether words are a page's number and text that the other file has elsewhere."""
    if not words[0][2]:
        return False
    texts = [word for _, word, _ in words]
    return "".join(map(_squeezed, texts[1:] if texts[0].isdigit() else texts)) in other


def _place(units: Sequence[_Unit], first: int, last: int) -> str:
    return units[first].place if first < last else ""


def _joined(units: Sequence[_Unit]) -> list[str]:
    return [word for unit in units for word in unit.words]


def _differing_words(place: str, before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, new_first, new_last in matcher.get_opcodes():
        if tag == "equal":
            continue
        context = before[max(0, first - _CONTEXT_WORDS) : first]
        yield _difference(place, context, before[first:last], after[new_first:new_last])


def _difference(
    place: str, context: Sequence[str], removed: Sequence[str], added: Sequence[str]
) -> str:
    where = f"{place}, после «{' '.join(context)}»" if context else place
    old, new = _shown(removed), _shown(added)
    if not old:
        return f"{where}: добавлено «{new}»"
    return f"{where}: было «{old}», стало «{new}»" if new else f"{where}: убрано «{old}»"


def _shown(words: Sequence[str]) -> str:
    return " ".join(words[:_SHOWN_WORDS]) + (" …" if len(words) > _SHOWN_WORDS else "")
