"""Where a paper is signed: the page that bears the signer's name, in whatever form it stands."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from docgen import russian
from docgen.model import Signer


def name_forms(name: str) -> tuple[str, ...]:
    """Return how a signer's name may stand above or beside the line: in full or with initials."""
    surname, first, patronymic = russian.split_name(name)
    short = [
        russian.initials(surname, first, patronymic, ahead=ahead, spaced=spaced)
        for ahead in (True, False)
        for spaced in (False, True)
    ]
    return tuple(dict.fromkeys([name, *short]))


def squeezed(text: str) -> str:
    """Return the text without blanks, which Word, LibreOffice and readers put as they see fit."""
    return "".join(text.split())


def is_named(name: str, text: str) -> bool:
    """Return whether the text bears the name in one of its forms."""
    return _is_in(name, squeezed(text))


def _is_in(name: str, bare: str) -> bool:
    return any(form in bare for form in _squeezed_forms(name))


@functools.lru_cache(maxsize=1024)
def _squeezed_forms(name: str) -> tuple[str, ...]:
    return tuple(map(squeezed, name_forms(name)))


@functools.lru_cache(maxsize=1024)
def _squeezed_paragraph(text: str) -> str:
    """Return a paragraph without blanks; most of them stand in many papers."""
    return squeezed(text)


def absent_signers(signers: Iterable[tuple[str, str]], texts: Iterable[str]) -> list[str]:
    """Return the names of planned signers that the texts of a finished document do not bear."""
    bare = "".join(map(_squeezed_paragraph, texts))
    return [name for _, name in signers if name and not _is_in(name, bare)]


def placed(signers: Sequence[tuple[str, str]], texts: Sequence[str]) -> tuple[Signer, ...]:
    """Return the signers with the last page that bears their names; without one, the last page."""
    return tuple(
        Signer(role, name, _page_of(name, texts) if name else max(len(texts), 1))
        for role, name in signers
    )


def _page_of(name: str, texts: Sequence[str]) -> int:
    pages = [number for number, text in enumerate(texts, start=1) if is_named(name, text)]
    return pages[-1] if pages else max(len(texts), 1)
