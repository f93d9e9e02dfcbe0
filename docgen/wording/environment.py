"""The sandbox in which templates and titles are filled in."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import BuiltinMethodType, MethodType
from typing import Any, Final

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from docgen.wording.filters import FILTERS
from docgen.wording.record_views import CardView, RecordView
from docgen.wording.value_views import PrintableText


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox with a short way to a record's values, of which papers are made."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute: what a view tells by itself is no function, type or list to change.

        Methods, and all that is not there, go the long way.
        """
        if isinstance(obj, _VIEWS) and attribute[:1] != "_":
            value = getattr(obj, attribute, _NOTHING)
            if value is not _NOTHING and not isinstance(value, _METHODS):
                return value
        return super().getattr(obj, attribute)


_NOTHING: Final = object()
_METHODS: Final = (MethodType, BuiltinMethodType)
_VIEWS: Final = (RecordView, CardView, PrintableText)


def make_environment(*, is_escaping: bool = True) -> ImmutableSandboxedEnvironment:
    """Return an environment where an unknown name is an error and nothing can be executed.

    ``is_escaping`` is off only for plain text such as titles and file names.
    """
    environment = _Sandbox(undefined=StrictUndefined, autoescape=is_escaping, finalize=_finalize)
    environment.filters.update(FILTERS)
    return environment


def fill(text: str, variables: Mapping[str, object]) -> str:
    """Return a line of a .toml entry (a title, a file name) with its tags filled in."""
    return _compiled(text).render(variables)


@functools.lru_cache(maxsize=1024)
def _compiled(text: str) -> Template:
    """Return a line ready to be filled in: there are few lines and a paper for each row."""
    return _plain_environment().from_string(text)


@functools.cache
def _plain_environment() -> ImmutableSandboxedEnvironment:
    return make_environment(is_escaping=False)


def _finalize(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    return value
