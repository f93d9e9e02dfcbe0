"""The words that .toml entries may choose from, spelled as the entries spell them."""

from __future__ import annotations

import enum


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
    """What one packet is made for: an order, a kind, a school year, a person who signs."""

    ORDER = "order"
    KIND = "kind"
    YEAR = "year"
    SIGNER = "signer"


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


class Orientation(enum.StrEnum):
    """How the pages of an appendix lie, as in its column «Ориентация»."""

    PORTRAIT = "книжная"
    LANDSCAPE = "альбомная"


class TableLook(enum.StrEnum):
    """How the table of an appendix looks, as in its column «Вид таблицы»."""

    HEADED = "с шапкой"
    WITHOUT_HEADING = "без шапки"
    WITHOUT_LINES = "без шапки и линий"
