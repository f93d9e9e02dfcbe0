"""Documents (.docx) to PDFs with LibreOffice: the only package that runs it.

LibreOffice's exit code is 0 with a full disk, a broken input or half of the files skipped, so each
PDF is opened before it counts. A document on which LibreOffice hangs or crashes is found, set aside
with a problem, and the rest is finished.

``press`` is where documents come in, ``server`` is where LibreOffice is called, ``office`` knows
where it is installed.
"""

from __future__ import annotations

from docgen.pdf.bundles import PdfResult
from docgen.pdf.cluster import refuse_open_ways
from docgen.pdf.office import Office, find_office, office_program, office_stamp
from docgen.pdf.pdf_files import FinishedPdf
from docgen.pdf.press import PAGES_PER_CALL, Press, ReportProgress
from docgen.pdf.press_places import join_cluster, open_press
from docgen.pdf.recipe import recipe

__all__ = [
    "PAGES_PER_CALL",
    "FinishedPdf",
    "Office",
    "PdfResult",
    "Press",
    "ReportProgress",
    "find_office",
    "join_cluster",
    "office_program",
    "office_stamp",
    "open_press",
    "recipe",
    "refuse_open_ways",
]
