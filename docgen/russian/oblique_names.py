"""Names that cannot stand in the nominative: «Гладилову О.А.», «Ивановой Марии Петровне»."""

from __future__ import annotations

import functools
import re
from typing import Final

from docgen.russian import morphology
from docgen.russian.name_parts import NamePiece

_PATRONYMIC: Final = re.compile(
    r".+(?:[оеё]вич|[ьмкт]ич|славич)(?:а|у|ем|ом|е)|.+(?:[оеё]вн|ичн|славн)(?:ы|е|у|ой)",
)
_ALWAYS: Final = re.compile(r".{2,}(?:[оеё]ву|[оеё]вым|[иы]ным|[сц]кого|[сц]кому|[сц]кую)")
_OF_EITHER: Final = re.compile(r"(.{2,}(?:[оеё]в|[иы]н))(?:у|ой)")
_OF_MAN: Final = re.compile(r"(.{3,}[оеё]в)а")
_OF_WOMAN: Final = re.compile(r".{2,}(?:ск|цк)ой")


@functools.lru_cache(maxsize=4096)
def is_oblique_surname(surname: str, gender: str = "") -> bool:
    """Whether a surname is in an oblique case for certain, of a person of that gender.

    «Береговой» and «Константину» are nominatives, «Ивановой» is not; «Иванова» of a man is not.
    """
    last = surname.lower().rsplit("-", maxsplit=1)[-1]
    if _ALWAYS.fullmatch(last):
        return True
    if gender == "ж" and _OF_WOMAN.fullmatch(last):
        return True
    match = _OF_EITHER.fullmatch(last)
    if match is None and gender == "м" and not morphology.common_noun_form(last, "род"):
        match = _OF_MAN.fullmatch(last)
    if match is None or (morphology.is_surname(last) and not last.endswith("а")):
        return False
    is_adjective = gender != "ж" and bool(morphology.adjective_form(last, "род"))
    return morphology.is_surname(match[1]) and not is_adjective


def is_oblique_name(pieces: tuple[NamePiece, ...], gender: str) -> bool:
    """Whether a written name has a patronymic or surname in an oblique case for certain."""
    for piece in pieces:
        if piece.part == "patronymic" and _PATRONYMIC.fullmatch(piece.text.lower()):
            return True
        if piece.part == "surname" and is_oblique_surname(piece.text, gender):
            return True
    return False
