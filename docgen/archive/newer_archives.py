"""Archives into which a later docgen has written: this one reads what it can and writes nothing."""

from __future__ import annotations

from docgen.archive.archive_contents import Archive
from docgen.errors import Location, Problem


def newer_problem(archive: Archive, shown: str) -> Problem:
    """Return the error that an archive, whose path is ``shown``, is of a later docgen."""
    message = (
        f"с архивом работал более новый docgen (непонятных бумаг: {len(archive.newer)}); эта "
        "версия таких бумаг не читает и в архив ничего не пишет; обновите docgen на этом компьютере"
    )
    return Problem("archive-newer", Location(file=shown), message)
