"""Posts that a list types, held to those of the register: shortened, longer, or other ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from docgen.model import sameness

_WORD: Final = re.compile(r"[а-яёa-z0-9]+\.?", re.IGNORECASE)
_PARTS: Final = re.compile(r"[,;\n]| и ")
_ROLE: Final = re.compile(
    r"\s*(?:член|председател|секретар|куратор|наставник|наставляем|координатор|модератор|эксперт"
    r"|ответственн|участник|руководител\w+ (?:групп|шмо|рмо|мо\b|проект|объединени|клуб))",
    re.IGNORECASE,
)
"""What somebody is in a group, which no register of posts tells."""


def is_same_post(right: str, typed: str) -> bool:
    """Return whether a typed post may stand for one of the register.

    A list may leave out the end of a post, shorten its words, add where somebody works, or name
    one of two posts. «Директор» is not «заместитель директора».
    """
    if _ROLE.match(typed):
        return True
    one, two = sameness(right), sameness(typed)
    if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", two):
        return True
    return any(
        _begins(_WORD.findall(part), _WORD.findall(said))
        for part in (one, *_PARTS.split(one))
        for said in (two, *_PARTS.split(two))
    )


def _begins(right: Sequence[str], typed: Sequence[str]) -> bool:
    """Return whether words are the first of others, each in full or shortened."""
    at = 0
    for word in typed:
        if at >= len(right):
            return False
        short = word.rstrip(".")
        if word == right[at] or (word.endswith(".") and right[at].startswith(short)):
            at += 1
        elif len(short) > 1 and short == "".join(one[0] for one in right[at : at + len(short)]):
            at += len(short)
        else:
            return False
    return bool(typed)
