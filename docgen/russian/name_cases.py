"""Declining names of people: gender, parts, capitals, and the engine behind the rules."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from typing import Any

from docgen.errors import SignalError
from docgen.russian import exceptions, morphology
from docgen.russian.case_forms import OBLIQUE, Form, Source, WrongArgumentError, to_case, to_gender
from docgen.russian.form_cache import FormCache
from docgen.russian.letters import SMALL, russian_twin
from docgen.russian.lookalikes import find_lookalikes
from docgen.russian.name_parts import (
    ARTICLES,
    PARTICLES,
    TURKIC,
    NamePiece,
    ends_turkic,
    gender_of_patronymic,
    is_patronymic,
    name_pieces,
)
from docgen.russian.noun_endings import (
    A_HARD,
    A_SIBILANT,
    HARD,
    WOMAN_SOFT,
)
from docgen.russian.oblique_names import is_oblique_name
from docgen.russian.surname_rules import InflectedWord
from docgen.russian.surnames import inflect_surname

_PARTS = {
    "фамилия": "surname",
    "имя": "first",
    "отчество": "patronymic",
    "surname": "surname",
    "first": "first",
    "patronymic": "patronymic",
}
_ENGINE_CASE = {
    "род": "GENITIVE",
    "дат": "DATIVE",
    "вин": "ACCUSATIVE",
    "твор": "INSTRUMENTAL",
    "пред": "PREPOSITIONAL",
}
_ENGINE_PART = {"surname": "LASTNAME", "first": "FIRSTNAME", "patronymic": "MIDDLENAME"}
_WOMAN_SURNAME = re.compile(r".+(?:[оеё]ва|[иы]на|ская|цкая|ая|яя)", re.IGNORECASE)
_MAN_SURNAME = re.compile(r".+(?:[оеё]в|[иы]н|ский|цкий|ый|[аеёиоуыэюя].+ой)", re.IGNORECASE)
_CYRILLIC = re.compile(rf"[{SMALL}’'`]+", re.IGNORECASE)
_BY_SURNAME = "пол определён по фамилии"
MIXED = "в слове «{}» русские буквы вперемешку с латинскими"
_NO_GENDER = "пол не указан и по отчеству не виден"
_NO_PATRONYMIC = "слово на месте отчества на него не похоже: проверьте"
_SHORT_NAME = "короткое иностранное имя: фамилию при нём склоняют не все"
_OTHER_LETTERS = "буквы не русского алфавита: проверьте, как склоняет семья"
_VOWELS = "аеёиоуыэюяәөүұі"
"""Vowels of Russian and of the languages of the republics."""
_COMPOUND_NAME = "составное имя: первую часть склоняют не все"


class WrongEngineError(SignalError):
    """The installed pytrovich declines names wrongly; the message says how, in Russian."""


@functools.cache
def _engine() -> tuple[Any, Any, Any, Any]:
    # Loads late: the rules of names are read from a file, and some commands decline none.
    from pytrovich import Case, Gender, NamePart, PetrovichDeclinationMaker

    return PetrovichDeclinationMaker(), Case, Gender, NamePart


def _engine_form(word: str, part: str, gender: str, case: str) -> str:
    """Return the form of a lower-case word by the rules of the engine."""
    maker, cases, genders, parts = _engine()
    form = maker.make(
        parts[_ENGINE_PART[part]],
        genders["MALE" if gender == "м" else "FEMALE"],
        cases[_ENGINE_CASE[case]],
        word,
    )
    return str(form)


def _first_name(word: str, gender: str, case: str) -> InflectedWord | None:
    """Return the form of a first name that the engine gets wrong, else ``None``."""
    if re.fullmatch(r".*[аеёиоуыэюя]а", word):
        return InflectedWord(word, "unchanged")
    if word.endswith(("жа", "ча", "ща", "ша")):
        return InflectedWord(word[:-1] + A_SIBILANT[case])
    return _man_s_name(word, case) if gender == "м" else _woman_s_name(word, case)


def _man_s_name(word: str, case: str) -> InflectedWord | None:
    """Decline men's names: -ек keeps its vowel, -ц takes -ем, -ия -ии; Slavic -о is doubtful."""
    if word.endswith("ек"):
        return InflectedWord(word + HARD[case])
    if word.endswith("ц") and case == "твор":
        return InflectedWord(word + "ем")
    if word.endswith("ия"):
        return InflectedWord(word[:-1] + {"вин": "ю", "твор": "ей"}.get(case, "и"))
    if word in exceptions.SLAVIC_FIRST_NAMES_IN_O:
        # «Данило» goes like «Данила», «Марко» like «Марк».
        ending = (A_HARD if word.endswith(("ило", "йло")) else HARD)[case]
        reason = "мужское имя на -о: проверьте, как склоняет семья"
        return InflectedWord(word[:-1] + ending, "exception", reason)
    return None


def _woman_s_name(word: str, case: str) -> InflectedWord | None:
    """Decline women's names in -ль, as the norm has it, and in a stressed -ия: «Зульфие»."""
    if word.endswith("ль"):
        return InflectedWord(word[:-1] + WOMAN_SOFT[case])
    if word in exceptions.STRESSED_IYA:
        return InflectedWord(word[:-1] + {"род": "и", "вин": "ю", "твор": "ёй"}.get(case, "е"))
    return None


def _short_patronymic(word: str, case: str) -> InflectedWord | None:
    """Decline «Саввич», «Силыч»; the ending is stressed in «Ильич», «Кузьмич», «Лукич», «Фомич»."""
    if not word.endswith(("ич", "ыч")) or re.fullmatch(r".+[оеё]вич", word):
        return None
    instrumental = "ом" if word in exceptions.STRESSED_ICH else "ем"
    return InflectedWord(
        word + {"род": "а", "дат": "у", "вин": "а", "пред": "е"}.get(case, instrumental)
    )


def _inflect_piece(word: str, part: str, gender: str, case: str) -> InflectedWord:
    """Return the form of a lower-case word without hyphens, in whatever Cyrillic letters."""
    twin = russian_twin(word)
    if twin == word:
        return _inflect_russian(word, part, gender, case)
    form = _inflect_russian(twin, part, gender, case).text
    pairs = enumerate(zip(twin, form, strict=False))
    stem = next((place for place, (one, other) in pairs if one != other), min(len(twin), len(form)))
    return InflectedWord(word[:stem] + form[stem:], "rule", _OTHER_LETTERS)


def _inflect_russian(word: str, part: str, gender: str, case: str) -> InflectedWord:
    found = None
    if part == "surname":
        found = inflect_surname(word, gender, case)
    elif part == "first":
        found = _first_name(word, gender, case)
    elif not is_patronymic(word) and not word.endswith(("ич", "ыч")):
        # «Гёте Иоганн Вольфганг»: a second first name, or the father's name as it is.
        name = _inflect_piece(word, "first", gender, case)
        return replace(name, reason=_NO_PATRONYMIC if name.text != word else "")
    else:
        found = _short_patronymic(word, case)
    if found is not None:
        return found
    return InflectedWord(_engine_form(word, part, gender, case))


def _restore_capitals(source: str, form: str) -> str:
    """Return a lower-case form with the capitals of the written word."""
    if len(source) > 1 and source.isupper():
        return form.upper()
    if source[:1].isupper() and source[1:].islower():
        return form[:1].upper() + form[1:]
    # «О'Нила», «МакГрегора»: a capital may stand within the stem.
    letters = list(form[:1].upper() + form[1:] if source[:1].isupper() else form)
    for place, (one, other) in enumerate(zip(source, form, strict=False)):
        if one.lower() != other:
            break
        letters[place] = one
    return "".join(letters)


def _is_fixed(piece: str, part: str, last: str) -> bool:
    """Whether a part before the last hyphen stays: «Бонч-Бруевича», «Май-оола», «Чимит-Доржу»."""
    if part == "surname":
        return last == "оол" or piece in exceptions.FIXED_FIRST_PARTS
    return part == "patronymic" or _is_fixed_first_name(piece, last)


def _is_fixed_first_name(piece: str, last: str) -> bool:
    is_known = bool(morphology.first_name_genders(piece))
    return last == "оол" or piece in exceptions.FIXED_FIRST_NAME_PARTS or not is_known


def _is_open_compound(pieces: list[str]) -> bool:
    """Whether a compound first name has parts unknown as first names: «Ильяс-Хаджи»."""
    fixed = exceptions.FIXED_FIRST_NAME_PARTS
    own = [low for low in map(str.lower, pieces) if low not in fixed] or pieces
    return own[-1] != "оол" and not all(map(morphology.first_name_genders, own))


def _is_short_foreign(word: str) -> bool:
    """Whether a first name has one syllable and is not in the dictionary: «Вэй», «Хынг»."""
    is_short = sum(letter in _VOWELS for letter in word.lower()) == 1
    is_word = word.isalpha() and not morphology.first_name_genders(word)
    return is_short and is_word


def _is_syllable(word: str) -> bool:
    return len(re.findall(f"[{_VOWELS}]+", word.lower())) == 1


def _inflect_word(word: str, part: str, gender: str, case: str) -> InflectedWord:
    """Return the form of a written word, with its hyphens and capitals."""
    if word.startswith("(") and word.endswith(")"):
        inner = _inflect_word(word[1:-1], part, gender, case)
        return replace(inner, text=f"({inner.text})")
    pieces = word.split("-")
    if ends_turkic(word):
        return InflectedWord(word, "unchanged")
    forms: list[str] = []
    sources: list[InflectedWord] = []
    for index, piece in enumerate(pieces):
        low = piece.lower()
        is_particle = piece.islower() and low in PARTICLES | TURKIC
        if (
            is_particle
            or not _CYRILLIC.fullmatch(low)
            or not low
            or (index < len(pieces) - 1 and _is_fixed(low, part, pieces[-1].lower()))
        ):
            forms.append(piece)
            continue
        found = _inflect_piece(low, part, gender, case)
        forms.append(_restore_capitals(piece, found.text))
        sources.append(found)
    text = "-".join(forms)
    reason = next((found.reason for found in sources if found.reason), "")
    if part == "first" and len(pieces) > 1 and text != word and _is_open_compound(pieces):
        reason = reason or _COMPOUND_NAME
    is_exception = any(found.source == "exception" for found in sources)
    return InflectedWord(text, "exception" if is_exception else "rule", reason)


def _inflect_words(text: str, part: str, gender: str, case: str) -> InflectedWord:
    """Return the form of a part of a name, which may have several words."""
    words = re.split(r"(\s+)", text)
    if words[-1].lower() in TURKIC:
        return InflectedWord(text, "unchanged")
    is_eastern = len(words) > 1 and all(map(_is_syllable, words[::2]))
    if part == "first" and (is_eastern or _is_short_foreign(text)):
        # «Ван Хынг» of Нгуен Ван Хынг is one name: only its end declines.
        last = _inflect_word(words[-1], part, gender, case)
        if gender == "ж" and not text.endswith("а"):
            # «Тхи Хань»: of foreign names of women only those in -а decline.
            return InflectedWord(text, "unchanged")
        changes = last.text != words[-1]
        reason = last.reason or (_SHORT_NAME if changes else "")
        return replace(last, text="".join([*words[:-1], last.text]), reason=reason)
    is_led = [part == "surname" and word.lower() in PARTICLES | ARTICLES for word in words[:-1]]
    found = [
        InflectedWord(word)
        if is_fixed or not word.strip()
        else _inflect_word(word, part, gender, case)
        for word, is_fixed in zip(words, [*is_led, False], strict=True)
    ]
    reason = next((each.reason for each in found if each.reason), "")
    is_exception = any(each.source == "exception" for each in found)
    source: Source = "exception" if is_exception else "rule"
    return InflectedWord("".join(each.text for each in found), source, reason)


def _gender_by_surname(surname: str) -> tuple[str, str]:
    """Return the gender by the ending of a surname, and why to check it: «Щербина» is of either."""
    last = surname.rsplit("-", maxsplit=1)[-1]
    if is_patronymic(last):
        return "", ""
    low = last.lower()
    if _WOMAN_SURNAME.fullmatch(last):
        return "ж", _BY_SURNAME if low.endswith(("ина", "ына")) else ""
    if _MAN_SURNAME.fullmatch(last):
        # «Сафин» has «Сафина» beside him, foreign names in -ин have none.
        is_sure = low.endswith(("ов", "ев", "ёв", "ский", "цкий", "уллин"))
        is_sure = is_sure or (low.endswith(("ин", "ын")) and morphology.is_surname(f"{low}а"))
        return "м", "" if is_sure else _BY_SURNAME
    return "", ""


def _guess_gender(pieces: tuple[NamePiece, ...]) -> tuple[str, str]:
    """Return a gender for declining only, and why to check it (empty if it is sure)."""
    words = {part: [p.text for p in pieces if p.part == part] for part in _ENGINE_PART}
    for patronymic in words["patronymic"]:
        if gender := gender_of_patronymic(patronymic):
            return gender, ""
    for surname in words["surname"]:
        gender, reason = _gender_by_surname(surname)
        if gender:
            return gender, reason
    for first in words["first"]:
        genders = morphology.first_name_genders(first)
        if len(genders) == 1:
            return next(iter(genders)), "пол определён по имени"
    return "", _NO_GENDER


def _both_genders(text: str, pieces: tuple[NamePiece, ...], case: str) -> Form:
    """Return the form that both genders share, else the name unchanged and to be checked."""
    man, woman = (_decline(text, pieces, gender, case) for gender in ("м", "ж"))
    if man.text == woman.text:
        return man
    return Form(text, "unchanged", check=True, reason=_NO_GENDER)


def _decline(text: str, pieces: tuple[NamePiece, ...], gender: str, case: str) -> Form:
    result: list[str] = []
    place = 0
    reasons: list[str] = []
    is_exception = False
    for piece in pieces:
        result.append(text[place : piece.start])
        place = piece.end
        if piece.part == "initials":
            result.append(piece.text)
            continue
        found = _inflect_words(piece.text, piece.part, gender, case)
        result.append(found.text)
        is_exception = is_exception or found.source == "exception"
        if found.reason:
            reasons.append(f"«{piece.text}»: {found.reason}")
    form = "".join([*result, text[place:]])
    if form == text:
        return Form(text, "unchanged", bool(reasons), "; ".join(reasons))
    source: Source = "exception" if is_exception else "rule"
    return Form(form, source, bool(reasons), "; ".join(reasons))


def _decline_whole(fio: str, pieces: tuple[NamePiece, ...], known_gender: str, target: str) -> Form:
    """Return a name in a case by its gender, told or guessed; one in another case stays."""
    if is_oblique_name(pieces, known_gender):
        return Form(fio, "unchanged", check=True, reason=OBLIQUE)
    if known_gender:
        return _decline(fio, pieces, known_gender, target)
    guess, reason = _guess_gender(pieces)
    if not guess:
        return _both_genders(fio, pieces, target)
    form = _decline(fio, pieces, guess, target)
    if not reason:
        return form
    return Form(
        form.text,
        form.source,
        check=True,
        reason="; ".join(filter(None, (reason, form.reason))),
    )


@FormCache
def decline_name(fio: str, case: str, gender: str | None = None, part: str | None = None) -> Form:
    """Return a person's name in a case.

    The name is in the nominative: in full, with initials before or after the surname, in capitals,
    or one ``part`` of it (фамилия, имя, отчество). Without ``gender`` the patronymic decides; a
    form whose gender only surname or first name show is marked for checking.

    Raises:
        WrongArgumentError: when the case, the gender or the part is unknown.
    """
    target = to_case(case)
    known_gender = to_gender(gender)
    if part is not None and part.lower() not in _PARTS:
        raise WrongArgumentError(f"нет такой части имени: «{part}»; есть фамилия, имя, отчество")
    if mixed := find_lookalikes(fio):
        return Form(fio, "unchanged", check=True, reason=MIXED.format(mixed))
    pieces = name_pieces(fio)
    if target == "им" or not pieces:
        return Form(fio, "unchanged")
    if part is not None:
        stripped = fio.strip()
        start = fio.index(stripped)
        pieces = (NamePiece(stripped, start, start + len(stripped), _PARTS[part.lower()]),)
    return _decline_whole(fio, pieces, known_gender, target)


def self_test() -> None:
    """Check that the installed engine is not one that writes «Ольгы», as petrovich 2 does.

    Raises:
        WrongEngineError: when the installed engine declines a sample wrongly.
    """
    samples = (
        ("ольга", "first", "ж", "род", "ольги"),
        ("дмитрий", "first", "м", "пред", "дмитрии"),
        ("кузьма", "first", "м", "вин", "кузьму"),
    )
    for word, part, gender, case, expected in samples:
        form = _engine_form(word, part, gender, case)
        if form != expected:
            raise WrongEngineError(f"установленная pytrovich пишет «{form}» вместо «{expected}»")
