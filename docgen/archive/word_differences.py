"""The first words in which two .docx files of one paper differ."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from docgen.ooxml.docx_text import text_of

_SHOWN_WORDS: Final = 6
_DASHES: Final = re.compile("[\u2011\u00ad]")


def word_difference(before: Path | bytes, after: Path | bytes) -> str | None:
    """Return in Russian what a file says otherwise than an earlier one.

    It is empty when both say the same, None when one of them is no document.
    """
    try:
        old, new = _words(before), _words(after)
    except Exception:  # noqa: BLE001 - a person may have put anything there
        return None
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    changed = [one for one in matcher.get_opcodes() if one[0] != "equal"]
    if not changed:
        return ""
    _, first, last, begin, end = changed[0]
    was, now = _quoted(old[first:last]), _quoted(new[begin:end])
    more = f" (и ещё мест: {len(changed) - 1})" if len(changed) > 1 else ""
    if not now:
        return f"не стало слов {was}{more}"
    if not was:
        return f"появились слова {now}{more}"
    return f"было {was}, стало {now}{more}"


def _words(docx: Path | bytes) -> list[str]:
    # A hyphen that must not part and one that may are one to a reader.
    return _DASHES.sub(lambda found: "-" * (found[0] == "\u2011"), " ".join(text_of(docx))).split()


def _quoted(words: Sequence[str]) -> str:
    if not words:
        return ""
    dots = " …" if len(words) > _SHOWN_WORDS else ""
    return f"«{' '.join(words[:_SHOWN_WORDS])}{dots}»"
