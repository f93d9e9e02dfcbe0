"""The root: the folder that holds templates and schemas."""

from __future__ import annotations

from pathlib import Path

from docgen.errors import Location, Problem, UsageError
from docgen.sources import shipped_roots

TEMPLATES_FOLDER = "templates_docx"
"""The folder that makes its parent a root."""


def find_root(workspace: Path | None, given: Path | None) -> Path:
    """Return the folder that holds ``templates_docx/`` and ``registers/schema/``.

    ``given`` (the option ``--root``) wins; else the nearest folder upwards from the workspace, or
    from the current folder when none is named; else what was installed with docgen.

    Raises:
        UsageError: when ``given`` is no root, or the installation lacks its templates.
    """
    if given is not None:
        if not (given / TEMPLATES_FOLDER).is_dir():
            message = f"в папке «{given}» нет «{TEMPLATES_FOLDER}»; укажите в --root другую папку"
            raise UsageError([Problem("usage", Location(file=str(given)), message)])
        return given
    start = (workspace or Path.cwd()).resolve()
    for folder in (start, *start.parents, *shipped_roots()):
        if (folder / TEMPLATES_FOLDER).is_dir():
            return folder
    message = f"не найдена папка «{TEMPLATES_FOLDER}» с шаблонами; укажите её место в --root"
    raise UsageError([Problem("usage", Location(), message)])
