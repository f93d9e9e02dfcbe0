"""From the name of a place in an oblique case back to its nominative, alone or after its type."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from typing import Final

from docgen.russian import morphology
from docgen.russian.name_origins import form_sources
from docgen.russian.place_names import PlaceWord, place_name
from docgen.russian.place_types import agreed_name, type_policy
from docgen.russian.word_origins import adjective_origins, noun_origins

_ADJECTIVES: Final = (
    ("ого", ("ый", "ой", "ий", "ое")),
    ("его", ("ий", "ее")),
    ("ому", ("ый", "ой", "ий", "ое")),
    ("ему", ("ий", "ее")),
    ("ым", ("ый", "ой", "ое", "ые")),
    ("им", ("ий", "ой", "ое", "ее", "ие")),
    ("ом", ("ый", "ой", "ий", "ое")),
    ("ем", ("ий", "ее")),
    ("ой", ("ая",)),
    ("ей", ("ая", "яя")),
    ("ую", ("ая",)),
    ("юю", ("яя",)),
    ("ых", ("ые",)),
    ("их", ("ие",)),
    ("ыми", ("ые",)),
    ("ими", ("ие",)),
)
_PLURALS: Final = re.compile(r"(.+)(?:ов|ам|ами|ах)")
_UNSOUND: Final = re.compile(
    r"[аеёиоуыэюяйь][ао]$|[гкхжшчщ]ый$|[аеёиоуыэюяйъ]ь$|[гкхжшчщ]ы$|[гкхцжшщ]я$|[гкхц]ь$|[бвгджзклмнпрстфхцчшщ]й$"
)
"""Endings that names of Russian places do not have."""
_LINKED: Final = re.compile(r"[-‑](?:на|под|в)[-‑]")
_OBLIQUE: Final = re.compile("(?:[сцн]к|[^аеёиоуыэюя]н)(?:ого|ому)$")
_MOST: Final = 48
_UNKNOWN, _GUESSED, _ADJECTIVE, _PLURAL, _UNLIKELY = 0.4, 0.6, 0.1, 0.3, 1.0


@functools.lru_cache(maxsize=2048)
def place_origins(name: str, case: str, type_word: str = "") -> tuple[tuple[str, float], ...]:
    """Return the nominatives of a place's name and how unlikely each is, likeliest first.

    With the nominative of a type before it («город», «станица») the name may stay as it is.
    """
    parts = re.split(r"(\s+)", name)
    choices = [_of_word(word, case) for word in parts[::2]]
    found: dict[str, float] = {}
    for chosen in itertools.islice(itertools.product(*choices), _MOST):
        made = "".join(
            word + blank for word, blank in itertools.zip_longest(chosen, parts[1::2], fillvalue="")
        )
        if _form(made, case, type_word) == name:
            odd = 0.0 if made == name and _stays(type_word) else _odd(made)
            # «Города Старая Русса»: names of several words rather stay.
            odd -= _PLURAL * (made == name and " " in name)
            found[made] = odd + _UNLIKELY * _is_misplaced(made, name, type_word)
    return tuple(sorted(found.items(), key=lambda each: each[1])[:4])


def _form(name: str, case: str, type_word: str) -> str:
    return agreed_name(type_word, name, case) if type_word else place_name(name).in_case(case)


@functools.lru_cache(maxsize=2048)
def _of_word(word: str, case: str) -> tuple[str, ...]:
    """Return what one word of a name may come from, words of the dictionary first."""
    linked = _LINKED.search(word)
    if linked:
        rest = word[linked.start() :]
        return tuple(each + rest for each in _of_word(word[: linked.start()], case))
    lead, hyphen, last = word.rpartition("-")
    ends = _of_plain(last, case)
    if not hyphen:
        return ends
    leads = (lead, *(each for each in _of_plain(lead, case) if each != lead))
    return tuple(f"{start}-{end}" for start, end in itertools.product(leads, ends))


def _of_plain(word: str, case: str) -> tuple[str, ...]:
    found = dict.fromkeys(_sources(word, case))
    sound = [each for each in found if each == word or not _UNSOUND.search(each.lower())]
    return tuple(sorted(sound, key=_rank)[:8])


def _sources(word: str, case: str) -> Iterator[str]:
    yield from (each.text for each in noun_origins(word, case))
    yield from (each.text for each in adjective_origins(word, case))
    low = word.lower()
    for ending, origins in _ADJECTIVES:
        if low.endswith(ending) and len(word) > len(ending) + 2:
            yield from (word[: -len(ending)] + each for each in origins)
    if plural := _PLURALS.fullmatch(word):
        yield from (plural[1] + ending for ending in "ыи")
    yield from form_sources(word, case)
    yield word


def _rank(word: str) -> float:
    return _odd_word(_main(word))


def _main(word: str) -> PlaceWord:
    return next(each for each in place_name(word).pieces if not isinstance(each, str))


def _odd(name: str) -> float:
    """Return how unlikely a name is: one of the dictionary is a name for sure."""
    if _is_town(name.lower()):
        return 0.0
    words = [each for each in place_name(name).pieces if not isinstance(each, str)]
    return sum(map(_odd_word, words)) + _UNLIKELY * any(map(_is_oblique_lead, name.split()))


def _stays(type_word: str) -> bool:
    """Whether names never agree with a type: «село Арзгир»."""
    found = type_policy(type_word) if type_word else None
    return found is not None and not found[0]


def _is_misplaced(made: str, name: str, type_word: str) -> bool:
    """Whether a name that stays looks like a form: «станица Динской», «город Полевского»."""
    is_woman = type_word[-1:] in {"а", "я"} and made.endswith(("ой", "ей"))
    return made == name and (is_woman or bool(_OBLIQUE.search(made)))


def _is_oblique_lead(word: str) -> bool:
    """Whether a part before a hyphen is no nominative: «Ленинска-Кузнецкий»."""
    lead, hyphen, last = word.partition("-")
    if not hyphen or _is_town(lead.lower()):
        return False
    readings = [each for each in morphology.readings_of(lead.lower()) if not each.is_proper]
    return lead[-1:] in "аяуюе" and not readings and last[-1:] in "йбвгджзклмнпрстфхцчшщ"


def _odd_word(word: PlaceWord) -> float:
    low = word.text.lower().rsplit("-", maxsplit=1)[-1]
    if word.kind != "adjective" and re.fullmatch(r".+(?:[оеё]в|[иы]н)", low):
        return 0.0 if _is_town(low) else _ADJECTIVE
    if not morphology.is_known(low):
        if word.kind == "adjective":
            return _UNKNOWN - 0.05 + _PLURAL * (word.gender == "мн")
        is_clear = low[-1:] not in "аеёиоуыэюяь"
        return _UNKNOWN if is_clear else _GUESSED
    if _is_town(low):
        return 0.0
    if not morphology.readings_of(low):
        # A form of a known word that is no nominative: «Новгорода».
        return 1.0
    if word.kind == "adjective":
        return _ADJECTIVE + _PLURAL * (word.gender == "мн")
    return _ADJECTIVE if word.parse is not None else _UNKNOWN


def _is_town(low: str) -> bool:
    return any(
        each.is_noun and each.is_known and "Geox" in each.parse.tag
        for each in morphology.readings_of(low)
    )
