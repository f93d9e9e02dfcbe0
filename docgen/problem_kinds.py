"""What a code of a problem is, and the exit codes that errors ask for."""

from __future__ import annotations

import enum
from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class ProblemCode:
    """What a problem code means, and the exit code that an error with it asks for.

    ``is_by_place`` marks a code that registers and templates share: in the file of a template an
    error with it asks for ``TEMPLATES``. A warning that ``is_reminder`` is nothing to look at
    before signing; one that ``is_lasting`` stands first, and nobody can accept it away: a term
    runs by law. Of what ``is_small`` a sheet gets one line.
    """

    meaning: str
    exit_code: ExitCode
    is_by_place: bool = False
    is_reminder: bool = False
    is_lasting: bool = False
    is_small: bool = False
