"""The head of a phrase and the adjectives that agree with it: how they are found and declined."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace

from docgen.russian import case_readings, morphology
from docgen.russian.compounds import adjective_readings, decline_compound, noun_readings
from docgen.russian.exceptions import GOVERNING_STEMS, PEOPLE_STEMS, TRANSITIVE_STEMS
from docgen.russian.tokens import Token
from docgen.russian.word_readings import WordReading

_OF_PEOPLE, _OF_THINGS = 0.8, 0.87
"""How likely a genitive a plural noun is that no active, no passive participle goes with."""
_MAYBE_HEAD = "«{}» — главное слово или зависимое?"
CONJUNCTIONS = frozenset(("и", "или"))
"""Words that join two heads or two adjectives."""


@dataclass(frozen=True, slots=True)
class NounGroup:
    """A head and the adjectives before it, as places among the words and their readings.

    ``is_person`` says of an adjective without a noun whether it stands for a person
    («ответственный») rather than agrees with a thing said before («порядок, утверждённый»).
    ``doubt`` is a reason to check, in Russian.
    """

    head: int
    reading: WordReading
    modifiers: tuple[tuple[int, WordReading], ...] = ()
    is_person: bool = True
    doubt: str = ""

    @property
    def is_animate(self) -> bool:
        """Whether the accusative is the genitive, as of people."""
        return self.reading.is_animate if self.reading.is_noun else self.is_person


@functools.lru_cache(maxsize=16_384)
def is_abbreviation(word: str) -> bool:
    """Whether a word is an abbreviation of capitals (МБОУ, СОШ, УО): it never declines."""
    if not word.isupper() or len(word) < 2:
        return (
            any(letter.isupper() for letter in word[1:]) and not word.isupper() and "-" not in word
        )
    if "-" in word:
        return all(is_abbreviation(piece) for piece in word.split("-"))
    found = [reading for reading in morphology.readings_of(word) if reading.is_known]
    declinable = [reading for reading in found if "Fixd" not in reading.parse.tag]
    if len(word) == 2 and len(declinable) < len(found):
        return True
    is_short = len(word) <= 5 and not declinable
    return is_short or (len(word) <= 8 and not morphology.is_known(word))


def agrees(adjective: WordReading, noun: WordReading) -> bool:
    """Whether an adjective agrees with a noun; «глава», «судья» are of either gender."""
    if adjective.gender == noun.gender:
        return True
    return "ms-f" in noun.parse.tag and adjective.gender in {"м", "ж"}


def find_group(
    words: list[Token], start: int, *, is_parted: bool = True, is_of_thing: bool = False
) -> NounGroup | None:
    """Return the group that begins at a word: adjectives that agree, then their noun.

    Words that depend on an adjective may stand between, with ``is_parted``: «подготовительная к
    школе группа». Without such a noun the first adjective is a noun itself («заведующий»), with
    ``is_of_thing`` only if nothing else can be one.
    """
    near, adjectives, place = _near_group(words, start)
    if not adjectives:
        return near
    if near is not None and _names_people(words, near):
        return _substantive(words, adjectives)
    if near is None:
        distant = _distant_group(words, adjectives, place) if is_parted else None
        is_person = distant is not None and bool(distant.doubt) and distant.is_person
        if distant is not None and (is_of_thing or not is_person):
            return distant
        people = _substantive(words, adjectives)
        return replace(people, doubt=distant.doubt) if people and distant else people
    if not is_parted:
        return near
    if not near.is_animate and case_readings.is_active_transitive(words[adjectives[0]].text):
        # «Имеющий большой стаж педагог»: what agrees in form is the object.
        distant = _distant_group(words, adjectives[:1], adjectives[0] + 1)
        return distant if distant is not None and distant.is_animate else near
    return near


def _names_people(words: list[Token], group: NounGroup) -> bool:
    """Whether a participle is a noun that has a genitive after it: «учащиеся школы»."""
    if not group.modifiers or group.is_animate or group.reading.gender != "мн":
        return False
    word = words[group.modifiers[-1][0]].text
    return _is_of_people(word) and morphology.may_depend(words[group.head].text)


def _is_of_people(word: str) -> bool:
    """Whether an adjective or participle stands for people by itself: «обучающиеся»."""
    is_noun = morphology.is_participle(word) and morphology.is_noun_form(word)
    return is_noun or word.lower().startswith(PEOPLE_STEMS)


def _near_group(words: list[Token], start: int) -> tuple[NounGroup | None, list[int], int]:
    """Return the noun after adjectives, these adjectives and the place behind them."""
    place = start
    adjectives: list[int] = []
    while place < len(words):
        inner = _bracketed_adjectives(words, place) if adjectives else []
        if inner:
            adjectives.extend(inner)
            place = inner[-1] + 2
            continue
        word = words[place].text
        if words[place].kind != "word" or is_abbreviation(word):
            break
        noun = _agreeing_noun(words, adjectives, place)
        if noun is not None and not _is_better_as_adjective(words, place):
            return noun, adjectives, place
        if not adjective_readings(word):
            break
        adjectives.append(place)
        place += 1
        if _governs(words, place - 1):
            break
        place += _joins_adjectives(words, place)
    return None, adjectives, place


def _distant_group(words: list[Token], adjectives: list[int], place: int) -> NounGroup | None:
    """Return the noun of adjectives with words of their own: «утверждённый приказом порядок».

    After a preposition, a conjunction or a transitive participle the next noun is an object. What
    may be a genitive («к школе группы») is the noun of a mere adjective only: participles stand
    for people, too («обучающиеся по программам школы»).
    """
    maybe: list[NounGroup] = []
    adjectives = list(adjectives)
    has_object = not case_readings.is_active_transitive(words[adjectives[-1]].text)
    for index in range(place, len(words)):
        token = words[index]
        if token.kind == "open":
            return None
        if (
            token.kind == "word"
            and words[index - 1].text.isdigit()
            and words[index - 2].text != "№"
        ):
            # «Неуспевающие по итогам 2 четверти»: what is counted is no head.
            continue
        if _opens_object(words, index, adjectives):
            has_object = False
            continue
        found = _own_group(words, index) if has_object else None
        joined = _joined(words, adjectives, found)
        if joined is not None and not morphology.may_depend(token.text):
            return joined
        if joined is not None:
            maybe.append(joined)
        is_spelt = token.kind != "word" or is_abbreviation(token.text)
        has_object = has_object or is_spelt or morphology.is_noun_form(token.text)
    return _likeliest(words, maybe, words[adjectives[0]].text)


def _own_group(words: list[Token], place: int) -> NounGroup | None:
    """Return the noun at a place with its adjectives, or a participle that stands for it."""
    if words[place].kind != "word" or is_abbreviation(words[place].text):
        return None
    found = _near_group(words, place)[0]
    word = words[place].text
    if found is None and morphology.is_participle(word) and adjective_readings(word):
        # «Прибывший в школу обучающийся».
        return _substantive(words, [place])
    return found


def _opens_object(words: list[Token], place: int, adjectives: list[int]) -> bool:
    """Whether an object comes next: after a preposition or «и».

    One more participle after «и» joins the adjectives: «предложенный учителем и одобренный».
    """
    low = words[place].text.lower()
    if low in CONJUNCTIONS and place + 1 < len(words):
        word = words[place + 1].text
        firsts = adjective_readings(words[adjectives[0]].text)
        if morphology.is_participle(word) and any(
            each.gender == first.gender for each in adjective_readings(word) for first in firsts
        ):
            adjectives.append(place + 1)
    return low in CONJUNCTIONS or (words[place].kind == "word" and morphology.is_preposition(low))


def _likeliest(words: list[Token], maybe: list[NounGroup], first: str) -> NounGroup | None:
    """Return the group least like a genitive, with a doubt where a participle comes first."""
    if not maybe:
        return None
    if _is_of_people(first):
        # «Проживающие в общежитии студентки» – or those who live in that of a student.
        last = maybe[-1]
        is_open = last.is_animate and last.head == len(words) - 1
        doubt = _MAYBE_HEAD.format(words[last.head].text)
        return replace(last, doubt=doubt, is_person=True) if is_open else None
    shares = [case_readings.genitive_share(words[group.head].text) for group in maybe]
    group = maybe[shares.index(min(shares))]
    if case_readings.is_plain_adjective(first):
        return group
    # «Прошедшие курсы повышения квалификации» are people, «включённые в список школы» schools.
    is_active = case_readings.is_active(first)
    is_person = min(shares) > (_OF_PEOPLE if is_active else _OF_THINGS)
    doubt = _MAYBE_HEAD.format(words[group.head].text) if is_active or is_person else ""
    return replace(group, doubt=doubt, is_person=is_person)


def _joined(words: list[Token], adjectives: list[int], found: NounGroup | None) -> NounGroup | None:
    """Return a group with more adjectives, if they agree with its noun."""
    if found is None:
        return None
    modifiers: list[tuple[int, WordReading]] = []
    for index in adjectives:
        own = adjective_readings(words[index].text)
        fitting = [each for each in own if agrees(each, found.reading)]
        if not fitting:
            return None
        modifiers.append((index, fitting[0]))
    return NounGroup(found.head, found.reading, (*modifiers, *found.modifiers))


def depends(words: list[Token], place: int) -> bool:
    """Whether adjectives go with a noun in an oblique case: «координатор целевой модели».

    In -ой the feminine of all cases is the nominative of a man's adjective, too. Of a word that is
    also a noun («мастерской», «проходной») only the noun depends.
    """
    shared: frozenset[tuple[str, str, str]] | None = None
    for token in words[place:]:
        is_passed = token.kind in {"ordinal", "open", "close"}
        if is_passed or token.text.lower() in CONJUNCTIONS:
            continue
        if token.kind == "abbreviation" and shared:
            # «Район Курской обл.»
            return True
        if token.kind != "word":
            return False
        nouns = case_readings.oblique_forms(token.text, of_nouns=True)
        is_room = shared is None and case_readings.is_oblique_thing(token.text)
        is_noun_too = is_room and token.text.lower().endswith(("ой", "ей"))
        if is_noun_too or (shared and nouns & shared):
            return True
        own = case_readings.oblique_forms(token.text, of_nouns=False)
        shared = own if shared is None else shared & own
        if not shared:
            return False
    return False


def _bracketed_adjectives(words: list[Token], place: int) -> list[int]:
    """Return the places of adjectives in brackets between others: «вечерняя (сменная) школа»."""
    inner: list[int] = []
    if words[place].kind != "open":
        return inner
    for index in range(place + 1, len(words)):
        if words[index].kind == "close":
            is_followed = index + 1 < len(words) and words[index + 1].kind == "word"
            return inner if is_followed else []
        if words[index].kind != "word" or not adjective_readings(words[index].text):
            return []
        inner.append(index)
    return []


def _governs(words: list[Token], place: int) -> bool:
    """Whether a participle has an object after it rather than its noun."""
    low = words[place].text.lower()
    if low.startswith(TRANSITIVE_STEMS):
        return True
    return low.startswith(GOVERNING_STEMS) and not _has_noun_after(words, place + 1)


def _has_noun_after(words: list[Token], place: int) -> bool:
    """Whether a noun that agrees follows at once: «управляющий совет»."""
    return _agreeing_noun(words, [place - 1], place) is not None if place < len(words) else False


def _joins_adjectives(words: list[Token], place: int) -> bool:
    """Whether this word is «и» with one more adjective after it."""
    if place + 1 >= len(words) or words[place].text.lower() not in CONJUNCTIONS:
        return False
    return bool(adjective_readings(words[place + 1].text))


def _is_better_as_adjective(words: list[Token], place: int) -> bool:
    """Whether a word that may be a noun («рабочая») is an adjective of the next word."""
    own = adjective_readings(words[place].text)
    if place + 1 >= len(words) or words[place + 1].kind != "word" or not own:
        return False
    named = noun_readings(words[place].text)
    following = place + 1 + _joins_adjectives(words, place + 1)
    if all(each.is_proper for each in named) and adjective_readings(words[following].text):
        # «Троицкий и Новомосковский административные округа»: no surnames.
        return True
    if _agreeing_noun(words, [place], place + 1) is not None:
        return True
    is_second = place > 1 and words[place - 1].text.lower() in CONJUNCTIONS
    if is_second and all(each.is_proper for each in named):
        # «Должанский и Покровский районы».
        after = noun_readings(words[place + 1].text)
        return any(each.gender == "мн" and _gender_of_one(each) == own[0].gender for each in after)
    if words[place].text.lower().startswith(GOVERNING_STEMS):
        return False
    # «Старший дежурный»: neither is a noun of the dictionary, the last one stands for it.
    others = [each for each in adjective_readings(words[place + 1].text) if each.gender]
    return any(each.gender == reading.gender for each in others for reading in own)


def _agreeing_noun(words: list[Token], adjectives: list[int], place: int) -> NounGroup | None:
    if words[place].kind != "word":
        return None
    for noun in noun_readings(words[place].text):
        modifiers: list[tuple[int, WordReading]] = []
        for index in adjectives:
            own = adjective_readings(words[index].text)
            fitting = [each for each in own if agrees(each, noun)]
            if not fitting and _is_shared(words, adjectives[0], noun):
                fitting = [each for each in own if each.gender == _gender_of_one(noun)]
            if not fitting:
                break
            modifiers.append((index, fitting[0]))
        else:
            return NounGroup(place, noun, tuple(modifiers))
    return None


def _is_shared(words: list[Token], first: int, noun: WordReading) -> bool:
    """Whether each of two adjectives is of one thing: «Северный и Южный округа»."""
    return noun.gender == "мн" and words[first + 1].text.lower() in CONJUNCTIONS


def _gender_of_one(noun: WordReading) -> str:
    return {"masc": "м", "femn": "ж", "neut": "с"}.get(str(noun.parse.tag.gender or ""), "")


def _substantive(words: list[Token], adjectives: list[int]) -> NounGroup | None:
    """Return a group whose head is the last of the agreeing adjectives, read as a noun."""
    if depends(words, adjectives[0]):
        return None
    own = adjective_readings(words[adjectives[0]].text)
    if not own:
        return None
    first = own[0]
    if len(adjectives) == 1 and str(first.parse.normal_form) in {"весь", "этот"}:
        return None
    last, modifiers = adjectives[0], []
    reading = first
    for index in adjectives[1:]:
        fitting = [
            each for each in adjective_readings(words[index].text) if each.gender == first.gender
        ]
        if not fitting:
            break
        modifiers.append((last, reading))
        last, reading = index, fitting[0]
    return NounGroup(last, reading, tuple(modifiers))


def decline_group(words: list[Token], group: NounGroup) -> None:
    """Tell the head and its adjectives how they decline."""
    head = words[group.head]
    if not group.reading.is_noun:
        decline_adjective(head, group.reading, is_animate=group.is_animate)
    elif "-" in head.text:
        head.inflect = functools.partial(decline_compound, head.text, group.reading)
    else:
        head.inflect = functools.partial(morphology.inflect_noun, head.text, group.reading)
    for index, reading in group.modifiers:
        decline_adjective(words[index], reading, is_animate=group.is_animate)


def decline_adjective(token: Token, reading: WordReading, *, is_animate: bool) -> None:
    """Tell an adjective how it declines with a noun of that animacy."""
    token.inflect = functools.partial(
        morphology.inflect_adjective, token.text, reading, is_animate=is_animate
    )
