"""How long the values get that operators, methods and filters of templates are about to make.

Each rule refuses what would be too long before it is made: one tag of ten signs can ask for more
memory than any computer has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from typing import Final

from jinja2.exceptions import SecurityError

from docgen.errors import DocgenError
from docgen.wording.template_work import (
    ITEM_SIGNS,
    LIMIT_BITS,
    LIMIT_DIGITS,
    LIMIT_TEXT,
    LIMIT_WIDTH,
    LIMIT_WORDED,
    Work,
    WorkError,
    check_text,
    spaced,
)
from docgen.wording.value_views import check_printed

Arguments = tuple[object, ...]
Named = Mapping[str, object]

_END: Final = object()
_ONE: Final = 16
"""What a number, a date or a flag counts for."""
_LISTS: Final = (list, tuple, set, frozenset)
_SEQUENCES: Final = (str, list, tuple)
_UNREADABLE: Final = (DocgenError, ValueError, TypeError, LookupError, AttributeError)
"""What a value raises that prints nothing; the tag that prints it is told so."""


def signs_of(value: object) -> int:
    """Return how many signs a value has when it is printed, at most a little over the limit."""
    if isinstance(value, str):
        return len(value)
    if not isinstance(value, (*_LISTS, dict)):
        return _ONE
    known: dict[int, int] = {}
    total = 0
    for one in _leaves(value):
        if isinstance(one, str):
            total += len(one)
        elif id(one) not in known:
            known[id(one)] = _printed(one)
        total += ITEM_SIGNS + known.get(id(one), 0)
        if total > LIMIT_TEXT:
            break
    return total


def _leaves(value: object) -> Iterator[object]:
    """Yield the items of a list, those of lists in it, and each list as a number."""
    waiting: list[Iterator[object]] = [iter((value,))]
    while waiting:
        one = next(waiting[-1], _END)
        if one is _END:
            waiting.pop()
        elif isinstance(one, dict):
            waiting += (iter(one.keys()), iter(one.values()))
            yield 0
        elif isinstance(one, _LISTS):
            waiting.append(iter(one))
            yield 0
        else:
            yield one


def _printed(value: object) -> int:
    """Return how many signs the value of a cell has; a number or a flag has few."""
    if isinstance(value, int | float | range) or callable(value):
        return _ONE
    try:
        return len(str(value))
    except _UNREADABLE:
        return _ONE


def _room_of(value: object) -> int:
    """Return what a text or a list takes by itself, whatever the items are."""
    if isinstance(value, str):
        return len(value)
    return ITEM_SIGNS * len(value) if isinstance(value, Sized) else _ONE


def check_operator(operator: str, left: object, right: object) -> None:
    """Refuse what ``+ * ** %`` would make too long.

    Raises:
        WorkError: when it would be.
    """
    if operator == "*":
        _check_product(left, right)
    elif operator == "**":
        if isinstance(left, int) and isinstance(right, int):
            _check_bits(max(left.bit_length(), 1) * max(right, 0))
    elif operator == "%":
        if isinstance(left, str):
            check_format(left, right if isinstance(right, tuple) else (right,))
    elif isinstance(left, _SEQUENCES) and isinstance(right, _SEQUENCES):
        check_text(signs_of(left) + signs_of(right))


def _check_product(left: object, right: object) -> None:
    if isinstance(left, int):
        left, right = right, left
    if isinstance(left, int) and isinstance(right, int):
        _check_bits(left.bit_length() + right.bit_length())
    elif isinstance(left, _SEQUENCES) and isinstance(right, int):
        check_text(signs_of(left) * max(right, 0))


def _check_bits(bits: int) -> None:
    if bits > LIMIT_BITS:
        raise WorkError(
            f"число вышло бы длиннее {spaced(LIMIT_BITS * 3 // 10)} цифр; проверьте умножение и "
            "степень"
        )


_NUMBER: Final = re.compile(r"\d+")
_FIELDS: Final = re.compile(r"[%{]")


def check_format(pattern: str, values: Arguments) -> None:
    """Refuse a pattern such as ``%9999999d`` or ``{:>9999999}`` that pads without measure.

    Raises:
        WorkError: when a width is too large, or is given by a value.
    """
    for value in values:
        check_printed(value)
    if re.search(r"%[^%a-zA-Z]*\*|\{[^{}]*\{", pattern):
        raise WorkError("ширина в образце задана значением; впишите её числом или уберите")
    fields = _FIELDS.findall(pattern)
    if fields:
        widest = max(map(_width, _NUMBER.findall(pattern)), default=0)
        _check_width(widest)
        longest = max(map(signs_of, values), default=0)
        check_text(len(pattern) + len(fields) * max(longest, widest))


def _width(digits: str) -> int:
    # Python refuses to read very long numbers, which are too wide in any case.
    return int(digits) if len(digits) < 10 else LIMIT_TEXT


def _check_width(width: object) -> None:
    if isinstance(width, int) and width > LIMIT_WIDTH:
        raise WorkError(
            f"ширина {spaced(width)} больше {spaced(LIMIT_WIDTH)} знаков; уменьшите её или уберите"
        )


_TEXT_METHODS: Final = frozenset(
    re.findall(
        r"\w+",
        "capitalize casefold center count endswith find index isalnum isalpha isascii "
        "isdecimal isdigit islower isnumeric isspace istitle isupper join ljust lower lstrip "
        "partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit "
        "rstrip split splitlines startswith strip swapcase title upper zfill ",
    )
)
_METHODS: Final[tuple[tuple[type | tuple[type, ...], frozenset[str]], ...]] = (
    (str, _TEXT_METHODS),
    (dict, frozenset({"get", "items", "keys", "values"})),
    ((list, tuple), frozenset({"count", "index"})),
)


def check_method(owner: object, name: str, arguments: Arguments) -> None:
    """Refuse methods of Python's own values that templates do not need, and what gets too long.

    Raises:
        WorkError: when the value would be too long.
        SecurityError: when the method is none that templates may call.
    """
    allowed = next((names for kinds, names in _METHODS if isinstance(owner, kinds)), frozenset())
    if name not in allowed:
        raise SecurityError(f"метода «{name}» в шаблонах нет; есть фильтры, например «replace»")
    if isinstance(owner, str):
        _check_text_method(owner, name, arguments)


def _check_text_method(owner: str, name: str, arguments: Arguments) -> None:
    if name in {"center", "ljust", "rjust", "zfill"}:
        _check_width(arguments[0] if arguments else 0)
    elif name == "join" and arguments:
        check_joined(arguments[0], owner)
    elif name == "replace":
        check_replaced(owner, arguments)
    elif name in {"split", "rsplit", "splitlines"}:
        check_text(ITEM_SIGNS * (len(owner) // max(_room_of(_at(arguments, 0, " ")), 1) + 1))


def _at(values: Arguments, place: int, default: object) -> object:
    return values[place] if len(values) > place else default


def check_joined(items: object, between: object) -> None:
    """Refuse a list that gets too long when it is joined.

    Raises:
        WorkError: when it would be.
    """
    count = len(items) if isinstance(items, Sized) else 0
    check_text(signs_of(items) + count * signs_of(between))


def check_replaced(text: str, arguments: Arguments) -> None:
    """Refuse what gets too long when some of its signs are replaced by longer ones.

    Raises:
        WorkError: when it would be.
    """
    old, new = _at(arguments, 0, ""), _at(arguments, 1, "")
    if isinstance(old, str) and isinstance(new, str):
        found = text.count(old)
        check_text(len(text) + found * max(len(new) - len(old), 0))


_LONG_WORD: Final = re.compile(r"\S{1001}")


FilterCheck = Callable[[Arguments, Named, Work], Arguments]
"""Takes the arguments of a filter, its value first, and returns them, a lazy list counted."""


def _argument(arguments: Arguments, named: Named, place: int, name: str) -> object:
    return named[name] if name in named else _at(arguments, place, None)


def _printed_value(arguments: Arguments, named: Named, work: Work) -> Arguments:
    """Check a filter that makes a text about as long as its value."""
    del named, work
    check_printed(arguments[0])
    check_text(signs_of(arguments[0]))
    return arguments


def _words_or_list(arguments: Arguments, named: Named, work: Work) -> Arguments:
    """Check a filter of words that takes a list as well, also one that is made item by item."""
    value, *rest = arguments
    if isinstance(value, Iterator):
        value = list(work.counted(value))
    return _few_words((value, *rest), named, work)


def _worded_value(arguments: Arguments, named: Named, work: Work) -> Arguments:
    """Check a filter that looks at each word of its value."""
    check_printed(arguments[0])
    return _few_words(arguments, named, work)


def _few_words(arguments: Arguments, named: Named, work: Work) -> Arguments:
    del named, work
    signs = max(map(signs_of, arguments))
    if signs > LIMIT_WORDED:
        raise WorkError(
            f"фильтру дано {spaced(signs)} знаков, а можно не больше {spaced(LIMIT_WORDED)}; "
            "проверьте, к тому ли значению он относится"
        )
    if any(isinstance(one, str) and _LONG_WORD.search(one) for one in arguments):
        raise WorkError("фильтру дано слово длиннее 1 000 букв; проверьте значение")
    return arguments


def _kept_value(arguments: Arguments, named: Named, work: Work) -> Arguments:
    """Check a filter that looks at one item, or asks how many there are."""
    del named, work
    return arguments


def _listed_value(arguments: Arguments, named: Named, work: Work) -> Arguments:
    """Check a filter that goes through a list: each item is a step."""
    del named
    value = arguments[0]
    if isinstance(value, (*_SEQUENCES, dict, set, frozenset, range)):
        check_text(ITEM_SIGNS * len(value))
        work.step(len(value))
        return arguments
    if isinstance(value, Iterator):
        return (work.counted(value), *arguments[1:])
    return arguments


def _joined_value(arguments: Arguments, named: Named, work: Work) -> Arguments:
    value, *rest = arguments
    if isinstance(value, Iterator):
        value = list(work.counted(value))
    check_joined(value, _argument(arguments, named, 1, "d") or "")
    if not isinstance(value, str) and isinstance(value, Iterable) and len(arguments) < 3:
        value = list(value)
        for item in value:
            check_printed(item)
    return (value, *rest)


def _replaced_value(arguments: Arguments, named: Named, work: Work) -> Arguments:
    del work
    old, new = (
        _argument(arguments, named, place, name) for place, name in ((1, "old"), (2, "new"))
    )
    check_printed(arguments[0])
    check_text(signs_of(arguments[0]))
    check_replaced(str(arguments[0]), (str(old), str(new)))
    return arguments


def _formatted_value(arguments: Arguments, named: Named, work: Work) -> Arguments:
    del work
    check_printed(arguments[0])
    check_text(signs_of(arguments[0]))
    check_format(str(arguments[0]), (*arguments[1:], *named.values()))
    return arguments


def _padded_value(arguments: Arguments, named: Named, work: Work) -> Arguments:
    del work
    text, width = arguments[0], _argument(arguments, named, 1, "width")
    check_printed(text)
    _check_width(width)
    pad = width if isinstance(width, int) else signs_of(width)
    lines = str(text).count("\n") + 1 if signs_of(text) <= LIMIT_TEXT else 1
    check_text(signs_of(text) + lines * pad)
    return arguments


def _grouped_value(arguments: Arguments, named: Named, work: Work) -> Arguments:
    """Check ``batch`` and ``slice``, which fill up the last group."""
    size = next((one for one in (*arguments[1:2], *named.values()) if isinstance(one, int)), 0)
    fill = _argument(arguments, named, 2, "fill_with")
    check_text((ITEM_SIGNS + signs_of(fill)) * size)
    work.step(max(size, 0))
    return _listed_value(arguments, named, work)


def _summed_value(arguments: Arguments, named: Named, work: Work) -> Arguments:
    start = _argument(arguments, named, 2, "start")
    if isinstance(start, Sized):
        raise WorkError("sum складывает только числа; списки соединяйте знаком «+»")
    return _listed_value(arguments, named, work)


def _numbered_value(arguments: Arguments, named: Named, work: Work) -> Arguments:
    """Check a filter that reads a number."""
    del named, work
    value = arguments[0]
    if isinstance(value, str) and len(value) > LIMIT_DIGITS:
        raise WorkError(f"в числе больше {spaced(LIMIT_DIGITS)} знаков; проверьте значение")
    return arguments


_BY_CHECK: Final[dict[FilterCheck, str]] = {
    _printed_value: "capitalize e escape lower string title trim upper urlencode",
    _worded_value: "wordcount wordwrap truncate filesizeformat",
    _kept_value: "count d default first items last length",
    _listed_value: "dictsort groupby list map max min reject rejectattr reverse select selectattr "
    "sort unique",
    _joined_value: "join",
    _replaced_value: "replace",
    _formatted_value: "format",
    _padded_value: "center indent",
    _grouped_value: "batch slice",
    _summed_value: "sum",
    _numbered_value: "abs float int round",
}
CHECKS: Final[dict[str, FilterCheck]] = {
    name: check for check, names in _BY_CHECK.items() for name in names.split()
}
"""The filters of Jinja that templates may use, with what each might make too long.

Missing are those that show Python's view of a value, print XML or HTML as it stands, or draw lots.
"""


def check_of(name: str, *, takes_lists: bool = False) -> FilterCheck:
    """Return the check of a filter by its name; those of docgen look at words."""
    return CHECKS.get(name, _words_or_list if takes_lists else _worded_value)
