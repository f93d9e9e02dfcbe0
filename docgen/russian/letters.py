"""The letters of Russian and of the other languages of Russia, for classes of expressions.

A name keeps its letters in a paper: «Ғәлиев Ә.Ғ.» is a surname with initials, «Башҡортостан» one
word.
"""

from __future__ import annotations

from typing import Final

_CYRILLIC: Final = tuple(map(chr, range(0x400, 0x530)))

CAPITAL: Final = "".join(one for one in _CYRILLIC if one.isupper())
"""Every capital letter, А to Я, Ё, Ә, Ғ, Ҫ, Ӏ and the like; stands within brackets."""

SMALL: Final = "".join(one for one in _CYRILLIC if one.islower())
"""Every small letter, as ``CAPITAL``."""

_TWINS: Final = str.maketrans(
    "әөүұҗңһғҙҡҫқіӑӗӳҕҥӧӱӓӹӝӟӵӥӌӕўҳҷӣӯјљњћђїєґӏ",
    "аоуужнхгзкскиаеугноуаыжзчичаухжиуйлнчжиегь",
)


def russian_twin(word: str) -> str:
    """Return a small word with the Russian letter that is nearest for each other one.

    Endings are the same in both: «ғәлиев» declines as «галиев». The length stays.
    """
    return word.translate(_TWINS)
