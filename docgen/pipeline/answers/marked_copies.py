"""Copies of books and templates for looking, with remarks at their cells and paragraphs."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from docgen import files, registers
from docgen.documents import marked_template
from docgen.errors import Location, Problem, TemplateError, UsageError
from docgen.pipeline.output.places import Findings, Site
from docgen.pipeline.workspace.folders import Folders, is_input_file

_BOOK, _TEMPLATE = ".xlsx", ".docx"
_TOO_LARGE: Final = "too-large"
_NO_BOOK: Final = "not-a-workbook"


@dataclass(frozen=True, slots=True)
class MarkedCopies:
    """What was made: copies with how many remarks each shows, and what became of the others.

    ``unmade`` are files with the reason, in Russian; ``removed`` earlier copies that are true no
    more. ``elsewhere`` counts the remarks that are about neither book nor template.
    """

    made: tuple[tuple[Path, int], ...]
    unmade: tuple[tuple[str, str], ...]
    removed: tuple[Path, ...]
    elsewhere: int


@dataclass(frozen=True, slots=True)
class _Copy:
    """A copy that is to be made: of which file, called how by people, with which remarks."""

    target: Path
    original: Path
    shown: str
    problems: tuple[Problem, ...]


def refuse_place(place: Path, sites: Sequence[Site]) -> None:
    """Refuse a folder in which copies would be taken for registers or templates.

    Raises:
        UsageError: when it is a file, or lies where docgen reads its inputs.
    """
    if place.exists() and not place.is_dir():
        raise _refusal(place, "это файл; назовите папку для копий с пометками")
    for site in sites:
        folder = _folder_of(site, place, is_alone=len(sites) == 1).resolve()
        for one in sites:
            inputs = {
                one.folder: f"рабочую папку «{one.name}»",
                one.root / "templates_docx": "папку шаблонов",
                one.root / "registers": "папку реестров",
            }
            for taken, words in inputs.items():
                if folder.is_relative_to(taken.resolve()):
                    message = (
                        f"копии с пометками нельзя класть в {words}: docgen принял бы их за "
                        "настоящие; назовите другую папку, например --mark пометки"
                    )
                    raise _refusal(place, message)


def mark_copies(place: Path, checked: Sequence[tuple[Site, Findings]]) -> MarkedCopies:
    """Make a copy of each book and template that has remarks; the originals stay as they are.

    Nothing is made when one of the copies cannot take its place.

    Raises:
        UsageError: when an earlier copy is open, a file of that name is not docgen's or was edited,
            or the disk refuses.
    """
    wanted: list[_Copy] = []
    stale: list[Path] = []
    elsewhere = 0
    for site, findings in checked:
        folder = _folder_of(site, place, is_alone=len(checked) == 1)
        originals = _originals(site)
        grouped = _by_original(findings.problems, originals)
        copies = list(_copies(folder, grouped, originals))
        wanted += copies
        stale += _stale(folder, {one.target for one in copies}, originals)
        elsewhere += _count(findings.problems) - sum(_count(one.problems) for one in copies)
    for path in [*(one.target for one in wanted), *stale]:
        _refuse_taken(path)
    made: list[tuple[Path, int]] = []
    unmade: list[tuple[str, str]] = []
    for one in wanted:
        try:
            data = files.seal(_marked(one), one.shown)
        except (registers.UnmarkableBookError, TemplateError, OSError) as error:
            unmade.append((one.shown, _reason(error)))
            stale += [one.target] if one.target.exists() else []
            continue
        files.atomic_write(one.target, data, mode=files.PRIVATE_FILE)
        made.append((one.target, _count(one.problems)))
    _remove(stale)
    return MarkedCopies(tuple(made), tuple(unmade), tuple(stale), elsewhere)


def _count(problems: Iterable[Problem]) -> int:
    return sum(one.stands_for for one in problems)


def _folder_of(site: Site, place: Path, *, is_alone: bool) -> Path:
    return place if is_alone else place / site.name


# --- which files -----------------------------------------------------------------------------


def _originals(site: Site) -> dict[str, Path]:
    """Return the books and templates that a workspace reads, by their paths as people know them."""
    if not site.folder.is_dir():
        return {}
    folders = Folders(site.root.resolve(), site.folder.resolve())
    found = registers.workbook_paths(folders.workspace)
    for folder in folders.schemas:
        found += sorted(path for path in folder.glob(f"*{_BOOK}") if is_input_file(path))
    for folder in [*folders.kinds, *folders.packets, *folders.blocks]:
        found += sorted(path for path in folder.glob(f"*{_TEMPLATE}") if is_input_file(path))
    return {_composed(folders.shown(path)): path for path in found}


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _by_original(
    problems: Iterable[Problem], originals: Mapping[str, Path]
) -> dict[str, list[Problem]]:
    """Return the problems of each file that has any, in the order of the files."""
    grouped: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        shown = _composed(problem.where.file)
        if shown in originals:
            grouped[shown].append(problem)
    return {shown: grouped[shown] for shown in originals if shown in grouped}


def _copies(
    folder: Path, grouped: Mapping[str, Sequence[Problem]], originals: Mapping[str, Path]
) -> Iterator[_Copy]:
    """Yield the copies of a workspace's files, called as these."""
    for suffix in (_BOOK, _TEMPLATE):
        chosen = [one for one in grouped if originals[one].suffix.lower() == suffix]
        stems = [_composed(originals[one].stem) for one in chosen]
        for shown, stem in zip(chosen, files.unique_names(stems, suffix), strict=True):
            yield _Copy(folder / f"{stem}{suffix}", originals[shown], shown, tuple(grouped[shown]))


def _stale(folder: Path, targets: set[Path], originals: Mapping[str, Path]) -> list[Path]:
    """Return docgen's earlier copies of files that have no remarks any more: they would mislead."""
    if not folder.is_dir():
        return []
    return [
        path
        for path in sorted(folder.iterdir())
        if path.suffix in {_BOOK, _TEMPLATE}
        and path not in targets
        and files.sealed_source(path) in originals
    ]


# --- writing ---------------------------------------------------------------------------------


def _refuse_taken(target: Path) -> None:
    """Refuse to write over a file that is open, is not docgen's, or that a person has edited."""
    if target.suffix == _BOOK:
        registers.refuse_open(target)
    elif files.office_lock_of(target) is not None:
        message = f"«{target.name}» открыт в Word или LibreOffice; закройте его и повторите"
        raise _refusal(target, message)
    if target.exists() and files.sealed_source(target) is None:
        message = (
            "на этом месте лежит файл, который сделал не docgen или который с тех пор изменили; "
            "уберите его или назовите для копий другую папку"
        )
        raise _refusal(target, message)


def _marked(one: _Copy) -> bytes:
    """Return the copy of a book or template.

    Raises:
        UnmarkableBookError: when the book cannot be opened.
        TemplateError: when the template cannot be opened.
    """
    if one.original.suffix.lower() == _TEMPLATE:
        return marked_template(one.original, one.problems, one.shown)
    for problem in one.problems:
        if _is_unreadable(problem):
            place = str(replace(problem.where, file=""))
            said = f"{place}: {problem.message}" if place else problem.message
            raise registers.UnmarkableBookError(said)
    return registers.marked_book(one.original.read_bytes(), one.problems, one.shown)


def _is_unreadable(problem: Problem) -> bool:
    """Whether a book is not opened for a copy: openpyxl has no limits of its own."""
    if problem.code == _TOO_LARGE:
        return problem.is_error
    return problem.is_error and problem.code == _NO_BOOK and not problem.where.cell


def _reason(error: registers.UnmarkableBookError | TemplateError | OSError) -> str:
    if isinstance(error, TemplateError):
        return "; ".join(problem.message for problem in error.problems)
    if isinstance(error, OSError):
        return f"файл не читается: {files.reading_reason(error)}"
    return str(error)


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise files.unwritable_error(path, error) from error


def _refusal(place: Path, message: str) -> UsageError:
    return UsageError([Problem("usage", Location(file=str(place)), message)])
