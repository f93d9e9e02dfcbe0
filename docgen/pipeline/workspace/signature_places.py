"""Where a document is signed: at its template's bookmark, else on the page that bears the name."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from docgen import russian
from docgen.model import MarkedSigner, Signer
from docgen.pages import Place

_USUAL_ASCENT: Final = 12.0


def name_forms(name: str) -> tuple[str, ...]:
    """Return the forms in which a signer's name may be printed: in full or with initials."""
    surname, first, patronymic = russian.split_name(name)
    short = [
        russian.initials(surname, first, patronymic, ahead=ahead, spaced=spaced)
        for ahead in (True, False)
        for spaced in (False, True)
    ]
    return tuple(dict.fromkeys([name, *short]))


def squeezed(text: str) -> str:
    """Return the text without blanks, which programs place differently."""
    return "".join(text.split())


def is_named(name: str, text: str) -> bool:
    """Return whether the text bears the name in one of its forms."""
    return _is_in(name, squeezed(text))


def _is_in(name: str, bare: str) -> bool:
    return any(form in bare for form in _squeezed_forms(name))


@functools.lru_cache(maxsize=1024)
def _squeezed_forms(name: str) -> tuple[str, ...]:
    forms = tuple(map(squeezed, name_forms(name)))
    # The surname under a text may be in capitals.
    return (*forms, *map(str.upper, forms))


@functools.lru_cache(maxsize=1024)
def _squeezed_paragraph(text: str) -> str:
    """Return a paragraph without blanks, cached: most paragraphs are in many documents."""
    return squeezed(text)


def absent_signers(signers: Iterable[MarkedSigner], texts: Iterable[str]) -> list[str]:
    """Return the names of planned signers that the texts of a finished document do not bear."""
    bare = "".join(map(_squeezed_paragraph, texts))
    return [one.name for one in signers if one.name and not _is_in(one.name, bare)]


def place_signers(
    expected: Sequence[MarkedSigner], places: Mapping[str, Place], read: Callable[[], Sequence[str]]
) -> tuple[Signer, ...]:
    """Return the signers with the places that the template marks for them.

    For those without one ``read`` is asked for the text of the pages: the last that bears the name
    counts; without a name the last page.
    """
    marked = list(_marked(expected, places))
    texts = [] if None not in marked else read()
    return tuple(
        Signer(one.role, one.name, *_corner(place), number=one.number)
        if place is not None
        else Signer(one.role, one.name, _page_of(one.name, texts), number=one.number)
        for one, place in zip(expected, marked, strict=True)
    )


def _marked(
    expected: Sequence[MarkedSigner], places: Mapping[str, Place]
) -> Iterator[Place | None]:
    """Yield the place of each signer, None where the template has no mark.

    A bookmark in a loop is there once for each person, as ``sign_1``, ``sign_1_2`` and so on. Where
    one person signs, the last counts: a position may run over lines, of which each has the mark.
    If the counts differ, no name can be given a place.
    """
    for mark, group in groupby(expected, key=lambda one: one.mark):
        count = sum(1 for _ in group)
        spots = _copies(mark, places) if mark else []
        if count == 1:
            yield spots[-1] if spots else None
        else:
            yield from spots if len(spots) == count else [None] * count


def _copies(mark: str, places: Mapping[str, Place]) -> list[Place]:
    """Return the places of a bookmark and its copies, in the order in which they stand."""
    form = re.compile(rf"{re.escape(mark)}(?:_(\d{{1,6}}))?", re.IGNORECASE)
    found = [(int(match[1] or 1), name) for name in places if (match := form.fullmatch(name))]
    return [places[name] for _, name in sorted(found)]


def _corner(place: Place) -> tuple[int, float, float]:
    """Return page and point of the line to sign on, an empty one being of the usual size."""
    line = place.line if place.line is not None else max(place.y - _USUAL_ASCENT, 0.0)
    return place.page, place.x, round(line, 2)


def _page_of(name: str, texts: Sequence[str]) -> int:
    pages = [number for number, text in enumerate(texts, 1) if name and is_named(name, text)]
    return pages[-1] if pages else max(len(texts), 1)
