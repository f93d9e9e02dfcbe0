"""Cutting a phrase into words, quoted names, brackets, names of people and breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from docgen.russian import morphology
from docgen.russian.exceptions import APPOSED_FIRST_PARTS, GENERIC_BODIES
from docgen.russian.letters import CAPITAL, SMALL
from docgen.russian.name_parts import is_patronymic

_TOKEN = re.compile(
    r"(?P<quoted>«(?:[^«»]|«[^«»]*»?)*»|\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]"
    # What opens and never closes goes on to the end: nobody knows where the name would end.
    # The name of a trade after its code: «43.01.09 Повар, кондитер».
    rf"|\d\d\.\d\d\.\d\d\s[{CAPITAL}][\s\S]*\Z"
    r"|«[\s\S]*\Z|\"[^\"]*\Z|“[^”]*\Z|„[^“”]*\Z|\([^)]*\Z)"
    r"|(?P<open>\()|(?P<close>\))"
    rf"|(?P<name>(?:[{CAPITAL}]\.\s?){{1,2}}\s?[{CAPITAL}][{SMALL}-]+"
    rf"|[{CAPITAL}][{SMALL}]+(?:-[{CAPITAL}][{SMALL}]+)*\s(?:[{CAPITAL}]\.\s?){{1,2}})"
    rf"|(?P<abbreviation>[иИ]\.\s?о\.|[{CAPITAL}{SMALL}]{{1,6}}\.)"
    r"|(?P<ordinal>\d+[-‑](?:[йяе]|[ыо]й|ая|[ыо]е)(?![а-яё]))"
    rf"|(?P<word>[A-Za-z{CAPITAL}{SMALL}]+(?:[-‑’'][A-Za-z{CAPITAL}{SMALL}]+)*)"
    r"|(?P<break>,|;|\s[–—-]\s|(?<!\d)/|/(?!\d))"
    r"|(?P<space>\s+)"
    r"|(?P<other>[^\s\w]|\w+)"
)


@dataclass(slots=True)
class Token:
    """A piece of a phrase; ``inflect``, filled in for what declines, gives its form in a case."""

    kind: str
    text: str
    inflect: Callable[[str], str] | None = None

    def in_case(self, case: str) -> str:
        """Return the piece in an oblique case."""
        return self.text if self.inflect is None else self.inflect(case)


_SHORT_CAPITALS = re.compile(rf"[{CAPITAL}]{{2,3}}")
_LED_TITLE = re.compile(r"([А-ЯЁа-яё]{3,})([-‑])([А-ЯЁа-яё]+(?:ий|ый|ой|ая|яя|ое|ее))")


def to_tokens(text: str) -> list[Token]:
    """Return the tokens of a phrase; joined they are the phrase again."""
    found = [Token(match.lastgroup or "other", match[0]) for match in _TOKEN.finditer(text)]
    found = _unquoted_words(found)
    is_lone = sum(token.kind == "word" for token in found) == 1
    for place in range(len(found) - 1, -1, -1):
        token = found[place]
        if token.kind != "word":
            continue
        if place + 2 < len(found) and (pieces := _led_title(token, found[place + 2])):
            found[place : place + 1] = pieces
        elif _is_full_name(found[place : place + 5]):
            full = "".join(each.text for each in found[place : place + 5])
            found[place : place + 5] = [Token("name", full)]
        elif _SHORT_CAPITALS.fullmatch(token.text) and (is_lone or not text.isupper()):
            # «Директор ЦИК»: amid small letters a short word in capitals is no word.
            is_title = token.text.lower() in GENERIC_BODIES | APPOSED_FIRST_PARTS
            token.kind = "word" if is_title else "abbreviation"
    return found


def _unquoted_words(found: list[Token]) -> list[Token]:
    """Return the tokens with small words in quotes as words: at the start, alone in brackets."""
    result: list[Token] = []
    for place, token in enumerate(found):
        is_first = place == 0
        is_bracketed = found[place - 1 : place] != [] and found[place - 1].kind == "open"
        result.extend(_unquoted(token) if is_first or is_bracketed else [token])
    return result


def _unquoted(token: Token) -> list[Token]:
    """Return the words of a quote if they are no name: ««трудные» дети», «план («карта»)».

    The quotes are passed over as blanks are.
    """
    text = token.text
    if token.kind != "quoted" or len(text) < 3 or not text[1].islower():
        return [token]
    return [Token("space", text[0]), *to_tokens(text[1:-1]), Token("space", text[-1])]


def _led_title(token: Token, following: Token) -> list[Token]:
    """Return the two titles that a hyphen joins: «школа-детский сад»; else nothing."""
    parts = _LED_TITLE.fullmatch(token.text)
    is_place = parts is not None and parts[1].istitle() and parts[3].istitle()
    if not parts or is_place or not _leads_noun(parts[3], following) or not _is_noun(parts[1]):
        return []
    kinds = ("word", "break", "word")
    return [Token(kind, piece) for kind, piece in zip(kinds, parts.groups(), strict=True)]


def _is_full_name(tokens: list[Token]) -> bool:
    """Whether five tokens are a person's name in full: «Иванова Мария Петровна»."""
    kinds = [token.kind for token in tokens]
    if kinds != ["word", "space", "word", "space", "word"]:
        return False
    surname, first, patronymic = (token.text for token in tokens[::2])
    is_capital = surname[0].isupper() and first[0].isupper() and patronymic[0].isupper()
    return is_capital and is_patronymic(patronymic) and bool(morphology.first_name_genders(first))


def _is_noun(word: str) -> bool:
    return morphology.is_known(word) and morphology.is_nominative_noun(word)


def _leads_noun(adjective: str, token: Token) -> bool:
    """Whether a hyphen stands for a dash: «школа-детский сад» is two titles."""
    if token.kind != "word":
        return False
    genders = {each.gender for each in morphology.readings_of(adjective) if not each.is_noun}
    return any(
        each.is_noun and each.gender in genders for each in morphology.readings_of(token.text)
    )


def without_spaces(tokens: list[Token]) -> list[Token]:
    """Return the tokens that are not spaces (the same objects)."""
    return [token for token in tokens if token.kind != "space"]


def to_parts(tokens: list[Token]) -> Iterator[tuple[str, list[Token]]]:
    """Yield what opens a part and the part: between commas, dashes and slashes outside brackets."""
    opener, part = "", list[Token]()
    depth = 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if token.kind == "break" and depth <= 0:
            yield opener, part
            opener, part = token.text.strip(), []
        else:
            part.append(token)
    yield opener, part
