"""Who may open outputs: those with personal data are restricted to the person who built them.

A paper is private when its kind names personal columns, is a consent or says so itself; so are its
PDF, its copy in the archive and every set that holds it. Names stand in titles and file names, so a
workspace with one private paper has its whole output folder closed, with ledger and manifest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from docgen.files import restrict_to_owner
from docgen.model import MadeDocument, MadePacket
from docgen.pipeline.output.ledger import LEDGER_NAME
from docgen.pipeline.output.manifest import MANIFEST, SIDE_KINDS, side_path

CONTROL_SUFFIX = " — контрольный лист"
_SHARED = ("documents", "pdf", "packets")


def restrict_output(output: Path, entries: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Restrict what a manifest calls private, and the folders that hold it, to their owner."""
    for name in _copies(entries):
        for one in (*_folders(Path(name)), Path(name)):
            restrict_to_owner(output / one)
    names = [*_private_files(entries)]
    restrict_to_owner(output / LEDGER_NAME)
    if not names:
        return
    restrict_to_owner(output / MANIFEST)
    restrict_to_owner(output)
    folders = {folder for name in names for folder in _folders(Path(name))}
    for folder in sorted(folders):
        restrict_to_owner(output / folder)
    for name in names:
        restrict_to_owner(output / name)


def privacy_entry(made: MadeDocument | MadePacket) -> dict[str, Any]:
    """Return the part of a manifest entry that concerns rights."""
    if isinstance(made, MadePacket):
        return {"private": made.is_private, "pdf": made.pdf, "encrypted": _named(made.encrypted)}
    return {
        "private": made.is_private,
        "docx": made.docx,
        "pdf": made.pdf,
        "original": _named(made.original),
        "personnel": _named(made.personnel),
        "letterhead": _named(made.letterhead),
        "workbook": {"xlsx": made.workbook[0]} if made.workbook else None,
        "encrypted": _named(made.encrypted),
    }


def _named(side: tuple[str, str] | None) -> dict[str, str] | None:
    return {"pdf": side[0]} if side else None


def _private_files(entries: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[str]:
    for one in entries["documents"]:
        if one.get("private"):
            beside = [one[kind] for kind in SIDE_KINDS if one.get(kind)]
            names = (one["docx"], one["pdf"], *map(side_path, beside))
            yield from filter(None, names)
    for one in entries["packets"]:
        if one.get("private"):
            yield one["pdf"]
            yield f"{one['pdf'].removesuffix('.pdf')}{CONTROL_SUFFIX}.pdf"


def _copies(entries: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[str]:
    """Yield the copies with a password, which are private whatever they hold."""
    for one in [*entries["documents"], *entries["packets"]]:
        if copy := one.get("encrypted"):
            yield copy["pdf"]


def _folders(name: Path) -> Iterator[Path]:
    """Yield the folders of a file except those that hold every document."""
    yield from (one for one in name.parents if one.as_posix() not in {".", *_SHARED})
