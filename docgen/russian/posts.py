"""Posts within a sentence: which of them keep the capital that a list has given them."""

from __future__ import annotations

import functools
from typing import Final

from docgen.russian import morphology

_HIGHEST_OFFICES: Final = (
    "Президент Российской Федерации",
    "Председатель Правительства Российской Федерации",
    "Председатель Совета Федерации",
    "Председатель Государственной Думы",
)
"""Offices that are written with a capital within a sentence, too."""


@functools.lru_cache(maxsize=2048)
def within_sentence(post: str) -> str:
    """Return a post as it stands within a sentence: lists of other programs give it a capital.

    Abbreviations (МБУ, УрФУ, IT-), proper names and the highest offices keep theirs.
    """
    first = post.split(maxsplit=1)[0] if post.strip() else ""
    is_common = first[:1].isupper() and first[1:] == first[1:].lower() and first.rstrip(".,")[1:]
    if not is_common or post.startswith(_HIGHEST_OFFICES):
        return post
    readings = morphology.readings_of(first)
    if readings and readings[0].is_proper and readings[0].is_known:
        return post
    return post[:1].lower() + post[1:]
