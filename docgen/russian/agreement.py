"""Words that agree with a person or with the document they approve."""

from __future__ import annotations

import functools
import re

from docgen.russian import morphology
from docgen.russian.case_forms import WrongArgumentError, restore_letters

_FORMS: dict[str, tuple[str, str, str, str]] = {
    "УТВЕРЖДЕН": ("УТВЕРЖДЕН", "УТВЕРЖДЕНА", "УТВЕРЖДЕНО", "УТВЕРЖДЕНЫ"),
    "СОГЛАСОВАН": ("СОГЛАСОВАН", "СОГЛАСОВАНА", "СОГЛАСОВАНО", "СОГЛАСОВАНЫ"),
    "ПРИНЯТ": ("ПРИНЯТ", "ПРИНЯТА", "ПРИНЯТО", "ПРИНЯТЫ"),
    "РАССМОТРЕН": ("РАССМОТРЕН", "РАССМОТРЕНА", "РАССМОТРЕНО", "РАССМОТРЕНЫ"),
}
_BOTH = re.compile(r"(\w+)\([-‑]?([а-яё]+)\)", re.IGNORECASE)
_GENDERS = ("м", "ж", "с", "мн")


def agree(
    gender: str,
    masculine: str,
    feminine: str,
    neuter: str | None = None,
    plural: str | None = None,
) -> str:
    """Return the word that agrees with «м», «ж», «с» or «мн».

    Of an unknown gender (empty) both are said: «ознакомлен(а)», «согласен/согласна».

    Raises:
        WrongArgumentError: when the gender is unknown or its word was not given.
    """
    if gender == "":
        if feminine.startswith(masculine):
            return (
                f"{masculine}({feminine[len(masculine) :]})" if feminine != masculine else masculine
            )
        return f"{masculine}/{feminine}"
    words = dict(zip(_GENDERS, (masculine, feminine, neuter, plural), strict=True))
    word = words.get(gender)
    if word is None:
        raise WrongArgumentError(f"нет слова для рода «{gender}»; роды: {', '.join(_GENDERS)}")
    return word


def fit_to_gender(gender: str, text: str) -> str:
    """Return a text with «ознакомлен(а)» made to agree with «м» or «ж», else unchanged.

    The dictionary knows the feminine of «согласен(на)»: no «согласенна». Endings that make no
    woman's word («руководитель(и)») stay.
    """
    if gender not in {"м", "ж"}:
        return text
    return _BOTH.sub(lambda match: _of_gender(gender, match), text)


def _of_gender(gender: str, match: re.Match[str]) -> str:
    masculine, ending = match[1], match[2]
    feminine = _feminine_of(masculine)
    if not feminine.lower().endswith(ending.lower()):
        feminine = masculine + ending
        if not _is_feminine(feminine):
            return match[0]
    return masculine if gender == "м" else feminine


def approved_word(gender: str, *, yo: bool = False, word: str = "УТВЕРЖДЕН") -> str:
    """Return the word of an approval mark: УТВЕРЖДЕН, УТВЕРЖДЕНА, УТВЕРЖДЕНО, УТВЕРЖДЕНЫ.

    It agrees with the approved document. The standard's examples print it without ё; ``yo`` gives
    УТВЕРЖДЁН, which only the masculine has.

    Raises:
        WrongArgumentError: when the word or the gender is unknown.
    """
    key = word.upper().replace("Ё", "Е")
    if key not in _FORMS:
        raise WrongArgumentError(f"нет такой отметки: «{word}»; есть {', '.join(_FORMS)}")
    masculine, feminine, neuter, plural = _FORMS[key]
    if gender == "":
        return neuter
    text = agree(gender, masculine, feminine, neuter, plural)
    return text.replace("ДЕН", "ДЁН").replace("РЕН", "РЁН") if yo and gender == "м" else text


@functools.lru_cache(maxsize=1024)
def _feminine_of(word: str) -> str:
    """Return the feminine of a participle, adjective or verb: «согласен» -> «согласна»."""
    for parse in morphology.parses(word):
        tag = parse.tag
        is_masculine = "masc" in tag and tag.number == "sing" and tag.case in {None, "nomn"}
        form = parse.inflect({"femn"}) if is_masculine and tag.POS != "NOUN" else None
        if form is not None:
            return restore_letters(word, str(form.word))
    return ""


def _is_feminine(word: str) -> bool:
    """Whether the dictionary holds a feminine word: «учительница»."""
    return morphology.is_known(word) and any(
        "femn" in parse.tag and parse.tag.case in {None, "nomn"}
        for parse in morphology.parses(word)
    )
