"""How the value of one cell prints: its grammatical case, its date form, its line to write on.

Every value prints by ``str``; a case filter calls ``in_case``. Cases are named ``им род дат вин
твор пред``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal, NoReturn, Protocol, runtime_checkable

from markupsafe import Markup, escape

from docgen import russian
from docgen.errors import Location, Problem, RegisterError, SignalError
from docgen.model import Column, PersonName, Phrase, PictureFile, Reference, Value
from docgen.wording.spelling import Speller, present_speller


class WordingError(SignalError, ValueError):
    """A value cannot be worded as a filter asks; the message is a Russian sentence."""


def text_of(value: Value) -> str:
    """Return a value's text as it stands in the register; the items of a list parted by «; »."""
    if isinstance(value, tuple):
        return "; ".join(text_of(item) for item in value)
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, PersonName | Phrase | Reference):
        return value.text
    if isinstance(value, Decimal):
        return russian.format_sum(value)
    return "" if value is None else str(value)


_LISTS = (list, tuple, set, frozenset, dict)


def check_printed(value: object) -> None:
    """Refuse what is no single value: Python would print its own view of it.

    Raises:
        WordingError: for a list, and for what is a part of the program.
    """
    kind = type(value)
    if kind is str:
        return
    if value is None:
        raise WordingError("значения нет; проверьте условием {% if %}, что оно есть")
    if kind in _LISTS:
        raise WordingError("это список, а не одно значение; переберите его циклом {% for %}")
    if kind.__str__ is object.__str__ and not isinstance(value, int | float):
        # Such as <generator object …>.
        raise WordingError(
            "это не значение, а часть программы; напечатайте то, что она даёт: столбец, вызов со "
            "скобками, список через «перечень»"
        )


def named(value: object) -> str:
    """Return a value as a message quotes it, in Russian whatever it is."""
    if value is None:
        return "пустое значение"
    try:
        check_printed(value)
    except WordingError:
        return "список" if isinstance(value, _LISTS) else "это"
    return f"«{value}»"


@runtime_checkable
class Declinable(Protocol):
    """A value that a case filter accepts."""

    def in_case(self, case: str) -> Declinable:
        """Return the value in another case."""
        ...


class PrintableText:
    """A value that prints by ``str`` and is escaped like any text."""

    __slots__ = ()

    def __html__(self) -> Markup:
        """Return the text for an autoescaping template."""
        return escape(str(self))

    def __len__(self) -> int:
        """Return the length of the printed text."""
        return len(str(self))


@dataclass(frozen=True, slots=True)
class PhraseView(PrintableText):
    """The name of a position, a body or a group, in a case; ``where`` is the cell it comes from.

    One that ``is_small`` has lost the capital that its cell begins with, and so do the forms that
    are typed for it.
    """

    text: str
    speller: Speller = field(default_factory=present_speller, repr=False, compare=False)
    where: Location = field(default_factory=Location, compare=False)
    case: str = "им"
    is_small: bool = False

    def in_case(self, case: str) -> PhraseView:
        """Return the phrase in another case."""
        return replace(self, case=case)

    def with_text(self, text: str) -> PhraseView:
        """Return another phrase that comes from the same cell, in the same case."""
        return replace(self, text=text)

    def __str__(self) -> str:
        """Return the form that a register gives, else the declined one."""
        form = self.speller.spell_phrase(self.text, self.case, self.where)
        is_great = self.is_small and form[:1].isupper() and form[1:2].islower()
        return form[:1].lower() + form[1:] if is_great else form


@dataclass(frozen=True, slots=True)
class NameView(PrintableText):
    """A person's name; ``style`` is full, initials («Иванова М.П.») or ahead («М.П. Иванова»)."""

    name: PersonName
    where: Location
    speller: Speller = field(default_factory=Speller, repr=False, compare=False)
    case: str = "им"
    style: str = "full"
    has_spaced_initials: bool = False

    def in_case(self, case: str) -> NameView:
        """Return the name in another case, in the same style."""
        return replace(self, case=case)

    def in_style(self, style: str) -> NameView:
        """Return the name in another style, in the same case."""
        return replace(self, style=style)

    @property
    def gender(self) -> str:
        """«м», «ж», or empty when the register does not say."""
        return self.name.gender

    def __str__(self) -> str:
        """Return the name as printed.

        Raises:
            RegisterError: ``gender-missing`` when the case depends on a gender that is unknown.
        """
        if self.style == "full" and self.case == "им":
            return self.name.text
        parts = self.speller.spell_name(self.name, self.case, self.where)
        if self.style == "full" and not self.name.first.endswith("."):
            return " ".join(part for part in parts if part)
        return russian.initials(
            parts[0],
            self.name.first,
            self.name.patronymic,
            ahead=self.style == "ahead",
            spaced=self.has_spaced_initials,
        )


@dataclass(frozen=True, slots=True)
class JoinedView(PrintableText):
    """Several values side by side that decline together (a position and a name)."""

    parts: tuple[Declinable, ...]
    between: str = " "

    def in_case(self, case: str) -> JoinedView:
        """Return every part in another case."""
        return replace(self, parts=tuple(part.in_case(case) for part in self.parts))

    def __str__(self) -> str:
        """Return the filled parts joined."""
        return self.between.join(text for text in map(str, self.parts) if text)


@dataclass(frozen=True, slots=True)
class DateView(PrintableText):
    """A day, the form in which it prints, and its form inside running text.

    A form is written as it shows 3 March 2022.
    """

    day: dt.date
    form: str
    text_form: str = "3 марта 2022 г."

    def __lt__(self, other: DateView) -> bool:
        """Return whether this day is before the other, however both print."""
        return self.day < other.day

    def __le__(self, other: DateView) -> bool:
        """Return whether this day is the other or before it."""
        return self.day <= other.day

    @property
    def в_тексте(self) -> DateView:
        """The same day in the form of running text."""
        return replace(self, form=self.text_form)

    def __str__(self) -> str:
        """Return the day in its form."""
        return russian.format_date(self.day, self.form)


@dataclass(frozen=True, slots=True)
class BlankView(PrintableText):
    """An empty by-hand cell: a line to write on with its caption in brackets."""

    caption: str
    line: int = 30

    def in_case(self, case: str) -> BlankView:
        """Return the same line: what will be written by hand is not declined."""
        del case
        return self

    def __bool__(self) -> Literal[False]:
        """Return False: nothing is filled in yet."""
        return False

    def __str__(self) -> str:
        """Return the line and its caption."""
        rule = "_" * self.line
        return f"{rule} ({self.caption})" if self.caption else rule


@dataclass(frozen=True, slots=True)
class PictureView(PrintableText):
    """A picture that a cell names; in a title or a file name it prints its own name."""

    picture: PictureFile

    def in_size(self, width_mm: float, height_mm: float) -> PictureView:
        """Return the picture in another size; 0 for what follows from the other one."""
        return replace(self, picture=replace(self.picture, width_mm=width_mm, height_mm=height_mm))

    def __str__(self) -> str:
        """Return the name of the file."""
        return str(self.picture)


class MissingView(PrintableText):
    """An empty reference: prints nothing, is false, names its cell when a document needs more."""

    __slots__ = ("_column", "_day", "_where")

    def __init__(self, column: Column, where: Location, day: dt.date | None = None) -> None:
        """Stand for the empty cell of this column, or for a fact that is empty on the day."""
        self._column = column
        self._where = where
        self._day = day

    def __getattr__(self, name: str) -> NoReturn:
        """Refuse every column of a row that nobody has chosen.

        Raises:
            RegisterError: ``missing-value`` at the empty cell.
        """
        if name.startswith("_"):
            # Python and Jinja look for hooks of their own; no person ever sees this exception.
            raise AttributeError(name)
        wanted = f"«{self._column.header}», а документу нужно «{name}»"
        message = f"пустая ячейка в столбце {wanted}; выберите запись из списка"
        if self._day is not None:
            message = (
                f"на {self._day:%d.%m.%Y} никого нет в строке {wanted}; впишите или поправьте "
                "«Действует с» и «по»"
            )
        raise RegisterError([Problem("missing-value", self._where, message)])

    def in_case(self, case: str) -> MissingView:
        """Return the same empty value."""
        del case
        return self

    def __bool__(self) -> Literal[False]:
        """Return False: no row was chosen."""
        return False

    def __eq__(self, other: object) -> bool:
        """Return whether the other is an empty text or an empty reference."""
        return other == "" or isinstance(other, MissingView)

    def __hash__(self) -> int:
        """Hash like the empty text."""
        return hash("")

    def __str__(self) -> str:
        """Return the empty text."""
        return ""


BLANK_DATE = "«____» ______________ 20___ г."
NARROW_DATE = "«__» ________ 20__ г."
BLANK_NUMBER = "____"
BLANK_YEAR = "20___"
