"""Jinja as templates get it: sandboxed, strict, and able to say at which tag it stopped."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, cast

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    UndefinedError,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

from docgen.documents.tags import name_suggestion
from docgen.documents.template_code import RAW_FILTER, Source
from docgen.errors import Location, Problem, StageError
from docgen.errors import TemplateError as BrokenTemplateError
from docgen.ooxml import ILLEGAL, Made

RENDER_ERRORS: Final = (
    TemplateError,
    StageError,
    ValueError,
    TypeError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
)
"""What tags and filters raise; anything else is a fault of docgen."""


class ValueFaultError(ValueError):
    """A tag's value cannot be printed as it is; the message is a Russian sentence."""


class MissingNameError(UndefinedError):
    """A name that a template uses does not exist; ``known`` are the names that do."""

    def __init__(self, message: str, *, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(known)
        super().__init__(message)


class _Missing(StrictUndefined):
    """An undefined value that remembers what was asked of what."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        if exc is UndefinedError:
            known = () if obj is missing else _names_in(obj)
            made = functools.partial(MissingNameError, name=str(name or ""), known=known)
            # Jinja only ever calls it with the message, so that a factory serves as well.
            exc = cast("type[TemplateRuntimeError]", made)
        super().__init__(hint, obj, name, exc)


def _names_in(value: object) -> tuple[str, ...]:
    if isinstance(value, Mapping):
        return tuple(str(key) for key in value)
    return tuple(one for one in dir(value) if not one.startswith("_"))


class BlockLoader(BaseLoader):
    """Finds blocks by their names and nothing else: no path, no file."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return the patched body of a block.

        Raises:
            TemplateNotFound: when no block has that name, or it is broken.
        """
        del environment
        source = self._sources.get(template)
        if source is None:
            raise TemplateNotFound(template)
        return source.text, source.name, lambda: True


def make_strict(environment: Environment, blocks: Mapping[str, Source]) -> Environment:
    """Return the environment with blocks, strict names, and a check of everything printed.

    Raises:
        TypeError: when it is no sandbox: templates are other people's files.
    """
    if not isinstance(environment, SandboxedEnvironment):
        raise TypeError(environment)
    printed = environment.finalize
    strict = environment.overlay(
        loader=BlockLoader(blocks),
        undefined=_Missing,
        autoescape=True,
        auto_reload=False,
        finalize=lambda value: printable(printed(value) if printed else value),
    )
    strict.filters = {**environment.filters, RAW_FILTER: _only_made}
    return strict


_REFUSED: Final[tuple[tuple[type | tuple[type, ...], str], ...]] = (
    (type(None), "значения нет; проверьте условием {{% if %}}, что оно есть"),
    (bool, "значение — «да» или «нет»; поставьте его в условие {{% if %}}"),
    (
        (dt.date, dt.time),
        "дата печатается только через фильтр, например {{{{ день|дата }}}}",
    ),
    (float, "дробное число {} не печатается как есть; задайте столбцу вид «деньги» или «текст»"),
    (
        (list, tuple, set, frozenset, dict),
        "это список, а не одно значение; переберите его циклом {{% for %}}",
    ),
)


_AS_IT_IS: Final = (StrictUndefined, Made)
_NEVER_PRINTED: Final = (
    type(None),
    bool,
    dt.date,
    dt.time,
    float,
    list,
    tuple,
    set,
    frozenset,
    dict,
)


def printable(value: object) -> object:
    """Return a value that a tag is about to print.

    Raises:
        ValueFaultError: when it would come out as ``None``, ``nan``, ``00:00:00`` or not at all.
    """
    if type(value) is str:
        return _printable_text(value)
    if isinstance(value, _AS_IT_IS):
        return value
    if isinstance(value, str):
        return _printable_text(value)
    if isinstance(value, _NEVER_PRINTED):
        message = next(message for kinds, message in _REFUSED if isinstance(value, kinds))
        raise ValueFaultError(message.format(value))
    return _printable_text(str(value))


def _printable_text(text: str) -> str:
    found = ILLEGAL.search(text)
    if found:
        raise ValueFaultError(
            f"в значении стоит невидимый управляющий знак U+{ord(found[0]):04X}; "
            "наберите это место в реестре заново"
        )
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _only_made(value: object) -> object:
    """Let made XML through, and nothing that was typed by anybody."""
    if isinstance(value, StrictUndefined):
        str(value)
    if not isinstance(value, Made):
        raise ValueFaultError(
            "теги {{p …}} и {{r …}} принимают готовую разметку (таблицу); "
            "для текста пишите {{ … }} без буквы"
        )
    return value


def to_problems(
    error: BaseException, sources: Mapping[str, Source], known: Iterable[str]
) -> list[Problem]:
    """Return an error of rendering as problems at the tag where it happened."""
    place = _place_of(error, sources)
    if isinstance(error, MissingNameError):
        return [_missing_name(error, place, known)]
    if isinstance(error, TemplateNotFound):
        blocks = {name.removeprefix("блок ") for name in sources if name.startswith("блок ")}
        hint = name_suggestion(str(error.name), blocks)
        return [Problem("undefined-variable", place, f"блока «{error.name}» нет.{hint}")]
    if isinstance(error, SecurityError):
        return [
            Problem("bad-template", place, "тег обращается к внутренностям программы; уберите его")
        ]
    if isinstance(error, StageError):
        return [
            one if str(one.where) else Problem(one.code, place, one.message, one.severity)
            for one in error.problems
        ]
    if isinstance(error, RecursionError):
        return [Problem("bad-template", place, "блоки вставляют друг друга по кругу")]
    return [Problem("bad-template", place, _sentence(error))]


def _missing_name(error: MissingNameError, place: Location, known: Iterable[str]) -> Problem:
    names = error.known or known
    return Problem(
        "undefined-variable",
        place,
        f"имени «{error.name}» нет.{name_suggestion(error.name, names)}",
    )


_CYRILLIC: Final = re.compile("[а-яё]", re.IGNORECASE)


def _sentence(error: BaseException) -> str:
    """Return the filter's own sentence, or one around what Python said."""
    text = str(error)
    if _CYRILLIC.search(text):
        return text
    return f"тег не выполнен; проверьте, к тому ли значению он относится ({text})"


def _place_of(error: BaseException, sources: Mapping[str, Source]) -> Location:
    """Return the innermost tag of the traceback."""
    place = Location()
    trace = error.__traceback__
    while trace is not None:
        source = sources.get(trace.tb_frame.f_code.co_filename)
        if source is not None:
            place = source.place(trace.tb_lineno)
        trace = trace.tb_next
    return place


def broken(problems: Iterable[Problem]) -> BrokenTemplateError:
    """Return the error that carries them."""
    return BrokenTemplateError(problems)
