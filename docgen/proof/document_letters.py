"""Whether the pages of a document print all of its letters, as often as it has them."""

from __future__ import annotations

from collections.abc import Mapping


def lacks_letters(printed: str, letters: Mapping[str, int]) -> bool:
    """Return whether a letter is printed less often than the document has it.

    Headers, footers and repeated rows print more. Order is not looked at.

    Args:
        printed: What all pages of the document print, in small letters.
        letters: How often each small letter stands in the document's body.
    """
    return any(printed.count(letter) < count for letter, count in letters.items())
