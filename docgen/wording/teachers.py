"""Who of the staff is a teacher in the words of the law, by the post, unless the register says.

The posts are those of the nomenclature (постановление Правительства № 225), known by their first
words.
"""

from __future__ import annotations

import re
from typing import Final

from docgen.model import Record
from docgen.model.columns import POST, STAFF
from docgen.wording.record_views import RecordView, Scope
from docgen.wording.value_views import text_of

_OTHER_HOUSE: Final = "организация"
_SAID: Final = "педагог"
_POSTS: Final = re.compile(
    r"(?:старш(?:ий|ая) )?(?:"
    r"учитель|преподаватель|педагог|воспитатель|логопед|методист|вожат|тьютор|концертмейстер"
    r"|инструктор-методист|тренер-преподаватель|социальный педагог|музыкальный руководитель"
    r"|мастер производственного обучения|инструктор по (?:физической культуре|труду)"
    r"|руководитель физического воспитания|советник директора по воспитанию)",
    re.IGNORECASE,
)


def teachers_of(scope: Scope) -> list[RecordView]:
    """Return the house's own teachers who work on the document's day, each once, as listed."""
    found: dict[str, Record] = {}
    for row in scope.workspace.records.get(STAFF, ()):
        if not row.is_broken and row.holds_on(scope.day) and is_own_teacher(row):
            found.setdefault(row.identity, row)
    rows = list(found.values())
    scope.note_rows(f"{STAFF}/{_SAID}", rows)
    return [scope.view(row) for row in rows]


def is_own_teacher(row: Record) -> bool:
    """Return whether a worker is a teacher, and of this house."""
    return not text_of(row.values.get(_OTHER_HOUSE)) and _is_teacher(row)


def _is_teacher(row: Record) -> bool:
    said = text_of(row.values.get(_SAID))
    return said == "да" if said else bool(_POSTS.match(text_of(row.values.get(POST))))
