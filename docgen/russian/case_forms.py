"""The values of declension: a declined form, the names of cases and genders, restored capitals."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Literal

from docgen.errors import SignalError

Source = Literal["manual", "exception", "rule", "unchanged"]

CASES = ("им", "род", "дат", "вин", "твор", "пред")
"""The six cases as templates and registers call them."""

OBLIQUE = "похоже, введено не в именительном падеже"
"""Why a name or phrase comes back unchanged: it cannot be declined any further."""

_ALIASES: dict[str, tuple[str, ...]] = {
    "им": ("именительный", "nom", "nominative", "кто", "что"),
    "род": ("рд", "родительный", "gen", "genitive", "чего"),
    "дат": ("дт", "дательный", "dat", "dative", "кому", "чему"),
    # «кого» asks for both genitive and accusative; orders ask «назначить кого?», so it is this one.
    "вин": ("вн", "винительный", "acc", "accusative", "кого", "кого/что", "кого что"),
    "твор": ("тв", "творительный", "ins", "instrumental", "кем", "чем"),
    "пред": (
        *("пр", "предложный", "prep", "prepositional"),
        *("о ком", "о чём", "в ком", "в чём"),
    ),
}
_CASE_BY_NAME = {
    alias.replace("ё", "е"): case
    for case, aliases in _ALIASES.items()
    for alias in (case, *aliases)
}


class WrongArgumentError(SignalError, ValueError):
    """An argument is not understood; the message is a Russian sentence for authors of templates."""


@dataclass(frozen=True, slots=True)
class Form:
    """A text in one case.

    ``source`` says what decided: a form typed by hand, an exception or a rule; ``unchanged`` is the
    text as given. ``check`` marks a form that a person should check; ``reason`` says why, in
    Russian.
    """

    text: str
    source: Source
    check: bool = False
    reason: str = ""


def to_case(word: str) -> str:
    """Return the case that a word names: an abbreviation, a full name or its question.

    Raises:
        WrongArgumentError: when the word names no case.
    """
    key = " ".join(word.lower().replace("ё", "е").strip(" ?.").split())
    case = _CASE_BY_NAME.get(key)
    if case is None:
        raise WrongArgumentError(f"нет такого падежа: «{word}»; есть {', '.join(CASES)}")
    return case


def to_gender(word: str | None) -> str:
    """Return «м», «ж» or, for an empty word, an empty text.

    Raises:
        WrongArgumentError: when the word names no gender.
    """
    key = (word or "").strip(" .").lower()
    if not key:
        return ""
    if key in {"м", "m", "муж", "мужской", "male"}:
        return "м"
    if key in {"ж", "f", "жен", "женский", "female"}:
        return "ж"
    raise WrongArgumentError(f"нет такого пола: «{word}»; пишется «м» или «ж»")


def restore_letters(source: str, form: str) -> str:
    """Return a lower-case form with the capitals and the е of the word that it was made from.

    A stem that was written without ё never gains one (a legal name stays as the charter spells
    it); an ending has the ё of orthography: «КАЗЕННОЕ» -> «КАЗЕННОГО», but «судья» -> «судьёй».
    """
    if source.islower() and "ё" not in form:
        return form
    parts, hyphens = re.split("[-‑]", source), re.findall("[-‑]", source)
    forms = form.split("-")
    if len(parts) == len(forms) > 1:
        # Parts keep their own capitals: «Ростова-на-Дону».
        restored = map(restore_letters, parts, forms)
        return "".join(map("".join, itertools.zip_longest(restored, hyphens, fillvalue="")))
    return _restored_word(source, form)


def _restored_word(source: str, form: str) -> str:
    plain = source.lower().replace("ё", "е")
    letters = list(form)
    for index, letter in enumerate(letters):
        same = index < len(plain) and plain[index] == letter.replace("ё", "е")
        if not same:
            break
        if letter == "ё":
            letters[index] = source[index].lower()
        if source[index].isupper():
            letters[index] = letters[index].upper()
    text = "".join(letters)
    if len(source) > 1 and source.isupper():
        return text.upper()
    if source[:1].isupper():
        return text[:1].upper() + text[1:]
    return text
