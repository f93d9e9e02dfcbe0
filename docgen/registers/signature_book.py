"""The register of signatures: new rows are added below, what people typed stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.errors import Problem, UsageError
from docgen.model import Schema
from docgen.model.columns import CELLS_OF_SIGNATURES, DOCUMENT_KEY, ISSUED, PROPOSED, SIGNATURE_KEY
from docgen.registers.first_signature_book import write_first_signatures
from docgen.registers.own_cells import OwnCell
from docgen.registers.own_rows import OwnRows, read_own_rows
from docgen.registers.shared_books import is_typed, refuse_open

_NEEDED = (DOCUMENT_KEY, SIGNATURE_KEY, *CELLS_OF_SIGNATURES)
_REMEDY = "без него строки не узнать; верните его или переименуйте книгу — будет создана новая"

SignatureKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """An expected signature: its key, and the cells that docgen writes, by column name."""

    key: SignatureKey
    cells: Mapping[str, str]

    @property
    def texts(self) -> dict[str, str]:
        """The texts of a new row by column name: keys, cells, what was proposed for them."""
        texts = {DOCUMENT_KEY: self.key[0], SIGNATURE_KEY: self.key[1]}
        for name in CELLS_OF_SIGNATURES:
            texts[name] = texts[PROPOSED + name] = self.cells.get(name, "")
        return texts


@dataclass(frozen=True, slots=True)
class SignatureUpdate:
    """How many rows were added, and how many are of documents that are no longer made."""

    added: int
    orphans: int


def add_signatures(path: Path, schema: Schema, rows: Sequence[SignatureRow]) -> SignatureUpdate:
    """Add a row for each signature that has none yet; make the workbook if it is missing.

    In rows that are there only docgen's own columns are renewed, and of these only cells that
    still say what docgen wrote. With nothing to add the file is not touched.

    Raises:
        UsageError: when Excel or LibreOffice holds the file, or it cannot be read, kept whole or
            written.
    """
    refuse_open(path)
    unique: dict[SignatureKey, SignatureRow] = {}
    for row in rows:
        unique.setdefault(row.key, row)
    if not path.exists():
        write_first_signatures(path, schema, [row.texts for row in unique.values()])
        return SignatureUpdate(len(unique), 0)
    own = read_own_rows(path, schema, _NEEDED, _REMEDY)
    known = _known(own)
    cells: list[OwnCell] = []
    added = 0
    for key, row in unique.items():
        if key in known:
            cells += _renewed(own, known[key], row)
        else:
            added += 1
            number = own.sheet.last_row + added
            cells += [
                OwnCell(number, own.columns[name], text)
                for name, text in row.texts.items()
                if name in own.columns and text
            ]
    own.write(cells)
    return SignatureUpdate(added, len(known.keys() - unique.keys()))


def note_issued(path: Path, schema: Schema, documents: Collection[str], day: dt.date) -> int:
    """Write a day into the empty cells «Выдано» of documents, by their keys; return how many.

    Raises:
        UsageError: when Excel or LibreOffice holds the file, or it cannot be read, kept whole or
            written; also for cells that are not to be written, once the others are.
    """
    own = read_own_rows(path, schema, _NEEDED, _REMEDY)
    wanted = {" ".join(one.split()) for one in documents}
    cells: list[OwnCell] = []
    problems: list[Problem] = []
    for (document, _), row in _known(own).items():
        if document in wanted and ISSUED in own.columns and not own.rows[row][ISSUED].strip():
            cell = OwnCell(row, own.columns[ISSUED], day)
            why = own.sheet.refusal(cell)
            if why:
                problems.append(Problem("usage", own.sheet.grid.spot(row, cell.column), why))
            else:
                cells.append(cell)
    own.write(cells)
    if problems:
        raise UsageError(problems)
    return len(cells)


def _known(own: OwnRows) -> dict[SignatureKey, int]:
    """Return the rows by their keys."""
    known: dict[SignatureKey, int] = {}
    for number, texts in own.rows.items():
        if texts[DOCUMENT_KEY]:
            document, signature = (texts[name] for name in (DOCUMENT_KEY, SIGNATURE_KEY))
            known[" ".join(document.split()), " ".join(signature.split())] = number
    return known


def _renewed(own: OwnRows, number: int, row: SignatureRow) -> Iterator[OwnCell]:
    """Yield docgen's own cells of a row that say something new, unless people typed over them."""
    texts = own.rows[number]
    for name in CELLS_OF_SIGNATURES:
        wanted, proposed = row.cells.get(name, ""), texts.get(PROPOSED + name)
        if proposed is None or proposed == wanted or is_typed(texts[name], proposed):
            continue
        yield OwnCell(number, own.columns[name], wanted, texts[name])
        yield OwnCell(number, own.columns[PROPOSED + name], wanted, proposed)
