"""How appendices are numbered and mentioned: «№ 1», «(прилагается)», «согласно приложению»."""

from __future__ import annotations

import re
from collections.abc import Iterable

from docgen import russian
from docgen.wording.protocols import AppendixView, OrderView, PointView

AS_LIST = "перечнем"
"""The way of mentioning appendices («Как сослаться») that lists them under the point."""

_EVERY = frozenset({"да", "+", "все"})
_SIGN = re.compile(r"^(?:приложени[ея]\s*)?(?:№|#|N(?=\s*\d))?\s*", re.IGNORECASE)
_NUMBER_SIGN = re.compile(r"^(?:(?:№|#|No\.?(?=[\s\d])|N(?=[\s№\d]))\s*)+", re.IGNORECASE)
_LINE = re.compile(r"^[_\s.–—-]*$")
_MENTIONED = re.compile(
    r"(?:согласно\s+приложени(?:ю|ям)|\((?:приложени[ея]|прилага[ею]тся))"
    r"[\s\d№N,и–-]*\)?[.;:]?$",
    re.IGNORECASE,
)
_RANGE = re.compile(r"^(\d+)\s*[-–—]\s*(\d+)$")


_OF_ANOTHER = re.compile(
    r"(?:^|\s+)к(?:\s+прил(?:ожению|\.))?\s*(?:№|#|N(?=\s*\d))?\s*(?=\d)", re.IGNORECASE
)
_NESTED = re.compile(r"(?:^| )к ")
_UNNUMBERED = "приложению"


def plain_number(text: str) -> str:
    """Return an appendix's number alone, e.g. ``1`` for «№ 1», «1.» or «приложение 1».

    That of an appendix to an appendix is ``1 к 2``, however «к приложению № 2» is typed.
    """
    number = _SIGN.sub("", " ".join(text.split()), count=1).rstrip(".)").rstrip()
    return _OF_ANOTHER.sub(" к ", number).lstrip() if " " in number else number


def appendix_address(number: str, above: str) -> str:
    """Return how rows name an appendix: «1», or «1 к 2» for one that belongs to another.

    Where numbers are missing it is «1 к приложению», «к 2» or «к приложению».
    """
    own = plain_number(number)
    if not above.strip():
        return own
    return f"{own} к {plain_number(above) or _UNNUMBERED}".lstrip()


def is_nested(address: str) -> bool:
    """Return whether an appendix that rows name so belongs to another one."""
    return _NESTED.search(address) is not None


def order_number(text: str) -> str:
    """Return a number without «№», «N», «#» before it; a line to write on («____») is none."""
    number = _NUMBER_SIGN.sub("", " ".join(text.split()))
    return "" if _LINE.match(number) else number


def appendix_numbers_in(typed: Iterable[str], known: Iterable[str]) -> list[str]:
    """Return the appendix numbers that a cell names: «1, 2», «№ 1 и № 2», «1–3», or «да» for all.

    ``typed`` are the items of the cell, ``known`` the numbers of the order's appendices; an item
    that is one of these is never split.
    """
    all_numbers = list(known)
    found: list[str] = []
    for item in typed:
        for part in [item] if plain_number(item) in all_numbers else re.split(r",|\sи\s", item):
            number = plain_number(part)
            is_every = number.casefold() in _EVERY
            found += all_numbers if is_every else _numbers_in_range(number, all_numbers)
    return list(dict.fromkeys(found))


def _numbers_in_range(number: str, known: list[str]) -> list[str]:
    """Return the known numbers of a range such as «1–3», else the number itself."""
    ends = _RANGE.match(number)
    if ends is None or number in known or not {ends[1], ends[2]} <= set(known):
        return [number]
    between = [one for one in known if one.isdigit() and int(ends[1]) <= int(one) <= int(ends[2])]
    return between or [number]


def names_every_appendix(typed: Iterable[str]) -> bool:
    """Return whether a cell says «да», which means every appendix of the order."""
    return any(plain_number(item).casefold() in _EVERY for item in typed)


def is_about_appendix(typed: str, number: str, count: int) -> bool:
    """Return whether a cell names the appendix of that number; an empty cell means the only one.

    ``count`` is how many appendices the order has.
    """
    named = plain_number(typed)
    is_only = not named and count == 1 and not is_nested(number)
    return named == plain_number(number) or is_only


def appendices_of_point(order: OrderView, point: PointView) -> list[AppendixView]:
    """Return the appendices that a point names, in the order of their sheet."""
    if not point.приложение:
        return []
    every = order.приложения
    wanted = appendix_numbers_in(point.приложение, [appendix.номер for appendix in every])
    return [appendix for appendix in every if appendix.номер in wanted]


def ends_with_mention(text: str) -> bool:
    """Return whether a text ends with the mention of an appendix, typed by hand."""
    return _MENTIONED.search(text) is not None


def mention_appendices(order: OrderView, point: PointView) -> str:
    """Return e.g. «(приложение № 1)», «(прилагается)» or «согласно приложению № 1»."""
    found = appendices_of_point(order, point)
    if not found:
        return ""
    numbers = ", ".join(number for item in found if (number := item.номер_с_знаком))
    are_several = len(found) > 1
    if point.ссылка == "(прилагается)":
        is_plural = are_several or russian.gender_of_phrase(str(found[0].вид)) == "мн"
        return "(прилагаются)" if is_plural else "(прилагается)"
    if point.ссылка == "согласно приложению":
        word = "приложениям" if are_several else "приложению"
        return f"согласно {word} {numbers}".strip()
    word = "приложения" if are_several else "приложение"
    return f"({word} {numbers})" if numbers else f"({word})"
