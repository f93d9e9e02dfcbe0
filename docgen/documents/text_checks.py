"""Checks of texts: words of a template lost or never printed, ``None`` or ``nan`` printed."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from docgen import russian
from docgen.documents.tags import replace_tags
from docgen.errors import Location, Problem, warning
from docgen.ooxml import TemplateSource
from docgen.problem_codes import SLIP_CODES

_PYTHON_WORDS: Final = re.compile(r"(?<!\w)(?:None|nan|NaN|NaT)(?!\w)|(?<![\d:])00:00:00(?!\d)")
_WORDS: Final = ("None", "nan", "NaN", "NaT", "00:00:00")
_TAG: Final = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What stands for a tag while words around it are read."""
_GAP: Final = re.compile(r"\s[,;:.](?:\s|$)")
_BLANKS: Final = re.compile(r"[\s\u00a0\u202f]+")
_DEEPEST: Final = 6
"""How many lists or mappings deep the texts of variables are searched."""
_MOST_TEXTS: Final = 1024
"""Documents of a kind share most of their paragraphs, which are checked once."""


def lost_texts(wanted: Iterable[str], texts: Iterable[str]) -> Iterator[str]:
    """Yield wanted pieces missing from the texts in this order, ignoring blanks."""
    whole = " ".join(map(_plain, texts))
    place = 0
    for piece in wanted:
        plain = _plain(piece).strip()
        found = whole.find(plain, place)
        if found < 0:
            yield piece
        else:
            place = found + len(plain)


@functools.lru_cache(maxsize=_MOST_TEXTS)
def _plain(text: str) -> str:
    return _BLANKS.sub(" ", text)


@functools.lru_cache(maxsize=_MOST_TEXTS)
def _python_words(text: str) -> frozenset[str]:
    # The pattern is slow, and nearly every text has none of the words.
    if not any(word in text for word in _WORDS):
        return frozenset()
    return frozenset(_PYTHON_WORDS.findall(text))


def stray_python_words(
    texts: Iterable[str], fixed_texts: Iterable[str], variables: Mapping[str, object]
) -> Iterator[str]:
    """Yield printed words such as ``None`` that neither the template nor any value contains.

    Args:
        texts: What the document prints.
        fixed_texts: The template's own texts.
        variables: What its tags read.
    """
    words = sorted(frozenset().union(*map(_python_words, texts)))
    if not words:
        return
    known = "\n".join([*fixed_texts, *_texts_in(variables, _DEEPEST)])
    for word in words:
        if word not in known:
            yield word


def _texts_in(value: object, depth: int) -> Iterator[str]:
    """Yield the texts in plain values, down to ``depth`` lists or mappings."""
    if isinstance(value, str):
        yield value
    elif depth > 0:
        for one in _parts_of(value):
            yield from _texts_in(one, depth - 1)


def _parts_of(value: object) -> list[object]:
    """Return the items of a list or mapping; a record would lead to the whole workspace."""
    if isinstance(value, Mapping):
        return list(value.values())
    return list(value) if isinstance(value, list | tuple) else []


def fixed_words(source: TemplateSource, where: Location) -> Iterator[tuple[Location, str]]:
    """Yield the paragraphs of a template by place, a sign in place of each tag."""
    for number, paragraph in enumerate(source.body.paragraphs, 1):
        yield replace(where, paragraph=number), replace_tags(paragraph.text, lambda _: _TAG)


def text_problems(source: TemplateSource, where: Location) -> Iterator[Problem]:
    """Yield a warning of each slip in a template's words, and of words that are never printed."""
    for paragraph, (place, text) in zip(
        source.body.paragraphs, fixed_words(source, where), strict=True
    ):
        for slip in russian.phrase_slips(text):
            # What a condition opens another may close; what a field prints is not known.
            is_unsure = slip.kind == "unpaired" and "{%" in paragraph.text
            if _TAG not in slip.found and not is_unsure and not _GAP.search(slip.found):
                message = f"«{slip.found}»: {slip.advice}"
                yield warning(SLIP_CODES[slip.kind], place, message)
    yield from _ignored_headers(source, where)


def _ignored_headers(source: TemplateSource, where: Location) -> Iterator[Problem]:
    """Yield a warning of words in a template's own headers, which are never printed."""
    for label, body in source.own_headers:
        words = " ".join(one.text.strip() for one in body.paragraphs if one.text.strip())
        if re.search(r"[^\W\d_]|\{", words):
            yield warning(
                "bad-template",
                replace(where, part=label),
                f"«{words[:60]}» не печатается: колонтитулы берутся из стиль.docx; впишите туда",
            )
