"""What a build leaves beside papers and sets: files of theirs in folders of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docgen.errors import Problem
from docgen.pipeline.output import document_files


@dataclass(slots=True)
class Beside:
    """What is there: name and SHA-256 by the key of the paper, all files, what went wrong.

    ``edited`` are those of the files that a person has changed.
    """

    made: dict[str, tuple[str, str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    edited: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def name_beside(folder: str, job: document_files.DocumentJob) -> str:
    """Return where the file of a paper lies in such a folder of the output."""
    return f"{folder}/{job.pdf.removeprefix(f'{document_files.PDFS}/')}"


def carry_over(
    kind: str,
    jobs: Sequence[document_files.DocumentJob],
    before: Sequence[Mapping[str, Any]],
    found: Beside,
    room: document_files.Room,
) -> None:
    """Let papers that a run is not asked for keep in the manifest what lies beside them."""
    known = {one["key"]: one.get(kind) for one in before}
    for job in jobs:
        told = known.get(job.plan.key)
        if told and (room.output / told["pdf"]).is_file():
            found.made.setdefault(job.plan.key, (told["pdf"], told["sha256"]))
