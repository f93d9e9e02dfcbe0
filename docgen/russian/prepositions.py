"""The long forms of short prepositions: «со статьёй», «во вторник», «об учителе»."""

from __future__ import annotations

import re

from docgen.russian.letters import CAPITAL

_VOWEL = "аеёиоуыэюя"
_NOT_VOWEL = f"(?![{_VOWEL}ьъ])[а-я]"

_LONG = {
    # Граудина, Ицкович, Катлинская: before с, з, ш, ж with one more consonant, before щ, and before
    # some clusters of a first syllable.
    "с": (
        "со",
        re.compile(
            rf"[сзшж]{_NOT_VOWEL}|щ|м[сцчгхш]|мног|лг|лж|лб|в[сз](?:[еёя]|{_NOT_VOWEL})|вт[оа]р|мно[йю]|льв|льд|рт[аоу]\b"
        ),
    ),
    "в": (
        "во",
        re.compile(
            rf"[вф]{_NOT_VOWEL}|м[сцчгхш]{_NOT_VOWEL}|мст|мце|мног|лг|лж|лб|мне\b|льв|льд|рту\b|исполнение\b|избежание\b"
        ),
    ),
    "к": ("ко", re.compile(r"вс[её]|всяк|взросл|втор|мн[еоу]|льв|льг|мст|мце|дню\b")),
    "о": ("об", re.compile(r"[аиоуэ]")),
}
_OBO = re.compile(r"мне\b|вс[её]")
_SPELT = re.compile(f"[{CAPITAL}A-Z]{{2,}}")
_SPELT_FROM_VOWEL = re.compile("[АИОУЭ]|[ЛМНРС][БВГДЖЗКЛМНПРСТФХЦЧШЩ]+(?![А-ЯЁа-яё])")
"""Abbreviations whose first sound is a vowel: «об ОГЭ», «об ИП», «об МЧС» (эм-че-эс)."""
_ORDINAL = (
    r"(?:[-‑](?:й|го|му|м|я|ю|е)|[\s\u00a0]+(?:январ|феврал|март|апрел|ма[яйе]|июн|июл|август|сентябр"
    r"|октябр|ноябр|декабр|(?:квартал|полугоди|класс|курс|этап)(?!ами?|ах|ов|ями?|ях|й)))"
)
"""What follows a number that is read as «второй»: «со 2 сентября», but «с 2 наставниками»."""
_SECOND = re.compile(f"2{_ORDINAL}")
_ONE_OR_ELEVEN = re.compile(rf"11(?!\d)|1(?!\d|{_ORDINAL})")
_HUNDRED = re.compile(r"1\d\d(?!\d)")
_YEAR_IN = re.compile(r"(?<=м[ \u00a0])годе\b")
_QUOTES = "«\"„“'( "


def with_preposition(preposition: str, text: str) -> str:
    """Return the text after «с», «в», «к» or «о», in its long form where the text needs it.

    An opener may end in the preposition («В соответствии с»). Abbreviations keep the short form,
    as do all other words before a text.
    """
    opener, space, last = preposition.rstrip().rpartition(" ")
    word = text.lstrip(_QUOTES)
    if word[:1].isdigit():
        last = _before_number(last, word)
    elif not _SPELT.match(word):
        last = _lengthened(last, word.lower())
    elif last.lower() == "о" and _SPELT_FROM_VOWEL.match(word):
        last += "б"
    if last.lower() in {"в", "во"}:
        # «В учебном году», but «об учебном годе».
        text = _YEAR_IN.sub("году", text, count=1)
    return f"{opener}{space}{last} {text}"


def _before_number(preposition: str, number: str) -> str:
    """Return the form before a number in digits, as the number is read aloud."""
    short = preposition.lower()
    is_second, is_hundred = _SECOND.match(number), _HUNDRED.match(number)
    if (is_second and short in {"с", "в", "к"}) or (is_hundred and short in {"с", "к"}):
        return f"{preposition}о"
    return f"{preposition}б" if short == "о" and _ONE_OR_ELEVEN.match(number) else preposition


def _lengthened(preposition: str, word: str) -> str:
    short = preposition.lower()
    if short == "о" and _OBO.match(word):
        return preposition + "бо"
    longer, before = _LONG.get(short, (short, None))
    return preposition[0] + longer[1:] if before is not None and before.match(word) else preposition
