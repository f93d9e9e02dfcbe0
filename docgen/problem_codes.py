"""Every code of a problem: what it means, and which exit code an error with it asks for."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.book_codes import BOOK_CODES
from docgen.problem_kinds import ExitCode, ProblemCode

__all__ = ["CODES", "SLIP_CODES", "ExitCode", "ProblemCode"]

CODES: Mapping[str, ProblemCode] = {
    **BOOK_CODES,
    "acting-head": ProblemCode(
        "the card does not say from when or until when somebody acts for the head",
        ExitCode.REGISTERS,
    ),
    "own-ground": ProblemCode(
        "an order is its own ground, or stands on a later or void one", ExitCode.REGISTERS
    ),
    "acquainted-extra": ProblemCode(
        "somebody is to be acquainted with an order that does not name him", ExitCode.REGISTERS
    ),
    "task-differs": ProblemCode(
        "an order and a plan give one task to different people or different days",
        ExitCode.REGISTERS,
    ),
    "act-mismatch": ProblemCode(
        "a text names an act otherwise than its register: number, kind, date", ExitCode.REGISTERS
    ),
    "advice-followed": ProblemCode(
        "an order follows a letter, which binds nobody", ExitCode.REGISTERS
    ),
    "act-not-in-force": ProblemCode(
        "an order cites an act that is not in force on its date", ExitCode.REGISTERS
    ),
    "age-reached": ProblemCode(
        "a pupil comes of age while the pair goes on: the representative's consent ends",
        ExitCode.REGISTERS,
        is_reminder=True,
    ),
    "appendix-absent": ProblemCode(
        "an order or a point names an appendix that is not in the register", ExitCode.REGISTERS
    ),
    "approval-late": ProblemCode(
        "a mark of approval is dated after the paper that it stands on", ExitCode.REGISTERS
    ),
    "archive-absent": ProblemCode(
        "an order is called signed, and nothing that was signed is there", ExitCode.REGISTERS
    ),
    "archive-changed": ProblemCode(
        "the record of an archived paper is not the one that was signed, and has no second copy",
        ExitCode.REGISTERS,
    ),
    "archive-extra": ProblemCode(
        "a folder of the archive is no paper of it, or a second one",
        ExitCode.REGISTERS,
        is_reminder=True,
    ),
    "archive-healed": ProblemCode(
        "a part of an archived paper came from its second copy",
        ExitCode.REGISTERS,
        is_reminder=True,
    ),
    "archive-joined": ProblemCode(
        "the archive was written to on two computers, and both are kept",
        ExitCode.REGISTERS,
        is_reminder=True,
    ),
    "archive-journal": ProblemCode("a part of the archive's journal is gone", ExitCode.REGISTERS),
    "archive-lost": ProblemCode("both copies of a paper are gone or changed", ExitCode.REGISTERS),
    "archive-newer": ProblemCode("the archive has papers of a later docgen", ExitCode.REGISTERS),
    "bad-entry": ProblemCode(
        "a .toml entry is broken: unknown key, wrong type, missing key", ExitCode.TEMPLATES
    ),
    "bad-scan": ProblemCode("a cell names no readable scan of a signed order", ExitCode.REGISTERS),
    "bad-template": ProblemCode(
        "a template's tag is broken or its .docx cannot be opened", ExitCode.TEMPLATES
    ),
    "bug": ProblemCode("docgen itself failed", ExitCode.BUG),
    "book-older": ProblemCode(
        "the workbook seems to be older than the archive of signed papers", ExitCode.REGISTERS
    ),
    "consent-late": ProblemCode(
        "a consent was signed after its order, or after what it allows had begun",
        ExitCode.REGISTERS,
        is_reminder=True,
    ),
    "consent-missing": ProblemCode(
        "a pair of an unsigned order lacks a consent, or it is refused or withdrawn",
        ExitCode.REGISTERS,
    ),
    "consent-withdrawn": ProblemCode(
        "a consent was withdrawn, and no act says that its data are destroyed",
        ExitCode.REGISTERS,
        is_lasting=True,
    ),
    "excerpt-refused": ProblemCode(
        "a part of a signed order cannot be printed without what must not stand there",
        ExitCode.REGISTERS,
    ),
    "signed-words-absent": ProblemCode(
        "the archive has no words of the signed order of which a part is to be printed",
        ExitCode.REGISTERS,
    ),
    "change-not-found": ProblemCode(
        "an order changes words or a point that the signed text does not have", ExitCode.REGISTERS
    ),
    "clock-behind": ProblemCode(
        "the computer's clock is behind what the archive has seen", ExitCode.DONE, is_reminder=True
    ),
    "conversion-failed": ProblemCode(
        "LibreOffice did not turn a document into a PDF", ExitCode.CONVERSION
    ),
    "copy-not-made": ProblemCode(
        "a copy with a password could not be made, or would lose a signature", ExitCode.PARTIAL
    ),
    "copy-outdated": ProblemCode(
        "a copy with a password was removed: what it was made of has changed",
        ExitCode.PARTIAL,
        is_reminder=True,
    ),
    "day-off": ProblemCode("an order is dated on a day off", ExitCode.REGISTERS),
    "deadline-before-order": ProblemCode(
        "a deadline lies before the date of the order", ExitCode.REGISTERS
    ),
    "dissemination": ProblemCode(
        "a consent to processing would allow dissemination", ExitCode.REGISTERS
    ),
    "doubtful-date": ProblemCode(
        "a day cannot be right; a signature of that day does not count", ExitCode.REGISTERS
    ),
    "doubtful-form": ProblemCode(
        "a declined form that nobody has looked at may be wrong", ExitCode.REGISTERS
    ),
    "duplicate-number": ProblemCode(
        "two orders have one number in one series and year", ExitCode.REGISTERS
    ),
    "duplicate-output": ProblemCode(
        "two planned documents claim one file name", ExitCode.REGISTERS
    ),
    "edited-output": ProblemCode(
        "an output file was changed by hand and is kept", ExitCode.PARTIAL
    ),
    "entry-alone": ProblemCode("a .toml without its .docx, or the reverse", ExitCode.TEMPLATES),
    "far-date": ProblemCode("an order is dated far ahead of today", ExitCode.REGISTERS),
    "font-missing": ProblemCode(
        "a font of a template is not installed and has no substitute", ExitCode.TEMPLATES
    ),
    "foreign-cloud": ProblemCode(
        "a workspace lies in the folder of a cloud that keeps its copies abroad",
        ExitCode.DONE,
        is_reminder=True,
    ),
    "former-pair": ProblemCode(
        "«Вместо пары» names the pair itself, one that goes on, one named twice, or words",
        ExitCode.REGISTERS,
    ),
    "frozen-differs": ProblemCode(
        "registers and a signed document differ: another document is needed",
        ExitCode.REGISTERS,
        is_reminder=True,
    ),
    "gender-mismatch": ProblemCode(
        "the typed gender of a person is not that of the patronymic", ExitCode.REGISTERS
    ),
    "gender-missing": ProblemCode(
        "a form needs a gender that the register does not say",
        ExitCode.REGISTERS,
        is_by_place=True,
    ),
    "guardian-age": ProblemCode(
        "the guardian of a child of 14 or older is printed as a trustee",
        ExitCode.REGISTERS,
        is_reminder=True,
    ),
    "idle-condition": ProblemCode(
        "a kind waits for a word that its column never has", ExitCode.TEMPLATES
    ),
    "libreoffice-missing": ProblemCode("LibreOffice is not installed", ExitCode.CONVERSION),
    "lookalike": ProblemCode(
        "a Latin letter stands for the Cyrillic one that looks alike, or the reverse",
        ExitCode.TEMPLATES,
    ),
    "no-number": ProblemCode("an order to be signed has no number or no day", ExitCode.REGISTERS),
    "no-responsible": ProblemCode(
        "a row of a plan names nobody who is responsible, as the others do", ExitCode.REGISTERS
    ),
    "no-signatory": ProblemCode("an order has nobody to sign it", ExitCode.REGISTERS),
    "no-scan": ProblemCode(
        "a signed order is copied without a scan", ExitCode.PACKET, is_reminder=True
    ),
    "no-signature-place": ProblemCode(
        "a template does not mark where somebody signs", ExitCode.TEMPLATES
    ),
    "not-acquainted": ProblemCode(
        "an order names people whom its acquaintance sheet lacks", ExitCode.REGISTERS
    ),
    "oblique-form": ProblemCode(
        "a phrase seems to be typed in another case than the nominative", ExitCode.REGISTERS
    ),
    "order-empty": ProblemCode(
        "an order has none of the rows that its form is about, or a row is not of its order's form",
        ExitCode.REGISTERS,
    ),
    "output-unwritable": ProblemCode("a folder cannot be written", ExitCode.USAGE),
    "office-unknown": ProblemCode(
        "a LibreOffice that docgen was not tried with, so that documents are laid out one by one",
        ExitCode.DONE,
        is_reminder=True,
    ),
    "overdue": ProblemCode(
        "on the day of --date a term has run out and was not settled",
        ExitCode.REGISTERS,
        is_reminder=True,
    ),
    "pages-unknown": ProblemCode(
        "a document made without PDF has no page numbers in its contents",
        ExitCode.DONE,
        is_reminder=True,
    ),
    "packet-broken": ProblemCode("a packet could not be assembled", ExitCode.PACKET),
    "pair-doubtful": ProblemCode(
        "a pair begins before its order, lasts years, outlasts its people or is printed nowhere",
        ExitCode.REGISTERS,
    ),
    "paper-doubtful": ProblemCode("a check of a paper's kind is not met", ExitCode.REGISTERS),
    "paper-early": ProblemCode(
        "a paper is dated before one that stands before it", ExitCode.REGISTERS
    ),
    "paper-late": ProblemCode(
        "a paper is dated later than the paper or the day that bounds it", ExitCode.REGISTERS
    ),
    "paper-missing": ProblemCode(
        "a paper that must stand before another one has no day yet", ExitCode.REGISTERS
    ),
    "pair-people": ProblemCode(
        "a pair has one person twice, or one of another kind than its form", ExitCode.REGISTERS
    ),
    "pdf-differs": ProblemCode(
        "a PDF does not show the words of its document, so it was not kept", ExitCode.CONVERSION
    ),
    "period-mismatch": ProblemCode(
        "a heading and its plan speak of different years", ExitCode.REGISTERS
    ),
    "person-left": ProblemCode(
        "an order names somebody who has left by its day", ExitCode.REGISTERS
    ),
    "personal-column": ProblemCode(
        "a kind reads a personal column that its entry does not name", ExitCode.TEMPLATES
    ),
    "placeholder": ProblemCode(
        "room that a sample has left for words is still there", ExitCode.REGISTERS
    ),
    "post-differs": ProblemCode(
        "a list gives a person another post than the register", ExitCode.REGISTERS
    ),
    "receiver-unnamed": ProblemCode(
        "an order about people is sent to a body that no consent names as receiver",
        ExitCode.REGISTERS,
    ),
    "said-twice": ProblemCode(
        "one thing is said in two places of a paper, so that it is printed twice",
        ExitCode.REGISTERS,
    ),
    "scan-found": ProblemCode(
        "a scan lies beside a paper and in no cell", ExitCode.REGISTERS, is_reminder=True
    ),
    "state-behind": ProblemCode(
        "a signed order has changed or ended one whose state says otherwise",
        ExitCode.REGISTERS,
        is_reminder=True,
    ),
    "sheet-outdated": ProblemCode(
        "somebody holds a sheet that says otherwise than the registers now",
        ExitCode.REGISTERS,
        is_reminder=True,
    ),
    "signed-earlier": ProblemCode(
        "what was built before its cells changed was archived as signed", ExitCode.REGISTERS
    ),
    "start-hurried": ProblemCode(
        "no working day is left between an order and the work for which papers are needed",
        ExitCode.REGISTERS,
    ),
    "stale-form": ProblemCode(
        "a form was typed for words that are in no register any more",
        ExitCode.REGISTERS,
        is_reminder=True,
    ),
    "twin-kinds": ProblemCode("two kinds make the same papers", ExitCode.TEMPLATES),
    "typing-slip": ProblemCode(
        "a slip of the keyboard, or a wrong case after a preposition",
        ExitCode.REGISTERS,
        is_small=True,
    ),
    "undefined-variable": ProblemCode(
        "a template names a variable or filter that does not exist",
        ExitCode.REGISTERS,
        is_by_place=True,
    ),
    "unpaired-mark": ProblemCode(
        "a quotation mark or a bracket without its other half", ExitCode.REGISTERS
    ),
    "usage": ProblemCode("the command line is wrong", ExitCode.USAGE),
    "verify-failed": ProblemCode(
        "a file of the output is missing or differs from the manifest", ExitCode.PACKET
    ),
    "year-differs": ProblemCode(
        "the parts of an order speak of different school years", ExitCode.REGISTERS
    ),
    "year-open": ProblemCode(
        "orders of a school year that is over are still to be signed",
        ExitCode.REGISTERS,
        is_reminder=True,
    ),
}
"""Every problem code; ``docs/errors.md`` explains each to people."""

SLIP_CODES: Mapping[str, str] = {
    "unpaired": "unpaired-mark",
    "placeholder": "placeholder",
    "typing": "typing-slip",
}
"""The codes of slips of the keyboard by their kinds, wherever their words stand."""
