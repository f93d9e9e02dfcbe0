"""What can go wrong, as data: problems with a code, a place and a sentence, and exceptions.

An error stops the stage and names a place; a warning is something to look at before signing; a
log line is for developers. Only ``__main__`` turns these into messages and exit codes.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import ClassVar, Final

from docgen.problem_codes import CODES, ExitCode

_PLAIN: Final = re.compile(r"[\w./-]+")
"""What a shell takes as one word."""


class Severity(enum.StrEnum):
    """How bad a problem is: an error leaves something out, a warning leaves out nothing."""

    ERROR = "error"
    WARNING = "warning"

    @property
    def words(self) -> str:
        """What it asks of a person, in Russian."""
        return "мешает печатать" if self is Severity.ERROR else "посмотрите"


class Rank(enum.IntEnum):
    """What a problem asks of a person, the most urgent first."""

    STOPS = 0
    LASTS = 1
    LOOK = 2
    REMINDS = 3


@dataclass(frozen=True, slots=True)
class Location:
    """A place a person can click: a cell of a workbook, or a spot in a template.

    ``file`` is written as the person knows it (relative to the root or as typed); ``part`` and
    ``paragraph`` (from 1) are of templates, ``key`` of .toml entries.
    """

    file: str = ""
    sheet: str = ""
    cell: str = ""
    part: str = ""
    paragraph: int | None = None
    tag: str = ""
    key: str = ""

    @property
    def is_template(self) -> bool:
        """Whether the place is in a template or a .toml entry; registers are workbooks."""
        return self.file.endswith((".docx", ".toml"))

    @property
    def paper(self) -> str:
        """The finished paper that the place is, by the name of its file; "" for a spot in one."""
        is_spot = self.sheet or self.cell or self.part or self.paragraph or self.key
        is_paper = self.file.endswith((".docx", ".pdf")) and not is_spot
        return f"«{self.file.rpartition('/')[2]}»" if is_paper else ""

    def within(self, other: Location) -> Location:
        """Return the place with the file of another if it has none; the other if it is empty."""
        if self.file:
            return self
        return replace(self, file=other.file) if str(self) else other

    def __repr__(self) -> str:
        """Return the dataclass's text in half the time: ledgers need it for every cell."""
        return (
            f"Location(file={self.file!r}, sheet={self.sheet!r}, cell={self.cell!r}, "
            f"part={self.part!r}, paragraph={self.paragraph!r}, tag={self.tag!r}, "
            f"key={self.key!r})"
        )

    def __str__(self) -> str:
        """Return e.g. ``registers/school/Наставничество.xlsx, лист «Пары», ячейка C7``."""
        if not (self.part or self.paragraph or self.tag or self.key) and self.cell.isascii():
            # Most places are cells, and there are very many of them.
            sheet = f", лист «{self.sheet}»" if self.sheet else ""
            cell = f", ячейка {self.cell}" if self.cell else ""
            return f"{self.file}{sheet}{cell}" if self.file else f"{sheet}{cell}"[2:]
        named = (
            ("лист «{}»", self.sheet),
            ("ячейка {}" if self.cell.isascii() else "{}", self.cell),
            ("{}", self.part),
            ("абзац {}", self.paragraph),
            ("тег {}", self.tag),
            ("ключ «{}»", self.key),
        )
        parts = [self.file] if self.file else []
        parts += [pattern.format(value) for pattern, value in named if value]
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a stable English code, a place, a Russian sentence.

    ``stands_for`` is more than 1 where a sheet has more of one code than are told one by one.
    ``subject`` is the paper, pair or person that it is about, when the sentence names none.

    Raises:
        UnknownCodeError: when the code is not in ``CODES``.
    """

    code: str
    where: Location
    message: str
    severity: Severity = Severity.ERROR
    stands_for: int = 1
    subject: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Refuse a code that the catalogue does not know."""
        if self.code not in CODES:
            raise UnknownCodeError(self.code)

    def __str__(self) -> str:
        """Return a line: what it is about, the sentence, the place in brackets, the code."""
        place = f" ({self.where})" if str(self.where) else ""
        return f"{self.sentence}{place} [{self.code}]"

    @property
    def sentence(self) -> str:
        """The message after what it is about."""
        subject = self.subject or self.where.paper
        return f"{subject}: {self.message}" if subject not in self.message else self.message

    @property
    def is_error(self) -> bool:
        """Whether this problem leaves something out."""
        return self.severity is Severity.ERROR

    @property
    def rank(self) -> Rank:
        """What the problem asks of a person."""
        code = CODES[self.code]
        if self.is_error:
            return Rank.STOPS
        if code.is_lasting:
            return Rank.LASTS
        return Rank.REMINDS if code.is_reminder else Rank.LOOK

    @property
    def exit_code(self) -> ExitCode:
        """The exit code that an error with this code asks for at this place."""
        code = CODES[self.code]
        return ExitCode.TEMPLATES if code.is_by_place and self.where.is_template else code.exit_code


def exit_code_of(problems: Iterable[Problem]) -> ExitCode:
    """Return the lowest exit code that an error among the problems asks for, else ``DONE``."""
    return min((one.exit_code for one in problems if one.is_error), default=ExitCode.DONE)


def warning(code: str, where: Location, message: str) -> Problem:
    """Return a problem that stops nothing."""
    return Problem(code, where, message, Severity.WARNING)


def command(*words: str, reason: bool = False) -> str:
    """Return a command of docgen as a person types it: what has blanks or quotes stands in quotes.

    One that wants a ``reason`` shows where it goes.
    """
    typed = [word if _PLAIN.fullmatch(word) else f'"{word}"' for word in words]
    return " ".join(["docgen", *typed, *(['--reason "почему"'] if reason else [])])


class DocgenError(Exception):
    """The root of everything that docgen raises on purpose.

    A ``StageError`` has problems to report to a person; a ``SignalError`` has none and is answered
    inside docgen.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.BUG

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep every problem, not just the first."""
        self.problems = tuple(problems)
        # Its arguments make it anew on the other side of a pipe.
        super().__init__(self.problems)

    def __str__(self) -> str:
        """Return a line for each problem."""
        return "\n".join(str(problem) for problem in self.problems)


class StageError(DocgenError):
    """The root of errors that stop a stage: what catches it reports its problems and goes on."""


class SignalError(DocgenError):
    """The root of exceptions that carry a message but no problems: their callers answer them.

    One that nobody answers is a bug of docgen; what catches ``StageError`` lets it pass.
    """

    def __init__(self, message: object = "") -> None:
        """Keep the message, which ``str()`` returns."""
        super().__init__(())
        self.args = (str(message),)

    def __str__(self) -> str:
        """Return the message."""
        return str(self.args[0])


class UnknownCodeError(SignalError, ValueError):
    """A problem was made with a code that ``CODES`` lacks."""


class UsageError(StageError):
    """The command line, a folder or a permission is wrong."""

    exit_code = ExitCode.USAGE


class RegisterError(StageError):
    """A workbook cannot be used."""

    exit_code = ExitCode.REGISTERS


class TemplateError(StageError):
    """A template or a .toml entry cannot be used."""

    exit_code = ExitCode.TEMPLATES


class ConversionError(StageError):
    """LibreOffice is missing or failed."""

    exit_code = ExitCode.CONVERSION


class PacketError(StageError):
    """A packet could not be assembled, or its pages are not where it says."""

    exit_code = ExitCode.PACKET
