"""A finished document: its bytes, and the texts that it prints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FilledDocument:
    """A finished document and the texts that it prints, headers and footers first.

    If it ``has_page_references``, it prints pages of its own places, which are not known yet.
    """

    docx: bytes
    printed: tuple[str, ...]
    has_page_references: bool = False
