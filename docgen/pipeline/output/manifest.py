"""``manifest.json``: what lies in an output folder, in a form that other programs can trust."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from docgen import __version__
from docgen.files import atomic_write, file_digest
from docgen.model import MadeDocument, MadePacket

MANIFEST = "manifest.json"
SIDE_KINDS = ("original", "personnel", "letterhead", "encrypted", "workbook")
"""Keys under which an entry names the files that lie beside a document or packet."""
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
    """Write the manifest of an output folder; paths are relative to it.

    ``versions`` names what the PDFs were made with: LibreOffice, the tools, the fonts allowed; and
    the heads of the archive's journal, if there is an archive.
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
    """Return a value as JSON, all lines but the first indented by ``depth`` levels."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return text.replace("\n", "\n" + "  " * depth).encode("utf-8")


def read_manifest(output: Path) -> dict[str, list[dict[str, Any]]]:
    """Return documents and packets of the manifest.

    None when there is no manifest, or it is not docgen's: other programs have files of that name.
    """
    try:
        manifest = json.loads((output / MANIFEST).read_text("utf-8"))
        documents, packets = list(manifest["documents"]), list(manifest["packets"])
        is_ours = all(
            keys <= one.keys()
            for keys, entries in ((_OF_DOCUMENT, documents), (_OF_PACKET, packets))
            for one in entries
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        is_ours, documents, packets = False, [], []
    return {"documents": documents, "packets": packets} if is_ours else _nothing()


def listed_hashes(output: Path) -> dict[str, str]:
    """Return the SHA-256 of every file that the manifest lists, by its path in the output."""
    manifest = read_manifest(output)
    found: dict[str, str] = {}
    for entry in (*manifest["documents"], *manifest["packets"]):
        hashes = entry["sha256"]
        for kind in ("docx", "pdf"):
            if entry.get(kind):
                found[entry[kind]] = hashes[kind] if isinstance(hashes, dict) else hashes
        for kind in SIDE_KINDS:
            if side := entry.get(kind):
                found[side_path(side)] = side["sha256"]
    return found


def side_path(side: Mapping[str, str]) -> str:
    """Return where a file lies that an entry names beside its document: a PDF or a workbook."""
    return side.get("pdf") or side["xlsx"]


def _nothing() -> dict[str, list[dict[str, Any]]]:
    return {"documents": [], "packets": []}


def _document(one: MadeDocument, hash_of: Callable[[str], str]) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "catalogue": list(one.catalogue),
        "key": one.key,
        "title": one.title,
        "retention": one.retention,
        "year": one.year,
        "private": one.is_private,
        "frozen": one.is_frozen,
        "docx": one.docx,
        "pdf": one.pdf,
        "pages": one.pages,
        "sha256": {
            "docx": hash_of(one.docx) if one.docx else None,
            "pdf": hash_of(one.pdf) if one.pdf else None,
        },
        "original": _side_file(one.original),
        "personnel": _side_file(one.personnel),
        **({"letterhead": _side_file(one.letterhead)} if one.letterhead else {}),
        **({"workbook": _workbook(one.workbook)} if one.workbook else {}),
        "encrypted": _side_file(one.encrypted),
        "signatures": [
            {"role": each.role, "page": each.page, "x": each.x, "y": each.y}
            for each in one.signatures
        ],
    }


def _side_file(named: tuple[str, str] | None) -> dict[str, str] | None:
    return dict(zip(("pdf", "sha256"), named, strict=True)) if named else None


def _workbook(named: tuple[str, str]) -> dict[str, str]:
    return dict(zip(("xlsx", "sha256"), named, strict=True))


def _packet(one: MadePacket, hash_of: Callable[[str], str]) -> dict[str, Any]:
    foreign = dict(one.foreign)
    return {
        "name": one.name,
        "pdf": one.pdf,
        "pages": one.pages,
        "sheets": one.sheets,
        "private": one.is_private,
        "year": one.year,
        "sha256": hash_of(one.pdf),
        "contents": [
            {"title": title, "page": page} | ({"source": foreign[page]} if page in foreign else {})
            for title, page in one.contents
        ],
        "encrypted": _side_file(one.encrypted),
    }


def revisions_of(data: bytes) -> list[str]:
    """Return the SHA-256 of a PDF at each of its revisions, the present one last.

    A signature is added at the end, so what it was put to is where an earlier end stood.
    """
    ends = [found.end() for found in _END.finditer(data)]
    return [hashlib.sha256(data[:end]).hexdigest() for end in dict.fromkeys([*ends, len(data)])]


def is_output(folder: Path) -> bool:
    """Return whether a folder is what a build of one workspace left."""
    return (folder / MANIFEST).is_file()


def outputs_in(folder: Path) -> list[Path]:
    """Return the outputs of workspaces that lie in a folder, or the folder if it is one."""
    inner = sorted(one.parent for one in folder.glob(f"*/{MANIFEST}"))
    return [folder] if is_output(folder) else inner
