"""Turn .docx into .pdf with LibreOffice: the only module that runs it, and trusts nothing it says.

Its exit code is 0 with a full disk, a broken input or half of the files skipped, so each PDF is
opened before it counts. A document on which LibreOffice hangs or crashes is found, set aside with
a problem, and the rest is finished.
"""

from __future__ import annotations

from docgen.pdf.bundles import Result
from docgen.pdf.cluster import refuse_open_ways
from docgen.pdf.office import Office, find_office, office_program, office_stamp
from docgen.pdf.pdf_files import PrintedPdf
from docgen.pdf.press import (
    PAGES_PER_CALL,
    Converter,
    Press,
    Told,
    join_cluster,
    open_press,
)
from docgen.pdf.recipe import recipe

__all__ = [
    "PAGES_PER_CALL",
    "Converter",
    "Office",
    "Press",
    "PrintedPdf",
    "Result",
    "Told",
    "find_office",
    "join_cluster",
    "office_program",
    "office_stamp",
    "open_press",
    "recipe",
    "refuse_open_ways",
]
