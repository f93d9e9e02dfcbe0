"""What to do about a name that no row has, perhaps for want of a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath
from typing import Final, Literal

from docgen import russian
from docgen.errors import Location, command
from docgen.model import sameness
from docgen.suggestions import nearest, question

_KINDS: Final[tuple[Literal["name", "phrase"], ...]] = ("name", "phrase")


def remedy_of_unknown(absent: Sequence[str], where: Location) -> str:
    """Return what to do; ``absent`` are the titles of sheets that may have the row and are not."""
    if not absent:
        return "выберите из списка или добавьте запись"
    adding = command("add", absent[0], PurePosixPath(where.file).parent.as_posix())
    return f"листа «{absent[0]}» в книге нет, его добавит {adding}; или выберите из списка"


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


def mixed_letters(item: str, known: Iterable[str]) -> str:
    """Return which letter is Latin, in what was typed or in the name that looks like it."""
    near = nearest(item, known, fold=sameness) or ""
    for text, place in ((item, "здесь"), (near, f"в записи «{near}»")):
        word = russian.find_lookalikes(text)
        if word:
            letter = next(one for one in word if one.isascii())
            return f"; {place} в слове «{word}» буква «{letter}» латинская, наберите его по-русски"
    return ""
