"""What was signed, as the archive keeps it: the paragraphs and tables of an order."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.model.workbooks import Table


@dataclass(frozen=True, slots=True)
class SignedBlock:
    """A paragraph or a table of a signed paper, with the name of its style.

    The style of a table is that of its first paragraph. Of the cells of a table each paragraph is
    a line; merged cells stand in each row that they cover.
    """

    style: str
    text: str = ""
    table: Table | None = None
