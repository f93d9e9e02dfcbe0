"""PDFs that another program saved last, read through pypdf: pages, outline, page labels.

Signed originals and PDFs that a person edited are such. They may be damaged, locked or hostile, so
whatever pypdf stumbles over becomes a ``BrokenPdfError``.
"""

from __future__ import annotations

import io
import logging
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docgen.pages.objects_read import rewrite_plain
from docgen.pages.syntax import BrokenPdfError
from docgen.pages.viewer import Bookmark, nested

if TYPE_CHECKING:
    from pypdf import PdfReader

_STUMBLES: Final = (
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError),
    *(RuntimeError, OSError, zlib.error, struct.error),
)
"""What pypdf raises beside its own errors: a damaged file has values of any type anywhere."""
_ENCRYPTION: Final = b"/Encrypt"


@dataclass(frozen=True, slots=True)
class ForeignPdf:
    """Pages, outline and page labels of a PDF of another program.

    ``labels`` are the page numbers that a reader program shows, e.g. ``i``, ``ii``, ``1``; a file
    without labels of its own has ``1``, ``2``, … Bookmarks that point nowhere are left out.
    """

    pages: int
    bookmarks: tuple[Bookmark, ...]
    labels: tuple[str, ...]

    @property
    def outline(self) -> list[tuple[str, int]]:
        """Title and page of the top-level bookmarks, in order."""
        return [(one.title, one.page) for one in self.bookmarks]

    @property
    def is_numbered_plainly(self) -> bool:
        """Whether a reader program shows the pages as 1, 2, 3 and so on."""
        return all(label == str(page) for page, label in enumerate(self.labels, start=1))


def read_foreign(source: Path | bytes) -> ForeignPdf:
    """Return pages, outline and page labels of a PDF that any program may have saved.

    Raises:
        LockedPdfError: when it opens with a password only.
        BrokenPdfError: when it is damaged, no PDF at all, or has no pages.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    # For AES pypdf asks for one more library; qpdf takes the encryption off without.
    if _ENCRYPTION not in data:
        try:
            return _read(data)
        except BrokenPdfError:
            # Some damage qpdf mends and pypdf does not, e.g. an end that is cut off.
            pass
    return _read(rewrite_plain(data))


def _read(data: bytes) -> ForeignPdf:
    # Loads late: it takes a tenth of a second, and a build reads no such file.
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    # What it stumbles over it logs with the values of the file; those are nobody's to log.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        labels = tuple(map(str, reader.page_labels))
        bookmarks = tuple(nested(_lines(reader, reader.outline, 0)))
    except (PyPdfError, DependencyError, *_STUMBLES) as error:
        raise BrokenPdfError(f"unreadable PDF: {type(error).__name__}") from error
    if not labels:
        raise BrokenPdfError("PDF without pages")
    return ForeignPdf(len(labels), bookmarks, labels)


def _lines(
    reader: PdfReader, outline: list[Any], depth: int
) -> Iterator[tuple[int, str, int | None]]:
    """Yield depth, title and page of each bookmark; what lies under one follows it as a list."""
    for item in outline:
        if isinstance(item, list):
            yield from _lines(reader, item, depth + 1)
        else:
            index = reader.get_destination_page_number(item)
            yield depth, str(item.title or ""), None if index is None else index + 1
