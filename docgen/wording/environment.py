"""The sandbox in which templates and titles are filled in."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from docgen.wording.filters import FILTERS


def make_environment(*, is_escaping: bool = True) -> ImmutableSandboxedEnvironment:
    """Return an environment where an unknown name is an error and nothing can be executed.

    ``is_escaping`` is off only for plain text such as titles and file names.
    """
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=is_escaping, finalize=_finalize
    )
    environment.filters.update(FILTERS)
    return environment


def fill(text: str, variables: Mapping[str, object]) -> str:
    """Return a line of a .toml entry (a title, a file name) with its tags filled in."""
    return make_environment(is_escaping=False).from_string(text).render(variables)


def _finalize(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    return value
