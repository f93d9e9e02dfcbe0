"""The Jinja sandbox in which templates, titles and file names are filled in."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import Decimal

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from docgen import russian
from docgen.wording.filters import FILTERS, OF_LISTS
from docgen.wording.sandbox import Sandbox, check_depth
from docgen.wording.template_work import LIMIT_LINE, OvertimeError, WorkError, spaced
from docgen.wording.value_views import check_printed


def make_environment(*, is_escaping: bool = True) -> ImmutableSandboxedEnvironment:
    """Return an environment where an unknown name is an error and templates can do no harm.

    ``is_escaping`` is off only for plain text such as titles and file names.
    """
    environment = Sandbox(undefined=StrictUndefined, autoescape=is_escaping, finalize=_finalize)
    environment.add_filters(FILTERS, OF_LISTS)
    return environment


def fill_line(text: str, variables: Mapping[str, object]) -> str:
    """Return a line of a .toml entry, such as a title, with its tags filled in.

    Raises:
        WorkError: when its tags make too much.
    """
    if text in _slow_lines():
        raise OvertimeError(_slow_lines()[text])
    try:
        made = _compiled_line(text).render(variables)
    except OvertimeError as error:
        # A line is filled in for each row: what is too slow once is too slow for all of them.
        _slow_lines()[text] = str(error)
        raise
    if len(made) > LIMIT_LINE:
        raise WorkError(
            f"вышло {spaced(len(made))} знаков, а можно не больше {spaced(LIMIT_LINE)}; сократите "
            "значение, которое в неё входит"
        )
    return made


@functools.cache
def _slow_lines() -> dict[str, str]:
    """Return the lines that took too long, with the sentences about them."""
    return {}


@functools.lru_cache(maxsize=1024)
def _compiled_line(text: str) -> Template:
    """Return a line compiled; kept, since there are few lines but a document for each row.

    Raises:
        WorkError: when the line is far too long for a title.
    """
    if len(text) > LIMIT_LINE:
        raise WorkError(f"строка длиннее {spaced(LIMIT_LINE)} знаков; сократите её")
    environment = _plain_environment()
    check_depth(environment.parse(text))
    return environment.from_string(text)


@functools.cache
def _plain_environment() -> ImmutableSandboxedEnvironment:
    return make_environment(is_escaping=False)


def _finalize(value: object) -> object:
    if type(value) is str:
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, Decimal):
        return russian.format_sum(value)
    check_printed(value)
    return value
