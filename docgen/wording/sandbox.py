"""The Jinja sandbox: templates reach what docgen offers, and make no more than papers need."""

from __future__ import annotations

import functools
from collections.abc import Callable, Container, Generator, Iterable, Mapping, Sequence
from types import BuiltinMethodType, CodeType, MethodType
from typing import Any, Final

from jinja2 import TemplateSyntaxError, nodes, pass_context, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from docgen.wording import template_work
from docgen.wording.growth import (
    CHECKS,
    check_format,
    check_method,
    check_of,
    check_operator,
    signs_of,
)
from docgen.wording.record_views import CardView, RecordView
from docgen.wording.template_work import (
    COUNTED_SINGLY,
    ITEM_SIGNS,
    LIMIT_DEPTH,
    WorkError,
    check_text,
    present_work,
)
from docgen.wording.value_views import PrintableText, check_printed

_NOTHING: Final = object()
_METHODS: Final = (MethodType, BuiltinMethodType)
_VIEWS: Final = (RecordView, CardView, PrintableText)
_GLOBALS: Final = ("dict", "namespace", "range")
"""The functions of Jinja that templates may call; the others draw lots or make filler text."""

_EACH: Final = "_по_одному"
_TOGETHER: Final = "_вместе"
_PART: Final = "_часть"
_LIST: Final = "_список"
"""Filters put into compiled templates around what runs unseen else: loops, ``~``, slices, lists."""

_TOO_DEEP: Final = "тег слишком сложный: в нём слишком много скобок, знаков или вложенных частей"
_UNREADABLE: Final = (SyntaxError, RecursionError, MemoryError, ValueError, OverflowError)
"""What Python raises at code that nobody writes by hand."""


class Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, with a fast path to the values of views and with limits of work."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave out what papers never need."""
        super().__init__(*args, **kwargs)
        self.globals = {name: self.globals[name] for name in _GLOBALS}
        own = {name: self.filters[name] for name in CHECKS}
        self.filters = {
            _EACH: _each,
            _TOGETHER: _together,
            _PART: _part,
            _LIST: _listed,
            **{name: limited(name, one) for name, one in own.items()},
        }

    def add_filters(
        self, filters: Mapping[str, Callable[..., object]], of_lists: Container[str]
    ) -> None:
        """Add filters, each with the limits of its work; some take lists, the others one value."""
        self.filters.update(
            {
                name: _at_each_run(limited(name, one, takes_lists=name in of_lists))
                for name, one in filters.items()
            }
        )

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

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Return a method ``format`` whose pattern is looked at first."""
        made = super().wrap_str_format(value)
        if made is None:
            return None
        formatted = made

        def checked(*args: object, **kwargs: object) -> str:
            if value.__name__ != "format":
                raise WorkError("метода «format_map» в шаблонах нет; есть «format»")
            check_format(str(value.__self__), (*args, *kwargs.values()))
            return formatted(*args, **kwargs)

        return checked

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call what a template calls; methods of Python's own values are chosen ones."""
        work = present_work()
        work.step()
        if not isinstance(obj, BuiltinMethodType):
            check_text(sum(map(signs_of, (*args, *kwargs.values()))))
            return super().call(context, obj, *args, **kwargs)
        check_method(obj.__self__, obj.__name__, args)
        made = super().call(context, obj, *args, **kwargs)
        if isinstance(made, str):
            work.make(len(made))
        return made

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return what an operator makes, unless that is too long."""
        check_operator(operator, left, right)
        made = super().call_binop(context, operator, left, right)
        if isinstance(made, str | list | tuple):
            present_work().make(len(made) * (1 if isinstance(made, str) else ITEM_SIGNS))
        return made

    def concat(self, pieces: Iterable[str]) -> str:
        """Return the text of a template, counted from its first tag on."""
        return template_work.run(pieces) if isinstance(pieces, Generator) else "".join(pieces)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        try:
            return super()._parse(source, name, filename)
        except _UNREADABLE as error:
            raise TemplateSyntaxError(_TOO_DEEP, 1, name, filename) from error

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,  # noqa: FBT001, FBT002 - Jinja's own signature
    ) -> str:
        try:
            counted = _CountedWork().visit(source)
            return super()._generate(counted, name, filename, defer_init)
        except _UNREADABLE as error:
            raise TemplateSyntaxError(_TOO_DEEP, 1, name, filename) from error

    def _compile(self, source: str, filename: str) -> CodeType:
        try:
            return super()._compile(source, filename)
        except _UNREADABLE as error:
            raise TemplateSyntaxError(_TOO_DEEP, 1, None, filename) from error


class _CountedWork(NodeTransformer):
    """Puts the counting filters around what Jinja compiles to plain Python."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja's own name
        self.generic_visit(node)
        node.iter = _filtered(_EACH, node.iter, [])
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - Jinja's own name
        self.generic_visit(node)
        return _filtered(_TOGETHER, nodes.List(node.nodes, lineno=node.lineno), [])

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Expr:  # noqa: N802 - Jinja's own name
        self.generic_visit(node)
        if not isinstance(node.arg, nodes.Slice):
            return node
        nothing = nodes.Const(None, lineno=node.lineno)
        ends = [one or nothing for one in (node.arg.start, node.arg.stop, node.arg.step)]
        return _filtered(_PART, node.node, ends)

    def visit_List(self, node: nodes.List | nodes.Tuple | nodes.Dict) -> nodes.Node:  # noqa: N802
        """Look at a list, unless it is a list of names that a loop or ``set`` gives."""
        self.generic_visit(node)
        return node if getattr(node, "ctx", "load") == "store" else _filtered(_LIST, node, [])

    visit_Tuple = visit_List  # noqa: N815 - Jinja's own name
    visit_Dict = visit_List  # noqa: N815 - Jinja's own name


def _filtered(name: str, value: nodes.Node, arguments: Sequence[nodes.Node]) -> nodes.Filter:
    made = nodes.Filter(value, name, arguments, [], None, None, lineno=value.lineno)
    if value.environment is not None:
        made.set_environment(value.environment)
    return made


# Jinja works out at once what depends on nothing, but not what takes the context.
@pass_context
def _each(context: Context, value: Any) -> Any:
    """Return what a loop goes through, counted."""
    del context
    work = present_work()
    if isinstance(value, list | tuple) and len(value) <= COUNTED_SINGLY:
        work.step(len(value) + 1)
        return value
    work.step()
    return work.counted(value)


@pass_eval_context
def _together(state: EvalContext, values: list[object]) -> str:
    """Return what ``~`` joins."""
    for one in values:
        check_printed(one)
    check_text(sum(map(signs_of, values)))
    made: str = (markup_join if state.autoescape else str_join)(values)
    present_work().make(len(made))
    return made


def _part(value: Any, start: Any, stop: Any, step: Any) -> Any:
    """Return a slice of a text or a list."""
    made = value[start:stop:step]
    present_work().make(len(made) * (1 if isinstance(made, str) else ITEM_SIGNS))
    return made


def _listed(value: Any) -> Any:
    """Return a list, which may hold others many times over."""
    check_text(signs_of(value))
    return value


def limited(
    name: str, function: Callable[..., object], *, takes_lists: bool = False
) -> Callable[..., object]:
    """Return a filter that looks at its value first, and whose result is counted."""
    check = check_of(name, takes_lists=takes_lists)
    # Jinja gives some of its filters the context or the environment before the value.
    first = 1 if hasattr(function, "jinja_pass_arg") else 0

    @functools.wraps(function)
    def checked(*args: Any, **kwargs: Any) -> object:
        work = present_work()
        work.step()
        made = function(*args[:first], *check(args[first:], kwargs, work), **kwargs)
        if isinstance(made, str):
            work.make(len(made))
        return made

    return checked


def _at_each_run(function: Callable[..., object]) -> Callable[..., object]:
    """Return a filter that Jinja does not work out at once: houses spell words in own ways."""

    @pass_context
    @functools.wraps(function)
    def run(context: Context, *args: Any, **kwargs: Any) -> object:
        del context
        return function(*args, **kwargs)

    return run


def check_depth(tree: nodes.Node) -> None:
    """Refuse an expression that Python could not compile.

    Raises:
        TemplateSyntaxError: when it goes too deep.
    """
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > LIMIT_DEPTH:
            raise TemplateSyntaxError(_TOO_DEEP, 1)
        waiting += [(one, depth + 1) for one in node.iter_child_nodes()]
