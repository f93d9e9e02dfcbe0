"""Posts within a sentence: which of them keep the capital that a list has given them."""

from __future__ import annotations

import functools
import re
from typing import Final

from docgen.russian import morphology

_HIGHEST_OFFICES: Final = (
    "Президент Российской Федерации",
    "Председатель Правительства Российской Федерации",
    "Председатель Совета Федерации",
    "Председатель Государственной Думы",
)
"""Offices that are written with a capital within a sentence, too."""
_CAPITALS: Final = re.compile(r"«[^»]*»|[А-ЯЁ]+")
_LINKS: Final = frozenset(
    ["в", "для", "до", "за", "и", "из", "к", "на", "о", "об", "от", "по", "при", "с"]
)
_ACTING: Final = re.compile(r"(и\. ?о\.|врио|в\. ?р\. ?и\. ?о\.)\s+(?=\S)", re.IGNORECASE)
_WORD: Final = 4
"""Letters of the shortest word that is no abbreviation of its own."""


@functools.lru_cache(maxsize=2048)
def within_sentence(post: str) -> str:
    """Return a post as it stands within a sentence: lists of other programs give it a capital.

    Abbreviations (МБУ, УрФУ, IT-), proper names and the highest offices keep theirs, also within a
    post that is all in capitals.
    """
    post = _without_shouting(post)
    first = post.split(maxsplit=1)[0] if post.strip() else ""
    is_common = first[:1].isupper() and first[1:] == first[1:].lower() and first.rstrip(".,")[1:]
    if not is_common or post.startswith(_HIGHEST_OFFICES):
        return post
    readings = morphology.readings_of(first)
    if readings and readings[0].is_proper and readings[0].is_known:
        return post
    return post[:1].lower() + post[1:]


def acting_in_full(post: str) -> str:
    """Return «исполняющий обязанности директора» of «И.о. директора», as agreements have it."""
    short = _ACTING.match(post)
    if short is None:
        return post
    is_for_a_time = "в" in short[1].lower()
    return f"{'временно ' if is_for_a_time else ''}исполняющий обязанности {post[short.end() :]}"


def _without_shouting(post: str) -> str:
    """Return a post in capitals in small letters, but for its abbreviations and names."""
    if not post.isupper():
        return post
    quiet = _CAPITALS.sub(_small_if_common, post)
    # Of what is an abbreviation alone nothing is known.
    return quiet if any(len(word) >= _WORD for word in re.findall(r"[а-яё]+", quiet)) else post


def _small_if_common(match: re.Match[str]) -> str:
    word = match[0].lower()
    if word in _LINKS:
        return word
    readings = morphology.readings_of(word)
    is_name = bool(readings) and readings[0].is_proper
    is_common = len(word) >= _WORD and morphology.is_known(word) and not is_name
    return word if is_common else match[0]
