"""One exit code for several workspaces."""

from __future__ import annotations

import pytest

from docgen.cli.exit_codes import build_code, lowest_code
from docgen.problem_codes import ExitCode

DONE, USAGE, REGISTERS = ExitCode.DONE, ExitCode.USAGE, ExitCode.REGISTERS
PACKET, PARTIAL = ExitCode.PACKET, ExitCode.PARTIAL


def test_the_lowest_code_that_failed_is_that_of_all() -> None:
    assert lowest_code([]) is DONE
    assert lowest_code([DONE, DONE]) is DONE
    assert lowest_code([DONE, PACKET, REGISTERS]) is REGISTERS


@pytest.mark.parametrize(
    ("codes", "some_built", "code"),
    [
        ([DONE, DONE], True, DONE),
        ([DONE, REGISTERS], True, PARTIAL),
        ([PARTIAL], True, PARTIAL),
        ([REGISTERS, USAGE], False, USAGE),
        ([DONE, PACKET], True, PACKET),
        ([PACKET, USAGE], True, PARTIAL),
    ],
)
def test_builds_end_partial_when_some_were_built_and_others_were_not(
    codes: list[ExitCode], some_built: bool, code: ExitCode
) -> None:
    assert build_code(codes, some_built=some_built) is code
