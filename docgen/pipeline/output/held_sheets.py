"""Sheets in people's hands, signed or to be signed, that say otherwise than the registers now."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.archive import DOCX, HandedOutSheet
from docgen.archive.word_differences import word_difference
from docgen.errors import Location, Problem, warning
from docgen.model import PlannedDocument, Record, Workspace
from docgen.model.columns import PAIR
from docgen.pipeline.output.archive_changes import differences
from docgen.pipeline.output.document_archive import ArchivedDocument
from docgen.pipeline.workspace.render import Rendered
from docgen.russian import decline_name


def moved_problems(
    planned: PlannedDocument, kept: ArchivedDocument, rendered: Rendered, workspace: Workspace
) -> list[Problem]:
    """Return what registers say otherwise than an archived document."""
    if kept.docx is None:
        return []
    if planned.order is not None:
        return differences(kept, rendered.reads, planned.kind, workspace)
    words = word_difference(kept.docx, rendered.docx)
    return [sheet_problem(planned, rendered, words)] if words else []


def outdated_problems(
    planned: PlannedDocument, sheets: Sequence[HandedOutSheet], rendered: Rendered
) -> list[Problem]:
    """Return a warning where the sheet that was handed out says otherwise than the one made now."""
    if not sheets or planned.order is not None:
        return []
    words = word_difference(sheets[-1].sources[DOCX], rendered.docx)
    return [sheet_problem(planned, rendered, words)] if words else []


def sheet_problem(planned: PlannedDocument, rendered: Rendered, words: str) -> Problem:
    """Return the warning that somebody holds an earlier sheet; ``words`` say how it differs."""
    people = [decline_name(one.name, "род").text for one in rendered.signers if one.name]
    names = ", ".join(people) or "подписавшего"
    said = f": {words}" if words else ""
    message = (
        f"у {names} на руках прежний лист «{planned.title}»; новый говорит иначе{said}. Замените "
        "лист (очистите «Подписано», если оно вписано) или оставьте прежний"
    )
    pair = planned.variables.get(PAIR)
    where = pair.where if isinstance(pair, Record) else Location(file=f"{planned.output}.docx")
    return warning("sheet-outdated", where, message)
