"""The head of a phrase and the adjectives that agree with it: how they are found and declined."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.russian import morphology
from docgen.russian.compounds import adjective_readings, decline_compound, noun_readings
from docgen.russian.exceptions import GOVERNING_STEMS, TRANSITIVE_STEMS
from docgen.russian.morphology import WordReading
from docgen.russian.tokens import Token

CONJUNCTIONS = frozenset(("и", "или"))
"""Words that join two heads or two adjectives."""


@dataclass(frozen=True, slots=True)
class NounGroup:
    """A head and the adjectives before it, as places among the words and their readings."""

    head: int
    reading: WordReading
    modifiers: tuple[tuple[int, WordReading], ...] = ()

    @property
    def is_animate(self) -> bool:
        """Whether the accusative is the genitive, as of people."""
        return self.reading.is_animate if self.reading.is_noun else True


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


def find_group(words: list[Token], start: int) -> NounGroup | None:
    """Return the group that begins at a word: adjectives that agree, then their noun.

    Without such a noun the first adjective is a noun itself («заведующий», «ответственный»).
    """
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
            return noun
        if not adjective_readings(word):
            break
        adjectives.append(place)
        place += 1
        if _governs(words, place - 1):
            break
        place += _joins_adjectives(words, place)
    return _substantive(words, adjectives)


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
    if _agreeing_noun(words, [place], place + 1) is not None:
        return True
    if words[place].text.lower().startswith(GOVERNING_STEMS):
        return False
    # «Старший дежурный»: neither is a noun of the dictionary, the last one stands for it.
    after = [each for each in adjective_readings(words[place + 1].text) if each.gender]
    return any(each.gender == reading.gender for each in after for reading in own)


def _agreeing_noun(words: list[Token], adjectives: list[int], place: int) -> NounGroup | None:
    if words[place].kind != "word":
        return None
    for noun in noun_readings(words[place].text):
        modifiers: list[tuple[int, WordReading]] = []
        for index in adjectives:
            fitting = [each for each in adjective_readings(words[index].text) if agrees(each, noun)]
            if not fitting:
                break
            modifiers.append((index, fitting[0]))
        else:
            return NounGroup(place, noun, tuple(modifiers))
    return None


def _substantive(words: list[Token], adjectives: list[int]) -> NounGroup | None:
    """Return a group whose head is the last of the agreeing adjectives, read as a noun."""
    if not adjectives:
        return None
    first = adjective_readings(words[adjectives[0]].text)[0]
    if str(first.parse.normal_form) in {"весь", "этот"}:
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


_ORDINALS = {
    "м": {"род": "го", "дат": "му", "вин": "го", "твор": "м", "пред": "м"},
    "с": {"род": "го", "дат": "му", "вин": "го", "твор": "м", "пред": "м"},
    "ж": {"род": "й", "дат": "й", "вин": "ю", "твор": "й", "пред": "й"},
    "мн": {"род": "х", "дат": "м", "вин": "х", "твор": "ми", "пред": "х"},
}


def decline_ordinals(words: list[Token], group: NounGroup, case: str) -> None:
    """Decline the ordinal numbers before a group: «5-е классы» -> «5-х классов»."""
    gender = group.reading.gender
    is_kept = case == "вин" and gender != "ж" and (gender == "с" or not group.is_animate)
    if is_kept or gender not in _ORDINALS:
        return
    for token in words:
        if token.kind == "ordinal":
            token.form = token.text.rstrip("йяеаыо") + _ORDINALS[gender][case]


def decline_group(words: list[Token], group: NounGroup, case: str) -> None:
    """Write the forms of a head and its adjectives into their tokens."""
    head = words[group.head]
    if not group.reading.is_noun:
        head.form = morphology.inflect_adjective(head.text, group.reading, case, is_animate=True)
    elif "-" in head.text:
        head.form = decline_compound(head.text, group.reading, case)
    else:
        head.form = morphology.inflect_noun(head.text, group.reading, case)
    for index, reading in group.modifiers:
        words[index].form = morphology.inflect_adjective(
            words[index].text, reading, case, is_animate=group.is_animate
        )
