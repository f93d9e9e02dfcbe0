"""Where outputs lie, and which output file a person means by a name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from docgen.errors import Location, Problem, UsageError
from docgen.problem_codes import ExitCode

OUTPUT = "output"
DOCUMENTS, PDFS = "documents", "pdf"
_FOLDERS = (DOCUMENTS, PDFS, "packets")
ORIGINALS = "электронные подлинники"
PERSONNEL = "электронные кадровые документы"
LETTERHEADS = "на бланке"
COPIES = "копии с паролем"
TABLES = "таблицы"
SIDE_FOLDERS = {
    ORIGINALS: "--fields",
    PERSONNEL: "--pdfa 1a",
    LETTERHEADS: "",
    COPIES: "--encrypt",
    TABLES: "",
}
"""Folders of what lies beside papers, with the key that asks for it, if one is needed. Their files
have the names of papers, so whoever means one calls it with its folder."""
COPIED = {"packets": f"{COPIES}/комплекты", "pdf": f"{COPIES}/документы"}
_BESIDE = (ORIGINALS, PERSONNEL, LETTERHEADS)
_SOURCES = dict.fromkeys(_BESIDE, "pdf") | {place: name for name, place in COPIED.items()}


def source_of(name: str) -> str:
    """Return the document or packet that a side file belongs to; "" for any other file."""
    if name.startswith(f"{TABLES}/"):
        return f"{DOCUMENTS}/{name.removeprefix(f'{TABLES}/').removesuffix('.xlsx')}.docx"
    for place, folder in _SOURCES.items():
        if name.startswith(f"{place}/"):
            return f"{folder}/{name.removeprefix(f'{place}/')}"
    return ""


@dataclass(frozen=True, slots=True)
class Site:
    """A workspace, the root whose templates serve it, and ``--out`` if it was given."""

    folder: Path
    root: Path
    out: Path | None = None

    @property
    def name(self) -> str:
        """The workspace's own name, also of «.»."""
        return self.folder.resolve().name

    @property
    def output(self) -> Path:
        """The output folder: in the root, or beside a workspace that lies outside of it."""
        return output_base(self.folder, self.root, self.out) / self.name


@dataclass(frozen=True, slots=True)
class Findings:
    """The problems of one workspace, and the exit code that follows.

    ``accepted`` are remarks of which a person has said that they do not matter.
    """

    name: str
    problems: list[Problem] = field(default_factory=list)
    exit_code: ExitCode = ExitCode.DONE
    accepted: list[Problem] = field(default_factory=list)


def output_base(workspace: Path, root: Path, out: Path | None) -> Path:
    """Return the folder in which each workspace has its outputs.

    That is ``--out``, else ``output/`` in the root, or beside a workspace outside the root: real
    data do not go into a checkout or an installation that only lends its templates.
    """
    if out is not None:
        return out
    folder = workspace.resolve()
    is_inside = folder.is_relative_to(root.resolve())
    return (root if is_inside else folder.parent) / OUTPUT


def choose_outputs(named: Iterable[Path], outputs: Sequence[Path]) -> tuple[Path, ...]:
    """Return the finished files that a person names by a path or only by a name.

    Raises:
        UsageError: when there is no such file, or several of one name.
    """
    chosen: list[Path] = []
    problems: list[Problem] = []
    for path in named:
        found = _found(path, outputs)
        if len(found) == 1:
            chosen.append(found[0])
        elif found:
            which = "; ".join(f"«{one}»" for one in found)
            message = f"файлов «{path}» несколько: {which}; назовите один с его папкой"
            problems.append(Problem("usage", Location(file=str(path)), message))
        else:
            message = f"среди готовых файлов нет «{path}»; назовите файл из папки {OUTPUT}"
            problems.append(Problem("usage", Location(file=str(path)), message))
    if problems:
        raise UsageError(problems)
    return tuple(chosen)


def _found(path: Path, outputs: Sequence[Path]) -> list[Path]:
    typed = path.resolve()
    inside = [one for one in outputs if typed.is_relative_to(one.resolve())]
    if inside and typed.is_file():
        return [typed]
    tail = [unicodedata.normalize("NFC", part) for part in path.parts]
    return [
        one.resolve()
        for output in outputs
        for folder in (*_FOLDERS, *SIDE_FOLDERS.keys() & set(tail[:1]))
        for one in sorted((output / folder).rglob("*"))
        if one.is_file() and _ends_with(one, tail)
    ]


def _ends_with(path: Path, tail: Sequence[str]) -> bool:
    parts = [unicodedata.normalize("NFC", part) for part in path.parts]
    return parts[-len(tail) :] == list(tail)
