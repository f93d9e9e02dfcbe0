"""Which paragraphs of a sample are painted word for word, so that their lines may be used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

_LEADERS: Final = dict.fromkeys(map(ord, "._-·"))


def painted_whole(painted: Sequence[str], texts: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield index, first block and block after the last of each paragraph that is painted whole.

    Blanks count as the end of what is before them: a paragraph that begins with some is in a group
    by itself.

    Args:
        painted: What the blocks of a group of paragraphs say, in the order of painting.
        texts: What the paragraphs of the group should say, in the same form for comparison.
    """
    if len(texts) == 1:
        # Leaders of tabs cannot be told from the same signs when typed.
        if "".join(painted).translate(_LEADERS) == texts[0].translate(_LEADERS):
            yield 0, 0, len(painted)
        return
    waiting = ((index, text) for index, text in enumerate(texts) if text)
    complete: tuple[int, int, int] | None = None
    index, first, rest = -1, 0, ""
    for number, text in enumerate(painted):
        if text and not rest:
            complete = (index, first, number) if index >= 0 else None
            index, rest = next(waiting, (-1, ""))
            first = number
        if not rest.startswith(text):
            return
        # The one before is whole, since this one begins where it should.
        if complete:
            yield complete
            complete = None
        rest = rest[len(text) :]
    if index >= 0 and not rest:
        yield index, first, len(painted)
