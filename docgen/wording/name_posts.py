"""The post that stands in place of a name, in the case that the sentence gives the name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docgen.model import PersonName, Phrase, Record, sameness
from docgen.model.columns import NAME, POST, STAFF
from docgen.wording.named_people import Mention, forms_by_case, post_in
from docgen.wording.people import name_on
from docgen.wording.record_views import Scope

_CASES_AFTER: Final = {
    "с": ("твор",),
    "со": ("твор",),
    "к": ("дат",),
    "ко": ("дат",),
    "по": ("дат",),
    "от": ("род",),
    "у": ("род",),
    "для": ("род",),
    "без": ("род",),
    "кроме": ("род",),
    "вместо": ("род",),
    "о": ("пред",),
    "об": ("пред",),
    "при": ("пред",),
    "за": ("вин", "твор"),
    "на": ("вин", "пред"),
    "между": ("твор",),
    "перед": ("твор",),
    "над": ("твор",),
}
"""The cases of names after a preposition; «с Петровой» never means «с кого» in an order."""
_LAST_WORD: Final = re.compile(r"([а-яё]+)[\s\u00a0]*$", re.IGNORECASE)
_STARTS: Final = re.compile(r"(?:^|[.!?]\s)[\s\d.)«]*$")


def post_in_place_of(mention: Mention, text: str, scope: Scope) -> str:
    """Return the post for a name of a text, or nothing where its case is not certain.

    In the nominative a verb agrees with the name, «Петрова назначена»: a post would not.
    """
    if len(mention.people) != 1:
        return ""
    (key,) = mention.people
    rows = scope.workspace.by_identity.get(key, ())
    if key[0] != STAFF or not rows:
        return ""
    row = next((one for one in rows if one.holds_on(scope.day)), rows[-1])
    post = row.values.get(POST)
    cases = set(_cases_of(mention, row, scope))
    before = text[: mention.start]
    last = _LAST_WORD.search(before)
    if last is not None and last[1].lower() in _CASES_AFTER:
        cases &= set(_CASES_AFTER[last[1].lower()])
    if not isinstance(post, Phrase) or not cases or "им" in cases:
        return ""
    found = {post_in(post.text, case, scope.workspace) for case in cases}
    if len(found) != 1:
        return ""
    (words,) = found
    return words[:1].upper() + words[1:] if _STARTS.search(before) else words


def _cases_of(mention: Mention, row: Record, scope: Scope) -> Iterator[str]:
    """Yield the cases in which a surname is spelled as in a mention."""
    now = row.values.get(NAME)
    for name in (now, name_on(row, scope.day)):
        if isinstance(name, PersonName):
            for case, form in forms_by_case(name, scope.workspace):
                if sameness(form) == sameness(mention.surname):
                    yield case
