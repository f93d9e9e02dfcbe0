"""From a post, a body or a title in an oblique case back to its nominative."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from typing import Any, Final

from docgen.russian import morphology
from docgen.russian.case_forms import restore_letters
from docgen.russian.exceptions import FROZEN_STARTS, GENITIVE_STARTS
from docgen.russian.name_origins import OBLIQUE_CASES, name_origins, place_sources
from docgen.russian.phrases import decline_phrase, gender_of_phrase, is_oblique
from docgen.russian.place_types import is_settlement, with_places
from docgen.russian.tokens import Token, to_tokens

_ADJECTIVE_ALONE: Final = 100
_ENOUGH: Final = 64
"""Combinations of parts that are tried: phrases of posts have few parts."""
_LINKS: Final = frozenset(("и", "или"))
_SECOND_CASES: Final = {"gent": {"gent", "gen2"}, "loct": {"loct", "loc2"}}
_OF_A_PLACE: Final = re.compile("([А-ЯЁ][а-яё-]*[сц]к)(ого|ому|им|ом|ой|ую|их|ими)")
_MODEL: Final = "сельск"
"""Adjectives of places decline alike; the dictionary has many as surnames alone."""
_BY_LIKELIHOOD: Final = (("sing", "masc"), ("sing", "femn"), ("plur", ""), ("sing", "neut"))
_Kinds = frozenset[tuple[str, str]]
_Forms = tuple[tuple[str, _Kinds], ...]


@functools.lru_cache(maxsize=1024)
def phrase_origins(text: str) -> tuple[tuple[str, str], ...]:
    """Return the nominatives from which a phrase may come, each with the case; itself first.

    Itself it is when its head may stand in the nominative. Every other declines back to the text.
    """
    found: list[tuple[int, str, str]] = []
    if not is_surely_oblique(text) and _may_be_nominative(text):
        found.append((-_ADJECTIVE_ALONE, text, "им"))
    for case in OBLIQUE_CASES:
        for source, oddness in _sources(text, case):
            if source == text or decline_phrase(source, case).text != text:
                continue
            if not is_oblique(source):
                found.append((oddness, source, case))
            break
    found.sort(key=lambda each: each[0])
    # «Главным бухгалтером» is one bookkeeper, and no «главные» with a bookkeeper.
    has_noun = any(case != "им" and oddness <= 0 for oddness, _, case in found)
    most = 0 if has_noun else _ADJECTIVE_ALONE
    return tuple((source, case) for oddness, source, case in found if oddness <= most)


def is_surely_oblique(text: str) -> bool:
    """Return whether a phrase cannot stand in the nominative; one without a head tells nothing."""
    return is_oblique(text) or _is_half_oblique(text)


def _may_be_nominative(text: str) -> bool:
    """Whether a head is found, or what leads never changes: «МОУ СОШ села Новое», «Луга»."""
    if gender_of_phrase(text):
        return True
    tokens = with_places(to_tokens(text), "род")
    return tokens[:1] != [] and (tokens[0].kind == "place" or _is_passed(tokens[0]))


def _is_half_oblique(text: str) -> bool:
    """Whether the last part of a compound head cannot be a nominative: «учителя-логопеда»."""
    first = next(iter(text.split()), "")
    last = first.rpartition("-")[2]
    if "-" not in first or not morphology.is_known(last):
        return False
    return not morphology.readings_of(last) and bool(morphology.is_noun_form(last))


def _sources(text: str, case: str) -> Iterator[tuple[str, int]]:
    """Yield phrases with all, then fewer of their parts in the nominative, and how odd each is.

    A head that is a noun is likelier than an adjective that stands for one, a long group than a
    short one.
    """
    tokens = to_tokens(text)
    segments = list(_segments(tokens))
    if not segments:
        return
    for first, kinds in _changes(tokens, *segments[0], case, None):
        rest = [
            [*(each for each, _ in _changes(tokens, *segment, case, kinds)), {}]
            for segment in segments[1:]
        ]
        for chosen in itertools.islice(itertools.product([first], *rest), _ENOUGH):
            forms = {place: form for part in chosen for place, form in part.items()}
            made = "".join(forms.get(place, token.text) for place, token in enumerate(tokens))
            has_noun = any(map(morphology.is_nominative_noun, first.values()))
            yield made, (0 if has_noun else _ADJECTIVE_ALONE) - len(first)


def _segments(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Yield where the pieces of a phrase begin and end that may have a head of their own."""
    start = 0
    for place, token in enumerate(tokens):
        is_link = token.kind == "word" and token.text.lower() in _LINKS
        if token.kind in {"break", "open", "close"} or is_link:
            if place > start:
                yield start, place
            start = place + 1
    if start < len(tokens):
        yield start, len(tokens)


def _changes(
    tokens: list[Token], start: int, end: int, case: str, agreed: _Kinds | None
) -> Iterator[tuple[dict[int, str], _Kinds]]:
    """Yield how the words of a piece change on the way back, with number and gender of its head.

    An adjective without a noun agrees with the head of the first piece: «план, утверждённый».
    """
    words = [n for n in range(start, end) if tokens[n].kind != "space"]
    lead = next((n for n, place in enumerate(words) if not _is_passed(tokens[place])), len(words))
    if lead == len(words) or _is_frozen(tokens[words[lead]].text):
        return
    for group, kinds in _groups(tokens, words[lead:], case, agreed):
        is_place = is_settlement(group[max(group)])
        names = list(_with_names(tokens, words, group, case))
        yield from ((each, kinds) for each in names if is_place or tokens[max(each)].kind == "name")
        yield group, kinds
        yield from ((each, kinds) for each in names)


def _is_passed(token: Token) -> bool:
    """Whether a word before the head stays in all cases: «ст.», «МБОУ», «временно»."""
    if token.kind != "word":
        return token.kind not in {"name", "quoted"}
    is_abbreviation = re.fullmatch("[А-ЯЁ]{2,6}", token.text) and not morphology.is_known(
        token.text
    )
    return bool(is_abbreviation) or morphology.part_of_speech(token.text.lower()) == "ADVB"


def _is_frozen(word: str) -> bool:
    low = word.lower()
    return low in FROZEN_STARTS or low in GENITIVE_STARTS


def _groups(
    tokens: list[Token], words: list[int], case: str, agreed: _Kinds | None
) -> Iterator[tuple[dict[int, str], _Kinds]]:
    """Yield the forms of a head with its adjectives: «директора», «классному руководителю»."""
    adjectives: dict[int, _Forms] = {}
    headed: list[tuple[dict[int, str], _Kinds]] = []
    for place in words:
        if tokens[place].kind != "word":
            break
        for form, kinds in _nominatives(tokens[place].text, case, of_nouns=True):
            headed.extend(_with_head(adjectives, place, form, kinds))
        own = _nominatives(tokens[place].text, case, of_nouns=False)
        if not own:
            headed.extend(_distant(tokens, adjectives, [n for n in words if n >= place], case))
            break
        adjectives[place] = own
    # The longest group leads: «главному» before a noun is no noun itself.
    yield from sorted(headed, key=lambda each: -len(each[0]))
    if adjectives:
        # «Заведующему», «утверждённого»: an adjective stands for a noun, or agrees with the head.
        yield from _of_adjectives(adjectives, agreed)
        first = min(adjectives)
        if len(adjectives) > 1:
            yield from _of_adjectives({first: adjectives[first]}, agreed)


def _distant(
    tokens: list[Token], adjectives: dict[int, _Forms], rest: list[int], case: str
) -> Iterator[tuple[dict[int, str], _Kinds]]:
    """Yield the group of a noun behind what depends on its adjective: «ближайшей к дому школе»."""
    if not adjectives or not morphology.is_preposition(tokens[rest[0]].text.lower()):
        return
    for place in rest[2:]:
        if tokens[place].kind == "word":
            for form, kinds in _nominatives(tokens[place].text, case, of_nouns=True):
                yield from _with_head(adjectives, place, form, kinds)


def _with_head(
    adjectives: dict[int, _Forms], place: int, form: str, kinds: _Kinds
) -> Iterator[tuple[dict[int, str], _Kinds]]:
    for kind in kinds:
        fitted = _fitted(adjectives, kind)
        if fitted is not None:
            yield {**fitted, place: form}, frozenset((kind,))


def _of_adjectives(
    adjectives: dict[int, _Forms], agreed: _Kinds | None
) -> Iterator[tuple[dict[int, str], _Kinds]]:
    for kind in agreed or _BY_LIKELIHOOD:
        fitted = _fitted(adjectives, kind)
        if fitted is not None:
            yield fitted, frozenset((kind,))


def _fitted(adjectives: dict[int, _Forms], kind: tuple[str, str]) -> dict[int, str] | None:
    """Return the forms of adjectives in a number and gender, ``None`` when one has none."""
    found: dict[int, str] = {}
    for place, forms in adjectives.items():
        form = next((form for form, kinds in forms if kind in kinds), None)
        if form is None:
            return None
        found[place] = form
    return found


def _with_names(
    tokens: list[Token], words: list[int], group: dict[int, str], case: str
) -> Iterator[dict[int, str]]:
    """Yield the group with what follows its head in the same case: a name, a place."""
    rest = [n for n in words if n > max(group)]
    named = [n for n in rest if tokens[n].kind == "name"]
    for place in named[-1:]:
        for origin in name_origins(tokens[place].text):
            if origin.case == case:
                yield {**group, place: origin.text}
    if rest and is_settlement(group[max(group)]) and tokens[rest[0]].kind == "word":
        for source in place_sources(tokens[rest[0]].text, case):
            yield {**group, rest[0]: source}
    following = dict(group)
    for place in rest:
        token = tokens[place]
        forms = _any_nominatives(token, case)
        if not forms:
            break
        yield from ({**following, place: form} for form in forms)
        following[place] = forms[0]


def _any_nominatives(token: Token, case: str) -> list[str]:
    if token.kind != "word":
        return []
    return [
        form
        for of_nouns in (False, True)
        for form, _ in _nominatives(token.text, case, of_nouns=of_nouns)
    ]


@functools.lru_cache(maxsize=4096)
def _nominatives(word: str, case: str, *, of_nouns: bool) -> _Forms:
    """Return the nominatives of a word that may stand in a case, with number and gender."""
    if "-" in word:
        return _compound_nominatives(word, case, of_nouns=of_nouns)
    wanted = morphology.GRAMMEMES[case]
    found: dict[str, set[tuple[str, str]]] = {}
    for parse in morphology.parses(word):
        tag = parse.tag
        is_kind = (tag.POS == "NOUN") == of_nouns and tag.POS in {"NOUN", *morphology.ADJECTIVES}
        if not is_kind or "Fixd" in tag or str(tag.case) not in _SECOND_CASES.get(wanted, {wanted}):
            continue
        form = parse.inflect({"nomn"})
        if form is not None:
            made = restore_letters(word, str(form.word))
            found.setdefault(made, set()).update(_kinds(tag))
    if not found and not of_nouns and (match := _OF_A_PLACE.fullmatch(word)):
        stem = match[1]
        return tuple(
            (stem + form.removeprefix(_MODEL), kinds)
            for form, kinds in _nominatives(_MODEL + match[2], case, of_nouns=False)
        )
    return tuple((form, frozenset(kinds)) for form, kinds in found.items())


def _kinds(tag: Any) -> set[tuple[str, str]]:
    number = str(tag.number)
    if number == "plur":
        return {(number, "")}
    genders = ("masc", "femn") if "ms-f" in tag else (str(tag.gender),)
    return {(number, each) for each in genders}


def _compound_nominatives(word: str, case: str, *, of_nouns: bool) -> _Forms:
    """Return the nominatives of a word with hyphens: of all its parts, or of the last alone."""
    *first, last = word.split("-")
    found: list[tuple[str, _Kinds]] = []
    for form, kinds in _nominatives(last, case, of_nouns=of_nouns):
        leads = [_nominatives(each, case, of_nouns=True) for each in first]
        if of_nouns and all(leads):
            # A compound has the gender of its first part: «медицинской сестры-анестезиста».
            found.append(("-".join([*(each[0][0] for each in leads), form]), leads[0][0][1]))
        found.append(("-".join([*first, form]), kinds))
    return tuple(found)
