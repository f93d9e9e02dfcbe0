"""Pairs by their short names, «Шапиро – Белых», in every form in which people type them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from docgen.model import sameness
from docgen.model.columns import MENTEE, MENTOR
from docgen.records.rows import Draft
from docgen.suggestions import nearest, question
from docgen.wording import text_of

_DASH: Final = re.compile(r"\s*[-‑–—−]\s*")
_BRACKET: Final = re.compile(r"\s*\([^()]*\)$")
_INITIAL: Final = re.compile(r"^[^\W\d_]\.?$")
_MOST_DASHES: Final = 6


def pair_name(draft: Draft) -> str:
    """Return the short name of a pair, «Шапиро – Белых»."""
    return " – ".join(person.partition(" ")[0] for person in people_of(draft))


def people_of(draft: Draft) -> tuple[str, str]:
    """Return the mentor and the mentee of a pair, as they are typed."""
    return _person_in(draft, MENTOR), _person_in(draft, MENTEE)


def _person_in(draft: Draft, column: str) -> str:
    text = " ".join(text_of(draft.values.get(column)).split())
    return _BRACKET.sub("", text) or text


def named_pairs(text: str, short_names: Mapping[str, Sequence[Draft]]) -> list[Draft]:
    """Return the pairs that are called so with initials, or with a dash that lacks its blanks.

    ``short_names`` are pairs by their short names, as ``sameness`` spells them.
    """
    found: dict[int, Draft] = {}
    for sides in _sides(text):
        surnames = [_surname(side) for side in sides]
        for draft in short_names.get(sameness(" – ".join(surnames)), ()):
            if all(map(_may_be, sides, people_of(draft))):
                found[id(draft)] = draft
    return list(found.values())


def nearest_pair(text: str, drafts: Iterable[Draft], offered: Iterable[str]) -> str:
    """Return ``; возможно, вы имели в виду «…»`` with the nearest of the pairs, or nothing.

    They are compared without initials and days; ``offered`` are the names to show, of those of
    the ``drafts`` that have an identity.
    """
    short_names = (pair_name(draft) for draft in drafts if draft.identity)
    names = dict(zip(short_names, offered, strict=True))
    short = _short_form(text)
    turned = " – ".join(reversed(short.split(" – ")))
    near = turned if turned in names else nearest(short, names, fold=sameness)
    return f"; {question(names[near])}" if near else ""


def may_be_called(text: str, person: str) -> bool:
    """Return whether a surname with initials, on either side of it, may mean that person."""
    surname = _surname(text)
    own = next(iter(_words(person)), "")
    return bool(surname) and sameness(surname) == sameness(own) and _may_be(text, person)


def _short_form(text: str) -> str:
    spaced = text.split(" – ") if " – " in text else text.split(" - ")
    sides = spaced if len(spaced) == 2 else next(_sides(text), (text,))
    return " – ".join(map(_surname, sides))


def _sides(text: str) -> Iterator[tuple[str, str]]:
    """Yield the two sides of each dash: surnames have dashes too."""
    for number, dash in enumerate(_DASH.finditer(text)):
        left, right = text[: dash.start()], text[dash.end() :]
        if number < _MOST_DASHES and _surname(left) and _surname(right):
            yield left, right


def _surname(side: str) -> str:
    """Return the first word that is no initial."""
    words = _words(side)
    return next((word for word in words if not _INITIAL.match(word)), "")


def _words(side: str) -> list[str]:
    return side.replace(".", ". ").split()


def _may_be(side: str, person: str) -> bool:
    """Return whether a side of a name, such as «Шапиро А.Л.», may mean that person."""
    typed, own = _words(side), [sameness(word) for word in _words(person)]
    typed.remove(_surname(side))
    rest = [sameness(word).rstrip(".") for word in typed]
    return len(rest) < max(len(own), 1) and all(
        word.startswith(part) for word, part in zip(own[1:], rest, strict=False)
    )
