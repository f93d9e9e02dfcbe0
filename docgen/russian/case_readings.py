"""Which cases a word may stand in: what depends on a noun, what is typed in an oblique case."""

from __future__ import annotations

import functools

from docgen.russian.case_forms import restore_letters
from docgen.russian.exceptions import GENERIC_BODIES
from docgen.russian.morphology import (
    ADJECTIVES,
    PROPER,
    gender_of_tag,
    is_animate,
    is_known,
    parses,
)


@functools.lru_cache(maxsize=16_384)
def has_other_case(word: str) -> bool:
    """Whether the word may also stand in a case that is neither nominative nor accusative.

    Of a word that is no word of the dictionary but looks like a title only the title counts.
    """
    found = parses(word)
    if not is_known(word):
        titles = [parse for parse in found if "masc" in parse.tag and is_animate(word, parse)]
        found = tuple(titles) or found
    return any(
        parse.tag.case not in {None, "nomn", "accs", "voct"}
        and not any(mark in parse.tag for mark in ("Fixd", "Name", "Surn", "Patr", "Geox"))
        for parse in found
    )


@functools.lru_cache(maxsize=16_384)
def oblique_forms(word: str, *, of_nouns: bool) -> frozenset[tuple[str, str, str]]:
    """Return the oblique cases that a word may stand in, each with its number and gender.

    A noun and an adjective that share one may belong together. Plurals have no gender here.
    """
    found: set[tuple[str, str, str]] = set()
    for parse in parses(word):
        tag = parse.tag
        is_wanted = tag.POS == "NOUN" if of_nouns else tag.POS in ADJECTIVES
        if not is_wanted or tag.case in {None, "nomn", "accs", "voct"}:
            continue
        gender = gender_of_tag(tag)
        genders = ("м", "ж") if "ms-f" in tag else (gender,)
        found.update((str(tag.case), str(tag.number), each) for each in genders)
    return frozenset(found)


@functools.lru_cache(maxsize=8192)
def is_active_transitive(word: str) -> bool:
    """Whether a word is a participle that may have an object: «прошедший обучение»."""
    return any({"PRTF", "actv", "tran"} <= set(parse.tag.grammemes) for parse in parses(word))


@functools.lru_cache(maxsize=8192)
def is_plain_adjective(word: str) -> bool:
    """Whether a word is an adjective, but no participle and no noun: it stands for nobody."""
    found = {str(parse.tag.POS) for parse in parses(word)}
    return "ADJF" in found and not found & {"PRTF", "NOUN"}


@functools.lru_cache(maxsize=8192)
def genitive_share(word: str) -> float:
    """Return how often a noun's form is the genitive singular rather than a plural, 0 to 1."""
    share = {"sing": 0.0, "plur": 0.0}
    for parse in parses(word):
        tag = parse.tag
        is_plural = tag.number == "plur" and tag.case in {"nomn", "accs"}
        is_genitive = tag.number == "sing" and tag.case == "gent"
        if tag.POS == "NOUN" and (is_plural or is_genitive):
            share[tag.number] += parse.score
    return share["sing"] / (sum(share.values()) or 1.0)


@functools.lru_cache(maxsize=8192)
def is_oblique_person(word: str) -> bool:
    """Whether a word may be a person in an oblique case: «директора», «наставнику»."""
    return any(
        {"NOUN", "anim"} <= set(parse.tag.grammemes) and parse.tag.case not in {"nomn", "voct"}
        for parse in parses(word)
    )


@functools.lru_cache(maxsize=8192)
def is_active(word: str) -> bool:
    """Whether a word is an active participle."""
    return any({"PRTF", "actv"} <= set(parse.tag.grammemes) for parse in parses(word))


@functools.lru_cache(maxsize=8192)
def is_of_either_gender(word: str) -> bool:
    """Whether a word is a form of a noun for men and women in -а: «главы», «судьи»."""
    return any("ms-f" in parse.tag for parse in parses(word))


@functools.lru_cache(maxsize=8192)
def is_of_one_body(word: str) -> bool:
    """Whether a word is a kind of body in the genitive singular: «школы», «администрации»."""
    return any(
        parse.tag.case == "gent"
        and parse.tag.number == "sing"
        and str(parse.normal_form) in GENERIC_BODIES
        for parse in parses(word)
    )


@functools.lru_cache(maxsize=8192)
def is_plural_alone(word: str, *, of_peers: bool) -> bool:
    """Whether a word is a plural and nothing in the singular: a nominative, or else a genitive.

    With ``of_peers`` only a nominative counts.
    """
    cases = {
        (str(parse.tag.number), str(parse.tag.case))
        for parse in parses(word)
        if parse.tag.POS in {"NOUN", *ADJECTIVES}
    }
    wanted = {("plur", "nomn")} if of_peers else {("plur", "nomn"), ("plur", "gent")}
    return bool(cases & wanted) and all(number == "plur" for number, _ in cases)


@functools.lru_cache(maxsize=8192)
def is_oblique_thing(word: str) -> bool:
    """Whether a word may be a thing or surname in an oblique case: «мастерской», not «молодой»."""
    return any(
        parse.tag.POS == "NOUN"
        and ("inan" in parse.tag or "Surn" in parse.tag)
        and parse.tag.case not in {"nomn", "accs"}
        for parse in parses(word)
    )


@functools.lru_cache(maxsize=8192)
def dative_instead(word: str) -> str:
    """Return the dative of a noun that stands in the genitive alone; "" where it may be right."""
    nouns = [parse for parse in parses(word) if parse.tag.POS == "NOUN"]
    if not is_known(word) or any(parse.tag.case in {"datv", None} for parse in nouns):
        return ""
    for parse in nouns:
        if parse.tag.case == "gent" and not any(mark in parse.tag for mark in ("Fixd", *PROPER)):
            form = parse.inflect({"datv", parse.tag.number})
            return restore_letters(word.lower(), str(form.word)) if form is not None else ""
    return ""
