"""What is said of documents without a PDF: none was made, or it does not paint their words."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from docgen.errors import Location, Problem
from docgen.proof.paper_proof import PageDifference, PageFault
from docgen.proof.readable_quotes import readable

_FAULTS: Final = {
    PageFault.RUN_TOGETHER: "строки набегают одна на другую",
    PageFault.MISPLACED: "строки стоят не на своих местах",
    PageFault.TINY: "шрифт так мелок, что его не прочесть",
    PageFault.TANGLED: "слова нельзя прочесть однозначно",
}


def failure(source: Path, why: str) -> Problem:
    """Return the problem of a document of which no PDF was made."""
    message = (
        f"нет PDF для «{source.name}»: {why}; откройте документ в Word или Writer, проверьте, "
        "что он цел, и повторите сборку"
    )
    return Problem("conversion-failed", Location(file=str(source)), message)


def differing_pages(source: Path, docx: bytes, found: PageDifference) -> Problem:
    """Return the problem of a document whose PDF was refused, with the page and the words."""
    message = (
        f"«{source.stem}»: PDF вышел не таким, как документ, поэтому не выпущен: "
        f"{what_differs(docx, found)}; повторите сборку, а если не поможет, откройте этот файл в "
        "Word, проверьте названное место и сократите его или разбейте на части"
    )
    return Problem("pdf-differs", Location(file=str(source)), message)


def what_differs(docx: bytes, found: PageDifference) -> str:
    """Return on which page a PDF differs from its document, and in which words."""
    page = f"на странице {found.page}"
    if found.letter:
        return f"{page} буква «{found.letter}» нарисована иначе, чем в шрифте"
    if found.fault is not None:
        return f"{page} {_FAULTS[found.fault]}"
    if found.missing and found.painted:
        return (
            f"{page} вместо «{readable(docx, found.missing)}» напечатано "
            f"«{readable(docx, found.painted)}»"
        )
    if found.missing:
        return f"{page} нет слов «{readable(docx, found.missing)}»"
    return f"{page} напечатано лишнее: «{readable(docx, found.painted)}»"
