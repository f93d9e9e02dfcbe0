"""What is tried after a call that failed: which documents again, how, and when to give one up.

A document converted alone has other bytes than one that was composed, though it looks the same. So
that its bytes do not tell how often LibreOffice was killed meanwhile, it is composed once more as
soon as LibreOffice has shown that it works.
"""

from __future__ import annotations

import math
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Final

from docgen.pdf.bundles import Bundle
from docgen.pdf.pdf_files import FinishedPdf

_PARTS: Final = 8
_TRIES_COMPOSED: Final = 2
_TRIES_ALONE: Final = 5
"""Somebody may kill LibreOffice again and again: memory runs out, a machine is overloaded."""

_ROOM_BYTES: Final = 16 << 20
"""LibreOffice keeps the documents and its own pictures there while it works."""


def retries_of(bundle: Bundle, *, has_hung: bool) -> list[Bundle]:
    """Return what to try after a bundle failed, nothing when all has been tried.

    It is tried whole after a crash, then in parts, at last each document alone.
    """
    crashes = bundle.crashes + (not has_hung)
    if not has_hung and crashes < (_TRIES_COMPOSED if bundle.is_composed else _TRIES_ALONE):
        return [replace(bundle, crashes=crashes, may_share_lines=False)]
    if bundle.spare is not None:
        return []
    if len(bundle.documents) > 1:
        limit = math.ceil(len(bundle.documents) / _PARTS)
        return [
            Bundle(
                bundle.documents[start : start + limit],
                is_composed=True,
                crashes=bundle.crashes,
                may_share_lines=False,
            )
            for start in range(0, len(bundle.documents), limit)
        ]
    if bundle.is_composed:
        return [Bundle(bundle.documents, is_composed=False, is_stopgap=True)]
    return []


def once_more(bundle: Bundle, spare: FinishedPdf) -> Bundle:
    """Return the document of a stopgap to be composed again, with what it has already."""
    return Bundle(bundle.documents, is_composed=True, may_share_lines=False, spare=spare)


def reason_of(*, has_hung: bool) -> str:
    """Return why a document is given up."""
    folder = Path(tempfile.gettempdir())
    if shutil.disk_usage(folder).free < _ROOM_BYTES:
        return f"во временной папке «{folder}» почти нет места, LibreOffice негде работать"
    if has_hung:
        return "LibreOffice завис на этом документе"
    return "LibreOffice снова и снова не оставляет PDF, который открылся бы"
