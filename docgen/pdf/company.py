"""Which documents may be laid out in company: a LibreOffice must be known to lay them out as alone.

7.4 is the reference. 25.2 repeats headers of the section before where a first page has none, if
sections differ in their pages, and counts pages on where a document begins with a table; what has
neither is laid out as alone, byte for byte. Tests hold both to it (``tests/batches``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from docgen.batches.members import Member, read_member
from docgen.errors import Location, Problem, Severity

_LEAST_SLOWED: Final = 20
"""Fewer documents take about as long apart."""


def _is_none(_: Member) -> bool:
    return False


def _is_any(_: Member) -> bool:
    return True


def _is_even(member: Member) -> bool:
    return member.has_like_sections and not member.begins_with_table


KNOWN: Final[Mapping[str, Callable[[Member], bool]]] = {"7.4": _is_any, "25.2": _is_even}
"""Versions of LibreOffice that are known to hold, and which documents each holds for."""


@dataclass(slots=True)
class Company:
    """Decides by the version of LibreOffice what is composed; no version is as good as unknown.

    ``version`` is what LibreOffice calls itself and may be learnt before the first document;
    ``is_wanted`` is whether anything is composed at all. ``apart`` counts the documents that are
    converted alone because the version is unknown.
    """

    version: str = ""
    is_wanted: bool = True
    apart: int = 0
    is_said: bool = False

    def member_of(self, docx: bytes) -> Member | None:
        """Return the document to be composed with others, None if it must be converted alone."""
        member = read_member(docx) if self.is_wanted else None
        if member is None or self.takes(member):
            return member
        self.apart += _release(self.version) not in KNOWN
        return None

    def takes(self, member: Member) -> bool:
        """Whether this version is known to lay such a document out in company as alone."""
        return KNOWN.get(_release(self.version), _is_none)(member)

    def remarks(self) -> list[Problem]:
        """Return, once, that much had to be converted alone."""
        if self.is_said or self.apart < _LEAST_SLOWED:
            return []
        self.is_said = True
        message = (
            f"{self.version}: с этой версией docgen ещё не проверен (проверены "
            f"{' и '.join(KNOWN)}), поэтому каждая бумага делается отдельно; бумаги верны, сборка "
            "дольше. Делать ничего не нужно; быстрее собирает проверенная версия LibreOffice"
        )
        return [Problem("office-unknown", Location(), message, Severity.WARNING)]


def _release(version: str) -> str:
    """Return the first two numbers of a version: ``7.4`` of ``LibreOffice 7.4.7.2``."""
    return ".".join(version.rpartition(" ")[2].split(".")[:2])
