"""``manifest.json``: what lies in an output folder, in a form that other programs can trust."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from docgen import __version__, pages
from docgen.errors import Location, Problem
from docgen.files import atomic_write, digest
from docgen.model import MadeDocument, MadePacket

MANIFEST = "manifest.json"


def write_manifest(
    output: Path,
    documents: Sequence[MadeDocument],
    packets: Sequence[MadePacket],
    versions: Mapping[str, str],
) -> None:
    """Leave the manifest whole in the output folder; paths are relative to it."""
    told = {
        "versions": {"docgen": __version__, **versions},
        "documents": [_document(one, output) for one in documents],
        "packets": [_packet(one, output) for one in packets],
    }
    text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    atomic_write(output / MANIFEST, text.encode("utf-8"))


def _document(one: MadeDocument, output: Path) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "catalogue": list(one.catalogue),
        "key": one.key,
        "title": one.title,
        "docx": one.docx,
        "pdf": one.pdf,
        "pages": one.pages,
        "sha256": {
            "docx": digest(output / one.docx),
            "pdf": digest(output / one.pdf) if one.pdf else None,
        },
        "signatures": [
            {"role": each.role, "page": each.page, "x": each.x, "y": each.y}
            for each in one.signatures
        ],
    }


def _packet(one: MadePacket, output: Path) -> dict[str, Any]:
    return {
        "name": one.name,
        "pdf": one.pdf,
        "pages": one.pages,
        "sheets": one.sheets,
        "sha256": digest(output / one.pdf),
        "contents": [{"title": title, "page": page} for title, page in one.contents],
    }


def verify_output(output: Path) -> list[Problem]:
    """Return everything that is not as the manifest says: files, hashes, pages, bookmarks."""
    path = output / MANIFEST
    try:
        told = json.loads(path.read_text("utf-8"))
        documents, packets = told["documents"], told["packets"]
    except (OSError, ValueError, KeyError, TypeError):
        message = "нет списка готовых документов или он испорчен; соберите заново: docgen build"
        return [_failed(path, message)]
    problems: list[Problem] = []
    for one in documents:
        files = {"docx": one["docx"], "pdf": one["pdf"]}
        for name, file in files.items():
            if file:
                problems += _check_file(output / file, one["sha256"][name])
        if one["pdf"] and (output / one["pdf"]).is_file():
            problems += _check_pages(output / one["pdf"], one["pages"])
    for one in packets:
        problems += _check_file(output / one["pdf"], one["sha256"])
        if (output / one["pdf"]).is_file():
            problems += _check_pages(output / one["pdf"], one["pages"])
            problems += _check_contents(output / one["pdf"], one["contents"])
    return problems


def _failed(path: Path, message: str) -> Problem:
    return Problem("verify-failed", Location(file=str(path)), message)


def _check_file(path: Path, wanted: str) -> Iterable[Problem]:
    if not path.is_file():
        yield _failed(path, "файла нет; соберите заново: docgen build")
    elif digest(path) != wanted:
        yield _failed(path, "файл изменён после сборки; верните его или соберите заново")


def _check_pages(path: Path, wanted: int) -> Iterable[Problem]:
    try:
        found = pages.page_count(path)
    except pages.BrokenPdfError:
        yield _failed(path, "PDF не открывается; соберите заново: docgen build")
        return
    if found != wanted:
        yield _failed(path, f"страниц {found}, а должно быть {wanted}")


def _check_contents(path: Path, wanted: Sequence[Mapping[str, Any]]) -> Iterable[Problem]:
    try:
        found = pages.outline_of(path)
    except pages.BrokenPdfError:
        return
    if found != [(one["title"], one["page"]) for one in wanted]:
        yield _failed(path, "закладки не совпадают с описью; соберите заново: docgen build")
