"""How appendices are numbered and mentioned: «№ 1», «(прилагается)», «согласно приложению»."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from docgen import russian

WHOLE_LIST = "перечнем"
_EVERY = frozenset({"да", "+", "все"})
_SIGN = re.compile(r"^(?:приложени[ея]\s*)?(?:№|#|N(?=\s*\d))?\s*", re.IGNORECASE)
_LINE = re.compile(r"^[_\s.–—-]*$")
_MENTIONED = re.compile(
    r"(?:согласно\s+приложени(?:ю|ям)|\((?:приложени[ея]|прилага[ею]тся))"
    r"[\s\d№N,и–-]*\)?[.;:]?$",
    re.IGNORECASE,
)
_RANGE = re.compile(r"^(\d+)\s*[-–—]\s*(\d+)$")


def plain_number(text: str) -> str:
    """Return the number of «№ 1», «1.» or «приложение 1» alone."""
    return _SIGN.sub("", " ".join(text.split()), count=1).rstrip(".)").rstrip()


def order_number(text: str) -> str:
    """Return an order's number without its sign; a line to write on («____») is no number."""
    number = " ".join(text.split()).removeprefix("№").strip()
    return "" if _LINE.match(number) else number


def numbers_in(typed: Iterable[str], known: Iterable[str]) -> list[str]:
    """Return the appendix numbers that a cell names: «1, 2», «№ 1 и № 2», «1–3», or «да» for all.

    ``known`` are the numbers of the order's appendices; one that stands among them is never split.
    """
    there = list(known)
    found: list[str] = []
    for item in typed:
        for part in [item] if plain_number(item) in there else re.split(r",|\sи\s", item):
            number = plain_number(part)
            found += there if number.casefold() in _EVERY else _in_range(number, there)
    return list(dict.fromkeys(found))


def _in_range(number: str, known: list[str]) -> list[str]:
    ends = _RANGE.match(number)
    if ends is None or number in known or not {ends[1], ends[2]} <= set(known):
        return [number]
    between = [one for one in known if one.isdigit() and int(ends[1]) <= int(one) <= int(ends[2])]
    return between or [number]


def names_every(typed: Iterable[str]) -> bool:
    """Return whether the cell says «да»: every appendix of the order."""
    return any(plain_number(item).casefold() in _EVERY for item in typed)


def is_about(typed: str, number: str, count: int) -> bool:
    """Return whether a row is about the appendix of that number; an empty cell means the only one.

    ``count`` is how many appendices the order has.
    """
    named = plain_number(typed)
    return named == plain_number(number) or (not named and count == 1)


def appendices_named(order: Any, row: Any) -> list[Any]:
    """Return the appendices that a point names, in the order of their sheet."""
    if not row.приложение:
        return []
    every: list[Any] = order.приложения
    wanted = numbers_in(row.приложение, [appendix.номер for appendix in every])
    return [appendix for appendix in every if appendix.номер in wanted]


def ends_so(text: str) -> bool:
    """Return whether a text ends with the mention of an appendix, typed by hand."""
    return _MENTIONED.search(text) is not None


def mention(order: Any, row: Any) -> str:
    """Return «(приложение № 1)», «(прилагается)» or «согласно приложению № 1»."""
    found = appendices_named(order, row)
    if not found:
        return ""
    numbers = ", ".join(number for item in found if (number := item.номер_с_знаком))
    many = len(found) > 1
    if str(row.ссылка) == "(прилагается)":
        plural = many or russian.gender_of_phrase(str(found[0].вид)) == "мн"
        return "(прилагаются)" if plural else "(прилагается)"
    if str(row.ссылка) == "согласно приложению":
        word = "приложениям" if many else "приложению"
        return f"согласно {word} {numbers}".strip()
    word = "приложения" if many else "приложение"
    return f"({word} {numbers})" if numbers else f"({word})"
