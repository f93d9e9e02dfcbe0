"""The exit code of a command, for one workspace or several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docgen.errors import SignalError
from docgen.problem_codes import ExitCode


class CommandExit(SignalError):  # noqa: N818 - an end, not an error
    """The command is done and returns this code; everything has been said."""

    def __init__(self, code: ExitCode) -> None:
        self.code = code
        super().__init__(code.name)


def lowest_code(codes: Iterable[ExitCode]) -> ExitCode:
    """Return the lowest failing code of workspaces that made nothing."""
    return min((code for code in codes if code is not ExitCode.DONE), default=ExitCode.DONE)


def build_code(codes: Sequence[ExitCode], *, some_built: bool) -> ExitCode:
    """Return the code of several builds: 7 if some workspaces were built, else the lowest.

    A packet that could not be made keeps its code when nothing else went wrong.
    """
    failed = {code for code in codes if code is not ExitCode.DONE}
    if some_built and failed - {ExitCode.PACKET}:
        return ExitCode.PARTIAL
    return lowest_code(failed)
