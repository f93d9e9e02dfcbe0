"""Acts that templates name in words: held to the register of acts, as those of points are."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.documents import TemplateLibrary
from docgen.errors import Problem, warning
from docgen.model import Workspace
from docgen.records.act_mentions import act_faults, known_acts


def word_faults(library: TemplateLibrary, workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for each act that a template names otherwise than the register does."""
    known = known_acts(workspace)
    for where, text in library.words():
        for fault in act_faults(text, known):
            yield warning(
                "act-mismatch",
                where,
                f"в тексте шаблона {fault.fault} (акт «{fault.act.identity}»); исправьте шаблон",
            )
