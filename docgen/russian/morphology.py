"""The dictionary: how a word can be read, and its forms."""

from __future__ import annotations

import functools
import re
from typing import Any

from docgen.russian.case_forms import restore_letters
from docgen.russian.exceptions import (
    ANIMATE_ENDINGS,
    ANIMATE_NOUNS,
    CONTRACTIONS,
    DETERMINERS,
    INANIMATE_NOUNS,
    LOAN_MODELS,
    MASCULINE_NOUNS,
)
from docgen.russian.word_readings import BorrowedParse, WordReading

GRAMMEMES = {"род": "gent", "дат": "datv", "вин": "accs", "твор": "ablt", "пред": "loct"}
_GENDERS = {"masc": "м", "femn": "ж", "neut": "с"}
PROPER = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Trad"})
"""Marks of names in the dictionary."""
_CYRILLIC = re.compile(r"[А-Яа-яЁё’'-]+")
ADJECTIVES = frozenset(("ADJF", "PRTF"))
"""Adjectives and participles, as the dictionary calls them."""
_NEW_NOUN = re.compile(r"[а-яё]{2,}[бвгдзклмнпрстф]")
"""New words in a hard consonant; the dictionary guesses «квиз» to be many «квизы»."""
_PARTICIPLE = re.compile("щ(?:ий|ая|ее|ие)(?:ся)?$")
"""Unknown words like «техслужащие» are no nouns, as the dictionary guesses."""
_LARGER = frozenset(("больший", "меньший", "большее", "меньшее"))
_NEW_PERSON = re.compile("([а-яё]+[вн])ик(и?)")
_OF_A_PLACE = re.compile(r"[сц]к(ий|ой|ая|ое|ие)")


@functools.cache
def _analyzer() -> Any:
    # Loads late: it takes a tenth of a second with its dictionary, and some commands need none.
    import pymorphy3

    analyzer: Any = pymorphy3.MorphAnalyzer(lang="ru")
    # A word is inflected in case after case; the library makes all its forms anew for each.
    analyzer.get_lexeme = functools.lru_cache(maxsize=4096)(analyzer.get_lexeme)
    return analyzer


@functools.lru_cache(maxsize=16_384)
def parses(word: str) -> tuple[Any, ...]:
    """Return the parses of a word by the dictionary, or its guesses of an unknown one."""
    # The library trips over letters that have no Unicode name, and knows no Latin words anyway.
    if not _CYRILLIC.fullmatch(word):
        return ()
    low = word.lower()
    model = LOAN_MODELS.get(low, "")
    if model:
        return tuple(BorrowedParse(model, low, parse) for parse in _analyzer().parse(model))
    if low in CONTRACTIONS:
        lead, _, last = low.partition("-")
        model = CONTRACTIONS[low].removesuffix(last)
        whole = _analyzer().parse(CONTRACTIONS[low])
        return tuple(BorrowedParse(model, f"{lead}-", parse) for parse in whole)
    return tuple(_analyzer().parse(low))


@functools.lru_cache(maxsize=16_384)
def is_known(word: str) -> bool:
    """Whether the dictionary holds the word."""
    low = word.lower()
    if low in LOAN_MODELS or low in CONTRACTIONS:
        return True
    return bool(_CYRILLIC.fullmatch(word)) and bool(_analyzer().word_is_known(low))


def is_common_noun(word: str) -> bool:
    """Return whether the dictionary knows a word first of all as a thing's or a kind's name."""
    readings = readings_of(word.lower())
    return bool(readings) and readings[0].is_known and not readings[0].is_proper


def gender_of_tag(tag: Any) -> str:
    """Return «м», «ж», «с», «мн» or, when unknown, an empty text for a tag of the dictionary."""
    if tag.number == "plur":
        return "мн"
    return _GENDERS.get(str(tag.gender or ""), "м" if "ms-f" in tag else "")


def is_animate(word: str, parse: Any) -> bool:
    """Whether a parsed noun is of living beings, unknown titles included."""
    tag = parse.tag
    normal = str(parse.normal_form)
    if normal in ANIMATE_NOUNS or normal in INANIMATE_NOUNS:
        return normal in ANIMATE_NOUNS
    if not is_known(word) and "masc" in tag:
        # The dictionary guesses unknown nouns to be things; titles are people.
        return normal.endswith(ANIMATE_ENDINGS)
    return str(tag.animacy) == "anim"


@functools.lru_cache(maxsize=16_384)
def readings_of(word: str) -> tuple[WordReading, ...]:
    """Return the nominative readings of a word: nouns, adjectives, participles; best first."""
    known, low = is_known(word), word.lower()
    found: list[WordReading] = []
    if len(word) <= 2 and word.islower() and part_of_speech(word) in {"PREP", "CONJ", "PRCL"}:
        # Each letter is an abbreviation of the dictionary, too.
        return ()
    for parse in parses(word):
        tag = parse.tag
        if tag.case != "nomn" or tag.POS not in {"NOUN", *ADJECTIVES}:
            continue
        if "Apro" in tag and _is_no_determiner(low, parse):
            continue
        if _is_ghost(word, parse) or (not known and tag.POS == "NOUN" and _PARTICIPLE.search(low)):
            continue
        is_noun = tag.POS == "NOUN"
        is_proper = any(mark in tag for mark in PROPER)
        animate = is_animate(word, parse) if is_noun else False
        found.append(WordReading(is_noun, gender_of_tag(tag), animate, is_proper, known, parse))
    if all(reading.is_noun for reading in found):
        found.extend(_place_adjectives(word, is_known=known))
    if not known:
        found = _like_person(word) or found or _like_thing(word)
    # «Сторожа» are watchmen rather than the old word for a guard.
    has_people = any(reading.gender == "мн" and reading.is_animate for reading in found)
    return tuple(
        sorted(
            found,
            key=lambda reading: (
                reading.is_proper,
                # «Большая» is hardly «больший».
                str(reading.parse.normal_form) in {"больший", "меньший"} and low not in _LARGER,
                (reading.gender == "мн") != (has_people and _has_thing(found)),
            ),
        )
    )


def _place_adjectives(word: str, *, is_known: bool) -> list[WordReading]:
    """Return the readings as an adjective of a place that the dictionary has as a surname alone.

    «Каменская», «Раевский»: adjectives in -ский decline alike, and no dictionary holds them all.
    """
    low = word.lower()
    ending = _OF_A_PLACE.search(low)
    if ending is None or ending.end() < len(low) or not _CYRILLIC.fullmatch(low):
        return []
    if ending[1] == "ой" and not word[:1].isupper():
        # «Каневской район», but «сельской» of «сельская».
        return []
    model = "городск" if ending[1] == "ой" else "сельск"
    stem = low.removesuffix(ending[1])
    return [
        WordReading(
            is_noun=False,
            gender=gender_of_tag(parse.tag),
            is_animate=False,
            is_proper=True,
            is_known=is_known,
            parse=BorrowedParse(model, stem, parse),
        )
        for parse in _analyzer().parse(model + ending[1])
        if parse.tag.case == "nomn" and parse.tag.POS in ADJECTIVES
    ]


def _like_thing(word: str) -> list[WordReading]:
    """Return the readings of an unknown thing in a hard consonant, which declines like «приз»."""
    if not _NEW_NOUN.fullmatch(word):
        return []
    model = "приз"
    parses_of_model = [parse for parse in parses(model) if parse.tag.case == "nomn"]
    return [
        WordReading(
            is_noun=True,
            gender=gender_of_tag(parse.tag),
            is_animate=word.endswith(ANIMATE_ENDINGS),
            is_proper=False,
            is_known=False,
            parse=BorrowedParse(model, word, parse),
        )
        for parse in parses_of_model[:1]
    ]


def _like_person(word: str) -> list[WordReading]:
    """Return the readings of an unknown name of people in -ик or -ики: «целевик», «платники»."""
    match = _NEW_PERSON.fullmatch(word)
    if match is None:
        return []
    return [
        WordReading(
            is_noun=True,
            gender=gender_of_tag(parse.tag),
            is_animate=True,
            is_proper=False,
            is_known=False,
            parse=BorrowedParse("учен", match[1], parse),
        )
        for parse in parses(f"ученик{match[2]}")
        if parse.tag.case == "nomn"
    ]


def _is_no_determiner(word: str, parse: Any) -> bool:
    """Whether a pronoun does not stand before a noun; «все» is no «всё», which papers spell so."""
    return str(parse.normal_form) not in DETERMINERS or str(parse.word) != word


def _is_ghost(word: str, parse: Any) -> bool:
    """Whether a reading is one that official papers never mean, such as a colour «электрик»."""
    tag = parse.tag
    if tag.POS in ADJECTIVES:
        # «Электрик» is a colour, too; «совет отцов» has fathers, not a father's council.
        return "Fixd" in tag or ("Poss" in tag and may_depend(word))
    if tag.number == "plur" and {"neut", "inan"} <= set(tag.grammemes):
        # «Прошедшие» are people who passed, no plural of «прошедшее».
        return str(parse.normal_form).endswith(("ое", "ее"))
    return "femn" in tag and word.lower() in MASCULINE_NOUNS


def _has_thing(found: list[WordReading]) -> bool:
    """Whether any of the readings is a feminine inanimate noun."""
    return any(each.is_noun and each.gender == "ж" and not each.is_animate for each in found)


@functools.lru_cache(maxsize=16_384)
def may_depend(word: str) -> bool:
    """Whether the word may depend on a noun without a preposition: «учитель физики»."""
    return any(
        parse.tag.case in {"gent", "datv", "ablt"} and "Fixd" not in parse.tag
        for parse in parses(word)
    )


def part_of_speech(word: str) -> str:
    """Return the likeliest part of speech as the dictionary calls it (NOUN, PREP, ADVB …)."""
    found = parses(word)
    return str(found[0].tag.POS or "") if found else ""


def is_noun_form(word: str) -> bool:
    """Whether a word may be a noun, or a pronoun in its place, in any case."""
    return any(parse.tag.POS in {"NOUN", "NPRO"} or "Apro" in parse.tag for parse in parses(word))


def is_preposition(word: str) -> bool:
    """Whether the word is a preposition and no noun."""
    return part_of_speech(word) == "PREP"


def is_adjective(word: str) -> bool:
    """Whether the dictionary holds the word as a form of an adjective or participle."""
    return is_known(word) and any(parse.tag.POS in ADJECTIVES for parse in parses(word))


@functools.lru_cache(maxsize=1024)
def is_participle(word: str) -> bool:
    """Whether the word may be a full participle."""
    return any(parse.tag.POS == "PRTF" for parse in parses(word))


def is_nominative_noun(word: str) -> bool:
    """Whether the word may be a noun in the nominative."""
    return any(reading.is_noun for reading in readings_of(word))


def inflect_noun(word: str, reading: WordReading, case: str) -> str:
    """Return a noun in a case, with the letters of the word as typed."""
    target = GRAMMEMES[case]
    if case == "вин":
        is_second = reading.gender == "м" and not word.lower().endswith(("а", "я"))
        if is_second or reading.gender == "мн":
            if not reading.is_animate:
                return word
            target = "gent"
        elif reading.gender == "с":
            return word
    form = reading.parse.inflect({target})
    if form is None:
        return word
    made = str(form.word)
    if "ё" in str(reading.parse.word) and "ё" not in word.lower():
        # Who types «сестры» types «сестер».
        made = made.replace("ё", "е")
    return restore_letters(word, made)


def inflect_adjective(word: str, reading: WordReading, case: str, *, is_animate: bool) -> str:
    """Return an adjective or participle in a case, agreeing with a noun of that animacy."""
    target = GRAMMEMES[case]
    if case == "вин" and reading.gender != "ж":
        if reading.gender == "с" or not is_animate:
            return word
        target = "gent"
    return inflect_kept(word, reading.parse, {target})


def inflect_kept(word: str, parse: Any, grammemes: set[str]) -> str:
    """Return a form that keeps the stem: «лучшие» is no form of «наихороший»."""
    form = parse.inflect(grammemes)
    if form is None:
        return word
    # «Весь» gives «всего».
    start = word.lower()[: 1 if word.lower() == "весь" else 2].replace("ё", "е")
    if not str(form.word).replace("ё", "е").startswith(start):
        wanted = set(form.tag.grammemes)
        forms = [str(each.word) for each in parse.lexeme if wanted <= set(each.tag.grammemes)]
        return restore_letters(word, next((each for each in forms if each.startswith(start)), word))
    return restore_letters(word, str(form.word))


def counted_noun(word: str, reading: WordReading, *, is_many: bool) -> str:
    """Return the form of a noun after 2 to 4, or with ``is_many`` after 5."""
    own = next((each for each in readings_of(word) if each.is_noun), reading)
    few = own.parse.inflect({"sing", "gent"})
    is_adjectival = few is not None and str(few.word).endswith(("ого", "его", "егося"))
    # «2 суток», «4 каникул»: without a singular there is the genitive plural alone.
    form = own.parse.inflect({"plur", "gent"}) if is_many or is_adjectival or few is None else few
    return restore_letters(word, str(form.word)) if form is not None else word


def counted_adjective(word: str, reading: WordReading, *, is_many: bool) -> str:
    """Return the form of an adjective between number and noun: «2 новые карты», «2 новых плана»."""
    case = "nomn" if reading.gender == "ж" and not is_many else "gent"
    return inflect_kept(word, reading.parse, {"plur", case})


@functools.lru_cache(maxsize=1024)
def first_name_genders(word: str) -> frozenset[str]:
    """Return the genders of a first name in the nominative, in the dictionary."""
    return frozenset(
        _GENDERS[str(parse.tag.gender)]
        for parse in parses(word)
        if "Name" in parse.tag
        and parse.tag.case == "nomn"
        and parse.tag.number == "sing"
        and str(parse.tag.gender) in _GENDERS
        and is_known(word)
    )


@functools.lru_cache(maxsize=1024)
def is_surname(word: str) -> bool:
    """Whether the dictionary holds the word as a surname in the nominative."""
    return any("Surn" in parse.tag and parse.tag.case == "nomn" for parse in parses(word))


@functools.lru_cache(maxsize=1024)
def common_noun_form(word: str, case: str) -> str:
    """Return the case form of the common noun that a surname is, else an empty text.

    The stress of such surnames follows the noun: «Король» -> «Королём», «Соловей» -> «Соловья».
    The form is in lower case, spelt with ё.
    """
    if not is_known(word):
        return ""
    for parse in parses(word):
        tag = parse.tag
        is_common = tag.POS == "NOUN" and not any(mark in tag for mark in PROPER)
        if not is_common or tag.case != "nomn" or tag.number != "sing" or "Fixd" in tag:
            continue
        target = "gent" if case == "вин" and tag.gender == "masc" else GRAMMEMES[case]
        form = parse.inflect({target})
        if form is not None:
            return str(form.word)
    return ""


@functools.lru_cache(maxsize=1024)
def adjective_form(word: str, case: str) -> str:
    """Return the case form of the adjective that a surname is, else an empty text."""
    if not is_known(word):
        return ""
    found = [
        reading
        for reading in readings_of(word)
        if not reading.is_noun and reading.gender in {"м", "ж"} and "Supr" not in reading.parse.tag
    ]
    # «Большая» is the wife of Большой, not of Больший.
    found.sort(key=lambda reading: not str(reading.parse.normal_form).endswith("ой"))
    return inflect_adjective(word.lower(), found[0], case, is_animate=True) if found else ""
