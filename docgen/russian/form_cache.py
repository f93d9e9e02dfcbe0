"""Caches of forms that follow the workspace: as many are kept as its rows may ask for."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Final, Generic, ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")

_LEAST: Final = 8_192
_MOST: Final = 1_000_000
_PER_ROW: Final = 16
"""Parts of a name by cases, of a row with one person; rows without leave room for its posts."""
_widen: list[Callable[[int], None]] = []


class FormCache(Generic[_Given, _Made]):
    """A function whose results are kept, those not asked for longest given up first.

    A cache smaller than what is asked for in turn finds nothing: the second document of ten
    thousand people would be declined as slowly as the first.
    """

    def __init__(self, function: Callable[_Given, _Made]) -> None:
        """Keep the results of a function whose arguments are hashable."""
        functools.update_wrapper(self, function)
        self._function = function
        self._size = _LEAST
        self._kept: Callable[_Given, _Made] = functools.lru_cache(maxsize=_LEAST)(function)
        _widen.append(self.hold)

    def __call__(self, *args: _Given.args, **kwargs: _Given.kwargs) -> _Made:
        """Return the kept result, or make it."""
        return self._kept(*args, **kwargs)

    def hold(self, size: int) -> None:
        """Have room for so many results at least; a wider room begins empty."""
        if size > self._size:
            self._size = size
            self._kept = functools.lru_cache(maxsize=size)(self._function)


def hold_forms(rows: int) -> None:
    """Have room for the forms of a workspace with so many rows; it never becomes less.

    Several workspaces may be at work at once.
    """
    for widen in _widen:
        widen(min(rows * _PER_ROW, _MOST))
