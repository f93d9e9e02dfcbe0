"""Codes of problems with workbooks: files, sheets, columns, rows and single cells."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.problem_kinds import ExitCode, ProblemCode

BOOK_CODES: Mapping[str, ProblemCode] = {
    "absent-column": ProblemCode(
        "a sheet lacks a column that papers usually need", ExitCode.REGISTERS, is_reminder=True
    ),
    "bad-choice": ProblemCode("a value is outside its list of choices", ExitCode.REGISTERS),
    "bad-date": ProblemCode(
        "a value is not a date, or such a day does not exist", ExitCode.REGISTERS
    ),
    "bad-number": ProblemCode(
        "a value is not a number of the kind the column holds", ExitCode.REGISTERS
    ),
    "bad-period": ProblemCode("a period ends before it begins", ExitCode.REGISTERS),
    "bad-picture": ProblemCode(
        "the picture that a cell names is missing or cannot be printed", ExitCode.REGISTERS
    ),
    "cell-error": ProblemCode("a cell shows an Excel error such as #N/A", ExitCode.REGISTERS),
    "copy-beside": ProblemCode(
        "a copy of a workbook lies beside it and is not read", ExitCode.REGISTERS, is_reminder=True
    ),
    "damaged-book": ProblemCode(
        "a part of a workbook is lost, doubled or not what it should be", ExitCode.REGISTERS
    ),
    "duplicate-key": ProblemCode("two rows claim the same identity", ExitCode.REGISTERS),
    "filtered-rows": ProblemCode(
        "rows that a filter hides were read", ExitCode.REGISTERS, is_reminder=True
    ),
    "hidden-rows": ProblemCode(
        "hidden rows of a sheet were skipped, or are printed though a person hid them",
        ExitCode.REGISTERS,
    ),
    "loose-date": ProblemCode(
        "a date is written in another way than the usual, and was read",
        ExitCode.REGISTERS,
        is_reminder=True,
    ),
    "lost-column": ProblemCode(
        "a column that was filled at the last build is gone", ExitCode.REGISTERS
    ),
    "lost-sheet": ProblemCode(
        "a sheet that was there at the last build is gone, or bears another title",
        ExitCode.REGISTERS,
    ),
    "missing-column": ProblemCode("a sheet lacks a required column", ExitCode.REGISTERS),
    "missing-glyph": ProblemCode(
        "no font in use has a glyph for a character", ExitCode.REGISTERS, is_by_place=True
    ),
    "missing-sheet": ProblemCode("a workbook lacks a sheet", ExitCode.REGISTERS),
    "missing-value": ProblemCode("a required cell is empty", ExitCode.REGISTERS, is_by_place=True),
    "moving-date": ProblemCode(
        "a day on a paper to be signed is a formula that moves by itself", ExitCode.REGISTERS
    ),
    "not-a-person": ProblemCode(
        "a row among people names nobody: a total, a number, a vacancy", ExitCode.REGISTERS
    ),
    "not-a-workbook": ProblemCode(
        "a file is no .xlsx workbook, or cannot be read", ExitCode.REGISTERS
    ),
    "not-printed": ProblemCode(
        "something that a sheet shows is not printed, or is printed though it shows otherwise",
        ExitCode.REGISTERS,
    ),
    "office-lock": ProblemCode(
        "a workbook seems to be open in Excel or LibreOffice", ExitCode.REGISTERS
    ),
    "repeated-number": ProblemCode(
        "the number of a row is repeated in its name", ExitCode.REGISTERS
    ),
    "skipped-number": ProblemCode(
        "numbers of rows repeat one or leave one out", ExitCode.REGISTERS
    ),
    "too-large": ProblemCode(
        "a workbook, sheet or cell has more of something than is read", ExitCode.REGISTERS
    ),
    "uncalculated": ProblemCode("a formula has no calculated value", ExitCode.REGISTERS),
    "unknown-column": ProblemCode(
        "a sheet has a column that no register knows", ExitCode.REGISTERS
    ),
    "unknown-format": ProblemCode(
        "the number format of a cell has letters that Excel does not know", ExitCode.REGISTERS
    ),
    "unknown-name": ProblemCode(
        "a name in a table cell belongs to nobody in the registers", ExitCode.REGISTERS
    ),
    "unknown-ref": ProblemCode("a reference names nobody, or more than one", ExitCode.REGISTERS),
    "unread-book": ProblemCode(
        "a file that is not read is newer than the workbook that is, or has a sheet that it lacks",
        ExitCode.REGISTERS,
    ),
    "wide-table": ProblemCode("a table's words are wider than a page", ExitCode.REGISTERS),
}
"""What is wrong with a workbook as it is typed, whatever papers are made from it."""
