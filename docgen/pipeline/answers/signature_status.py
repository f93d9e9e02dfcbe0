"""Electronic signatures on returned files: whose they are, and whether docgen made the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen import pages, signed
from docgen.errors import Location, Problem, UsageError, warning
from docgen.pipeline.output.ledger import read_ledger
from docgen.pipeline.output.manifest import MANIFEST, read_manifest, revisions_of
from docgen.pipeline.output.signed_files import signed_pdfs


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A file with its signatures.

    ``title`` is the paper that the manifest knows this very file as, "" when it knows none;
    ``is_current`` is False when that paper has been made anew since;
    ``waiting`` are the fields that nobody has signed yet; ``is_readable`` is False when the file
    or a signature cannot be read.
    """

    path: Path
    signatures: tuple[signed.ElectronicSignature, ...]
    title: str
    waiting: tuple[str, ...]
    is_readable: bool = True
    is_current: bool = True

    @property
    def is_broken(self) -> bool:
        """Whether a signature does not hold."""
        return not self.is_readable or any(
            one.state is signed.Integrity.CHANGED for one in self.signatures
        )


def returned_files(paths: Sequence[Path], outputs: Sequence[Path]) -> list[ReturnedFile]:
    """Return the given files, and the signed ones of the outputs, with their signatures.

    A file is looked up in the manifests of the outputs and of the folders above it.

    Raises:
        UsageError: when a file is not there.
    """
    for path in paths:
        if not path.is_file():
            message = f"нет файла «{path}»; укажите PDF или файл подписи .sig"
            raise UsageError([Problem("usage", Location(file=str(path)), message)])
    named = dict.fromkeys(_signed_by(path) for path in paths)
    found = dict.fromkeys([*named, *(one for folder in outputs for one in signed_pdfs(folder))])
    known = _known([*outputs, *(one for path in named for one in path.resolve().parents)])
    return [_look(path, known) for path in found]


def check_signatures(output: Path) -> list[Problem]:
    """Return a problem for each signature in an output that does not hold or cannot be checked."""
    problems = []
    for one in returned_files([], [output]):
        where = Location(file=str(one.path))
        if one.is_broken:
            problems.append(Problem("verify-failed", where, signed.Integrity.CHANGED.value))
        problems += [
            warning("verify-failed", where, f"{each.state.value}: {each.note}")
            for each in one.signatures
            if each.state is signed.Integrity.UNKNOWN
        ]
    return problems


def _signed_by(path: Path) -> Path:
    """Return the file that a detached signature belongs to; any other file itself."""
    if path.suffix.lower() not in signed.SIGNATURE_SUFFIXES:
        return path
    bare = path.with_suffix("")
    return next((one for one in (bare, bare.with_suffix(".pdf")) if one.is_file()), path)


def _known(folders: Iterable[Path]) -> dict[str, tuple[str, bool]]:
    """Return title and currency of every file that the manifests list, by SHA-256."""
    known: dict[str, tuple[str, bool]] = {}
    for folder in dict.fromkeys(folders):
        inner = [path.parent for path in folder.glob(f"*/{MANIFEST}")]
        for place in [folder, *inner] if (folder / MANIFEST).is_file() or inner else []:
            manifest, derived = read_manifest(place), read_ledger(place).derived
            for one in manifest["documents"]:
                source = derived.get(str((one.get("original") or {}).get("pdf")), "")
                made_of = source.partition(" ")[0]
                is_current = made_of in {"", one["sha256"]["pdf"]}
                known |= _beside(one, str(one["title"]), is_current=is_current)
                known[str(one["sha256"].get("pdf"))] = (str(one["title"]), True)
            for one in manifest["packets"]:
                known[str(one["sha256"])] = (str(one["name"]), True)
                known |= _beside(one, str(one["name"]))
    return known


def _beside(
    one: Mapping[str, Any], title: str, *, is_current: bool = True
) -> dict[str, tuple[str, bool]]:
    """Return the title of the side files of a manifest entry, by their SHA-256."""
    sides = ((kind, one.get(kind)) for kind in ("original", "personnel", "encrypted"))
    return {
        str(each["sha256"]): (title, is_current or kind != "original")
        for kind, each in sides
        if each
    }


def _look(path: Path, known: Mapping[str, tuple[str, bool]]) -> ReturnedFile:
    data = path.read_bytes()
    hashes = (one for one in revisions_of(data) if one in known)
    title, is_current = next((known[one] for one in hashes), ("", True))
    try:
        found = tuple(signed.signatures_of(path))
        if not (found or title) and path.suffix.lower() == ".pdf":
            pages.page_count(path)
        return ReturnedFile(
            path, found, title, tuple(signed.unsigned_fields(data)), is_current=is_current
        )
    except (signed.BrokenSignatureError, pages.BrokenPdfError):
        return ReturnedFile(path, (), title, (), is_readable=False)
