"""A new workspace with examples."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from docgen import registers
from docgen.catalogue import extend_choices, read_kinds, read_schemas
from docgen.pipeline.workspace.folders import Folders
from docgen.pipeline.workspace.terms import FAR
from docgen.russian import school_year


def make_example(folder: Path, root: Path, today: dt.date) -> list[Path]:
    """Write the workbooks of a new workspace with examples; return their paths.

    In summer they play in the coming school year, as soon as its first order is not far ahead.

    Raises:
        UsageError: when a workbook is already there, or the folder cannot be written.
    """
    folders = Folders(root.resolve(), folder.resolve())
    schemas = extend_choices(read_schemas(folders.schemas), read_kinds(folders.kinds))
    return registers.write_example(folder, schemas, year=school_year(today + FAR))
