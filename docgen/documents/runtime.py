"""How templates run in Jinja: sandboxed, with strict names, errors traced to their tag."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final, cast

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateNotFound,
    TemplateRuntimeError,
    UndefinedError,
    pass_eval_context,
)
from jinja2.nodes import EvalContext
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

from docgen.documents.tags import name_suggestion
from docgen.documents.template_code import RAW_FILTER, TemplateCode
from docgen.errors import Location, Problem, SignalError, StageError
from docgen.model import PictureFile
from docgen.ooxml import ILLEGAL, AttachedMarkup, Picture, WordMarkup, picture_mark
from docgen.wording.template_faults import sentence_of
from docgen.wording.value_views import PictureView


class UnsafeEnvironmentError(SignalError):
    """Templates would run outside a sandbox."""


class UnprintableValueError(SignalError, ValueError):
    """A tag's value cannot be printed as it is; the message is a Russian sentence."""


class MissingNameError(SignalError, UndefinedError):
    """A name that a template uses does not exist; ``known`` are the names that do."""

    def __init__(self, message: str, *, name: str, known: Iterable[str]) -> None:
        super().__init__(message)
        self.name = name
        self.known = tuple(known)


class MissingBlockError(SignalError, TemplateNotFound):
    """A block that a template includes does not exist, or is broken itself."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name
        self.message = name


@dataclass(slots=True)
class Attachments:
    """What a document prints beside its text; filled while its template runs.

    ``pictures`` of registers are by the marks that stand for them, ``parts`` by their ids.
    """

    pictures: dict[str, PictureFile] = field(default_factory=dict)
    parts: dict[str, Picture] = field(default_factory=dict)


_attachments: ContextVar[Attachments | None] = ContextVar("attachments", default=None)


@contextlib.contextmanager
def attachments() -> Iterator[Attachments]:
    """Collect the pictures and links that templates print meanwhile."""
    found = Attachments()
    token = _attachments.set(found)
    try:
        yield found
    finally:
        _attachments.reset(token)


class _MissingValue(StrictUndefined):
    """An undefined value that remembers its name and the names that exist."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        if exc is UndefinedError and isinstance(name, str | None):
            known = () if obj is missing else _names_in(obj)
            factory = functools.partial(MissingNameError, name=str(name or ""), known=known)
            # Jinja only ever calls it with the message, which a factory can take as well.
            exc = cast("type[TemplateRuntimeError]", factory)
        super().__init__(hint, obj, name, exc)


def _names_in(value: object) -> tuple[str, ...]:
    if isinstance(value, Mapping):
        return tuple(str(key) for key in value)
    return tuple(one for one in dir(value) if not one.startswith("_"))


class BlockLoader(BaseLoader):
    """Finds blocks by their names only, never files by their paths."""

    def __init__(self, sources: Mapping[str, TemplateCode]) -> None:
        self._sources = sources

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return the Jinja code of a block.

        Raises:
            MissingBlockError: when no block has that name, or it is broken.
        """
        del environment
        source = self._sources.get(template)
        if source is None:
            raise MissingBlockError(template)
        return source.text, source.name, lambda: True


def make_strict(environment: Environment, blocks: Mapping[str, TemplateCode]) -> Environment:
    """Return the environment with blocks, strict names, and a check of every printed value.

    Raises:
        UnsafeEnvironmentError: when it is no sandbox.
    """
    if not isinstance(environment, SandboxedEnvironment):
        raise UnsafeEnvironmentError(f"no sandbox: {environment}")
    finalize = environment.finalize

    @pass_eval_context
    def checked(state: EvalContext, value: object) -> object:
        # With a state Jinja asks while a template runs, and not when it is compiled: a constant
        # would have become a text by then, such as «True» or «(1, 2)».
        del state
        return printable(finalize(value) if finalize else value)

    strict = environment.overlay(
        loader=BlockLoader(blocks),
        undefined=_MissingValue,
        autoescape=True,
        auto_reload=False,
        finalize=checked,
    )
    strict.filters = {**environment.filters, RAW_FILTER: _only_markup}
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


_PRINTED_AS_IS: Final = (StrictUndefined, WordMarkup)
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
    """Return a value as a tag prints it.

    Raises:
        UnprintableValueError: when it would print ``None``, ``nan``, ``00:00:00`` or nothing.
    """
    if type(value) is str:
        return _printable_text(value)
    if isinstance(value, _PRINTED_AS_IS):
        if isinstance(value, AttachedMarkup):
            _open_attachments().parts.update({one.relation: one for one in value.attached})
        return value
    if isinstance(value, PictureView):
        mark = picture_mark(value.picture)
        _open_attachments().pictures[mark] = value.picture
        return mark
    if isinstance(value, str):
        return _printable_text(value)
    if isinstance(value, _NEVER_PRINTED):
        message = next(message for kinds, message in _REFUSED if isinstance(value, kinds))
        raise UnprintableValueError(message.format(value))
    return _printable_text(str(value))


def _open_attachments() -> Attachments:
    found = _attachments.get()
    if found is None:
        raise UnprintableValueError(
            "картинка из реестра в колонтитуле не печатается; поставьте тег в тексте документа"
        )
    return found


def _printable_text(text: str) -> str:
    found = ILLEGAL.search(text)
    if found:
        raise UnprintableValueError(
            f"в значении стоит невидимый управляющий знак U+{ord(found[0]):04X}; "
            "наберите это место в реестре заново"
        )
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _only_markup(value: object) -> object:
    """Return XML that docgen made; refuse everything else, such as words that somebody typed."""
    if isinstance(value, StrictUndefined):
        str(value)
    if not isinstance(value, WordMarkup):
        raise UnprintableValueError(
            "теги {{p …}} и {{r …}} принимают готовую разметку (таблицу); "
            "для текста пишите {{ … }} без буквы"
        )
    return value


def to_problems(
    error: BaseException, sources: Mapping[str, TemplateCode], known: Iterable[str]
) -> list[Problem]:
    """Return an error of rendering as problems at the tag that raised it.

    Args:
        error: What the template, a filter or Jinja raised.
        sources: The compiled templates, blocks, headers by name.
        known: The variables that the template had, to suggest from.
    """
    place = _place_of(error, sources)
    if isinstance(error, MissingNameError):
        return [_missing_name(error, place, known)]
    if isinstance(error, TemplateNotFound):
        blocks = {name.removeprefix("блок ") for name in sources if name.startswith("блок ")}
        hint = name_suggestion(str(error.name), blocks)
        return [Problem("undefined-variable", place, f"блока «{error.name}» нет.{hint}")]
    if isinstance(error, StageError):
        return [
            one if str(one.where) else Problem(one.code, place, one.message, one.severity)
            for one in error.problems
        ]
    return [Problem("bad-template", place, sentence_of(error))]


def _missing_name(error: MissingNameError, place: Location, known: Iterable[str]) -> Problem:
    names = error.known or known
    return Problem(
        "undefined-variable",
        place,
        f"имени «{error.name}» нет.{name_suggestion(error.name, names)}",
    )


def _place_of(error: BaseException, sources: Mapping[str, TemplateCode]) -> Location:
    """Return the place of the innermost tag in the traceback."""
    place = Location()
    trace = error.__traceback__
    while trace is not None:
        source = sources.get(trace.tb_frame.f_code.co_filename)
        if source is not None:
            place = source.place(trace.tb_lineno)
        trace = trace.tb_next
    return place
