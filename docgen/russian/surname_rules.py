"""What the rules of men's and women's surnames share: their result, reasons, foreign -а, -ша."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docgen.russian import exceptions, morphology
from docgen.russian.case_forms import Source
from docgen.russian.noun_endings import A_HARD, A_SIBILANT, A_STRESSED

VOWELS = "аеёиоуыэюя"
SIBILANTS = "жшчщ"


@dataclass(frozen=True, slots=True)
class InflectedWord:
    """A lower-case word in a case, with what decided and why to check it."""

    text: str
    source: Source = "rule"
    reason: str = ""


NOUN_OR_NOT = "склонение зависит от мужской формы фамилии: такая же или без -а"
FAMILY = "беглая гласная: проверьте, как склоняет семья"
ADJECTIVE_OR_NOT = "прилагательное или существительное: проверьте, как склоняет семья"
NOUN_OR_POSSESSIVE = "фамилия-существительное: в творительном -ом или -ым"
OFTEN_ADJECTIVES = "внтк"
STRESS = "творительный падеж зависит от ударения"
SOFT_SIBILANT = "мужская фамилия на -шь, -чь: проверьте, как склоняет семья"


OF_FAMILY = "прилагательное («Долгих») или существительное («Миних»): проверьте"


def syllables(word: str) -> int:
    """Return how many vowels a word has."""
    return sum(letter in VOWELS for letter in word)


def in_foreign_a(word: str, case: str) -> InflectedWord | None:
    """Keep names with a vowel before -а or of one syllable: «Гогуа», «Ма», «Пя»."""
    del case
    is_foreign = re.fullmatch(r".*[аеёиоуыэюя]а|[^аеёиоуыэюя]{1,2}[ая]", word)
    return InflectedWord(word, "unchanged") if is_foreign else None


def in_a(word: str, case: str) -> InflectedWord | None:
    """Decline -ша, -ча, -жа, -ща, -ца: the instrumental depends on the stress."""
    if not word.endswith(("ша", "ча", "жа", "ща", "ца")):
        return None
    noun = morphology.common_noun_form(word, "твор")
    reason = ""
    if noun:
        stressed = noun.endswith("ой")
    else:
        stressed = word.endswith(("джа", "нжа", "ча")) and word[-3:-2] not in VOWELS
        reason = STRESS if case == "твор" and not word.endswith("ца") else ""
    if word.endswith("ца"):
        endings = {**A_HARD, "твор": "ой" if stressed else "ей"}
    else:
        endings = A_STRESSED if stressed else A_SIBILANT
    return InflectedWord(word[:-1] + endings[case], "rule", reason)


def in_ja(word: str, case: str) -> InflectedWord | None:
    """Decline -я of a common noun with a stressed ending: «Заря» -> «Зарёй»."""
    if case != "твор" or not word.endswith("я") or word.endswith("ия"):
        return None
    form = morphology.common_noun_form(word, case)
    return InflectedWord(form) if form.endswith("ёй") else None


def engine_indeclinable(word: str, case: str) -> InflectedWord | None:
    """Decline Slavic -а that the engine leaves as it is: «Рева»."""
    if word not in exceptions.ENGINE_INDECLINABLE or not word.endswith("а"):
        return None
    return InflectedWord(word[:-1] + A_HARD[case], "exception")
