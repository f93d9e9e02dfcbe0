"""The end of a process at a chosen step of writing a book, in the process of the test."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen import files


class ProcessKilled(BaseException):
    """Stands for the end of a process: nothing that docgen catches."""


def is_done_before(step: int, write: Callable[[], object]) -> bool:
    """Write, and die at that step of it; return whether the writing ended before."""
    count = 0

    def dying(patch: pytest.MonkeyPatch, owner: object, name: str) -> None:
        real = getattr(owner, name)

        def call(*arguments: object, **options: object) -> object:
            nonlocal count
            count += 1
            if count == step:
                raise ProcessKilled
            return real(*arguments, **options)

        patch.setattr(owner, name, call)

    with pytest.MonkeyPatch.context() as patch:
        for name in ("write_draft", "put_in_place", "remove_leftovers"):
            dying(patch, files, name)
        dying(patch, Path, "replace")
        dying(patch, os, "fsync")
        try:
            write()
        except ProcessKilled:
            return False
    return True
