"""The Jinja sandbox in which templates, titles and file names are filled in."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import Decimal
from types import BuiltinMethodType, MethodType
from typing import Final

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from docgen import russian
from docgen.wording.filters import FILTERS
from docgen.wording.record_views import CardView, RecordView
from docgen.wording.value_views import PrintableText


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, with a fast path to the values of views."""

    def getattr(self, obj: object, attribute: str) -> object:
        """Return an attribute of a value.

        What a view holds is safe to read: neither function nor type nor a list that others share.
        Its methods, and names that it lacks, are checked like those of any other object.
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
    """Return an environment where an unknown name is an error and templates can do no harm.

    ``is_escaping`` is off only for plain text such as titles and file names.
    """
    environment = _Sandbox(undefined=StrictUndefined, autoescape=is_escaping, finalize=_finalize)
    environment.filters.update(FILTERS)
    return environment


def fill_line(text: str, variables: Mapping[str, object]) -> str:
    """Return a line of a .toml entry, such as a title, with its tags filled in."""
    return _compiled_line(text).render(variables)


@functools.lru_cache(maxsize=1024)
def _compiled_line(text: str) -> Template:
    """Return a line compiled; kept, since there are few lines but a document for each row."""
    return _plain_environment().from_string(text)


@functools.cache
def _plain_environment() -> ImmutableSandboxedEnvironment:
    return make_environment(is_escaping=False)


def _finalize(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    return russian.format_sum(value) if isinstance(value, Decimal) else value
