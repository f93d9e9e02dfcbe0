"""Values as templates see them: they know their case, their house form and how to refuse.

Every value prints by ``str``; a case filter asks for ``in_case``. Cases are named ``им род дат
вин твор пред``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol, runtime_checkable

from markupsafe import Markup, escape

from docgen import russian
from docgen.errors import Location, Problem, RegisterError
from docgen.model import Override, PersonName, Phrase, Reference, Value, sameness

NO_OVERRIDES: Mapping[str, Override] = {}


def text_of(value: Value) -> str:
    """Return a value's text as the register has it."""
    if isinstance(value, tuple):
        return "; ".join(text_of(item) for item in value)
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, PersonName | Phrase | Reference):
        return value.text
    return "" if value is None else str(value)


@runtime_checkable
class Declinable(Protocol):
    """What a case filter accepts."""

    def in_case(self, case: str) -> Declinable:
        """Return the same thing in another case."""
        ...


class Printed:
    """A value that prints by ``str`` and is escaped like any text."""

    __slots__ = ()

    def __html__(self) -> Markup:
        """Return the text for an autoescaping template."""
        return escape(str(self))

    def __len__(self) -> int:
        """Return the length of the printed text."""
        return len(str(self))


@dataclass(frozen=True, slots=True)
class PhraseView(Printed):
    """A position, a body, a group in a case."""

    text: str
    overrides: Mapping[str, Override] = field(default_factory=dict, repr=False)
    case: str = "им"

    def in_case(self, case: str) -> PhraseView:
        """Return the phrase in another case."""
        return replace(self, case=case)

    def __str__(self) -> str:
        """Return the form typed in the register, else the declined one."""
        return typed_form(self.text, self.case, self.overrides) or (
            self.text if self.case == "им" else russian.decline_phrase(self.text, self.case).text
        )


def typed_form(text: str, case: str, overrides: Mapping[str, Override]) -> str:
    """Return the form that the register gives for this text and case, or nothing."""
    override = overrides.get(sameness(text))
    return override.forms.get(case, "") if override else ""


@dataclass(frozen=True, slots=True)
class NameView(Printed):
    """A person's name; ``style`` is full, initials («Иванова М.П.») or ahead («М.П. Иванова»)."""

    name: PersonName
    where: Location
    overrides: Mapping[str, Override] = field(default_factory=dict, repr=False)
    case: str = "им"
    style: str = "full"
    spaced: bool = False

    def in_case(self, case: str) -> NameView:
        """Return the name in another case, in the same style."""
        return replace(self, case=case)

    def in_style(self, style: str) -> NameView:
        """Return the name in another style, in the same case."""
        return replace(self, style=style)

    @property
    def gender(self) -> str:
        """«м», «ж» or empty when the register does not tell."""
        return self.name.gender

    def __str__(self) -> str:
        """Return the name as printed.

        Raises:
            RegisterError: ``gender-missing`` when the case needs a gender that nobody told.
        """
        if self.style == "full":
            return self._full()
        return russian.initials(
            self._part(self.name.surname, "фамилия"),
            self.name.first,
            self.name.patronymic,
            ahead=self.style == "ahead",
            spaced=self.spaced,
        )

    def _full(self) -> str:
        typed = typed_form(self.name.text, self.case, self.overrides)
        if typed or self.case == "им":
            return typed or self.name.text
        parts = (
            (self.name.surname, "фамилия"),
            (self.name.first, "имя"),
            (self.name.patronymic, "отчество"),
        )
        if self.name.first.endswith("."):
            return russian.initials(
                self._part(self.name.surname, "фамилия"), self.name.first, self.name.patronymic
            )
        return " ".join(self._part(text, part) for text, part in parts if text)

    def _part(self, text: str, part: str) -> str:
        if self.case == "им" or (self.name.is_fixed and part == "фамилия"):
            return text
        typed = typed_form(text, self.case, self.overrides) or self._typed_within(part)
        if typed:
            return typed
        if not self.gender:
            raise RegisterError([self._gender_missing()])
        return russian.decline_name(text, self.case, self.gender, part).text

    def _typed_within(self, part: str) -> str:
        """Return this part of a full name typed in the case, so that initials follow it."""
        typed = typed_form(self.name.text, self.case, self.overrides)
        if not typed:
            return ""
        surname, first, patronymic = russian.split_name(typed)
        return {"фамилия": surname, "имя": first, "отчество": patronymic}[part]

    def _gender_missing(self) -> Problem:
        return Problem(
            "gender-missing",
            self.where,
            f"нужен пол, чтобы поставить «{self.name.text}» в падеж; впишите м или ж в столбец "
            "«Пол»",
        )


@dataclass(frozen=True, slots=True)
class JoinedView(Printed):
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
class DateView(Printed):
    """A day, the house form it prints in, and the one it takes inside running text."""

    day: dt.date
    form: str
    text_form: str = "3 марта 2022 г."

    @property
    def в_тексте(self) -> DateView:
        """The day as running text has it."""
        return replace(self, form=self.text_form)

    def __str__(self) -> str:
        """Return the day in the house form."""
        return russian.format_date(self.day, self.form)


@dataclass(frozen=True, slots=True)
class BlankView(Printed):
    """An empty by-hand cell: a line to write on with its caption in brackets."""

    caption: str
    line: int = 30

    def in_case(self, case: str) -> BlankView:
        """Return the same line: what is written by hand is not declined."""
        del case
        return self

    def __bool__(self) -> bool:
        """Nothing is there yet."""
        return False

    def __str__(self) -> str:
        """Return the line and its caption."""
        rule = "_" * self.line
        return f"{rule} ({self.caption})" if self.caption else rule


BLANK_DATE = "«____» ______________ 20___ г."
BLANK_NUMBER = "____"
BLANK_YEAR = "20___"
