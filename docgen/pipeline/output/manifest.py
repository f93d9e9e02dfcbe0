"""``manifest.json``: what lies in an output folder, in a form that other programs can trust."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from docgen import __version__, pages
from docgen.errors import Location, Problem, UsageError
from docgen.files import atomic_write, file_digest
from docgen.model import MadeDocument, MadePacket

MANIFEST = "manifest.json"
_OF_DOCUMENT = frozenset({"key", "title", "docx", "pdf", "sha256"})
_OF_PACKET = frozenset({"name", "pdf", "sha256", "contents"})
_END = re.compile(rb"%%EOF(?:\r\n|\n|\r)?")


def write_manifest(
    output: Path,
    documents: Sequence[MadeDocument],
    packets: Sequence[MadePacket],
    versions: Mapping[str, str | list[str]],
    kept: Mapping[str, Sequence[Mapping[str, Any]]],
    hashes: Mapping[str, str],
) -> None:
    """Leave the manifest whole in the output folder; paths are relative to it.

    ``versions`` names what the PDFs were made with: LibreOffice, the tools, the fonts allowed.
    ``kept`` are entries of an earlier manifest that a partial run leaves as they are, ``hashes``
    the SHA-256 of files that are known already.
    """

    def hash_of(name: str) -> str:
        return hashes.get(name) or file_digest(output / name)

    made: dict[str, Iterable[Mapping[str, Any]]] = {
        "documents": chain((_document(one, hash_of) for one in documents), kept["documents"]),
        "packets": chain((_packet(one, hash_of) for one in packets), kept["packets"]),
    }
    # Spelled entry by entry: as one value, thousands of papers take five times the memory.
    pieces = [b'{\n  "versions": ', _spelled({"docgen": __version__, **versions}, 1)]
    for name, entries in made.items():
        pieces.append(f',\n  "{name}": ['.encode())
        count = len(pieces)
        for one in entries:
            pieces += [b"\n    " if len(pieces) == count else b",\n    ", _spelled(one, 2)]
        pieces.append(b"]" if len(pieces) == count else b"\n  ]")
    atomic_write(output / MANIFEST, b"".join([*pieces, b"\n}\n"]))


def _spelled(value: object, depth: int) -> bytes:
    """Return a value as JSON, its lines but the first indented as so deep in the whole."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return text.replace("\n", "\n" + "  " * depth).encode("utf-8")


def read_manifest(output: Path) -> dict[str, list[dict[str, Any]]]:
    """Return documents and packets of the manifest.

    None when there is no manifest, or it is not docgen's: other programs have files of that name.
    """
    try:
        told = json.loads((output / MANIFEST).read_text("utf-8"))
        documents, packets = list(told["documents"]), list(told["packets"])
        is_ours = all(
            keys <= one.keys()
            for keys, entries in ((_OF_DOCUMENT, documents), (_OF_PACKET, packets))
            for one in entries
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        is_ours, documents, packets = False, [], []
    return {"documents": documents, "packets": packets} if is_ours else _nothing()


def _nothing() -> dict[str, list[dict[str, Any]]]:
    return {"documents": [], "packets": []}


def _document(one: MadeDocument, hash_of: Callable[[str], str]) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "catalogue": list(one.catalogue),
        "key": one.key,
        "title": one.title,
        "retention": one.retention,
        "private": one.is_private,
        "frozen": one.is_frozen,
        "docx": one.docx,
        "pdf": one.pdf,
        "pages": one.pages,
        "sha256": {
            "docx": hash_of(one.docx),
            "pdf": hash_of(one.pdf) if one.pdf else None,
        },
        "original": _beside(one.original),
        "personnel": _beside(one.personnel),
        "encrypted": _beside(one.encrypted),
        "signatures": [
            {"role": each.role, "page": each.page, "x": each.x, "y": each.y}
            for each in one.signatures
        ],
    }


def _beside(told: tuple[str, str] | None) -> dict[str, str] | None:
    return dict(zip(("pdf", "sha256"), told, strict=True)) if told else None


def _packet(one: MadePacket, hash_of: Callable[[str], str]) -> dict[str, Any]:
    return {
        "name": one.name,
        "pdf": one.pdf,
        "pages": one.pages,
        "sheets": one.sheets,
        "private": one.is_private,
        "sha256": hash_of(one.pdf),
        "contents": [{"title": title, "page": page} for title, page in one.contents],
        "encrypted": _beside(one.encrypted),
    }


def verify_output(output: Path) -> list[Problem]:
    """Return everything that is not as the manifest says: files, hashes, pages, bookmarks, fonts.

    ``output`` is the folder of one workspace, or the one above with a folder for each.

    Raises:
        UsageError: when there is no such folder.
    """
    if not output.is_dir():
        message = f"нет папки «{output}»; укажите папку с готовыми документами"
        raise UsageError([Problem("usage", Location(file=str(output)), message)])
    inner = sorted(path.parent for path in output.glob(f"*/{MANIFEST}"))
    if inner and not (output / MANIFEST).exists():
        return [problem for folder in inner for problem in verify_output(folder)]
    path = output / MANIFEST
    try:
        told = json.loads(path.read_text("utf-8"))
        fonts = frozenset[str](told["versions"].get("fonts", ()))
        # What was signed years ago keeps the fonts of its time, and so does a set that holds it.
        is_old = any(one.get("frozen") for one in told["documents"])
        return [
            *(problem for one in told["documents"] for problem in _check_document(output, one)),
            *(problem for one in told["packets"] for problem in _check_packet(output, one)),
            *(
                problem
                for one in [*told["documents"], *told["packets"]]
                if one["pdf"]
                for problem in _check_fonts(
                    output / one["pdf"], frozenset() if one.get("frozen", is_old) else fonts
                )
            ),
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        message = "нет списка готовых документов или он испорчен; соберите заново: docgen build"
        return [_failed(path, message)]


def _check_document(output: Path, one: Mapping[str, Any]) -> Iterable[Problem]:
    for name in ("docx", "pdf"):
        if one[name]:
            yield from _check_file(output / one[name], one["sha256"][name])
    if one["pdf"] and (output / one["pdf"]).is_file():
        yield from _check_pages(output / one["pdf"], one["pages"])
    for field in ("original", "personnel"):
        if told := one.get(field):
            yield from _check_to_sign(output / told["pdf"], told["sha256"])
    yield from _check_encrypted(output, one)


def _check_encrypted(output: Path, one: Mapping[str, Any]) -> Iterable[Problem]:
    """Yield what is wrong with a copy that nobody can open without its password."""
    told = one.get("encrypted")
    if not told:
        return
    path = output / told["pdf"]
    if not path.is_file() or file_digest(path) != told["sha256"]:
        message = "копии с паролем нет или она изменена; сделайте её заново: docgen build --encrypt"
        yield _failed(path, message)


def _check_to_sign(path: Path, wanted: str) -> Iterable[Problem]:
    """Yield what is wrong with a file that may have been signed since, but not changed."""
    if not path.is_file() or wanted not in revisions_of(path.read_bytes()):
        yield from _check_file(path, wanted)


def revisions_of(data: bytes) -> list[str]:
    """Return the SHA-256 of a PDF as it was before each of its later additions, and as it is.

    A signature is added at the end, so what it was put to is where an earlier end stood.
    """
    ends = [found.end() for found in _END.finditer(data)]
    return [hashlib.sha256(data[:end]).hexdigest() for end in dict.fromkeys([*ends, len(data)])]


def _check_packet(output: Path, one: Mapping[str, Any]) -> Iterable[Problem]:
    path = output / one["pdf"]
    yield from _check_file(path, one["sha256"])
    if path.is_file():
        yield from _check_pages(path, one["pages"])
        yield from _check_contents(path, one["contents"])
    yield from _check_encrypted(output, one)


def _failed(path: Path, message: str) -> Problem:
    return Problem("verify-failed", Location(file=str(path)), message)


def _check_file(path: Path, wanted: str) -> Iterable[Problem]:
    if not path.is_file():
        yield _failed(path, "файла нет; соберите заново: docgen build")
    elif file_digest(path) != wanted:
        yield _failed(path, "файл изменён после сборки; верните его или соберите заново")


def _check_pages(path: Path, wanted: int) -> Iterable[Problem]:
    try:
        found = pages.page_count(path)
    except pages.BrokenPdfError:
        yield _failed(path, "PDF не открывается; соберите заново: docgen build")
        return
    if found != wanted:
        yield _failed(path, f"страниц {found}, а должно быть {wanted}")


def _check_fonts(path: Path, allowed: frozenset[str]) -> Iterable[Problem]:
    """Return what is wrong with the fonts of a PDF; any will do if none are told as allowed."""
    try:
        found = pages.typefaces_of(path)
    except (pages.BrokenPdfError, OSError):
        return
    for one in found:
        if not one.is_embedded:
            yield _failed(
                path,
                f"шрифт «{one.name}» не вложен в PDF: на другом компьютере буквы будут иными; "
                "соберите заново: docgen build",
            )
        elif allowed and one.name not in allowed:
            yield _failed(
                path,
                f"шрифт «{one.name}» не из файла стиля (там {', '.join(sorted(allowed))}); "
                "поставьте шрифты стиля, уберите чужой шрифт из документа и соберите заново: "
                f'docgen build --redo "{path.name}"',
            )


def _check_contents(path: Path, wanted: Sequence[Mapping[str, Any]]) -> Iterable[Problem]:
    try:
        found = pages.outline_of(path)
    except pages.BrokenPdfError:
        return
    if found != [(one["title"], one["page"]) for one in wanted]:
        yield _failed(path, "закладки не совпадают с описью; соберите заново: docgen build")


def is_output(folder: Path) -> bool:
    """Return whether a folder is what a build of one workspace left."""
    return (folder / MANIFEST).is_file()


def outputs_in(folder: Path) -> list[Path]:
    """Return the outputs of workspaces that lie in a folder, or the folder if it is one."""
    inner = sorted(one.parent for one in folder.glob(f"*/{MANIFEST}"))
    return [folder] if is_output(folder) else inner
