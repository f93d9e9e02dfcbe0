"""The parts of a person's name: surname, first name, patronymic, initials, gender."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docgen.russian import morphology
from docgen.russian.form_cache import FormCache
from docgen.russian.letters import CAPITAL, SMALL

NBSP = "\u00a0"
TURKIC = frozenset(("оглы", "оглу", "угли", "углы", "улы", "уулу", "кызы", "кизи", "гызы", "қызы"))
"""«Son of», «daughter of»: they stand after the father's name and never decline."""

_TURKIC_WOMAN = frozenset(("кызы", "кизи", "гызы", "қызы"))
PARTICLES = frozenset(
    (
        "фон",
        "ван",
        "дер",
        "ден",
        "де",
        "да",
        "ди",
        "дю",
        "дель",
        "ла",
        "ле",
        "бен",
        "ибн",
        "аль",
        "эль",
        "тер",
    )
)
"""Lower-case particles that belong to the surname after them."""
ARTICLES = frozenset(
    (
        *("аль", "эль", "ибн", "бен", "бин", "абу", "абд", "абдель", "абдул"),
        *("фон", "де", "дель", "дю", "ван"),
    )
)
"""Particles that may have a capital at the start of a name: «Аль Хасан», «Ван дер Ваальс»."""

_INITIAL = rf"[^\W\d_][{SMALL}]?\."
_TOKEN = re.compile(rf"(?:{_INITIAL}\s*-?\s*)*{_INITIAL}|[^\s.,;()«»\"]+\.?")
_IS_INITIALS = re.compile(rf"(?:{_INITIAL}\s*-?\s*)+")
_ONE_INITIAL = re.compile(_INITIAL)
_PATRONYMIC = re.compile(
    r"(?:.+[оеё]вич|.{2,}[ьмкт]ич|саввич|силыч|.+славич"
    r"|.+[оеё]вна|.+ична|.+инишна|.+славна)",
    re.IGNORECASE,
)
_JOINED_TURKIC = re.compile(r".{3,}(улы|оглы|оглу|уулу|кызы|қызы|гызы)")
"""«Son of» and «daughter of» written with the father's name: «Кайратулы», «Айбеккызы»."""
_VOWEL_RUN = re.compile(r"[аеёиоуыэюя]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SHOUTED = re.compile(rf"(?<!\S)[{CAPITAL}]{{2,}}(?:-[{CAPITAL}]{{2,}})*(?=\s)")
_MAN = re.compile(r".*[иы]ч", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NamePiece:
    """A piece of a written name: ``part`` is surname, first, patronymic or initials."""

    text: str
    start: int
    end: int
    part: str


def usual_capitals(name: str) -> str:
    """Return a name with the capitals of names, where a list has it in capitals or without any.

    «ИВАНОВА Мария Петровна» is a habit of lists, too.
    """
    if name.isupper() or name.islower():
        return " ".join(_with_one_capital(word) for word in name.split())
    return _SHOUTED.sub(lambda match: _with_one_capital(match[0]), name)


def _with_one_capital(word: str) -> str:
    if word.lower() in PARTICLES | TURKIC:
        return word.lower()
    return _LETTERS.sub(lambda match: match[0].capitalize(), word)


def is_patronymic(word: str) -> bool:
    """Whether a word looks like a patronymic; surnames in -ович look so too."""
    return bool(_PATRONYMIC.fullmatch(word)) or _turkic_of(word) != ""


def _turkic_of(word: str) -> str:
    last = re.split(r"[-\s]", word.lower())[-1]
    joined = _JOINED_TURKIC.fullmatch(last)
    return last if last in TURKIC else joined[1] if joined else ""


def ends_turkic(word: str) -> bool:
    """Whether a word is «son of» or «daughter of», or ends so: it never declines."""
    return bool(_turkic_of(word))


def _tokens(text: str) -> list[tuple[str, int, int]]:
    """Return words and runs of initials with start and end; a particle joins the next word.

    A second surname keeps its brackets: «(Петрова)».
    """
    found: list[tuple[str, int, int]] = []
    for match in _TOKEN.finditer(text):
        word = match[0].rstrip()
        if not any(letter.isalpha() for letter in word):
            continue
        start, end = match.start(), match.start() + len(word)
        if _joins(found, word, text[end:]):
            start = found.pop()[1]
            word = text[start:end]
        elif text[start - 1 : start] == "(" and text[end : end + 1] == ")":
            start, end = start - 1, end + 1
            word = text[start:end]
        found.append((word, start, end))
    return found


def _joins(found: list[tuple[str, int, int]], word: str, rest: str) -> bool:
    """Whether a word goes with the one before it: «фон Берг», «Аль Хасан», «Ахмед оглы»."""
    if not found:
        return False
    low, before = word.lower(), found[-1][0].split()[-1]
    if low in TURKIC:
        # Kyrgyz names begin with the father's: «Базарбай уулу Азамат».
        return len(found) > 1 or bool(rest.strip())
    if _IS_INITIALS.fullmatch(word):
        return False
    if before in PARTICLES:
        return True
    after = rest.split()
    if len(found) > 1 or before.lower() not in ARTICLES or not after:
        return False
    if morphology.first_name_genders(word):
        # «Де Пётр Иванович» is a Korean.
        return not is_patronymic(after[0])
    # «Ван» is a Chinese surname, too.
    is_western = word in PARTICLES or bool(morphology.first_name_genders(after[0]))
    return before.lower() != "ван" or is_western


def _is_initials(word: str) -> bool:
    return bool(_IS_INITIALS.fullmatch(word)) or (len(word) == 1 and word.isupper())


def _is_syllable(word: str) -> bool:
    """Whether a word is one foreign syllable, of one vowel or some in a row: «Чен», «Туан»."""
    return len(_VOWEL_RUN.findall(word.lower())) == 1 and len(word) > 1


def _is_eastern(words: list[str]) -> bool:
    """Whether three words are a surname and a given name of two: «Нгуен Ван Хынг»."""
    return (
        len(words) == 3
        and not is_patronymic(words[2])
        and all(map(_is_syllable, words[1:]))
        and not all(map(morphology.first_name_genders, words[1:]))
        and (_is_syllable(words[0]) or not any(map(morphology.first_name_genders, words[1:])))
    )


def _first_is_name(first: str, second: str) -> bool:
    """Whether two words are in the order «Мария Иванова» rather than «Иванова Мария»."""
    if not morphology.first_name_genders(first) or morphology.first_name_genders(second):
        return False
    # «Ли Вэй»: two foreign syllables have the surname first, though the first is a name, too.
    is_eastern = _is_syllable(first) and _is_syllable(second)
    return not is_eastern or morphology.is_surname(second)


def _single_part(word: str) -> str:
    """Return which part of a name a single word is; one in -ович is taken for a surname."""
    if re.fullmatch(r".+(?:вна|чна)", word, re.IGNORECASE) and is_patronymic(word):
        return "patronymic"
    is_first = bool(morphology.first_name_genders(word)) and not morphology.is_surname(word)
    return "first" if is_first else "surname"


def _parts_of(words: list[str]) -> list[str]:
    """Return which part of the name each full word is."""
    count = len(words)
    looks = [is_patronymic(word) for word in words]
    if count < 2:
        return [_single_part(word) for word in words]
    if count == 2:
        if looks[1]:
            return ["first", "patronymic"]
        return ["first", "surname"] if _first_is_name(*words) else ["surname", "first"]
    if looks[1] and (count == 3 or not looks[-1]) and not (looks[2] and looks[0]):
        return ["first", "patronymic"] + ["surname"] * (count - 2)
    if looks[-1]:
        return ["surname"] * (count - 2) + ["first", "patronymic"]
    return ["surname", "first"] + ["patronymic"] * (count - 2)


@FormCache
def name_pieces(text: str) -> tuple[NamePiece, ...]:
    """Return the pieces of a written name in their order."""
    tokens = _tokens(text)
    words = [word for word, _, _ in tokens]
    if len(words) == 3 and len(words[0]) == 1 and is_patronymic(words[2]):
        # Korean surnames may be one letter: «О Михаил Петрович».
        pairs = zip(tokens, ("surname", "first", "patronymic"), strict=True)
        return tuple(NamePiece(*token, part) for token, part in pairs)
    if _is_eastern(words):
        (surname, _, end), (_, start, _), (_, _, last) = tokens
        given = NamePiece(text[start:last], start, last, "first")
        return (NamePiece(surname, end - len(surname), end, "surname"), given)
    has_initials = any(_is_initials(word) for word in words)
    full = [word for word in words if not _is_initials(word) and not word.startswith("(")]
    parts = ["surname"] * len(full) if has_initials else _parts_of(full)
    if has_initials and len(full) == 2 and _is_initials(words[-1]):
        parts = ["surname", "first"]
    following = iter(parts)
    return tuple(NamePiece(*token, _part_of(token[0], following)) for token in tokens)


def _part_of(word: str, following: Iterator[str]) -> str:
    """Return the part of a word: initials, a second surname in brackets, or the next part."""
    if _is_initials(word):
        return "initials"
    return "surname" if word.startswith("(") else next(following)


def looks_like_name(text: str) -> bool:
    """Whether a text is a person's name rather than a title.

    All words are capitalised, and there is a patronymic, initials or a first name of the
    dictionary; a single word is a name of the dictionary and no common noun («Иванова», not
    «Мельник»).
    """
    words = [word for word, _, _ in _tokens(text)]
    if not 1 <= len(words) <= 5 or not all(word.lstrip("(")[:1].isupper() for word in words):
        return False
    if len(words) == 1:
        is_known = morphology.is_surname(words[0]) or morphology.first_name_genders(words[0])
        return bool(is_known) and not morphology.common_noun_form(words[0], "род")
    if any(_is_initials(word) for word in words) or is_patronymic(words[-1]):
        return True
    return any(morphology.first_name_genders(word) for word in words)


def _single_initials(run: str) -> list[str]:
    return [match[0] for match in _ONE_INITIAL.finditer(run)] or [run + "."]


def split_name(text: str) -> tuple[str, str, str]:
    """Return surname, first name and patronymic of a written name; absent parts are empty.

    Initials count: «Гладилова О.А.» and «О.А. Гладилова» give «Гладилова», «О.», «А.».
    """
    by_part: dict[str, list[str]] = {"surname": [], "first": [], "patronymic": []}
    for piece in name_pieces(text):
        if piece.part == "initials":
            for initial in _single_initials(piece.text):
                part = "patronymic" if by_part["first"] else "first"
                by_part[part].append(initial)
        else:
            by_part[piece.part].append(piece.text)
    surname, first, patronymic = (" ".join(" ".join(words).split()) for words in by_part.values())
    return surname, first, patronymic


def gender_of_patronymic(patronymic: str) -> str:
    """Return «м» or «ж» by the patronymic, else an empty text."""
    turkic = _turkic_of(patronymic)
    if turkic:
        return "ж" if turkic in _TURKIC_WOMAN else "м"
    if not _PATRONYMIC.fullmatch(patronymic):
        return ""
    return "м" if _MAN.fullmatch(patronymic) else "ж"


def gender_of(name: str) -> str:
    """Return «м» or «ж» by the patronymic of a written name, else an empty text.

    Initials, surnames and first names do not show it: «Присекарь И.А.» may be anybody.
    """
    pieces = [piece for piece in name_pieces(name) if piece.part == "patronymic"]
    return gender_of_patronymic(pieces[-1].text) if pieces else ""


def _initial_of(name: str) -> str:
    """Return the initial of a name: «И.», or «А.-М.» of a double first name."""
    words = name.split()
    if not words:
        return ""
    letters = [part[0].upper() + "." for part in words[0].split("-") if part[:1].isalpha()]
    if len(letters) > 1 and re.split(r"[-\s]", name.lower())[-1] in TURKIC:
        letters = letters[:1]
    return "-".join(letters)


@FormCache
def initials(
    surname: str,
    first: str,
    patronymic: str,
    *,
    ahead: bool = False,
    spaced: bool = False,
) -> str:
    """Return «Иванова И.И.», or with ``ahead`` «И.И. Иванова», joined by U+00A0.

    Without a patronymic there is one initial; оглы and кызы have none. ``spaced`` puts U+00A0
    between the initials, as books do.
    """
    letters = [initial for initial in (_initial_of(first), _initial_of(patronymic)) if initial]
    run = (NBSP if spaced else "").join(letters)
    pair = (run, surname.strip()) if ahead else (surname.strip(), run)
    return NBSP.join(part for part in pair if part)
