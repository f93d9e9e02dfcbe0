"""Read from the column «Рассылка» who gets how many copies of an order."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"[;\n]")
_COPIES = re.compile(
    r"(?P<who>.*?\S)\s*(?:(?:[:–—]|\s-)\s*(?P<bare>\d{1,3})(?:\s*экз\S*)?"
    r"|[\s,(]\s*(?P<named>\d{1,3})\s*экз[^\s)]*\)?)",
    re.IGNORECASE,
)


def recipients_of(text: str) -> tuple[tuple[str, int], ...]:
    """Return each addressee with the number of copies, e.g. of ``В дело; Школа № 5 – 2``.

    A number counts copies only after a dash or a colon, or before «экз.»: it may be part of a name.
    """
    found: dict[str, int] = {}
    for part in filter(None, (one.strip(" ,") for one in _BETWEEN.split(text))):
        match = _COPIES.fullmatch(part)
        who = match["who"].rstrip(" ,(") if match else part
        copies = int(match["bare"] or match["named"]) if match else 1
        if copies:
            found[who] = found.get(who, 0) + copies
    return tuple(found.items())
