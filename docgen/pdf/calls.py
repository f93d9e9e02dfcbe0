"""One call of LibreOffice as a value: what goes in, what came of each load. It may run anywhere.

A call knows no paths and no locks, so it can be sent to another process or machine; equal calls
make equal bytes wherever they run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from docgen.ooxml import Member, compose, inner_prefix, start_mark, without_transparency
from docgen.pages import (
    BrokenPdfError,
    Cut,
    Piece,
    StrangerError,
    cut,
    normalise,
    settle_tagged,
)
from docgen.pdf.flavours import Flavour

_BASE_S = 20.0
_PER_PAGE_S = 0.25

Converting = Callable[[Sequence[bytes], float, Flavour], tuple[list[bytes | None], bool]]
"""Returns a PDF, or None, for each .docx, and whether LibreOffice ended within so many seconds."""


@dataclass(frozen=True, slots=True)
class Load:
    """One file for LibreOffice: a document alone as .docx, or several of one kin to be composed.

    ``titles`` are of the documents in their order; ``pages`` is a guess for all of them.
    """

    content: bytes | tuple[Member, ...]
    titles: tuple[str, ...]
    pages: int

    def to_docx(self) -> bytes:
        """Return the file."""
        return self.content if isinstance(self.content, bytes) else compose(self.content)


@dataclass(frozen=True, slots=True)
class Call:
    """Loads for one call of LibreOffice; ``patience`` stretches the time that it may take."""

    loads: tuple[Load, ...]
    patience: float = 1.0
    flavour: Flavour = Flavour.PLAIN

    @property
    def timeout_s(self) -> float:
        """Return after how many seconds LibreOffice counts as hanging: many times what it takes."""
        return self.patience * (_BASE_S + _PER_PAGE_S * sum(load.pages for load in self.loads))


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a load came to nothing.

    ``strangers`` are members, from 0, that print what the first page of the batch does not.
    """

    strangers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call made: for each load the PDFs of its members, or a fault.

    ``has_ended`` is False when LibreOffice had to be ended.
    """

    made: tuple[tuple[Cut, ...] | Fault, ...]
    has_ended: bool


def perform(call: Call, convert: Converting) -> Outcome:
    """Compose, convert and cut; nothing is raised for a document that fails."""
    documents = [load.to_docx() for load in call.loads]
    if call.flavour is Flavour.TAGGED:
        documents = [without_transparency(document) for document in documents]
    pdfs, has_ended = convert(documents, call.timeout_s, call.flavour)
    pairs = zip(call.loads, pdfs, strict=True)
    made = tuple(_taken(load, pdf, call.flavour) for load, pdf in pairs)
    return Outcome(made, has_ended)


def _taken(load: Load, pdf: bytes | None, flavour: Flavour) -> tuple[Cut, ...] | Fault:
    if pdf is None:
        return Fault()
    try:
        if isinstance(load.content, bytes):
            settle = settle_tagged if flavour is Flavour.TAGGED else normalise
            return (settle(pdf, load.titles[0]),)
        pieces = [
            Piece(start_mark(number), inner_prefix(number), title, member.letters)
            for number, (member, title) in enumerate(zip(load.content, load.titles, strict=True))
        ]
        return tuple(cut(pdf, pieces))
    except StrangerError as error:
        return Fault(error.numbers)
    except BrokenPdfError:
        return Fault()
