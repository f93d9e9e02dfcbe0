"""From a name in an oblique case back to its nominative."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from docgen.russian import morphology
from docgen.russian.name_cases import decline_name
from docgen.russian.name_parts import PARTICLES, TURKIC, gender_of_patronymic, is_patronymic
from docgen.russian.oblique_names import is_oblique_surname

OBLIQUE_CASES: Final = ("род", "дат", "вин", "твор", "пред")
_WOMAN_FIRST: Final = ("ж", "м")
_ADJECTIVAL: Final = ("ый", "ий", "ой")
_ENDINGS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "род": {
        "а": ("", "о"),
        "я": ("ь", "й"),
        "ого": _ADJECTIVAL,
        "его": ("ий", "ый"),
        "ы": ("а",),
        "и": ("а", "я", "ь"),
        "ой": ("а", "ая"),
        "ей": ("яя", "ая"),
        "ии": ("ия",),
    },
    "дат": {
        "у": ("", "о"),
        "ю": ("ь", "й"),
        "ому": _ADJECTIVAL,
        "ему": ("ий", "ый"),
        "е": ("а", "я"),
        "ой": ("а", "ая"),
        "ей": ("яя", "ая"),
        "и": ("ь",),
        "ии": ("ия",),
    },
    "вин": {
        "а": ("", "о"),
        "я": ("ь", "й"),
        "ого": _ADJECTIVAL,
        "его": ("ий", "ый"),
        "у": ("а",),
        "ю": ("я",),
        "ую": ("ая",),
        "юю": ("яя",),
    },
    "твор": {
        "ом": ("", "о"),
        "ем": ("ь", "й", ""),
        "ём": ("ь", "й"),
        "ым": ("", "ый", "ой"),
        "им": ("ий", "ой", "ый"),
        "ой": ("а", "ая"),
        "ей": ("я", "а", "яя", "ая"),
        "ёй": ("я",),
        "ью": ("ь",),
        "ою": ("а", "ая"),
        "ею": ("я", "а"),
    },
    "пред": {
        "е": ("", "а", "я", "ь", "й", "о"),
        "ом": _ADJECTIVAL,
        "ем": ("ий", "ый"),
        "ой": ("а", "ая"),
        "ей": ("яя", "ая"),
        "и": ("ь", "й"),
        "ии": ("ия", "ий"),
    },
}
"""By case: endings of forms, and the endings of nominatives that they may come from."""
_SURELY_OBLIQUE: Final = re.compile(
    r".+(?:[оеё]ву|[оеё]вым|[иы]ну|[иы]ным|[сц]кого|[сц]кому|[сц]ким|[сц]ком|[сц]кую|ому|ему)"
)
_MAN: Final = re.compile(r".+(?:[оеё]в|[иы]н|[сц]кий|[сц]кой)")
_WOMAN: Final = re.compile(r".+(?:[оеё]ва|[иы]на|[сц]кая)")
_FIXED: Final = re.compile(r".+(?:ко|[иы]х|аго|ово)")
_BY_NAME: Final = {"surname": "фамилия", "first": "имя", "patronymic": "отчество"}
_ROLES: Final = {
    1: (("surname",), ("first",)),
    2: (("surname", "first"), ("first", "surname"), ("first", "patronymic")),
    3: (("surname", "first", "patronymic"), ("first", "patronymic", "surname")),
}
_FAR: Final = 1.9
"""A nominative so much less likely than the best is not worth a word."""
_UNSPELT: Final = re.compile(r"(?:[аеёиоуыэюяйьъ]ь|[гкхжшчщ]ый|[гкхжшчщцую]я)$")
"""Endings that no Russian word has."""
_SOUND: Final = 2.0
"""The worth of a word that is a name or a noun, or ends like a surname."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-‑’'][^\W\d_]+)*(?![^\W\d_.]*\.)")


@dataclass(frozen=True, slots=True)
class NameOrigin:
    """A nominative from which a text may come; ``worth`` is how likely it is as a name."""

    text: str
    case: str
    gender: str
    worth: float


def _with_vowel(stem: str) -> Iterator[str]:
    """Yield a stem with the vowel that has fallen out: «Швец» of «Швеца», «Заяц» of «Зайца»."""
    if re.fullmatch(r".*[^аеёиоуыэюяйь][^аеёиоуыэюяйь]", stem, re.IGNORECASE):
        for vowel in "еоё":
            yield stem[:-1] + vowel + stem[-1]
    if stem.lower().endswith(("йц", "йк", "йн")):
        yield f"{stem[:-2]}е{stem[-1]}"
        yield f"{stem[:-2]}я{stem[-1]}"
    if re.fullmatch(r".+ь[^аеёиоуыэюяйь]", stem, re.IGNORECASE):
        yield f"{stem[:-2]}е{stem[-1]}"


def form_sources(word: str, case: str) -> Iterator[str]:
    """Yield what a form in a case may come from by its ending; not all of it is true."""
    low = word.lower()
    for ending, origins in _ENDINGS[case].items():
        if not low.endswith(ending) or len(word) <= len(ending):
            continue
        stem = word[: -len(ending)]
        for origin in origins:
            if not _UNSPELT.search(stem.lower() + origin):
                yield _like(word, stem + origin)
        if "" in origins or "ь" in origins:
            yield from (_like(word, each) for each in _with_vowel(stem))
        if "й" in origins and stem.lower().endswith("ь"):
            yield _like(word, stem[:-1] + "ей")
    if re.fullmatch("петр(?:а|у|ом|е)", low):
        yield _like(word, word[0] + "ётр")
    yield word


def _like(word: str, source: str) -> str:
    return source.upper() if len(word) > 1 and word.isupper() else source


@functools.lru_cache(maxsize=4096)
def _origins(word: str, part: str, case: str, gender: str) -> tuple[tuple[str, float], ...]:
    """Return the nominatives of one word in a part of a name, with their worth; best first."""
    found: dict[str, float] = {}
    for source in dict.fromkeys(_compound_sources(word, case)):
        worth = _worth(source, part, gender)
        if worth and decline_name(source, case, gender, _BY_NAME[part]).text == word:
            found[source] = worth
    return tuple(sorted(found.items(), key=lambda item: -item[1])[:3])


def _compound_sources(word: str, case: str) -> Iterator[str]:
    *first, last = word.split("-")
    if not first:
        yield from form_sources(word, case)
        return
    lasts = list(dict.fromkeys(form_sources(last, case)))
    for lead in itertools.islice(itertools.product(*(_few(each, case) for each in first)), 12):
        yield from ("-".join([*lead, each]) for each in lasts)


def _few(word: str, case: str) -> list[str]:
    return list(dict.fromkeys([*form_sources(word, case), word]))


def _worth(word: str, part: str, gender: str) -> float:
    """Return how likely a word is the nominative of a part of a name, 0 for impossible."""
    if part == "patronymic":
        return 3.0 if is_patronymic(word) and gender_of_patronymic(word) == gender else 0.0
    last = word.rsplit("-", maxsplit=1)[-1].lower()
    if part == "first":
        genders = morphology.first_name_genders(last)
        if genders:
            return (2.0 if last.endswith("о") else 3.0) if gender in genders else 0.0
        is_none = _is_form_of_name(last) or not surname_worth(last, gender)
        return 0.0 if is_none else 0.8
    return surname_worth(last, gender)


@functools.lru_cache(maxsize=4096)
def _is_form_of_name(low: str) -> bool:
    """Whether a word that is no first name may be a case of one: «Анну», «Петра»."""
    return any("Name" in parse.tag for parse in morphology.parses(low)) and morphology.is_known(low)


@functools.lru_cache(maxsize=4096)
def surname_worth(low: str, gender: str) -> float:
    """Return how likely a word in small letters is a surname in the nominative, 0 for none."""
    if _SURELY_OBLIQUE.fullmatch(low) or is_oblique_surname(low, gender):
        return 0.0
    for pattern, own in ((_MAN, "м"), (_WOMAN, "ж")):
        if pattern.fullmatch(low):
            return 3.0 if gender == own else 0.4
    if low.endswith(("ой", "ая", "яя")):
        return _adjectival_worth(low, gender)
    if low.endswith(("ого", "его", "ую", "юю")):
        return 0.0
    return _plain_worth(low)


def _plain_worth(low: str) -> float:
    if morphology.is_surname(low) or _FIXED.fullmatch(low):
        return 2.5
    if morphology.is_nominative_noun(low) and morphology.is_known(low):
        return 2.0
    return 1.5 if low[-1:] not in "аеёиоуыэюя" else 0.8


def _adjectival_worth(low: str, gender: str) -> float:
    """Return the worth of a word in -ой, -ая: «Луговой» is a man, «Ивановой» nobody."""
    if low.endswith("ой") and sum(letter in "аеёиоуыэюя" for letter in low) == 1:
        # «Цой» is no adjective.
        return _plain_worth(low)
    if low.endswith("ой") == (gender == "ж"):
        return 0.0
    own = [each for each in morphology.readings_of(low) if not each.is_noun]
    is_known = bool(own) and morphology.is_known(low)
    if low.endswith(("вой", "ной", "вая", "ная")) and not is_known:
        of_woman = morphology.is_known(low[:-2] + "а") and morphology.is_surname(low[:-2] + "а")
        return 0.0 if of_woman and not morphology.is_known(low[:-2] + "ый") else 1.0
    return 2.5 if is_known or morphology.is_surname(low) else 1.5


@functools.lru_cache(maxsize=1024)
def name_origins(text: str, gender: str = "") -> tuple[NameOrigin, ...]:
    """Return the nominatives from which a name may come, itself included; likeliest first."""
    found: dict[tuple[str, str], NameOrigin] = {}
    for case in ("им", *OBLIQUE_CASES):
        for origin in _of_case(text, case, gender):
            known = found.get((origin.text, case))
            if known is None or known.worth < origin.worth:
                found[origin.text, case] = origin
    best = max((each.worth for each in found.values()), default=0.0)
    kept = (one for one in found.values() if one.case == "им" or one.worth >= best - _FAR)
    # Of two genders the woman is the likelier teacher.
    return tuple(sorted(kept, key=lambda each: (-each.worth, each.gender == "м")))


def may_be_nominative(text: str, gender: str = "") -> bool:
    """Return whether a name may stand in the nominative, or has no parts that could tell."""
    return not _orders(text)[1] or any(True for _ in _of_case(text, "им", gender))


def _of_case(text: str, case: str, gender: str) -> Iterator[NameOrigin]:
    places, orders = _orders(text)
    for own in (gender,) if gender else _WOMAN_FIRST:
        for order in orders:
            yield from _in_order(text, places, order, case, own)


def _orders(text: str) -> tuple[list[re.Match[str]], tuple[tuple[str, ...], ...]]:
    """Return the words of a name that may decline, and which parts they may be in their order."""
    places = [
        match
        for match in _WORD.finditer(text)
        if match[0].lower() not in PARTICLES | TURKIC and not text[match.end() :].startswith(".")
    ]
    orders = _ROLES.get(len(places), ())
    if "." in text:
        orders = tuple(each for each in orders if each == ("surname",))
    return places, orders


def _in_order(
    text: str, places: list[re.Match[str]], order: tuple[str, ...], case: str, gender: str
) -> Iterator[NameOrigin]:
    """Yield the nominatives of a name whose words are these parts, in this case and gender."""
    words = [match[0] for match in places]
    if case == "им":
        worths = [_worth(word, part, gender) for word, part in zip(words, order, strict=True)]
        if all(worths):
            # What may be a nominative most likely is one, unless it looks odd.
            bonus = 1.0 if min(worths) >= _SOUND else 0.1
            yield NameOrigin(text, case, gender, sum(worths) + bonus)
        return
    choices = [_origins(word, part, case, gender) for word, part in zip(words, order, strict=True)]
    for chosen in itertools.islice(itertools.product(*choices), 12):
        made = _replaced(text, places, [word for word, _ in chosen])
        if decline_name(made, case, gender).text == text:
            yield NameOrigin(made, case, gender, sum(worth for _, worth in chosen))


def _replaced(text: str, places: list[re.Match[str]], words: list[str]) -> str:
    pieces, end = [], 0
    for match, word in zip(places, words, strict=True):
        pieces += [text[end : match.start()], word]
        end = match.end()
    return "".join([*pieces, text[end:]])
