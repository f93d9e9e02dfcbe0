"""Meetings of bodies: who was present, how many members a body has, how many it needs to decide."""

from __future__ import annotations

from typing import Final

from docgen.model.columns import MEETINGS, MEMBERS
from docgen.wording.list_filters import by_alphabet
from docgen.wording.protocols import MeetingView, MemberView, WorkerView, to_worker
from docgen.wording.record_views import derived_value
from docgen.wording.register_rows import rows_of

_ALL: Final = "все"


def _members(meeting: MeetingView) -> list[WorkerView]:
    """Return the members of the meeting's body on its day, by the sheet of members."""
    rows: list[MemberView] = [*rows_of(meeting.scope, MEMBERS, орган=str(meeting.орган))]
    return [row.сотрудник for row in rows]


@derived_value(MEETINGS, "присутствующие")
def present_people(meeting: MeetingView) -> list[object]:
    """Return those named as present, by the alphabet; «все» means all members of the body."""
    typed = meeting.присутствовали
    found: list[object] = [one for one in typed if to_worker(one) is not None]
    if _ALL in map(str, typed):
        found += [one for one in _members(meeting) if one not in found]
    return by_alphabet(found)


@derived_value(MEETINGS, "присутствует")
def present_count(meeting: MeetingView) -> int:
    """Return how many were present: those who are named, else the number typed, else none."""
    return len(present_people(meeting)) or meeting.сколько or 0


@derived_value(MEETINGS, "всего_членов")
def member_count(meeting: MeetingView) -> int:
    """Return how many members the body has: the number typed, else those of the sheet."""
    return meeting.членов or len(_members(meeting))


@derived_value(MEETINGS, "нужно")
def quorum(meeting: MeetingView) -> int:
    """Return how many members must be present: the number typed, else half of them."""
    return meeting.кворум or (member_count(meeting) + 1) // 2
