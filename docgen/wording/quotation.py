"""Words that a text quotes: in «», with what they quote themselves in „“."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from docgen.wording.value_views import check_printed

_PAIRS: Final = re.compile(r"«([^«»]*)»")


def in_quotes(value: object, begins: str = "«", ends: str = "»") -> str:
    """Return a text in quotes whose own quotes are inner ones: «пункт „О плане“».

    Of a text in several paragraphs the first may open and the last close alone.
    """
    check_printed(value)
    text = " ".join(str(value).split()) if "\n" not in str(value) else str(value)
    inner = text
    while (changed := _PAIRS.sub("„\\1“", inner)) != inner:
        inner = changed
    return f"{begins}{inner}{ends}"


QUOTATION_FILTERS: dict[str, Callable[..., object]] = {"в_кавычках": in_quotes}
"""The filters of this module by their names in templates."""
