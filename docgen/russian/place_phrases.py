"""Declining the name of a place by itself, with its type or without."""

from __future__ import annotations

import functools

from docgen.russian.case_forms import Form, WrongArgumentError, to_case
from docgen.russian.phrases import decline_phrase

AGREEMENTS = ("по норме", "всегда", "никогда")
"""Whether the name of a place agrees with its type: by the norm, always, never."""
_UNSURE = "название «{}»: проверьте склонение"


@functools.lru_cache(maxsize=2048)
def decline_place(text: str, case: str, agreement: str = "по норме") -> Form:
    """Return the name of a place in a case, with its type or alone: «городе Грозном», «Твери».

    ``agreement`` says whether the name agrees with its type: «по норме», «всегда», «никогда»; a
    name alone always declines.

    Raises:
        WrongArgumentError: when the case or the agreement is unknown.
    """
    # Loads late: few templates name places.
    from docgen.russian.place_names import place_name
    from docgen.russian.place_types import is_short_type, type_policy

    target = to_case(case)
    if agreement not in AGREEMENTS:
        raise WrongArgumentError(
            f"названия согласуют «{'», «'.join(AGREEMENTS)}», а не «{agreement}»"
        )
    words = text.split()
    is_typed = any(map(type_policy, words)) or any(map(is_short_type, words[:1]))
    is_bare = all(word[:1].isupper() for word in words) and not is_typed
    if not is_bare:
        return decline_phrase(text, target, agreement)
    own = place_name(text)
    form = own.in_case(target)
    if form == text:
        return Form(text, "unchanged")
    return Form(form, "rule", not own.is_sure, "" if own.is_sure else _UNSURE.format(text))
