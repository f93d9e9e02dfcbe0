"""Declining posts, bodies and titles of documents: only the head and what agrees with it."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable
from dataclasses import replace

from docgen.russian import case_readings, morphology
from docgen.russian.brackets import decline_later, decline_people
from docgen.russian.case_forms import OBLIQUE, Form, to_case
from docgen.russian.compounds import OPEN_FIRST_PART, is_open_compound
from docgen.russian.exceptions import ANIMATE_NOUNS
from docgen.russian.form_cache import FormCache
from docgen.russian.guesses import is_surely_guessed
from docgen.russian.heads import (
    NounGroup,
    agrees,
    decline_group,
    find_group,
)
from docgen.russian.lookalikes import find_lookalikes
from docgen.russian.name_cases import MIXED, decline_name
from docgen.russian.named_persons import decline_person
from docgen.russian.numerals import decline_numeral, decline_ordinals
from docgen.russian.phrase_starts import ROMAN, is_clause, is_spelt, start_of_group
from docgen.russian.stray_nominatives import find_stray
from docgen.russian.tails import ONE_OR_MANY, PhraseOutcome, PhraseTail
from docgen.russian.ties import HELD_HYPHEN
from docgen.russian.tokens import Token, to_parts, to_tokens, without_spaces
from docgen.russian.word_readings import WordReading

_HYPHEN = re.compile(f"[-{HELD_HYPHEN}]")
_OF_A_PLACE = re.compile(r"[сц]к(?:ий|ая|ое|ие)$")
"""Adjectives made of names of places decline alike; no dictionary holds them all."""
_TEACHERS = ("учител", "преподавател", "воспитател")
_PARTS_OF_ADDRESS = frozenset(
    ("дом", "корпус", "строение", "квартира", "кабинет", "офис", "литера", "помещение", "комната")
)
_SURELY_GENITIVE = 0.95
_ALMOST_SURELY_GENITIVE = 0.925
_HARDLY_GENITIVE = 0.1
_NO_HEAD = "не найдено главное слово в именительном падеже"


def _ends_name(before: list[Token], words: list[Token]) -> bool:
    """Whether a dash stands within a bare name: «Республики Северная Осетия – Алания».

    After a common noun the second name declines: «Кемеровской области – Кузбасса».
    """
    last = before[-1] if before else None
    return (
        last is not None
        and len(words) == 1
        and words[0].text.istitle()
        and (last.text.istitle() or last.text.isupper())
        and last.in_case("дат") == last.text
        and (last.text.isupper() or any(_is_republic(token.text) for token in before[:-1]))
    )


def _names_town(before: list[Token], words: list[Token]) -> bool:
    """Whether a dash leads the name of a district: «городской округ – город Камышин»."""
    return bool(before and words) and before[-1].text == "округ" and words[0].text == "город"


def _is_republic(word: str) -> bool:
    return word.lower().startswith("республик")


def _decline_part(words: list[Token], outcome: PhraseOutcome) -> None:
    """Tell the words of one part between commas how they decline."""
    if decline_numeral(words):
        return
    start = None if is_clause(words) else start_of_group(words)
    is_first = outcome.group is None and not outcome.is_frozen
    if start is None or words[start].kind != "word":
        if start == 0 and is_first and words[0].kind == "named":
            outcome.reasons.append(OBLIQUE)
        if is_first and _is_quoted_head(words):
            words[0].inflect = functools.partial(_quoted_in_case, words[0].text)
        outcome.is_frozen = outcome.is_frozen or is_first
        decline_person(words, None, outcome)
        decline_people(words)
        return
    group = _group_of_part(words, start, outcome, is_first=is_first)
    decline_person(words, group, outcome)
    if group is None:
        if outcome.group is not None:
            outcome.reasons.extend(decline_later(words, outcome.group, outcome.head))
        return
    decline_ordinals(words[:start], group)
    decline_group(words, group)
    PhraseTail(words, group, outcome).decline()


def _is_quoted_head(words: list[Token]) -> bool:
    """Whether a name in quotes stands for a noun: ««Дорожная карта» внедрения модели»."""
    if len(words) < 2 or words[0].kind != "quoted" or not words[1].text.islower():
        return False
    word = words[1].text
    if words[1].kind == "abbreviation":
        # «Дом детского творчества» г. Покровска.
        return word in {"г.", "с.", "п.", "пос.", "д.", "ст."}
    readings = morphology.readings_of(word)
    return morphology.may_depend(word) and all(each.gender == "мн" for each in readings)


def _quoted_in_case(text: str, case: str) -> str:
    return f"{text[0]}{decline_phrase(text[1:-1], case).text}{text[-1]}"


def _group_of_part(
    words: list[Token], start: int, outcome: PhraseOutcome, *, is_first: bool
) -> NounGroup | None:
    """Return the group of a part that declines, if any, and note what is to be checked."""
    # After a comma an adjective goes with what was said before: «документы, нужные для работы».
    group = find_group(words, start, is_parted=is_first)
    before = words[start - 1] if start else None
    is_short = before is not None and is_spelt(before) and not ROMAN.fullmatch(before.text)
    is_led = is_short or (before is not None and before.text == "№")
    is_alone = group is not None and not group.modifiers
    depends = is_alone and morphology.may_depend(words[group.head if group else start].text)
    if is_first and is_led and (group is None or depends):
        # «МЧС России», «ОГЭ по математике»: the abbreviation is the head.
        outcome.is_frozen = True
        return None
    if is_first and group is None:
        is_oblique = case_readings.has_other_case(words[start].text)
        outcome.reasons.append(OBLIQUE if is_oblique else _NO_HEAD)
    if group is None or not (is_first or _may_begin(words, start, group, outcome)):
        return None
    if is_first:
        if _is_bare_adjective_of_a_place(words[start].text, group):
            # «Колпнянский, Должанский и Покровский районы».
            group = replace(group, is_person=False)
        outcome.group = group
        outcome.head = words[group.head].text
        outcome.is_bare = group.head == len(words) - 1
        outcome.reasons.extend(_doubts(words, group, outcome.words))
        return None if OBLIQUE in outcome.reasons else group
    return _after_comma(words, group, outcome.group) if outcome.group is not None else group


def _is_bare_adjective_of_a_place(word: str, group: NounGroup) -> bool:
    """Whether an adjective in -ский stands alone: nobody is called so but by surname."""
    return not group.reading.is_noun and _OF_A_PLACE.search(word) is not None


def _after_comma(words: list[Token], group: NounGroup, first: NounGroup) -> NounGroup:
    """Return the group of a later part: a participle goes with the thing that was said first.

    «Порядок, утверждённый приказом»; «документ, подтверждающий факт» has an object after it.
    """
    if group.modifiers and not group.is_animate:
        place, reading = group.modifiers[0]
        if morphology.is_participle(words[place].text) and agrees(reading, first.reading):
            return NounGroup(place, reading, is_person=first.is_animate)
    return group if group.reading.is_noun else replace(group, is_person=first.is_animate)


def _may_begin(words: list[Token], start: int, group: NounGroup, outcome: PhraseOutcome) -> bool:
    """Whether a later part begins with a head rather than with words that depend on the first."""
    word = words[start].text
    if word.islower() and group.reading.is_noun and group.reading.is_proper:
        # «Дети оленеводов, рыбаков»: no surname Рыбаков.
        return False
    first = outcome.group
    if not case_readings.has_other_case(word):
        return True
    if first is None:
        return False
    if outcome.is_bare and group.reading.is_noun and group.is_animate == first.is_animate:
        # «Мамы, папы и другие родственники»: nothing was said that the second could depend on.
        return True
    if not group.reading.is_noun:
        return group.reading.gender == first.reading.gender
    return group.is_animate and first.is_animate and group.reading.gender != "мн"


def _genitive_share(head: str, group: NounGroup) -> float:
    """Return how likely a plural head is a singular typed in the genitive, 0 to 1."""
    is_plural = group.reading.gender == "мн" and group.reading.is_noun and not group.modifiers
    return case_readings.genitive_share(head) if is_plural and "-" not in head else 0.0


def _doubts(words: list[Token], group: NounGroup, all_words: list[Token]) -> list[str]:
    """Return the reasons to check a phrase with this head."""
    if group.doubt:
        return [group.doubt]
    head, after = words[group.head].text, words[group.head + 1 :]
    share = _genitive_share(head, group)
    rest = all_words[all_words.index(words[group.head]) + 1 :]
    is_one = bool(after) and (_is_own_name(after[0]) or _has_one_number(rest))
    if share > _HARDLY_GENITIVE and is_one:
        # «Школы № 5»: a number or a name is of one.
        return [OBLIQUE]
    if share > (_SURELY_GENITIVE if not after else _ALMOST_SURELY_GENITIVE):
        return [OBLIQUE]
    if _may_be_one_person(head, share, group, after) and not _has_plural(head, rest):
        return [ONE_OR_MANY.format(head)]
    last = head.rsplit("-", maxsplit=1)[-1]
    is_compound = last != head and (morphology.is_known(last) or is_surely_guessed(last))
    is_clear = is_compound or _OF_A_PLACE.search(head) or head.lower() in ANIMATE_NOUNS
    if not (group.reading.is_known or is_clear or is_surely_guessed(head)):
        return [f"слова «{head}» нет в словаре"]
    return [OPEN_FIRST_PART.format(head)] if is_open_compound(head) else []


def _has_one_number(after: list[Token]) -> bool:
    """Whether a single number follows: «школы № 5», not «школы № 5, 6», «школы №№ 1–3»."""
    if after[0].text != "№" or after[1:2] == [] or after[1].text == "№":
        return False
    numbers = itertools.takewhile(
        lambda token: token.text.isdigit() or token.text in {",", "и", "№"}, after
    )
    return sum(token.text.isdigit() for token in numbers) == 1


def _is_own_name(token: Token) -> bool:
    """Whether a quoted text is a name: «школы «Радуга»», not «пары «новичок – опытный»»."""
    return token.kind == "quoted" and token.text[1:2].isupper()


def _may_be_one_person(head: str, share: float, group: NounGroup, after: list[Token]) -> bool:
    """Whether a plural may be the post of one typed in the genitive: «директора школы».

    One school has one of them; of «учителя», «мастера производственного обучения» a list is meant.
    """
    if not group.is_animate or share <= _HARDLY_GENITIVE:
        return False
    low = head.lower()
    is_post = low.endswith(("а", "я")) or case_readings.is_of_either_gender(head)
    return (
        is_post
        and not low.startswith(_TEACHERS)
        and any(case_readings.is_of_one_body(token.text) for token in after)
    )


def _has_plural(head: str, after: list[Token]) -> bool:
    """Whether other words show that the head is a plural.

    «Директора школ» are many, as are their schools; so are «учителя и воспитатели». One teacher
    has several classes: «учителя начальных классов» tells nothing.
    """
    is_teacher = head.lower().startswith(_TEACHERS)
    return any(
        case_readings.is_plural_alone(token.text, of_peers=is_teacher)
        for token in after
        if token.kind == "word"
    )


def rewrite_group(
    text: str,
    write_head: Callable[[str, WordReading], str],
    write_modifier: Callable[[str, WordReading], str],
) -> str:
    """Return the phrase with its head and the adjectives before it rewritten."""
    tokens = to_tokens(text)
    words = without_spaces(tokens)
    group = find_group(words, 0) if words else None
    if group is None:
        return text
    words[group.head].text = write_head(words[group.head].text, group.reading)
    for index, reading in group.modifiers:
        words[index].text = write_modifier(words[index].text, reading)
    return "".join(token.text for token in tokens)


def _is_numbered(words: list[Token]) -> bool:
    """Whether a part after a comma counts off: «…, 5–9 классы», «Невский проспект, дом 68»."""
    numbers = [token.text.isdigit() for token in words[:2]]
    return any(numbers[:1]) or (any(numbers[1:]) and words[0].text.lower() in _PARTS_OF_ADDRESS)


@functools.lru_cache(maxsize=2048)
def _read(text: str, agreement: str = "по норме") -> tuple[list[Token], PhraseOutcome]:
    """Return the tokens of a phrase, told how they decline: it is read once for all cases."""
    # Loads late, as the dictionary does: to import the package takes none of it.
    from docgen.russian.place_types import with_places

    # A hyphen that holds its line is pasted from Word: «педагог‑психолог».
    tokens = with_places(to_tokens(text.replace(HELD_HYPHEN, "-")), agreement)
    outcome = PhraseOutcome(words=without_spaces(tokens))
    before: list[Token] = []
    for opener, part in to_parts(tokens):
        words = without_spaces(part)
        is_number = opener == "," and _is_numbered(words)
        is_dash = bool(opener) and opener in "–—-"
        is_name = is_dash and (_ends_name(before, words) or _names_town(before, words))
        if words and not (is_number or is_name or outcome.is_titled):
            _decline_part(words, outcome)
        before = words
    if outcome.group is not None and not outcome.reasons and (stray := find_stray(outcome.words)):
        outcome.reasons.append(stray)
    return tokens, outcome


def _reasons(outcome: PhraseOutcome, case: str) -> list[str]:
    """Return the reasons to check a phrase in a case, without doubles."""
    names = (decline_name(name, case) for name in outcome.names)
    found = [*outcome.reasons, *(form.reason for form in names if form.check)]
    return list(dict.fromkeys(found))


@FormCache
def decline_phrase(text: str, case: str, agreement: str = "по норме") -> Form:
    """Return a post, a body or the title of a document in a case.

    The head, the adjectives that agree with it, synonyms in brackets and later heads after commas
    decline; quoted names, abbreviations, «и.о.», «врио», «зам.» and all dependants stay. A phrase
    without a head in the nominative comes back unchanged and marked for checking.

    Raises:
        WrongArgumentError: when the case is unknown.
    """
    target = to_case(case)
    if not any(letter.isalpha() for letter in text):
        return Form(text, "unchanged")
    if mixed := find_lookalikes(text):
        return Form(text, "unchanged", check=True, reason=MIXED.format(mixed))
    tokens, outcome = _read(text, agreement)
    reason = "; ".join(_reasons(outcome, "род" if target == "им" else target))
    form = text if target == "им" else "".join(token.in_case(target) for token in tokens)
    if HELD_HYPHEN in text:
        hyphens = iter(_HYPHEN.findall(text))
        form = _HYPHEN.sub(lambda found: next(hyphens, found[0]), form)
    if form == text:
        return Form(text, "unchanged", bool(reason), reason)
    return Form(form, "rule", bool(reason), reason)


@functools.lru_cache(maxsize=2048)
def is_oblique(text: str) -> bool:
    """Whether a phrase was most likely typed in another case than the nominative."""
    return OBLIQUE in _reasons(_read(text)[1], "дат")


@functools.lru_cache(maxsize=2048)
def is_post(text: str) -> bool:
    """Whether a phrase names one official, such as «директор», rather than a body."""
    group = _read(text)[1].group
    return group is not None and group.is_animate and group.reading.gender != "мн"


@functools.lru_cache(maxsize=2048)
def gender_of_phrase(text: str) -> str:
    """Return «м», «ж», «с» or «мн» for the head of a phrase, empty when there is none."""
    outcome = _read(text)[1]
    return outcome.group.reading.gender if outcome.group is not None else ""
