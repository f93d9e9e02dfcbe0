"""The words that .toml entries may choose from, spelled as the entries spell them."""

from __future__ import annotations

import enum
import re
from typing import Final


class Family(enum.StrEnum):
    """The sorts of document, in the order in which packets hold them."""

    ORDER = "order"
    APPENDIX = "appendix"
    SHEET = "sheet"
    PAPER = "paper"
    CONSENT = "consent"
    BLANK_FORM = "blank-form"


class DocumentPer(enum.StrEnum):
    """What one document of a kind is made for: a row, a group of rows, the whole register."""

    ROW = "row"
    GROUP = "group"
    REGISTER = "register"


class Audience(enum.StrEnum):
    """The people to whom ``only`` may limit a kind; a pupil of 18 is an adult, but no worker."""

    ADULTS = "взрослые"
    CHILDREN = "дети"
    WORKERS = "работники"
    PUPILS = "обучающиеся"
    ADULT_PUPILS = "совершеннолетние обучающиеся"


class Purpose(enum.StrEnum):
    """What a packet is for: to be signed, to be certified as copies, to be printed in one go."""

    ORIGINALS = "originals"
    COPIES = "copies"
    PRINT = "print"


class PacketPer(enum.StrEnum):
    """What one packet is made for: an order, a kind, a school year, a person who signs.

    ``PAIR`` is a pair, or a group of one mentor; ``PERSON`` somebody about whom papers are.
    """

    ORDER = "order"
    KIND = "kind"
    YEAR = "year"
    SIGNER = "signer"
    PAIR = "pair"
    PERSON = "person"


class ChildrensPapers(enum.StrEnum):
    """What a packet does with papers about pairs of children: holds them, not, or them alone."""

    WITH = "with"
    WITHOUT = "without"
    ONLY = "only"


class ColumnKind(enum.StrEnum):
    """What the cells of a column hold; a deadline may be words, a phrase declines."""

    TEXT = "text"
    PHRASE = "phrase"
    DATE = "date"
    DEADLINE = "deadline"
    INTEGER = "integer"
    MONEY = "money"
    NAME = "name"
    GENDER = "gender"
    CHOICE = "choice"
    REFERENCE = "reference"
    FILE = "file"
    FLAG = "flag"


class Acquaintance(enum.StrEnum):
    """Where people sign that they know an order, as in the column «Ознакомление»."""

    ON_SHEET = "лист"
    IN_ORDER = "в приказе"
    NONE = "нет"


class Numbering(enum.StrEnum):
    """How the points of a text are numbered: through it, or anew where a part begins."""

    BY_SECTION = "по разделам"
    THROUGH = "сквозная"
    IN_SECTION = "заново в разделе"
    IN_CHAPTER = "заново в главе"
    NONE = "без номеров"


class TextPart(enum.StrEnum):
    """What a row of «Тексты приложений» is, as in its column «Как»."""

    CHAPTER = "глава"
    SECTION = "раздел"
    POINT = "пункт"
    SUBPOINT = "подпункт"
    PARAGRAPH = "абзац"
    SUBTITLE = "подзаголовок"
    LIST_LINE = "перечень"
    CAPTION = "название таблицы"
    TABLE = "таблица"
    NEW_PAGE = "новая страница"


NUMBERED: Final = (TextPart.CHAPTER, TextPart.SECTION, TextPart.POINT, TextPart.SUBPOINT)
"""The parts of a text that have numbers, the highest first."""

NUMBER_SAMPLE: Final = re.compile(r"1(?:\.1)+|1|\bI\b|\bа\b")
"""What stands for the number in a sample of how a part is numbered: «Глава 1.», «1.1.», «а)»."""


class Orientation(enum.StrEnum):
    """How the pages of an appendix lie, as in its column «Ориентация»."""

    PORTRAIT = "книжная"
    LANDSCAPE = "альбомная"


class TableLook(enum.StrEnum):
    """How the table of an appendix looks, as in its column «Вид таблицы»."""

    HEADED = "с шапкой"
    WITHOUT_HEADING = "без шапки"
    WITHOUT_LINES = "без шапки и линий"


class Quotation(enum.StrEnum):
    """What a paper prints of a signed order: what names a person, or what may stand on a site."""

    PERSON = "person"
    SITE = "site"
