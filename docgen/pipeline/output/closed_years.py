"""Documents and packets of closed school years: they stay as they are, in their own places.

A year is closed once «Учебный год» of the settings names a later one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docgen.pipeline.output.manifest import SIDE_KINDS, read_manifest, side_path
from docgen.pipeline.output.places import DOCUMENTS, PDFS
from docgen.pipeline.output.privacy import CONTROL_SUFFIX
from docgen.pipeline.output.store import OutputStore


@dataclass(frozen=True, slots=True)
class ClosedYears:
    """The manifest's entries of what earlier years have left."""

    documents: tuple[Mapping[str, Any], ...] = ()
    packets: tuple[Mapping[str, Any], ...] = ()

    def files(self) -> Iterator[str]:
        """Yield the files of closed years by their names in the output."""
        for entry in (*self.documents, *self.packets):
            names = [entry.get("docx"), entry["pdf"]]
            names += [side_path(entry[kind]) for kind in SIDE_KINDS if entry.get(kind)]
            if entry.get("docx") and not entry["pdf"]:
                # A run without LibreOffice makes no PDF, and takes none away.
                names.append(_pdf_beside(entry["docx"]))
            yield from filter(None, names)
        for entry in self.packets:
            yield f"{entry['pdf'].removesuffix('.pdf')}{CONTROL_SUFFIX}.pdf"

    def holds(self, name: str) -> bool:
        """Return whether a closed year has a file of that name, whatever its case."""
        return name.casefold() in {one.casefold() for one in self.files()}

    def free_name(self, name: str, suffix: str, year: str) -> str:
        """Return a name, with its year behind it when a closed year holds the name."""
        if not (year and self.holds(f"{name}{suffix}")):
            return name
        return f"{name} ({year.replace('/', '-')})"


def _pdf_beside(docx: str) -> str:
    """Return where the PDF of a document lies."""
    return f"{PDFS}/{docx.removeprefix(f'{DOCUMENTS}/').removesuffix('.docx')}.pdf"


def closed_years(store: OutputStore, year: str, planned: frozenset[str]) -> ClosedYears:
    """Return what an output holds of years before the one that the settings name.

    Args:
        store: The output.
        year: The school year of the settings, as ``2027/2028``; nothing is closed without one.
        planned: The keys of the documents that are planned now, which are no longer of then.
    """
    if not year:
        return ClosedYears()
    before = read_manifest(store.folder)
    documents = [
        one for one in before["documents"] if _is_before(one, year) and one["key"] not in planned
    ]
    # Sets of a year of which no document is left were those of papers that are of this year now.
    years = {str(one["year"]) for one in documents}
    packets = [one for one in before["packets"] if str(one.get("year") or "") in years]
    return ClosedYears(tuple(documents), tuple(packets))


def _is_before(entry: Mapping[str, Any], year: str) -> bool:
    return "" < str(entry.get("year") or "") < year
