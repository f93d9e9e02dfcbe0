"""Changes of words and signs on the pages of a PDF, spelled as LibreOffice would spell them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from tests.support.pdf_surgery import Paper, Piece, Stretch, with_codes

Mutation: TypeAlias = Callable[[Paper, random.Random], bool]
"""Changes an opened PDF at a spot of its choice; False when there is no such spot."""


# --- what is looked for ----------------------------------------------------------------------


def spots(paper: Paper, rng: random.Random) -> Iterator[tuple[int, Stretch]]:
    """Yield every stretch of text with its page, in an order of chance."""
    pages = list(paper.numbers)
    rng.shuffle(pages)
    for page in pages:
        stretches = paper.stretches(page)
        rng.shuffle(stretches)
        yield from ((page, one) for one in stretches)


def _words(piece: Piece) -> Iterator[tuple[int, int]]:
    """Yield the places of the words of a piece: letters and digits that follow each other."""
    start = None
    for place, sign in enumerate(f"{piece.letters} "):
        if sign.isalnum() and start is None:
            start = place
        elif not sign.isalnum() and start is not None:
            yield start, place
            start = None


def _change_codes(
    paper: Paper, rng: random.Random, change: Callable[[Piece, random.Random], list[bytes] | None]
) -> bool:
    """Give the first piece that can be changed the codes that ``change`` returns for it."""
    for page, stretch in spots(paper, rng):
        numbers = list(range(len(stretch.pieces)))
        rng.shuffle(numbers)
        for number in numbers:
            codes = change(stretch.pieces[number], rng)
            if codes is not None and codes != list(stretch.pieces[number].codes):
                paper.replace(page, stretch, with_codes(stretch, number, codes))
                return True
    return False


def _chosen_word(piece: Piece, rng: random.Random, least: int) -> tuple[int, int] | None:
    words = [(start, end) for start, end in _words(piece) if end - start >= least]
    return rng.choice(words) if words else None


# --- words and signs -------------------------------------------------------------------------


def _alter_word(paper: Paper, rng: random.Random) -> bool:
    def change(piece: Piece, rng: random.Random) -> list[bytes] | None:
        word = _chosen_word(piece, rng, 3)
        if word is None:
            return None
        start, end = word
        codes = list(piece.codes)
        letters = [code for code, sign in zip(codes, piece.letters, strict=True) if sign.isalpha()]
        if len(set(letters)) < 2:
            return None
        codes[start:end] = [rng.choice(letters) for _ in range(start, end)]
        return codes

    return _change_codes(paper, rng, change)


def _on_word(least: int, rewrite: Callable[[tuple[bytes, ...], int, int], list[bytes]]) -> Mutation:
    """Return a mutation that spells a word otherwise, given the codes and where it stands."""

    def mutate(paper: Paper, rng: random.Random) -> bool:
        def change(piece: Piece, rng: random.Random) -> list[bytes] | None:
            word = _chosen_word(piece, rng, least)
            return None if word is None else rewrite(piece.codes, *word)

        return _change_codes(paper, rng, change)

    return mutate


def _without(codes: tuple[bytes, ...], start: int, end: int) -> list[bytes]:
    return [*codes[:start], *codes[end:]]


def _doubled(codes: tuple[bytes, ...], start: int, end: int) -> list[bytes]:
    return [*codes[:end], *codes[start:end], *codes[end:]]


def _swap_words(paper: Paper, rng: random.Random) -> bool:
    def change(piece: Piece, rng: random.Random) -> list[bytes] | None:
        words = list(_words(piece))
        if len(words) < 2:
            return None
        place = rng.randrange(len(words) - 1)
        (a, b), (c, d) = words[place], words[place + 1]
        codes = piece.codes
        return [*codes[:a], *codes[c:d], *codes[b:c], *codes[a:b], *codes[d:]]

    return _change_codes(paper, rng, change)


def _swap_glyphs(paper: Paper, rng: random.Random) -> bool:
    def change(piece: Piece, rng: random.Random) -> list[bytes] | None:
        codes = list(piece.codes)
        places = [
            place
            for place in range(len(codes) - 1)
            if codes[place] != codes[place + 1] and piece.letters[place : place + 2].isalnum()
        ]
        if not places:
            return None
        place = rng.choice(places)
        codes[place], codes[place + 1] = codes[place + 1], codes[place]
        return codes

    return _change_codes(paper, rng, change)


def _exchange(wanted: Callable[[str], bool], other: Callable[[str, str], bool]) -> Mutation:
    """Return a mutation that puts another sign of the same font in the place of a wanted one."""

    def mutate(paper: Paper, rng: random.Random) -> bool:
        def change(piece: Piece, rng: random.Random) -> list[bytes] | None:
            places = [place for place, sign in enumerate(piece.letters) if wanted(sign)]
            if not places:
                return None
            place = rng.choice(places)
            sign = piece.letters[place]
            choices = [
                code
                for code, letter in zip(piece.codes, piece.letters, strict=True)
                if other(sign, letter)
            ]
            if not choices:
                return None
            return [*piece.codes[:place], rng.choice(choices), *piece.codes[place + 1 :]]

        return _change_codes(paper, rng, change)

    return mutate


def _drop_sign(wanted: Callable[[str], bool]) -> Mutation:
    def mutate(paper: Paper, rng: random.Random) -> bool:
        def change(piece: Piece, rng: random.Random) -> list[bytes] | None:
            places = [place for place, sign in enumerate(piece.letters) if wanted(sign)]
            if not places:
                return None
            place = rng.choice(places)
            return _without(piece.codes, place, place + 1)

        return _change_codes(paper, rng, change)

    return mutate


def _is_stop(sign: str) -> bool:
    return sign in ".,;:–—«»()№-"


# --- all of them ------------------------------------------------------------------------------

WORD_KINDS: Final = {
    "a word altered": _alter_word,
    "a word dropped": _on_word(1, _without),
    "a word doubled": _on_word(2, _doubled),
    "two words swapped": _swap_words,
    "two letters swapped": _swap_glyphs,
    "a letter altered": _exchange(
        str.isalpha, lambda one, other: other.isalpha() and one.lower() != other.lower()
    ),
    "a digit altered": _exchange(str.isdigit, lambda one, other: other.isdigit() and one != other),
    "a letter dropped": _drop_sign(str.isalpha),
    "a digit dropped": _drop_sign(str.isdigit),
    "a stop dropped": _drop_sign(_is_stop),
    "a stop altered": _exchange(_is_stop, lambda one, other: other != one and other > " "),
}
"""Mutations by their names."""
