"""Which rows that a person has hidden in the registers new papers read all the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from docgen.errors import Location, Problem
from docgen.model import PlannedDocument, RawSheet, ReadCell
from docgen.model.states import UNSIGNED
from docgen.registers import printed_warning

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(slots=True)
class HiddenReads:
    """The rows hidden by hand, by sheet; filled with the papers that read each of them."""

    rows: Mapping[Location, frozenset[int]] = field(default_factory=dict)
    papers: dict[Location, dict[int, dict[str, None]]] = field(default_factory=dict)

    @classmethod
    def of(cls, sheets: Iterable[RawSheet]) -> HiddenReads:
        """Return what is hidden on these sheets; no paper has read it so far."""
        return cls({sheet.where: sheet.hidden for sheet in sheets if sheet.hidden})

    def note(self, document: PlannedDocument, reads: Mapping[str, ReadCell]) -> None:
        """Note the hidden rows that a paper reads which is still to be signed."""
        if not self.rows or document.state not in UNSIGNED:
            return
        for read in reads.values():
            where = Location(file=read.where.file, sheet=read.where.sheet)
            rows, row = self.rows.get(where), read.where.cell.lstrip(_LETTERS)
            if rows and row and int(row) in rows:
                by_row = self.papers.setdefault(where, {})
                by_row.setdefault(int(row), {})[document.title] = None

    def problems(self) -> Iterator[Problem]:
        """Yield a warning for each sheet whose hidden rows are in new papers."""
        for where, by_row in self.papers.items():
            titles = dict.fromkeys(title for papers in by_row.values() for title in papers)
            yield printed_warning(where, sorted(by_row), list(titles))
