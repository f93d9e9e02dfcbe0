"""The list of document kinds: registers, variables, fonts, and whether the template is in order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docgen.errors import Problem
from docgen.fonts import find_font
from docgen.pipeline.workspace.prepare import prepare_templates
from docgen.pipeline.workspace.printed_faces import SIGN_FAMILIES


def describe_kinds(folder: Path, root: Path) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Return every kind with its registers, variables, fonts and health, and what is wrong.

    ``folder`` is a workspace with kinds of its own, or any folder without.
    """
    found = prepare_templates(folder, root)
    faults = {problem.where.file for problem in found.problems if problem.is_error}
    described = []
    for name, kind in sorted(found.kinds.items()):
        library = found.library
        shown = found.folders.shown(kind.template)
        described.append(
            {
                "kind": name,
                "title": kind.title,
                "register": kind.register,
                "catalogue": list(kind.catalogue),
                "retention": kind.retention,
                "ground": kind.ground,
                "when": kind.when,
                "template": shown,
                "variables": sorted(library.variables(name)) if library else [],
                "merge_fields": dict(library.merge_fields(name)) if library else {},
                "fonts": [_font(family) for family in (*found.families, *SIGN_FAMILIES)],
                "health": "ошибки" if shown in faults else "в порядке",
            }
        )
    return described, found.problems


def _font(family: str) -> str:
    font = find_font(family)
    if font is None:
        return f"{family}: не установлен"
    return f"{family} → {font.family}" if font.is_substitute else family
