"""What the dictionary says of a form: the nominatives that it may come from, in every case."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from docgen.russian import morphology
from docgen.russian.case_forms import restore_letters
from docgen.russian.exceptions import DETERMINERS
from docgen.russian.guesses import is_surely_guessed

Kind = tuple[str, str]
"""Number and gender as the dictionary calls them; plurals have no gender."""
PLURAL: Final[Kind] = ("plur", "")
RARE, GUESSED, UNLIKELY = 0.2, 0.6, 1.2
"""How much is held against a rarer word, one that is guessed, one that is hardly meant."""
UNSOUND: Final = re.compile(
    r"[аеёиоуыэюйь][ао]$|[гкхжшчщ]ый$|[аеёиоуыэюяйъкгхц]ь$|[бвгджзклмнпрстфхцчшщ]й$"
)
"""Endings that common nouns of Russian do not have."""
_HARDLY: Final = 0.1
_CASES: Final = {
    "gent": "род",
    "gen2": "род",
    "datv": "дат",
    "accs": "вин",
    "ablt": "твор",
    "loct": "пред",
    "loc2": "пред",
}


@dataclass(frozen=True, slots=True)
class WordOrigin:
    """A nominative of a word, the numbers and genders it may have; ``odd`` is how unlikely."""

    text: str
    kinds: frozenset[Kind]
    is_animate: bool = False
    odd: float = 0.0


@functools.lru_cache(maxsize=8192)
def dictionary_origins(word: str) -> dict[tuple[str, bool], list[WordOrigin]]:
    """Return the nominatives of a form by its case and whether they are nouns; unsorted."""
    found: dict[tuple[str, bool], list[WordOrigin]] = {}
    parses = morphology.parses(word)
    known = morphology.is_known(word)
    shares = {True: 0.0, False: 0.0}
    for parse in parses:
        shares[parse.tag.POS == "NOUN"] += parse.score
    for parse in parses:
        case = _CASES.get(str(parse.tag.case))
        is_noun = parse.tag.POS == "NOUN"
        is_kind = is_noun or parse.tag.POS in morphology.ADJECTIVES
        if case is None or not is_kind or _is_alien(word, parse):
            continue
        # «Главой» is of «глава», hardly of «главый».
        is_hardly = shares[is_noun] < _HARDLY and "Apro" not in parse.tag
        odd = UNLIKELY * is_hardly if known else GUESSED - parse.score / 2
        origins = _of_parse(word, parse, odd, is_known=known)
        found.setdefault((case, is_noun), []).extend(origins)
    return found


def _of_parse(word: str, parse: Any, odd: float, *, is_known: bool) -> Iterator[WordOrigin]:
    tag = parse.tag
    is_noun = tag.POS == "NOUN"
    kinds = frozenset(_kinds(tag))
    if "Fixd" in tag:
        if is_noun and is_known:
            yield WordOrigin(word, kinds, odd=RARE)
        return
    for place, form in enumerate(_nominatives(parse, word)):
        made = _spelt(word, form)
        if is_noun and not is_known and UNSOUND.search(made):
            continue
        animate = is_noun and morphology.is_animate(made, parse)
        is_rare = place > 0 or "Pltm" in tag or _is_rival(parse)
        is_sure = not is_known and is_surely_guessed(made)
        yield WordOrigin(made, kinds, animate, odd + RARE * is_rare - RARE * is_sure)


def _is_ghost(parse: Any) -> bool:
    """Whether a plural is of a neuter adjective: «прошедших» are people, not things past."""
    is_thing = {"NOUN", "neut", "inan"} <= parse.tag.grammemes
    if not is_thing or not str(parse.normal_form).endswith(("ое", "ее")):
        return False
    return parse.tag.number == "plur" or morphology.is_participle(str(parse.word))


def _is_alien(word: str, parse: Any) -> bool:
    """Whether a reading is none that papers mean: a name in small letters, «его» of «он»."""
    tag = parse.tag
    if "Apro" in tag:
        return str(parse.normal_form) not in DETERMINERS
    if _is_ghost(parse):
        return True
    if tag.POS != "NOUN" or not word[:1].islower():
        return False
    return any(mark in tag for mark in ("Surn", "Name", "Patr")) and morphology.is_known(word)


def _nominatives(parse: Any, word: str) -> list[str]:
    """Return the nominatives of the same number and gender, likeliest first.

    Of two plurals that in -а is the one of people: «учителя», «инспектора». Of «лучших» the forms
    of «хороший» are none.
    """
    tag = parse.tag
    lexeme = getattr(parse, "lexeme", None) if tag.POS != "PRTF" else None
    if lexeme is None:
        form = parse.inflect({"nomn"})
        return [str(form.word)] if form is not None else []
    wanted = (tag.grammemes - {str(tag.case), "anim", "inan"}) | {"nomn"}
    if tag.POS == "NOUN":
        wanted = {str(tag.number), "nomn"}
    found = [str(each.word) for each in lexeme if wanted <= each.tag.grammemes]
    start = word.lower()[: 1 if str(parse.normal_form) in {"весь", "лев"} else 2].replace("ё", "е")
    same = [form for form in found if form.replace("ё", "е").startswith(start)]
    kept = list(dict.fromkeys(same or found))
    if tag.POS == "NOUN" and tag.number == "plur":
        kept.sort(key=lambda form: not form.endswith(("а", "я")))
    return kept


def _is_rival(parse: Any) -> bool:
    """Whether an adjective has another of its stem that papers rather mean.

    «Основной», «большой» rather than «основный», «больший»; «самый» rather than «сам».
    """
    normal = str(parse.normal_form)
    if normal == "сам":
        return True
    if parse.tag.POS == "ADJF" and any(e.tag.POS == "PRTF" for e in morphology.parses(parse.word)):
        return True
    is_plain = parse.tag.POS == "ADJF" and normal.endswith(("ый", "ий"))
    return is_plain and any(
        not each.is_noun and each.is_known and each.gender == "м"
        for each in morphology.readings_of(f"{normal[:-2]}ой")
    )


def _spelt(word: str, form: str) -> str:
    """Return a nominative with the capitals of the word; its ё is kept where the word has one."""
    made = restore_letters(word, form)
    if "ё" in word and "ё" in form and "ё" not in made:
        return made[:1] + "".join(
            "ё" if letter == "ё" else own for letter, own in zip(form[1:], made[1:], strict=False)
        )
    return made


def _kinds(tag: Any) -> set[Kind]:
    number = str(tag.number)
    if number == "plur":
        return {PLURAL}
    genders = ("masc", "femn") if "ms-f" in tag else (str(tag.gender),)
    return {(number, each) for each in genders}
