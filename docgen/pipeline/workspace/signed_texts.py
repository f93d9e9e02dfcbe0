"""What signed orders say, appendices too: the words that a changing order may quote."""

from __future__ import annotations

from docgen.archive import DOCX, read_archive
from docgen.model.columns import CHANGES, STATE
from docgen.model.states import UNSIGNED
from docgen.ooxml.docx_text import body_text_of
from docgen.pipeline.workspace.readiness import Ready
from docgen.wording import text_of


def signed_texts(ready: Ready) -> dict[str, str]:
    """Return the texts of archived papers by the short names of their orders, a paragraph a line.

    They are read only where an unsigned order lists changes.
    """
    workspace = ready.workspace
    orders = (workspace.order_of(row) for row in workspace.records.get(CHANGES, ()))
    if not any(one is not None and text_of(one.values.get(STATE)) in UNSIGNED for one in orders):
        return {}
    found: dict[str, list[str]] = {}
    for paper in read_archive(ready.folders.workspace).papers:
        docx, order = paper.sources.get(DOCX), paper.record.made.get("order", "")
        if order and docx is not None and not paper.lost:
            found.setdefault(order, []).extend(body_text_of(docx))
    return {name: "\n".join(lines) for name, lines in found.items()}
