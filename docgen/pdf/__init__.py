"""Turn .docx into .pdf with LibreOffice: the only module that runs it, and trusts nothing it says.

Its exit code is 0 with a full disk, a broken input or half of the files skipped, so each PDF is
opened before it counts. A document on which LibreOffice hangs or crashes is found, set aside with
a problem, and the rest is finished.
"""

from __future__ import annotations

from docgen.pdf.batches import BATCH_SIZE, BatchConverter, Converter
from docgen.pdf.composed import PAGES_PER_BATCH, WAY, ComposingConverter
from docgen.pdf.office import Office, find_office, office_stamp

__all__ = [
    "BATCH_SIZE",
    "PAGES_PER_BATCH",
    "WAY",
    "BatchConverter",
    "ComposingConverter",
    "Converter",
    "Office",
    "find_office",
    "office_stamp",
]
