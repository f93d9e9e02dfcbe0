"""Which signs the first page of a composed document prints, face by face.

Each face prints at most 255 signs, so that it is one font in the PDF. Documents with other signs
are converted alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from docgen.ooxml.font_names import LETTERS, SIGNS

_CYRILLIC: Final = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя"
LATIN: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SIGNS: Final = "-0123456789!\"#$%&'()*+,./:;<=>?@[\\]^_`{|}~«»„“”‘’–—…№§°×±•·\u2011"
REPERTOIRE: Final = f"{_CYRILLIC}{_SIGNS}"
"""The signs that a composed document may print besides Latin letters.

Cyrillic stands before Latin: where a font draws А and A with one glyph, the first letter is what a
reader finds; so with dashes.
"""
LIGATURES: Final = ("fi", "fl", "ff", "ffi", "ffl")

SIGN_REPERTOIRES: Final[Mapping[str, str]] = {
    LETTERS.family: (
        "₽ҐґҒғҔҕҖҗҘҙҚқҜҝҞҟҠҡҢңҤҥҦҧҨҩҪҫҬҭҮүҰұҲҳҴҵҶҷҸҹҺһҼҽӀӃӄӇӈӋӌӏӐӑӒӓӔӕӖӗӘәӚӛӜӝӞӟӠӡӢӣӤӥӦӧӨөӪӫӬӭӮӯӰӱӲӳӴӵӶӷӸӹ"
    ),
    SIGNS.family: (
        "☐☑☒✓✔✕✖✗✘→←↑↓↔⇒⇐⇔⇦⇧⇨⇩≤≥≠≈■□▪▫●○◆◇★☆◻◼▲▼▶◀►◄❑❒❖➢➤➔❏❐✦◉◎☎✆✉✂☞☛✎✏⁃‣◦∙"
        "⅓⅔⁰⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ℃"
    ),
}
"""What each face of signs prints on a first page: it is one in all documents that use the face."""

_DRAWN: Final = {family: frozenset(signs) for family, signs in SIGN_REPERTOIRES.items()}
_BLANKS: Final = frozenset(" \u00a0\t\n")
LATIN_SIGNS: Final = frozenset(LATIN)
_USUAL: Final = frozenset(REPERTOIRE) | LATIN_SIGNS | _BLANKS
_MOST_OTHERS: Final = 40
_PLAIN_CATEGORIES: Final = ("L", "N", "P", "S")
_FROM_RIGHT: Final = frozenset({"R", "AL", "AN"})


class SignLook(NamedTuple):
    """A face of signs alone: its family, whether it is bold, whether it is italic."""

    family: str
    is_bold: bool
    is_italic: bool

    def prints(self, text: str) -> bool:
        """Whether the first page prints all signs of a text in this face."""
        return _DRAWN[self.family].issuperset(text)


def other_signs(signs: Iterable[str]) -> str | None:
    """Return the signs of a text beyond the repertoire, sorted; None if it must go alone."""
    others = sorted(set(signs) - _USUAL)
    if len(others) > _MOST_OTHERS or not all(map(_is_plain, others)):
        return None
    return "".join(others)


def _is_plain(sign: str) -> bool:
    """Whether a sign is drawn alike beside any other one."""
    is_drawn = unicodedata.category(sign)[0] in _PLAIN_CATEGORIES
    is_whole = not unicodedata.decomposition(sign) or unicodedata.normalize("NFC", sign) == sign
    return is_drawn and is_whole and unicodedata.bidirectional(sign) not in _FROM_RIGHT
