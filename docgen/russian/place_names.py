"""Names of places in cases: towns, villages, compound and hyphenated, plural, indeclinable."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any

from docgen.russian import morphology
from docgen.russian.case_forms import restore_letters

_LINKS = frozenset(("на", "в", "во", "под", "у", "за", "над", "при", "из", "до", "де", "ла", "эль"))
"""Small words inside a name: what follows them stays («Ростова-на-Дону»)."""
_LASTING_FIRST = frozenset(
    # No names of their own, or grown together with what follows: «Гусь-Хрустального».
    ("усть", "гусь", "соль", "спас", "вятско", "санкт", "бей", "петро", "аксай", "урус", "ачхой")
)
_GENDER_IN_SOFT_SIGN = {"кинель": "м", "анадырь": "м", "мезень": "ж"}
"""Names in -ь whose gender the dictionary leaves open or has otherwise than people of the place."""
_FIXED = frozenset(("сочи", "кижи", "дели", "чили", "хельсинки", "саха"))
_PLURAL = re.compile(r".*(?:[кгхшжщч]и|[^аеёиоуыэюя]ы)")
_RUSSIAN = re.compile("[а-яё]{2,}")
_SHORT = re.compile(r".+(?:[оеё]в|[иы]н)")
_HUSHING, _BACK = "жчшщ", "кгх"
_STRESSED_STEMS = ("больш", "меньш", "чуж")
"""Adjectives in -ой after a sibilant: «Большого Камня», but «Рабочего Посёлка»."""
_ENDINGS = {
    "м": {"род": "ого", "дат": "ому", "твор": "ым", "пред": "ом"},
    "с": {"род": "ого", "дат": "ому", "твор": "ым", "пред": "ом"},
    "ж": {"род": "ой", "дат": "ой", "вин": "ую", "твор": "ой", "пред": "ой"},
    "мн": {"род": "ых", "дат": "ым", "твор": "ыми", "пред": "ых"},
}
_GENDER_OF_ENDING = {
    **dict.fromkeys(("ий", "ой", "ый"), "м"),
    **dict.fromkeys(("ая", "яя"), "ж"),
    **dict.fromkeys(("ое", "ее"), "с"),
    **dict.fromkeys(("ие", "ые"), "мн"),
}
_SHORT_ENDINGS = {"род": "а", "дат": "у", "твор": "ым", "пред": "ом"}
_NOUN_ENDINGS = {
    "": {"род": "а", "дат": "у", "твор": "ом", "пред": "е"},
    "й": {"род": "я", "дат": "ю", "твор": "ем", "пред": "е"},
    "ий": {"род": "ия", "дат": "ию", "твор": "ием", "пред": "ии"},
    "ь": {"род": "я", "дат": "ю", "твор": "ем", "пред": "е"},
    "ьж": {"род": "и", "дат": "и", "вин": "ь", "твор": "ью", "пред": "и"},
    "а": {"род": "ы", "дат": "е", "вин": "у", "твор": "ой", "пред": "е"},
    "я": {"род": "и", "дат": "е", "вин": "ю", "твор": "ей", "пред": "е"},
    "ия": {"род": "ии", "дат": "ии", "вин": "ию", "твор": "ией", "пред": "ии"},
    "ье": {"род": "ья", "дат": "ью", "твор": "ьем", "пред": "ье"},
    "мн": {"род": "ов", "дат": "ам", "твор": "ами", "пред": "ах"},
}


@dataclass(frozen=True, slots=True)
class PlaceWord:
    """One word of a name: an adjective, a noun, a possessive («Сергиев»), or one that stays.

    ``gender`` is «м», «ж», «с» or «мн»; ``kind`` is adjective, short, noun or fixed.
    """

    text: str
    kind: str
    gender: str
    parse: Any = None
    is_sure: bool = True

    def in_case(self, case: str) -> str:
        """Return the word in a case that is not the nominative."""
        if self.kind == "fixed":
            return self.text
        if case == "вин" and self.gender != "ж":
            return self.text
        if self.kind == "short":
            return self.text + _SHORT_ENDINGS[case]
        if self.kind == "adjective":
            return _adjective_form(self.text, self.gender, case)
        if self.parse is not None:
            form = self.parse.inflect({morphology.GRAMMEMES[case]})
            return restore_letters(self.text, str(form.word)) if form is not None else self.text
        return _noun_form(self.text, self.gender, case)


def _adjective_form(word: str, gender: str, case: str) -> str:
    stem, ending = word[:-2], _ENDINGS[gender][case]
    low = stem.lower()
    is_soft = word[-2:].lower() in {"яя", "ее"} or (
        word[-2:].lower() == "ий" and low[-1:] not in _BACK
    )
    if is_soft or (low.endswith(tuple(_HUSHING)) and not low.endswith(_STRESSED_STEMS)):
        ending = {"ого": "его", "ому": "ему", "ом": "ем", "ой": "ей"}.get(ending, ending)
        if is_soft and low[-1:] not in _HUSHING:
            ending = ending.replace("ую", "юю")
    if is_soft or low.endswith(tuple(_HUSHING + _BACK)):
        ending = ending.replace("ы", "и")
    return stem + (ending.upper() if word.isupper() else ending)


def _noun_form(word: str, gender: str, case: str) -> str:
    low = word.lower()
    if gender == "мн":
        key, stem = "мн", word[:-1]
    else:
        key = next((end for end in ("ия", "ий", "ье", "а", "я", "й", "ь") if low.endswith(end)), "")
        stem = word[: len(word) - len(key)]
    endings = _NOUN_ENDINGS["ьж" if key == "ь" and gender == "ж" else key]
    if case not in endings:
        # «Пермь», «Керчь»: the accusative is the nominative.
        return word
    ending = endings[case]
    if stem.lower().endswith(tuple(_HUSHING + _BACK)):
        ending = ending.replace("ы", "и")
    if stem.lower().endswith((*_HUSHING, "ц")) and ending in {"ом", "ой"}:
        ending = ending.replace("о", "е")
    return stem + (ending.upper() if word.isupper() else ending)


@functools.lru_cache(maxsize=2048)
def _adjective_gender(low: str) -> str:
    """Return the gender of a word that has the form of an adjective, else nothing."""
    gender = _GENDER_OF_ENDING.get(low[-2:], "")
    if not gender or len(low) < 4:
        return ""
    if low[-2:] in {"ий", "ой", "ие"} and not low[:-2].endswith(("ск", "цк")):
        known = morphology.is_known(low) and morphology.readings_of(low)
        return gender if known and any(not each.is_noun for each in known) else ""
    nouns = [each for each in morphology.readings_of(low) if each.is_noun and each.is_known]
    if any("Geox" in each.parse.tag and each.gender != gender for each in nouns):
        return ""
    return gender


def _noun_parse(low: str) -> Any:
    """Return the parse of a noun in the nominative: a name of a place first, else a thing's."""
    best, rank = None, 0
    if not morphology.is_known(low):
        return None
    for each in morphology.readings_of(low):
        tag = each.parse.tag
        if not each.is_noun or "Fixd" in tag or "Surn" in tag or "Name" in tag or "Patr" in tag:
            continue
        worth = 3 if "Geox" in tag else 0 if each.is_proper else 2 if not each.is_animate else 1
        if worth > rank and (worth > 1 or each.gender != "мн"):
            best, rank = each.parse, worth
    return best


def _gender_of(parse: Any) -> str:
    if str(parse.tag.number) == "plur":
        return "мн"
    return {"masc": "м", "femn": "ж", "neut": "с"}.get(str(parse.tag.gender or ""), "м")


@functools.lru_cache(maxsize=2048)
def place_word(word: str) -> PlaceWord:
    """Return how one word of a name declines, hyphens within it apart."""
    low = word.lower()
    if not _RUSSIAN.fullmatch(low):
        return PlaceWord(word, "fixed", "с")
    if gender := _adjective_gender(low):
        return PlaceWord(word, "adjective", gender)
    if _SHORT.fullmatch(low):
        return PlaceWord(word, "noun", "м")
    if low in _GENDER_IN_SOFT_SIGN:
        return PlaceWord(word, "noun", _GENDER_IN_SOFT_SIGN[low])
    if low.endswith(("ово", "ево", "ёво", "ино", "ыно")) or low in _FIXED:
        return PlaceWord(word, "fixed", "с")
    parse = _noun_parse(low)
    if parse is not None and not (low.endswith("и") and _is_fixed(low)):
        return PlaceWord(word, "noun", _gender_of(parse), parse)
    return _unknown_word(word, low)


def _is_fixed(low: str) -> bool:
    return not _PLURAL.fullmatch(low)


def _unknown_word(word: str, low: str) -> PlaceWord:
    """Return how a word declines that the dictionary lacks, by its ending."""
    if low.endswith("ь"):
        is_man = low.endswith(("ль", "рь"))
        return PlaceWord(word, "noun", "м" if is_man else "ж", is_sure=False)
    if _PLURAL.fullmatch(low):
        return PlaceWord(word, "noun", "мн", is_sure=False)
    if low.endswith(("а", "я")):
        return PlaceWord(word, "noun", "ж")
    if low.endswith("ье"):
        return PlaceWord(word, "noun", "с")
    if low[-1:] in "бвгджзйклмнпрстфхцчшщ":
        return PlaceWord(word, "noun", "м")
    return PlaceWord(word, "fixed", "с")


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name as its words and what stands between them; ``is_compound`` for several words."""

    pieces: tuple[PlaceWord | str, ...]
    gender: str
    is_compound: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether no form rests on the ending of an unknown word alone."""
        return all(isinstance(each, str) or each.is_sure for each in self.pieces)

    @property
    def is_fixed(self) -> bool:
        """Whether the name has one form for all cases."""
        return all(isinstance(each, str) or each.kind == "fixed" for each in self.pieces)

    @property
    def is_adjective(self) -> bool:
        """Whether the name, or its main word, is an adjective in form: «Каневская»."""
        words = [each for each in self.pieces if not isinstance(each, str)]
        return bool(words) and words[-1].kind == "adjective"

    def in_case(self, case: str) -> str:
        """Return the name in a case."""
        if case == "им":
            return "".join(each if isinstance(each, str) else each.text for each in self.pieces)
        return "".join(
            each if isinstance(each, str) else each.in_case(case) for each in self.pieces
        )


@functools.lru_cache(maxsize=2048)
def place_name(text: str) -> PlaceName:
    """Return how the name of a place declines; what no rule explains stays as it is."""
    parts = re.split(r"(\s+)", text)
    words = [_hyphened(each) for each in parts[::2]]
    if len(words) == 1:
        pieces, gender = words[0]
        return PlaceName(pieces, gender)
    heads = [_main(pieces) for pieces, _ in words]
    head = next(filter(_may_lead, heads[:-1]), heads[-1])
    if head.kind == "adjective" and heads[0].kind == "noun":
        # «Ростов Великий»: the adjective stands behind.
        head = heads[0]
    result: list[PlaceWord | str] = []
    for place, ((pieces, _), own) in enumerate(zip(words, heads, strict=True)):
        if place:
            result.append(parts[2 * place - 1])
        result.extend(_fitted(pieces, own, head, is_before=place < heads.index(head)))
    return PlaceName(tuple(result), head.gender, is_compound=True)


def _may_lead(word: PlaceWord) -> bool:
    """Whether a word before others is the head: «Ростов Великий», but not «Сергиев Посад»."""
    return word.kind == "noun" and not _SHORT.fullmatch(word.text.lower())


def _fitted(
    pieces: tuple[PlaceWord | str, ...], own: PlaceWord, head: PlaceWord, *, is_before: bool
) -> tuple[PlaceWord | str, ...]:
    """Return a word of a compound as it declines beside the head: agreeing, or not at all."""
    if own is head or (own.kind == "adjective" and own.gender == head.gender):
        return pieces
    if is_before and head.gender == "м" and _SHORT.fullmatch(own.text.lower()):
        short = PlaceWord(own.text, "short", "м")
        return tuple(short if each is own else each for each in pieces)
    return (PlaceWord("".join(p if isinstance(p, str) else p.text for p in pieces), "fixed", ""),)


def _main(pieces: tuple[PlaceWord | str, ...]) -> PlaceWord:
    return next(each for each in reversed(pieces) if not isinstance(each, str))


def _hyphened(word: str) -> tuple[tuple[PlaceWord | str, ...], str]:
    """Return the pieces of a word with hyphens, and its gender."""
    parts = re.split(r"([-‑])", word)
    names = parts[::2]
    if len(names) == 1:
        own = place_word(word)
        return (own,), own.gender
    if any(each.lower() in _LINKS for each in names[1:]):
        first = place_word(names[0])
        return (first, word[len(names[0]) :]), first.gender
    last = place_word(names[-1])
    before = word[: len(word) - len(names[-1])]
    first = place_word(names[0])
    declines = (
        last.kind == "adjective"
        and first.kind == "noun"
        and first.gender == last.gender
        and len(names) == 2
        and names[0].lower() not in _LASTING_FIRST
    )
    if declines:
        return (first, parts[1], last), last.gender
    return (before, last), last.gender
