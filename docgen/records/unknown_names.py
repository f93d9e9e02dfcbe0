"""What to do about a name that no row has, perhaps for want of a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from docgen.errors import Location, command


def remedy_of_unknown(absent: Sequence[str], where: Location) -> str:
    """Return what to do; ``absent`` are the titles of sheets that may have the row and are not."""
    if not absent:
        return "выберите из списка или добавьте запись"
    adding = command("add", absent[0], PurePosixPath(where.file).parent.as_posix())
    return f"листа «{absent[0]}» в книге нет, его добавит {adding}; или выберите из списка"
