"""Files that lie beside documents and packets, in folders named after what they are for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docgen.errors import Problem
from docgen.pipeline.output.document_files import DocumentJob
from docgen.pipeline.output.manifest import side_path
from docgen.pipeline.output.places import PDFS
from docgen.pipeline.output.store import OutputStore


@dataclass(slots=True)
class SideFiles:
    """Accumulates the files of one such folder while they are made or found.

    ``by_key`` has name and SHA-256 of the file of each document; ``edited`` are those of ``files``
    that a person has changed.
    """

    by_key: dict[str, tuple[str, str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    edited: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def side_name(folder: str, job: DocumentJob) -> str:
    """Return where the file of a document lies in such a folder of the output."""
    return f"{folder}/{job.pdf.removeprefix(f'{PDFS}/')}"


def carry_over(
    kind: str,
    jobs: Sequence[DocumentJob],
    before: Sequence[Mapping[str, Any]],
    found: SideFiles,
    store: OutputStore,
) -> None:
    """Let documents that a run is not asked for keep their side files in the manifest.

    Args:
        kind: The key of the side file in a document's entry, e.g. ``original``.
        jobs: The documents that the run leaves alone.
        before: The documents of the manifest that an earlier build left.
        found: Takes the files in.
        store: Where they lie.
    """
    known = {one["key"]: one.get(kind) for one in before}
    for job in jobs:
        entry = known.get(job.key)
        if entry and store.is_there(side_path(entry)):
            found.by_key.setdefault(job.key, (side_path(entry), entry["sha256"]))
