"""The words of signed orders from the archive, for papers that print a part of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from docgen.archive import ARCHIVE, DOCX, read_archive
from docgen.errors import Location
from docgen.model import Family, Kind, Reference, Workspace
from docgen.model.columns import ORDER
from docgen.model.signed_papers import SignedBlock
from docgen.ooxml.signed_blocks import signed_blocks


def with_signed_words(workspace: Workspace, kinds: Mapping[str, Kind]) -> Workspace:
    """Return the workspace with the words of those signed orders of which a paper prints a part.

    The archive is opened only where a kind that quotes has rows.
    """
    named = (
        row.values.get(ORDER)
        for kind in kinds.values()
        if kind.quotes
        for row in workspace.records.get(kind.register, ())
    )
    wanted = {one.identity for one in named if isinstance(one, Reference)}
    if not wanted:
        return workspace
    orders = {name for name, kind in kinds.items() if kind.family == Family.ORDER}
    found: dict[str, tuple[SignedBlock, ...]] = {}
    for paper in read_archive(workspace.folder).papers:
        docx, order = paper.sources.get(DOCX), paper.record.made.get("order", "")
        if docx is None or paper.lost or paper.record.kind not in orders or order not in wanted:
            continue
        where = Location(file=f"{ARCHIVE}/{paper.folder.name}/{DOCX}")
        found[order] = signed_blocks(docx.read_bytes(), where)
    return replace(workspace, signed=found)
