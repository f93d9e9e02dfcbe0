"""Declining surnames: the classes that the engine gets wrong or that families decide."""

from __future__ import annotations

import re

from docgen.russian import case_readings, exceptions, morphology
from docgen.russian.case_forms import Source, restore_letters
from docgen.russian.noun_endings import ADJECTIVE_SIM, ADJECTIVE_YM, HARD, SOFT, SOFT_ADJECTIVE, TS
from docgen.russian.surname_rules import (
    ADJECTIVE_OR_NOT,
    FAMILY,
    NOUN_OR_POSSESSIVE,
    OF_FAMILY,
    OFTEN_ADJECTIVES,
    SIBILANTS,
    SOFT_SIBILANT,
    STRESS,
    VOWELS,
    InflectedWord,
    engine_indeclinable,
    in_a,
    in_foreign_a,
    in_ja,
    syllables,
)
from docgen.russian.women_surnames import WOMAN_RULES
from docgen.russian.word_readings import WordReading


def _drops_vowel(word: str, form: str) -> bool:
    """Whether a form loses a vowel of the stem: «перец» -> «перца»."""
    stem = word.rstrip("ьй").replace("ё", "е")
    return not form.replace("ё", "е").startswith(stem)


def _in_ec(word: str, case: str) -> InflectedWord | None:
    """Decline -ец: the vowel falls out unless two consonants before it would make three."""
    if not word.endswith("ец"):
        return None
    stem = word[:-2]
    reason = FAMILY
    if stem[-1:] in VOWELS:
        return InflectedWord(stem + "йц" + TS[case], "rule", "")
    if stem[-1:] == "л" and len(stem) > 1 and stem[-2] in VOWELS:
        stem += "ь"
    # «Мудреца», «Хейфеца»: without the vowel there would be three consonants in a row.
    two = len(stem) > 1 and stem[-2] not in VOWELS and (stem[-1] in "влмнрш" or stem[-2] == "й")
    if two or syllables(word) == 1:
        return InflectedWord(
            word + (TS if stem[-2:-1] == "й" else HARD)[case],
            "rule",
            reason,
        )
    is_stressed = syllables(word) == 2 or word.endswith("унец")
    return InflectedWord(stem + "ц" + (HARD if is_stressed else TS)[case], "rule", reason)


def _in_ok(word: str, case: str) -> InflectedWord | None:
    """Decline -ёнок, -онок: the vowel falls out; other -ок, -ек keep it."""
    if re.fullmatch(r".+(?:[её]|[жшчщр]о)нок", word):
        return InflectedWord(word[:-2] + "к" + HARD[case], "rule", "")
    if re.fullmatch(r".+[оеё]к", word):
        reason = "" if word.endswith(exceptions.TURKIC_ENDINGS) else FAMILY
        return InflectedWord(word + HARD[case], "rule", reason)
    return None


def _in_sibilant(word: str, case: str) -> InflectedWord | None:
    """Decline -ач, -яч, -ыч, -ёж with a stressed ending, -ич, -иш and the rest without."""
    if word[-1:] not in SIBILANTS and not word.endswith("ц"):
        return None
    if word.endswith("ц"):
        return InflectedWord(word + TS[case])
    if word.endswith("ич"):
        stressed = word in exceptions.STRESSED_ICH
        return InflectedWord(
            word + (HARD if stressed else TS)[case],
            "exception" if stressed else "rule",
        )
    stressed = word.endswith(("ач", "яч", "аш")) or (syllables(word) == 1 and word[-1] in "чщж")
    is_sure = word.endswith("ач") or case != "твор"
    return InflectedWord(
        word + (HARD if stressed else TS)[case],
        "rule",
        "" if is_sure else STRESS,
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
        return InflectedWord(word[:-2] + SOFT_ADJECTIVE[case], "rule", ADJECTIVE_OR_NOT)
    if word.endswith(("кий", "хий")) and not word.endswith(("ский", "цкий", "дзкий")):
        return InflectedWord(word[:-2] + ADJECTIVE_SIM[case], "rule", ADJECTIVE_OR_NOT)
    return None


def _noun_in_ij(word: str, case: str, source: Source) -> InflectedWord:
    return InflectedWord(word[:-1] + ("и" if case == "пред" else SOFT[case]), source)


def _in_j(word: str, case: str) -> InflectedWord | None:
    """Decline -ай, -ей, -уй, -юй, -яй: nouns without exception, «Шаляй» -> «Шаляя»."""
    if not re.fullmatch(r".*[аеуэюя]й", word):
        return None
    return InflectedWord(word[:-1] + SOFT[case])


def _in_oj(word: str, case: str) -> InflectedWord | None:
    """Decline -ой: of one syllable, common nouns, first names as nouns, the rest as adjectives."""
    if not word.endswith("ой"):
        return None
    is_short = syllables(word) == 1
    if is_short or morphology.common_noun_form(word, case):
        reason = "" if is_short else "фамилия-существительное на -ой"
        return InflectedWord(word[:-1] + SOFT[case], "rule", reason)
    if morphology.first_name_genders(word) or word.endswith(("бой", "строй", "крой")):
        return InflectedWord(word[:-1] + SOFT[case], "rule", ADJECTIVE_OR_NOT)
    if _ends_in_noun(word):
        return InflectedWord(word[:-1] + SOFT[case], "rule", ADJECTIVE_OR_NOT)
    reason = "" if word[-3:-2] in OFTEN_ADJECTIVES else ADJECTIVE_OR_NOT
    if word[-3:-2] in {"г", "к", "х", *SIBILANTS}:
        return InflectedWord(word[:-2] + ADJECTIVE_SIM[case], "rule", reason)
    return InflectedWord(word[:-2] + ADJECTIVE_YM[case], "rule", reason)


def _ends_in_noun(word: str) -> bool:
    """Whether a prefix stands before a common noun: «Неупокой»."""
    return word.startswith("не") and any(
        morphology.common_noun_form(word[start:], "род").endswith("оя") for start in (2, 3)
    )


_POSSESSIVE = "притяжательное прилагательное: Лебяжьего или Лебяжего"


def _in_foreign(word: str, case: str) -> InflectedWord | None:
    if word in exceptions.FOREIGN_IN_OV:
        return InflectedWord(word + HARD[case], "exception")
    if re.fullmatch(r"[^аеёиоуыэюя]*[иы]н", word):
        reason = "односложная фамилия на -ин: в творительном -ом (иностранная) или -ым"
        return InflectedWord(word + HARD[case], "rule", reason if case == "твор" else "")
    return None


def _in_in(word: str, case: str) -> InflectedWord | None:
    """Decline -ин, -ов of nouns: «Литвин» -> «Литвином», but «Филин» -> «Филиным»."""
    if case != "твор" or not word.endswith(("ин", "ын", "ов", "ев")):
        return None
    if word in exceptions.NOUN_IN_IN:
        return InflectedWord(word + "ом", "exception", NOUN_OR_POSSESSIVE)
    is_animate = any(r.is_noun and r.is_animate and r.is_known for r in _common(word))
    return InflectedWord(word + "ым", "rule", NOUN_OR_POSSESSIVE) if is_animate else None


def _common(word: str) -> list[WordReading]:
    return [reading for reading in morphology.readings_of(word) if not reading.is_proper]


def _from_noun(word: str, case: str) -> InflectedWord | None:
    """Decline as the common noun that the surname is, with its stress and fleeting vowel."""
    if word[-1] in VOWELS or word.endswith("вель"):
        return None
    genitive = morphology.common_noun_form(word, "род")
    if not genitive.endswith(("а", "я")) or genitive.endswith(("ого", "его")):
        return None
    drops = _drops_vowel(word, genitive)
    if not drops and not word.endswith(("ь", *SIBILANTS)):
        return None
    if drops and syllables(word) == 1:
        # Korean and Chinese names look so too, and short names keep their shape.
        endings = SOFT if word.endswith("ь") else HARD
        return InflectedWord(word.rstrip("ь") + endings[case], "rule", FAMILY)
    form = morphology.common_noun_form(word, case)
    if word.endswith("ич") and case == "твор" and syllables(word) > 1:
        return InflectedWord(form, "rule", STRESS)
    if word.endswith("арь") and case == "твор":
        # «Бондарь»: families do not follow the stress of the noun.
        return InflectedWord(form, "rule", STRESS)
    return InflectedWord(form, "rule", FAMILY if drops and not word.endswith("ей") else "")


def _from_stem(word: str, case: str) -> InflectedWord | None:
    stem = exceptions.SURNAME_STEMS.get(word)
    return InflectedWord(stem + HARD[case], "exception", FAMILY) if stem is not None else None


def _in_soft_sibilant(word: str, case: str) -> InflectedWord | None:
    """Decline men's -шь, -чь, -жь, -щь as nouns in a sibilant: «Мышь» -> «Мыша», «Мышем»."""
    if not word.endswith(("шь", "чь", "жь", "щь")):
        return None
    return InflectedWord(word[:-1] + TS[case], "rule", SOFT_SIBILANT)


def _in_ov(word: str, case: str) -> InflectedWord | None:
    """Decline -ов, -ев of one syllable as nouns rather than possessives."""
    if case == "твор" and word.endswith(("ов", "ев")) and syllables(word) == 1 and word != "львов":
        return InflectedWord(
            word + "ом", "rule", "односложная фамилия на -ов: в творительном -ом или -ым"
        )
    return None


def _in_l(word: str, case: str) -> InflectedWord | None:
    """Decline -вель, -ень that are no common nouns: the vowel may fall out."""
    if not word.endswith(("вель", "ень")) or syllables(word) == 1:
        return None
    return InflectedWord(word[:-1] + SOFT[case], "rule", FAMILY)


def _in_ih(word: str, case: str) -> InflectedWord | None:
    """Decline -их where adjectives have -ых, or of one syllable: «Эрлих» -> «Эрлиха», «Штыха»."""
    if not word.endswith(("их", "ых")):
        return None
    if morphology.adjective_form(word[:-1] + "й", "род"):
        return InflectedWord(word, "unchanged")
    is_short = syllables(word) == 1 and not _is_of_adjectives(word)
    if is_short or re.fullmatch(r".*[бвдзлмпрстфц]их", word):
        return InflectedWord(word + HARD[case])
    return InflectedWord(word, "unchanged", OF_FAMILY) if word.endswith("них") else None


def _is_of_adjectives(word: str) -> bool:
    """Whether the dictionary has the word as a plural genitive: «Злых», not «Штых»."""
    return morphology.is_known(word) and case_readings.has_other_case(word)


def _in_n(word: str, case: str) -> InflectedWord | None:
    """Decline -эн, -юн and the like as nouns; only -ин, -ын are possessives in -ым."""
    if case == "твор" and word.endswith("н") and not word.endswith(("ин", "ын")):
        return InflectedWord(word + "ом")
    return None


_MAN = (
    in_foreign_a,
    _from_stem,
    _in_soft_sibilant,
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
    in_a,
    in_ja,
    engine_indeclinable,
)


def inflect_surname(word: str, gender: str, case: str) -> InflectedWord | None:
    """Return the form of one part of a surname, or ``None`` where the engine's rules are right.

    The word is given in lower case and without hyphens.
    """
    if word in exceptions.INDECLINABLE_SURNAMES:
        return InflectedWord(word, "exception")
    for rule in _MAN if gender == "м" else WOMAN_RULES:
        found = rule(word, case)
        if found is not None:
            return InflectedWord(restore_letters(word, found.text), found.source, found.reason)
    return None
