"""Widths of the letters of Times New Roman, to measure which words fit a narrow column.

Advance widths in thousandths of the type size, read from Liberation Serif, whose metrics are the
same by design.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_REGULAR: Final = {
    180: "'",
    250: " .,\xa0",
    278: "ijlt:;/",
    333: "Ifr!()[]-\u2011",
    389: "Js",
    395: "з",
    408: '"',
    410: "г",
    429: "э",
    437: "т",
    444: "аеёсacez?",
    456: "ь",
    460: "я",
    472: "в",
    486: "к",
    499: "л",
    500: "орухbdghknopquvxy0123456789–«»_",
    501: "З",
    503: "ч",
    509: "бд",
    517: "ъ",
    535: "ийнпц",
    556: "РFPS",
    564: "+=",
    574: "БЬ",
    578: "Г",
    611: "ЕЁТELTZ",
    633: "м",
    648: "ф",
    650: "Ч",
    660: "Э",
    667: "ВКСЯBCR",
    672: "ы",
    678: "Л",
    682: "Д",
    691: "ж",
    706: "Ъ",
    708: "У",
    722: "АИЙНОПХЦADGHKNOQUVXYw",
    747: "ю",
    770: "шщ",
    778: "m&",
    790: "Ф",
    833: "%",
    872: "Ы",
    889: "МM",
    896: "Ж",
    921: "@",
    944: "W",
    954: "№",
    1000: "—",
    1009: "ШЩ",
    1028: "Ю",
}
_BOLD: Final = {
    250: " .,\xa0",
    278: "il/'",
    333: "fjt:;!()[]-\u2011",
    389: "Is",
    402: "з",
    432: "э",
    444: "еёсcerz",
    454: "г",
    491: "т",
    500: "абоухJagovxy0123456789?–«»_",
    506: "д",
    528: "З",
    529: "ь",
    540: "в",
    541: "я",
    555: '"',
    556: "рSbdhknpqu",
    561: "л",
    564: "ч",
    570: "+=",
    576: "ийкнпц",
    583: "ъ",
    611: "РFP",
    636: "Г",
    661: "БЬ",
    667: "ВЕЁТBELTZ",
    678: "Э",
    681: "м",
    688: "Д",
    692: "ф",
    722: "АСХЯACDNRUVXYw",
    725: "Кж",
    734: "УЧ",
    745: "Л",
    764: "ю",
    765: "Ъ",
    778: "ИЙНОПЦGHKOQ",
    781: "ы",
    833: "m&",
    844: "шщ",
    859: "Ф",
    930: "@",
    944: "МM",
    982: "Ы",
    989: "Ж",
    1000: "W—%",
    1005: "№",
    1098: "ШЩ",
    1126: "Ю",
}

_UNKNOWN: Final = 1000


class _Widths(dict[str, int]):
    """Widths by letters; an unknown letter counts as wide."""

    def __missing__(self, letter: str) -> int:
        return _UNKNOWN


def _by_letter(table: Mapping[int, str]) -> _Widths:
    return _Widths({letter: width for width, letters in table.items() for letter in letters})


WIDEST: Final = max(_UNKNOWN, *_REGULAR, *_BOLD)
"""The width of the widest letter, in thousandths of the type size."""

_BY_LETTER: Final = _by_letter(_REGULAR)
_BY_BOLD_LETTER: Final = _by_letter(_BOLD)


def text_width(text: str, *, is_bold: bool = False) -> int:
    """Return the width of a line in thousandths of the type size."""
    widths = _BY_BOLD_LETTER if is_bold else _BY_LETTER
    return sum(map(widths.__getitem__, text))
