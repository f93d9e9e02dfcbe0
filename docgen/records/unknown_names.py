"""What to do about a name that no row has: mend its letters, type another, perhaps add a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath
from typing import Final, Literal

from docgen import russian
from docgen.errors import Location, command
from docgen.model import sameness
from docgen.records.check_letters import letter_hint
from docgen.records.pair_names import may_be_called
from docgen.suggestions import nearest, question, suggestion

_KINDS: Final[tuple[Literal["name", "phrase"], ...]] = ("name", "phrase")


def remedy_of_unknown(
    item: str, known: Sequence[str], near: str, absent: Sequence[str], where: Location
) -> str:
    """Return the end of a message about a name: what may have been meant, and what to do.

    Args:
        item: The name as typed.
        known: The names that would have done.
        near: What has been found to be meant by then, as the end of a message; "" if nothing.
        absent: The titles of sheets that may have the row and are not there.
        where: Its cell.
    """
    letters = _mixed_letters(item, known)
    if letters:
        return letters
    near = near or _called_by_initials(item, known) or suggestion(item, known, fold=sameness)
    if not absent:
        return f"{near}; выберите из списка или добавьте запись"
    if near:
        return f"{near}; выберите из списка"
    adding = command("add", absent[0], PurePosixPath(where.file).parent.as_posix())
    return f"; листа «{absent[0]}» в книге нет, его добавит {adding}; или выберите из списка"


def _mixed_letters(item: str, known: Iterable[str]) -> str:
    """Return which letter is Latin, in what was typed or in the name that looks like it."""
    near = nearest(item, known, fold=sameness) or ""
    return letter_hint(item) or letter_hint(near, f"в записи «{near}»")


def _called_by_initials(item: str, known: Iterable[str]) -> str:
    """Return ``; возможно, вы имели в виду «…»`` with the one name that the initials fit."""
    if "." not in item:
        return ""
    found = [name for name in known if may_be_called(item, name)]
    return f"; {question(found[0])}" if len(found) == 1 else ""


def nominative_hint(text: str, known: Iterable[str], is_row: Callable[[str], bool]) -> str:
    """Return which row is meant by its name in an oblique case, or nothing."""
    names = tuple(known)
    for kind in _KINDS:
        for each in russian.nominative_of(text, kind):
            if each.case == "им":
                continue
            meant = each.text if is_row(each.text) else _with_initials(each.text, names)
            if meant:
                return f"; {question(meant)} (вписан {russian.full_case(each.case)} падеж)"
    return ""


def _with_initials(text: str, names: Iterable[str]) -> str:
    """Return the one of the names that a surname with initials means, or nothing."""
    if "." not in text:
        return ""
    surname, *initials = russian.split_name(text)
    found = []
    for name in names:
        own, *rest = russian.split_name(name)
        if sameness(own) == sameness(surname) and [one[:1] for one in rest if one] == [
            one[:1] for one in initials if one
        ]:
            found.append(name)
    return found[0] if len(found) == 1 else ""
