"""Declining surnames: the classes that the engine gets wrong or that families decide."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docgen.russian import case_readings, exceptions, morphology
from docgen.russian.case_forms import Source, restore_letters

_VOWELS = "аеёиоуыэюя"
_SIBILANTS = "жшчщ"


@dataclass(frozen=True, slots=True)
class InflectedWord:
    """A lower-case word in a case, with what decided and why to check it."""

    text: str
    source: Source = "rule"
    reason: str = ""


_HARD = {"род": "а", "дат": "у", "вин": "а", "твор": "ом", "пред": "е"}
_SOFT = {"род": "я", "дат": "ю", "вин": "я", "твор": "ем", "пред": "е"}
_TS = {**_HARD, "твор": "ем"}
_A_HARD = {"род": "ы", "дат": "е", "вин": "у", "твор": "ой", "пред": "е"}
_A_SIBILANT = {"род": "и", "дат": "е", "вин": "у", "твор": "ей", "пред": "е"}
_A_STRESSED = {**_A_SIBILANT, "твор": "ой"}
_ADJECTIVE_SIM = {"род": "ого", "дат": "ому", "вин": "ого", "твор": "им", "пред": "ом"}
_ADJECTIVE_YM = {**_ADJECTIVE_SIM, "твор": "ым"}
_SOFT_ADJECTIVE = {"род": "его", "дат": "ему", "вин": "его", "твор": "им", "пред": "ем"}
_WOMAN_ADJECTIVE = {"род": "ой", "дат": "ой", "вин": "ую", "твор": "ой", "пред": "ой"}
_JA = {"род": "и", "дат": "е", "вин": "ю", "твор": "ей", "пред": "е"}
_WOMAN_SOFT_ADJECTIVE = {"род": "ей", "дат": "ей", "вин": "ую", "твор": "ей", "пред": "ей"}

_NOUN_OR_NOT = "склонение зависит от мужской формы фамилии: такая же или без -а"
_FAMILY = "беглая гласная: проверьте, как склоняет семья"
_ADJECTIVE_OR_NOT = "прилагательное или существительное: проверьте, как склоняет семья"
_NOUN_OR_POSSESSIVE = "фамилия-существительное: в творительном -ом или -ым"
_OFTEN_ADJECTIVES = "внтк"
_STRESS = "творительный падеж зависит от ударения"


_OF_FAMILY = "прилагательное («Долгих») или существительное («Миних»): проверьте"


def _syllables(word: str) -> int:
    return sum(letter in _VOWELS for letter in word)


def _drops_vowel(word: str, form: str) -> bool:
    """Whether a form loses a vowel of the stem: «перец» -> «перца»."""
    stem = word.rstrip("ьй").replace("ё", "е")
    return not form.replace("ё", "е").startswith(stem)


def _in_ec(word: str, case: str) -> InflectedWord | None:
    """Decline -ец: the vowel falls out unless two consonants before it would make three."""
    if not word.endswith("ец"):
        return None
    stem = word[:-2]
    reason = _FAMILY
    if stem[-1:] in _VOWELS:
        return InflectedWord(stem + "йц" + _TS[case], "rule", "")
    if stem[-1:] == "л" and len(stem) > 1 and stem[-2] in _VOWELS:
        stem += "ь"
    # «Мудреца», «Хейфеца»: without the vowel there would be three consonants in a row.
    two = len(stem) > 1 and stem[-2] not in _VOWELS and (stem[-1] in "влмнрш" or stem[-2] == "й")
    if two or _syllables(word) == 1:
        return InflectedWord(word + (_TS if stem[-2:-1] == "й" else _HARD)[case], "rule", reason)
    is_stressed = _syllables(word) == 2 or word.endswith("унец")
    return InflectedWord(stem + "ц" + (_HARD if is_stressed else _TS)[case], "rule", reason)


def _in_ok(word: str, case: str) -> InflectedWord | None:
    """Decline -ёнок, -онок: the vowel falls out; other -ок, -ек keep it."""
    if re.fullmatch(r".+(?:[её]|[жшчщр]о)нок", word):
        return InflectedWord(word[:-2] + "к" + _HARD[case], "rule", "")
    if re.fullmatch(r".+[оеё]к", word):
        reason = "" if word.endswith(exceptions.TURKIC_ENDINGS) else _FAMILY
        return InflectedWord(word + _HARD[case], "rule", reason)
    return None


def _in_sibilant(word: str, case: str) -> InflectedWord | None:
    """Decline -ач, -яч, -ыч, -ёж with a stressed ending, -ич, -иш and the rest without."""
    if word[-1:] not in _SIBILANTS and not word.endswith("ц"):
        return None
    if word.endswith("ц"):
        return InflectedWord(word + _TS[case])
    if word.endswith("ич"):
        stressed = word in exceptions.STRESSED_ICH
        return InflectedWord(
            word + (_HARD if stressed else _TS)[case], "exception" if stressed else "rule"
        )
    stressed = word.endswith(("ач", "яч", "аш")) or (_syllables(word) == 1 and word[-1] in "чщж")
    is_sure = word.endswith("ач") or case != "твор"
    return InflectedWord(
        word + (_HARD if stressed else _TS)[case],
        "rule",
        "" if is_sure else _STRESS,
    )


def _from_adjective(word: str, case: str) -> InflectedWord | None:
    """Decline as an adjective of the dictionary: «Сухой» -> «Сухим», «Лесничий» -> «Лесничего»."""
    if not word.endswith(("ой", "ий", "ый")):
        return None
    if morphology.common_noun_form(word, "род").endswith(("ого", "его")):
        return InflectedWord(morphology.common_noun_form(word, case))
    form = morphology.adjective_form(word, case)
    if not form:
        return None
    is_possessive = "ьего" in morphology.adjective_form(word, "род")
    return InflectedWord(form, "rule", _POSSESSIVE if is_possessive else "")


def _in_ij(word: str, case: str) -> InflectedWord | None:
    """Decline Ukrainian nouns in -ий: «Гудзий» -> «Гудзия»."""
    return _noun_in_ij(word, case, "exception") if word in exceptions.NOUN_IN_IJ else None


def _in_unknown_ij(word: str, case: str) -> InflectedWord | None:
    """Decline -гий, -кий, -хий, -ний that are no adjectives of the dictionary."""
    if word.endswith("гий"):
        return _noun_in_ij(word, case, "rule")
    if word.endswith("ний") and not word.endswith(("жний", "шний")):
        return InflectedWord(word[:-2] + _SOFT_ADJECTIVE[case], "rule", _ADJECTIVE_OR_NOT)
    if word.endswith(("кий", "хий")) and not word.endswith(("ский", "цкий", "дзкий")):
        return InflectedWord(word[:-2] + _ADJECTIVE_SIM[case], "rule", _ADJECTIVE_OR_NOT)
    return None


def _noun_in_ij(word: str, case: str, source: Source) -> InflectedWord:
    return InflectedWord(word[:-1] + ("и" if case == "пред" else _SOFT[case]), source)


def _in_j(word: str, case: str) -> InflectedWord | None:
    """Decline -ай, -ей, -уй, -юй, -яй: nouns without exception, «Шаляй» -> «Шаляя»."""
    if not re.fullmatch(r".*[аеуэюя]й", word):
        return None
    return InflectedWord(word[:-1] + _SOFT[case])


def _in_oj(word: str, case: str) -> InflectedWord | None:
    """Decline -ой: of one syllable, common nouns, first names as nouns, the rest as adjectives."""
    if not word.endswith("ой"):
        return None
    is_short = _syllables(word) == 1
    if is_short or morphology.common_noun_form(word, case):
        reason = "" if is_short else "фамилия-существительное на -ой"
        return InflectedWord(word[:-1] + _SOFT[case], "rule", reason)
    if morphology.first_name_genders(word) or word.endswith(("бой", "строй", "крой")):
        return InflectedWord(word[:-1] + _SOFT[case], "rule", _ADJECTIVE_OR_NOT)
    reason = "" if word[-3:-2] in _OFTEN_ADJECTIVES else _ADJECTIVE_OR_NOT
    if word[-3:-2] in {"г", "к", "х", *_SIBILANTS}:
        return InflectedWord(word[:-2] + _ADJECTIVE_SIM[case], "rule", reason)
    return InflectedWord(word[:-2] + _ADJECTIVE_YM[case], "rule", reason)


_POSSESSIVE = "притяжательное прилагательное: Лебяжьего или Лебяжего"


def _in_foreign(word: str, case: str) -> InflectedWord | None:
    if word in exceptions.FOREIGN_IN_OV:
        return InflectedWord(word + _HARD[case], "exception")
    if re.fullmatch(r"[^аеёиоуыэюя]*[иы]н", word):
        reason = "односложная фамилия на -ин: в творительном -ом (иностранная) или -ым"
        return InflectedWord(word + _HARD[case], "rule", reason if case == "твор" else "")
    return None


def _in_in(word: str, case: str) -> InflectedWord | None:
    """Decline -ин, -ов of nouns: «Литвин» -> «Литвином», but «Филин» -> «Филиным»."""
    if case != "твор" or not word.endswith(("ин", "ын", "ов", "ев")):
        return None
    if word in exceptions.NOUN_IN_IN:
        return InflectedWord(word + "ом", "exception", _NOUN_OR_POSSESSIVE)
    is_animate = any(r.is_noun and r.is_animate and r.is_known for r in _common(word))
    return InflectedWord(word + "ым", "rule", _NOUN_OR_POSSESSIVE) if is_animate else None


def _common(word: str) -> list[morphology.WordReading]:
    return [reading for reading in morphology.readings_of(word) if not reading.is_proper]


def _in_foreign_a(word: str, case: str) -> InflectedWord | None:
    """Keep names with a vowel before -а or of one syllable: «Гогуа», «Ма», «Пя»."""
    del case
    is_foreign = re.fullmatch(r".*[аеёиоуыэюя]а|[^аеёиоуыэюя]{1,2}[ая]", word)
    return InflectedWord(word, "unchanged") if is_foreign else None


def _from_noun(word: str, case: str) -> InflectedWord | None:
    """Decline as the common noun that the surname is, with its stress and fleeting vowel."""
    if word[-1] in _VOWELS or word.endswith("вель"):
        return None
    genitive = morphology.common_noun_form(word, "род")
    if not genitive.endswith(("а", "я")) or genitive.endswith(("ого", "его")):
        return None
    drops = _drops_vowel(word, genitive)
    if not drops and not word.endswith(("ь", *_SIBILANTS)):
        return None
    if drops and _syllables(word) == 1:
        # Korean and Chinese names look so too, and short names keep their shape.
        endings = _SOFT if word.endswith("ь") else _HARD
        return InflectedWord(word.rstrip("ь") + endings[case], "rule", _FAMILY)
    form = morphology.common_noun_form(word, case)
    if word.endswith("ич") and case == "твор" and _syllables(word) > 1:
        return InflectedWord(form, "rule", _STRESS)
    return InflectedWord(form, "rule", _FAMILY if drops and not word.endswith("ей") else "")


def _from_stem(word: str, case: str) -> InflectedWord | None:
    stem = exceptions.SURNAME_STEMS.get(word)
    return InflectedWord(stem + _HARD[case], "exception", _FAMILY) if stem is not None else None


def _in_a(word: str, case: str) -> InflectedWord | None:
    """Decline -ша, -ча, -жа, -ща, -ца: the instrumental depends on the stress."""
    if not word.endswith(("ша", "ча", "жа", "ща", "ца")):
        return None
    noun = morphology.common_noun_form(word, "твор")
    reason = ""
    if noun:
        stressed = noun.endswith("ой")
    else:
        stressed = word.endswith(("джа", "нжа", "ча")) and word[-3:-2] not in _VOWELS
        reason = _STRESS if case == "твор" and not word.endswith("ца") else ""
    if word.endswith("ца"):
        endings = {**_A_HARD, "твор": "ой" if stressed else "ей"}
    else:
        endings = _A_STRESSED if stressed else _A_SIBILANT
    return InflectedWord(word[:-1] + endings[case], "rule", reason)


def _in_ov(word: str, case: str) -> InflectedWord | None:
    """Decline -ов, -ев of one syllable as nouns rather than possessives."""
    if case == "твор" and word.endswith(("ов", "ев")) and _syllables(word) == 1 and word != "львов":
        return InflectedWord(
            word + "ом", "rule", "односложная фамилия на -ов: в творительном -ом или -ым"
        )
    return None


def _in_ja(word: str, case: str) -> InflectedWord | None:
    """Decline -я of a common noun with a stressed ending: «Заря» -> «Зарёй»."""
    if case != "твор" or not word.endswith("я") or word.endswith("ия"):
        return None
    form = morphology.common_noun_form(word, case)
    return InflectedWord(form) if form.endswith("ёй") else None


def _in_l(word: str, case: str) -> InflectedWord | None:
    """Decline -вель, -ень that are no common nouns: the vowel may fall out."""
    if not word.endswith(("вель", "ень")) or _syllables(word) == 1:
        return None
    return InflectedWord(word[:-1] + _SOFT[case], "rule", _FAMILY)


def _engine_indeclinable(word: str, case: str) -> InflectedWord | None:
    if word not in exceptions.ENGINE_INDECLINABLE or not word.endswith("а"):
        return None
    return InflectedWord(word[:-1] + _A_HARD[case], "exception")


def _in_ih(word: str, case: str) -> InflectedWord | None:
    """Decline -их where adjectives have -ых, or of one syllable: «Эрлих» -> «Эрлиха», «Штыха»."""
    if not word.endswith(("их", "ых")):
        return None
    if morphology.adjective_form(word[:-1] + "й", "род"):
        return InflectedWord(word, "unchanged")
    is_short = _syllables(word) == 1 and not _is_of_adjectives(word)
    if is_short or re.fullmatch(r".*[бвдзлмпрстфц]их", word):
        return InflectedWord(word + _HARD[case])
    return InflectedWord(word, "unchanged", _OF_FAMILY) if word.endswith("них") else None


def _is_of_adjectives(word: str) -> bool:
    """Whether the dictionary has the word as a plural genitive: «Злых», not «Штых»."""
    return morphology.is_known(word) and case_readings.has_other_case(word)


def _in_n(word: str, case: str) -> InflectedWord | None:
    """Decline -эн, -юн and the like as nouns; only -ин, -ын are possessives in -ым."""
    if case == "твор" and word.endswith("н") and not word.endswith(("ин", "ын")):
        return InflectedWord(word + "ом")
    return None


_MAN = (
    _in_foreign_a,
    _from_stem,
    _from_noun,
    _in_ec,
    _in_ok,
    _in_sibilant,
    _in_ij,
    _from_adjective,
    _in_unknown_ij,
    _in_j,
    _in_oj,
    _in_foreign,
    _in_in,
    _in_n,
    _in_ih,
    _in_ov,
    _in_l,
    _in_a,
    _in_ja,
    _engine_indeclinable,
)


def _woman_in_na(word: str, case: str) -> InflectedWord | None:
    """Decline -ина as possessive unless it is a noun, other -на as nouns: «Замана» -> «Заманы»."""
    if not word.endswith("на"):
        return None
    is_possessive = word.endswith(("ина", "ына"))
    if is_possessive and word not in exceptions.NOUN_IN_INA:
        if morphology.common_noun_form(word, "род").endswith("ны"):
            ending = "у" if case == "вин" else "ой"
            reason = "" if case in {"вин", "твор"} else _NOUN_OR_NOT
            return InflectedWord(word[:-1] + ending, "rule", reason)
        return None
    source: Source = "exception" if is_possessive else "rule"
    return InflectedWord(word[:-1] + _A_HARD[case], source)


def _woman_in_ova(word: str, case: str) -> InflectedWord | None:
    """Decline -ова after one syllable («Сова») as a noun: no man is called Сов."""
    if not word.endswith(("ова", "ева", "ёва")) or word == "львова":
        return None
    if _syllables(word) == 2 or word in exceptions.NOUN_IN_OVA:
        reason = "" if case in {"вин", "твор"} else _NOUN_OR_NOT
        return InflectedWord(word[:-1] + _A_HARD[case], "rule", reason)
    return None


_POSSESSIVE_WOMAN = "притяжательное прилагательное: Лисьей или Лисьи"


def _woman_adjective(word: str, case: str) -> InflectedWord | None:
    """Decline -ая, -яя, -ья of adjectives; Georgian and Tuvan names are nouns."""
    if not word.endswith(("ая", "яя", "ья")):
        return None
    adjective = morphology.adjective_form(word, case)
    if adjective:
        return InflectedWord(adjective, "rule", _POSSESSIVE_WOMAN if word.endswith("ья") else "")
    if word.endswith("ья"):
        return None
    if word[-3:-2] in _SIBILANTS:
        return InflectedWord(word[:-2] + _WOMAN_SOFT_ADJECTIVE[case])
    if word[-3:-2] in _VOWELS:
        return InflectedWord(word[:-1] + _JA[case])
    if word.endswith("ая") and word[-3:-2] not in _OFTEN_ADJECTIVES:
        return InflectedWord(word[:-2] + _WOMAN_ADJECTIVE[case], "rule", _ADJECTIVE_OR_NOT)
    return None


_WOMAN = (
    _in_foreign_a,
    _woman_in_ova,
    _woman_in_na,
    _woman_adjective,
    _in_a,
    _in_ja,
    _engine_indeclinable,
)


def inflect_surname(word: str, gender: str, case: str) -> InflectedWord | None:
    """Return the form of one part of a surname, or ``None`` where the engine's rules are right.

    The word is given in lower case and without hyphens.
    """
    if word in exceptions.INDECLINABLE_SURNAMES:
        return InflectedWord(word, "exception")
    for rule in _MAN if gender == "м" else _WOMAN:
        found = rule(word, case)
        if found is not None:
            return InflectedWord(restore_letters(word, found.text), found.source, found.reason)
    return None
