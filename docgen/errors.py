"""What can go wrong, as data: a code, a place and a sentence.

An error stops the stage and names a place; a warning is something the reader should look at
before signing; a log line is for us. Only ``__main__`` turns these into messages and exit codes.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar


class ExitCode(enum.IntEnum):
    """What the ``docgen`` command returns to the shell."""

    DONE = 0
    BUG = 1
    USAGE = 2
    REGISTERS = 3
    TEMPLATES = 4
    CONVERSION = 5
    PACKET = 6
    PARTIAL = 7
    INTERRUPTED = 130


class Severity(enum.StrEnum):
    """How much a problem weighs: an error leaves something out, a warning nothing."""

    ERROR = "error"
    WARNING = "warning"


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

    def __repr__(self) -> str:
        """Return what a dataclass would, at half the cost: ledgers keep it of every cell."""
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


CODES: dict[str, str] = {
    "act-not-in-force": "an order cites an act that is not in force on its date",
    "appendix-absent": "an order or a point names an appendix that is not in the register",
    "bad-choice": "a value is outside its list of choices",
    "bad-date": "a value is not a date, or such a day does not exist",
    "bad-entry": "a .toml entry is broken: unknown key, wrong type, missing key",
    "bad-number": "a value is not a number of the kind the column holds",
    "bad-template": "a template's tag is broken or its .docx cannot be opened",
    "bug": "docgen itself failed",
    "cell-error": "a cell shows an Excel error such as #N/A",
    "consent-missing": "a pair of an unsigned order lacks a consent, or it is refused or withdrawn",
    "conversion-failed": "LibreOffice did not turn a document into a PDF",
    "copy-not-made": "a copy with a password could not be made, or would lose a signature",
    "copy-outdated": "a copy with a password was removed: what it was made of has changed",
    "day-off": "an order is dated on a day off",
    "deadline-before-order": "a deadline lies before the date of the order",
    "doubtful-form": "a declined form that nobody has looked at may be wrong",
    "duplicate-key": "two rows claim the same identity",
    "duplicate-number": "two orders have one number in one series and year",
    "duplicate-output": "two planned documents claim one file name",
    "edited-output": "an output file was changed by hand and is kept",
    "entry-alone": "a .toml without its .docx, or the reverse",
    "font-missing": "a font of a template is not installed and has no substitute",
    "frozen-differs": "registers and a signed paper differ: another paper is needed",
    "gender-missing": "a form needs a gender that the register does not tell",
    "hidden-rows": "hidden rows of a sheet were skipped",
    "libreoffice-missing": "LibreOffice is not installed",
    "lookalike": "Latin letters stand among Cyrillic ones, or the reverse",
    "missing-column": "a sheet lacks a required column",
    "missing-glyph": "no font in use has a glyph for a character",
    "missing-sheet": "a workbook lacks a sheet",
    "missing-value": "a required cell is empty",
    "no-number": "an order to be signed has no number",
    "no-signatory": "an order has nobody to sign it",
    "no-signature-place": "a template does not mark where somebody signs",
    "not-a-workbook": "a file is no .xlsx workbook, or cannot be read",
    "oblique-form": "a phrase seems to be typed in another case than the nominative",
    "office-lock": "a workbook seems to be open in Excel or LibreOffice",
    "output-unwritable": "a folder cannot be written",
    "overdue": "on the day of --date a term has run out and was not settled",
    "packet-broken": "a set could not be assembled",
    "period-mismatch": "a heading and its plan speak of different years",
    "personal-column": "a kind reads a personal column that its entry does not name",
    "repeated-number": "the number of a row is repeated in its name",
    "stale-form": "a form was typed for words that are in no register any more",
    "uncalculated": "a formula has no calculated value",
    "undefined-variable": "a template names a variable or filter that does not exist",
    "unknown-column": "a sheet has a column that no register knows",
    "unknown-name": "a name in a table cell belongs to nobody in the registers",
    "unknown-ref": "a reference names nobody, or more than one",
    "usage": "the command line is wrong",
    "verify-failed": "a file of the output is missing or differs from the manifest",
}
"""Every problem code with its meaning; ``docs/errors.md`` explains each to people."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a stable English code, a place, a Russian sentence.

    Raises:
        ValueError: when the code is not in ``CODES``.
    """

    code: str
    where: Location
    message: str
    severity: Severity = Severity.ERROR

    def __post_init__(self) -> None:
        """Refuse a code that the catalogue does not know."""
        if self.code not in CODES:
            raise ValueError(self.code)

    def __str__(self) -> str:
        """Return place, sentence and code as one line."""
        place = f"{self.where}: " if str(self.where) else ""
        return f"{place}{self.message} [{self.code}]"

    @property
    def is_error(self) -> bool:
        """Whether this problem leaves something out."""
        return self.severity is Severity.ERROR


def warning(code: str, where: Location, message: str) -> Problem:
    """Return a problem that stops nothing."""
    return Problem(code, where, message, Severity.WARNING)


class DocgenError(Exception):
    """The root of everything that docgen raises on purpose.

    A ``StageError`` has problems to report to a person; a ``SignalError`` has none and is answered
    inside docgen.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.BUG

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep every problem, not just the first."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


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
    """A packet could not be assembled or does not prove true."""

    exit_code = ExitCode.PACKET
