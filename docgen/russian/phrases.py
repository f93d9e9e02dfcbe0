"""Positions, bodies and titles of documents in a case: only the head and what agrees with it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from docgen.russian import morphology
from docgen.russian.exceptions import (
    ANIMATE_NOUNS,
    FIXED_HYPHEN_PARTS,
    FROZEN_STARTS,
    SKIPPED_STARTS,
)
from docgen.russian.forms import Form, to_case
from docgen.russian.morphology import Reading
from docgen.russian.names import is_patronymic
from docgen.russian.people import decline_name

_TOKEN = re.compile(
    r"(?P<quoted>«(?:[^«»]|«[^«»]*»?)*»|\"[^\"]*\"|“[^”]*”|„[^“”]*[“”])"
    r"|(?P<open>\()|(?P<close>\))"
    r"|(?P<name>(?:[А-ЯЁ]\.\s?){1,2}\s?[А-ЯЁ][а-яё-]+|[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)*\s(?:[А-ЯЁ]\.\s?){1,2})"
    r"|(?P<abbreviation>[иИ]\.\s?о\.|[А-Яа-яЁё]{1,6}\.)"
    r"|(?P<word>[A-Za-zА-Яа-яЁё]+(?:[-‑’'][A-Za-zА-Яа-яЁё]+)*)"
    r"|(?P<break>,|;|\s[–—-]\s|/)"
    r"|(?P<space>\s+)"
    r"|(?P<other>[^\s\w]|\w+)"
)
_AND = {"и", "или"}
_NAMESAKE = {"имени", "им.", "памяти"}
_OBLIQUE = "похоже, введено не в именительном падеже"
_NO_HEAD = "не найдено главное слово в именительном падеже"


@dataclass(slots=True)
class Token:
    """A piece of the phrase; ``form`` is what it becomes in the case."""

    kind: str
    text: str
    form: str


@dataclass(frozen=True, slots=True)
class Group:
    """A head with the adjectives before it: places among the words, and how they are read."""

    head: int
    reading: Reading
    modifiers: tuple[tuple[int, Reading], ...] = ()

    @property
    def is_animate(self) -> bool:
        """Whether the accusative is that of people."""
        return self.reading.is_animate if self.reading.is_noun else True


@dataclass(slots=True)
class Outcome:
    """What a phrase turned out to be: its first group and everything to be checked."""

    group: Group | None = None
    is_frozen: bool = False
    reasons: list[str] = field(default_factory=list)


def _tokens(text: str) -> list[Token]:
    return [
        Token(match.lastgroup or "other", match[0], match[0]) for match in _TOKEN.finditer(text)
    ]


def _significant(tokens: list[Token]) -> list[Token]:
    return [token for token in tokens if token.kind != "space"]


def _parts(tokens: list[Token]) -> Iterator[list[Token]]:
    """Split at commas, spaced dashes and slashes, but never inside brackets."""
    part: list[Token] = []
    depth = 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if token.kind == "break" and depth <= 0:
            yield part
            part = []
        else:
            part.append(token)
    yield part


def is_abbreviation(word: str) -> bool:
    """Whether a word is an abbreviation of capitals (МБОУ, СОШ, УО): it never declines."""
    if not word.isupper() or len(word) < 2:
        return (
            any(letter.isupper() for letter in word[1:]) and not word.isupper() and "-" not in word
        )
    found = [reading for reading in morphology.readings(word) if reading.is_known]
    declinable = [reading for reading in found if "Fixd" not in reading.parse.tag]
    is_short = len(word) <= 5 and not declinable
    return is_short or (len(word) <= 8 and not morphology.is_known(word))


def _agrees(adjective: Reading, noun: Reading) -> bool:
    if adjective.gender == noun.gender:
        return True
    return "ms-f" in noun.parse.tag and adjective.gender in {"м", "ж"}


def _noun_readings(word: str) -> list[Reading]:
    if "-" in word:
        return _hyphen_readings(word)
    return [reading for reading in morphology.readings(word) if reading.is_noun]


def _hyphen_readings(word: str) -> list[Reading]:
    """A hyphenated noun is read by the first of its parts that declines."""
    if morphology.is_known(word):
        return [reading for reading in morphology.readings(word) if reading.is_noun]
    if _adjective_readings(word) and not morphology.is_nominative_noun(word.rsplit("-", 1)[-1]):
        return []
    for piece in word.split("-"):
        if piece.lower() in FIXED_HYPHEN_PARTS or piece.isascii():
            continue
        found = [reading for reading in morphology.readings(piece) if reading.is_noun]
        if found:
            return found
        return []
    return []


def _adjective_readings(word: str) -> list[Reading]:
    return [reading for reading in morphology.readings(word) if not reading.is_noun]


def find_group(words: list[Token], start: int) -> Group | None:
    """Return the group that begins at a word: adjectives that agree, then their noun.

    Without such a noun the first adjective is a noun itself («заведующий», «ответственный»).
    """
    place = start
    adjectives: list[int] = []
    while place < len(words) and words[place].kind == "word":
        word = words[place].text
        if is_abbreviation(word):
            break
        noun = _agreeing_noun(words, adjectives, place)
        if noun is not None and not _is_better_as_adjective(words, place):
            return noun
        if not _adjective_readings(word):
            break
        adjectives.append(place)
        place += 1
        place += _joins_adjectives(words, place)
    return _substantive(words, adjectives)


def _joins_adjectives(words: list[Token], place: int) -> bool:
    """Whether «и» stands here before one more adjective."""
    if place + 1 >= len(words) or words[place].text.lower() not in _AND:
        return False
    return bool(_adjective_readings(words[place + 1].text))


def _is_better_as_adjective(words: list[Token], place: int) -> bool:
    """Whether a word that may be a noun («рабочая») leads a noun that agrees with it."""
    if place + 1 >= len(words) or not _adjective_readings(words[place].text):
        return False
    return _agreeing_noun(words, [place], place + 1) is not None


def _agreeing_noun(words: list[Token], adjectives: list[int], place: int) -> Group | None:
    if words[place].kind != "word":
        return None
    for noun in _noun_readings(words[place].text):
        modifiers: list[tuple[int, Reading]] = []
        for index in adjectives:
            fitting = [
                each for each in _adjective_readings(words[index].text) if _agrees(each, noun)
            ]
            if not fitting:
                break
            modifiers.append((index, fitting[0]))
        else:
            return Group(place, noun, tuple(modifiers))
    return None


def _substantive(words: list[Token], adjectives: list[int]) -> Group | None:
    """Read the last of agreeing adjectives at the start as a noun."""
    if not adjectives:
        return None
    first = _adjective_readings(words[adjectives[0]].text)[0]
    last, modifiers = adjectives[0], []
    reading = first
    for index in adjectives[1:]:
        fitting = [
            each for each in _adjective_readings(words[index].text) if each.gender == first.gender
        ]
        if not fitting:
            break
        modifiers.append((last, reading))
        last, reading = index, fitting[0]
    return Group(last, reading, tuple(modifiers))


def _decline_hyphenated(word: str, reading: Reading, case: str) -> str:
    if morphology.is_known(word):
        return morphology.inflect_noun(word, reading, case)
    forms: list[str] = []
    for piece in word.split("-"):
        own = [each for each in morphology.readings(piece) if each.is_noun]
        if not own or piece.lower() in FIXED_HYPHEN_PARTS or piece.isascii():
            forms.append(piece)
            continue
        same = [each for each in own if each.gender == reading.gender]
        forms.append(morphology.inflect_noun(piece, (same or own)[0], case))
    return "-".join(forms)


def _apply(words: list[Token], group: Group, case: str) -> None:
    head = words[group.head]
    if not group.reading.is_noun:
        head.form = morphology.inflect_adjective(head.text, group.reading, case, is_animate=True)
    elif "-" in head.text:
        head.form = _decline_hyphenated(head.text, group.reading, case)
    else:
        head.form = morphology.inflect_noun(head.text, group.reading, case)
    for index, reading in group.modifiers:
        words[index].form = morphology.inflect_adjective(
            words[index].text, reading, case, is_animate=group.is_animate
        )


def _start(words: list[Token]) -> int | None:
    """Return where the group may begin, or ``None`` when the part is frozen («и.о. директора»)."""
    place = 0
    while place < len(words):
        low = words[place].text.lower().replace(" ", "")
        if low in FROZEN_STARTS or re.fullmatch(r"зам(?:ест)?[а-я]{4,}[ая]", low):
            return None if not morphology.is_nominative_noun(low) else place
        is_skipped = (
            low in SKIPPED_STARTS
            or (words[place].kind == "word" and is_abbreviation(words[place].text))
            or words[place].kind == "other"
            or morphology.part_of_speech(low) == "ADVB"
        )
        if not is_skipped:
            return place
        place += 1
    return None


def _decline_part(tokens: list[Token], case: str, outcome: Outcome) -> None:
    """Decline one part between commas."""
    words = _significant(tokens)
    if _is_full_name(words):
        _decline_full_name(tokens, case, outcome)
        return
    start = _start(words)
    is_first = outcome.group is None and not outcome.is_frozen
    _decline_person(words, case, outcome)
    if start is None or words[start].kind != "word":
        outcome.is_frozen = outcome.is_frozen or is_first
        return
    group = find_group(words, start)
    if group is None or (not is_first and not _may_begin(words, start, group, outcome)):
        if is_first:
            outcome.reasons.append(
                _OBLIQUE if morphology.has_other_case(words[start].text) else _NO_HEAD
            )
        return
    _apply(words, group, case)
    if is_first:
        outcome.group = group
        outcome.reasons.extend(_doubts(words[group.head].text, group))
    _Tail(words, group, case, outcome).decline()


def _is_full_name(words: list[Token]) -> bool:
    """Whether a part is a person's name in full: «Иванова Мария Петровна»."""
    return (
        len(words) in {2, 3}
        and all(token.kind == "word" and token.text[0].isupper() for token in words)
        and is_patronymic(words[-1].text)
        and bool(morphology.first_name_genders(words[-2].text))
    )


def _decline_full_name(tokens: list[Token], case: str, outcome: Outcome) -> None:
    text = "".join(token.text for token in tokens)
    form = decline_name(text, case)
    tokens[0].form = form.text
    for token in tokens[1:]:
        token.form = ""
    if form.check:
        outcome.reasons.append(form.reason)


def _may_begin(words: list[Token], start: int, group: Group, outcome: Outcome) -> bool:
    """Whether a later part has a head of its own rather than going on with dependants."""
    word = words[start].text
    if not morphology.has_other_case(word):
        return True
    first = outcome.group
    if first is None:
        return False
    if not group.reading.is_noun:
        return group.reading.gender == first.reading.gender
    return group.is_animate and first.is_animate and group.reading.gender != "мн"


def _decline_person(words: list[Token], case: str, outcome: Outcome) -> None:
    """Decline a person named with initials where a part begins or ends, not a school's namesake."""
    before: set[str] = set()
    for place, token in enumerate(words):
        is_edge = place in {0, len(words) - 1}
        if token.kind == "name" and is_edge and not before & _NAMESAKE:
            form = decline_name(token.text, case)
            token.form = form.text
            if form.check:
                outcome.reasons.append(form.reason)
        before.add(token.text.lower())


def _doubts(head: str, group: Group) -> list[str]:
    """Return why a person should look at a phrase with this head."""
    is_plural = group.reading.gender == "мн" and group.reading.is_noun
    if is_plural and not group.modifiers and morphology.is_singular_genitive(head):
        return [f"«{head}» — множественное число или родительный падеж?"]
    if not group.reading.is_known and "-" not in head and head.lower() not in ANIMATE_NOUNS:
        return [f"слова «{head}» нет в словаре"]
    return []


@dataclass(slots=True)
class _Tail:
    """What follows a head: words that agree with it, brackets, second heads; the rest stays."""

    words: list[Token]
    group: Group
    case: str
    outcome: Outcome

    def decline(self) -> None:
        """Walk to the end of the part and decline what goes with the head."""
        place = self._postposed(self.group.head + 1)
        has_preposition = False
        while place < len(self.words):
            token = self.words[place]
            low = token.text.lower()
            if token.kind == "open":
                place = self._bracket(place)
                continue
            if token.kind == "quoted":
                has_preposition = True
            elif low in _AND and not has_preposition:
                place = self._second(place + 1)
                continue
            elif morphology.is_preposition(low):
                has_preposition = True
            elif token.kind == "word" and not has_preposition:
                place = self._apposition(place)
                continue
            place += 1

    def _postposed(self, place: int) -> int:
        """An adjective after its noun: «врач-стоматолог детский»."""
        if (
            place >= len(self.words)
            or self.words[place].kind != "word"
            or not self.group.reading.is_noun
        ):
            return place
        word = self.words[place].text
        fitting = [each for each in _adjective_readings(word) if _agrees(each, self.group.reading)]
        other = find_group(self.words, place)
        if not fitting or other is None or other.reading.is_noun or is_abbreviation(word):
            return place
        self.words[place].form = morphology.inflect_adjective(
            word, fitting[0], self.case, is_animate=self.group.is_animate
        )
        return place + 1

    def _bracket(self, place: int) -> int:
        """A synonym in brackets declines too: «план мероприятий (дорожная карта)»."""
        end = next(
            (n for n in range(place, len(self.words)) if self.words[n].kind == "close"),
            len(self.words),
        )
        inner = self.words[place + 1 : end]
        group = find_group(inner, 0) if inner else None
        if group is not None and self._is_synonym(group, is_near=place == self.group.head + 1):
            _apply(inner, group, self.case)
        return end + 1

    def _is_synonym(self, group: Group, *, is_near: bool) -> bool:
        if not group.reading.is_noun:
            return (
                is_near
                and group.reading.gender == self.group.reading.gender
                and (self.group.is_animate)
            )
        if group.is_animate != self.group.is_animate:
            return False
        return is_near or group.is_animate or bool(group.modifiers)

    def _second(self, place: int) -> int:
        """A second head after «и»: «бухгалтер и кассир», not «учитель физики и астрономии»."""
        group = find_group(self.words, place)
        if group is None or not self._is_peer(place, group):
            return place + 1 if place < len(self.words) else place
        _apply(self.words, group, self.case)
        return group.head + 1

    def _is_peer(self, place: int, group: Group) -> bool:
        word = self.words[place].text
        near = place == self.group.head + 2
        if group.reading.is_noun and group.is_animate and not morphology.has_other_case(word):
            return True
        if not morphology.has_other_case(word) and group.is_animate == self.group.is_animate:
            return group.reading.gender != "мн" or near
        if near and group.reading.is_noun and group.is_animate == self.group.is_animate:
            self.outcome.reasons.append(f"«{word}» — второе главное слово?")
            return True
        return False

    def _apposition(self, place: int) -> int:
        """A generic name without quotes: «учреждение детский сад № 18»."""
        group = find_group(self.words, place)
        if group is None or not group.reading.is_noun or not self._is_apposition(place, group):
            return place + 1
        _apply(self.words, group, self.case)
        return group.head + 1

    def _is_apposition(self, place: int, group: Group) -> bool:
        first = self.words[place].text
        reading = group.reading
        near = place == self.group.head + 1
        if near and self.words[self.group.head].text.lower() == "город":
            return True
        return (
            reading.is_known
            and not reading.is_proper
            and not is_abbreviation(first)
            and reading.gender != "мн"
            and not morphology.has_other_case(first)
            and reading.is_animate == self.group.is_animate
            and not self._is_place_name(place)
        )

    def _is_place_name(self, place: int) -> bool:
        """A bare name after «округ», «район» stays: «городского округа Первоуральск»."""
        before = self.words[place - 1].text.lower()
        return self.words[place].text[:1].isupper() and before.startswith(
            (
                "округ",
                "район",
                "сел",
                "посёл",
                "посел",
                "станци",
                "област",
                "образовани",
                "поселени",
            )
        )


def rewrite_group(
    text: str,
    write_head: Callable[[str, Reading], str],
    write_modifier: Callable[[str, Reading], str],
) -> str:
    """Return the phrase with its head and the adjectives before it written anew."""
    tokens = _tokens(text)
    words = _significant(tokens)
    group = find_group(words, 0) if words else None
    if group is None:
        return text
    words[group.head].form = write_head(words[group.head].text, group.reading)
    for index, reading in group.modifiers:
        words[index].form = write_modifier(words[index].text, reading)
    return "".join(token.form for token in tokens)


def _walk(text: str, case: str) -> tuple[str, Outcome]:
    tokens = _tokens(text)
    outcome = Outcome()
    for part in _parts(tokens):
        if _significant(part):
            _decline_part(part, case, outcome)
    return "".join(token.form for token in tokens), outcome


@functools.lru_cache(maxsize=8192)
def decline_phrase(text: str, case: str) -> Form:
    """Return a position, a body or a title of a document in a case.

    The head, the adjectives that agree with it, synonyms in brackets and later heads after commas
    decline; quoted names, abbreviations, «и.о.», «врио», «зам.» and all dependants stay. A phrase
    without a head in the nominative comes back unchanged and marked for checking.

    Raises:
        ValueError: when the case is unknown.
    """
    target = to_case(case)
    if not any(letter.isalpha() for letter in text):
        return Form(text, "unchanged")
    form, outcome = _walk(text, "род" if target == "им" else target)
    reason = "; ".join(dict.fromkeys(outcome.reasons))
    if target == "им" or form == text:
        return Form(text, "unchanged", bool(reason), reason)
    return Form(form, "rule", bool(reason), reason)


@functools.lru_cache(maxsize=2048)
def gender_of_phrase(text: str) -> str:
    """Return «м», «ж», «с» or «мн» for the head of a phrase, empty when there is none."""
    _, outcome = _walk(text, "род")
    return outcome.group.reading.gender if outcome.group is not None else ""
