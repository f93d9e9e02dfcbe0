"""Changes of lines and pages of a PDF: lost, moved, hidden, in another order."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final

import pikepdf

from tests.support.pdf_surgery import Paper, Stretch, moved, resized
from tests.support.word_mutations import Mutation, spots

_AWAY: Final = 2000.0

# --- lines -----------------------------------------------------------------------------------


def _on_line(change: Callable[[Stretch, tuple[float, float]], bytes]) -> Mutation:
    """Return a mutation that paints a line otherwise; ``change`` gets the size of its page."""

    def mutate(paper: Paper, rng: random.Random) -> bool:
        for page, stretch in spots(paper, rng):
            paper.replace(page, stretch, change(stretch, paper.size(page)))
            return True
        return False

    return mutate


def _half_outside(stretch: Stretch, size: tuple[float, float]) -> bytes:
    left, _, width, _ = stretch.box
    return moved(stretch, size[0] - left - width / 2, 0)


def _clipped(stretch: Stretch, share: float) -> bytes:
    left, bottom, width, height = stretch.box
    clip = f"q {left:.1f} {bottom:.1f} {width * share:.1f} {height:.1f} re\nW* n\n"
    return clip.encode() + stretch.raw + b"Q\n"


def _covered(stretch: Stretch, _: tuple[float, float]) -> bytes:
    left, bottom, width, height = stretch.box
    box = f"{left:.1f} {bottom:.1f} {width:.1f} {height:.1f}"
    return stretch.raw + f"q 1 1 1 rg\n{box} re\nf*\nQ\n".encode()


def _in_white(stretch: Stretch, _: tuple[float, float]) -> bytes:
    return b"q 1 1 1 rg\n" + stretch.raw.split(b"\n", 1)[1]


def _without_paint(stretch: Stretch, _: tuple[float, float]) -> bytes:
    return stretch.raw.replace(b"BT\n", b"BT\n3 Tr\n", 1)


def _swap_lines(paper: Paper, rng: random.Random) -> bool:
    for page, stretch in spots(paper, rng):
        others = [one for one in paper.stretches(page) if one.text != stretch.text]
        if others:
            one, other = sorted((stretch, rng.choice(others)), key=lambda line: line.start)
            dx, dy = (
                other.pieces[0].x - one.pieces[0].x,
                other.pieces[0].y - one.pieces[0].y,
            )
            content = paper.content(page)
            between = content[one.end : other.start]
            paper.paint(
                page,
                content[: one.start]
                + moved(other, -dx, -dy)
                + between
                + moved(one, dx, dy)
                + content[other.end :],
            )
            return True
    return False


def _paint_over_another(paper: Paper, rng: random.Random) -> bool:
    for page, stretch in spots(paper, rng):
        first = stretch.pieces[0]
        others = [one for one in paper.stretches(page) if abs(one.pieces[0].y - first.y) > 5]
        if others:
            place = rng.choice(others).pieces[0]
            paper.replace(page, stretch, moved(stretch, place.x - first.x, place.y - first.y))
            return True
    return False


def _make_transparent(paper: Paper, rng: random.Random) -> bool:
    for page, stretch in spots(paper, rng):
        state = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, ca=0, CA=0)
        resources = paper.pdf.pages[page].resources
        resources.ExtGState = pikepdf.Dictionary(EGS9=state)
        paper.replace(page, stretch, stretch.raw.replace(b"BT\n", b"/EGS9 gs\nBT\n", 1))
        return True
    return False


# --- pages -----------------------------------------------------------------------------------


def _drop_page(choose: Callable[[range, random.Random], int]) -> Mutation:
    def mutate(paper: Paper, rng: random.Random) -> bool:
        if len(paper.numbers) < 2:
            return False
        del paper.pdf.pages[choose(paper.numbers, rng)]
        return True

    return mutate


def _exchange_pages(paper: Paper, one: int, other: int) -> None:
    """Have two pages show what the other has shown; places that are named stay."""
    first, second = paper.pdf.pages[one], paper.pdf.pages[other]
    contents = second.Contents, first.Contents
    resources = second.obj.Resources, first.obj.Resources
    first.Contents, second.Contents = contents
    first.obj.Resources, second.obj.Resources = resources


def _reverse_pages(paper: Paper, _: random.Random) -> bool:
    numbers = paper.numbers
    for place in range(len(numbers) // 2):
        _exchange_pages(paper, numbers[place], numbers[-place - 1])
    return len(numbers) > 1


def _swap_pages(paper: Paper, rng: random.Random) -> bool:
    if len(paper.numbers) < 2:
        return False
    place = rng.choice(paper.numbers[:-1])
    _exchange_pages(paper, place, place + 1)
    return True


def _double_page(paper: Paper, rng: random.Random) -> bool:
    place = rng.choice(paper.numbers)
    paper.pdf.pages.insert(place, paper.pdf.pages[place])
    return True


def _repeat_page(paper: Paper, rng: random.Random) -> bool:
    if len(paper.numbers) < 2:
        return False
    one, other = rng.sample(paper.numbers, 2)
    paper.pdf.pages[one].Contents = paper.pdf.pages[other].Contents
    paper.pdf.pages[one].obj.Resources = paper.pdf.pages[other].obj.Resources
    return True


def _blank_page(paper: Paper, rng: random.Random) -> bool:
    paper.paint(rng.choice(paper.numbers), b"0.1 w\n")
    return True


def _blank_pages(paper: Paper, _: random.Random) -> bool:
    for page in paper.numbers:
        paper.paint(page, b"0.1 w\n")
    return True


def _add_blank_page(paper: Paper, _: random.Random) -> bool:
    paper.pdf.add_blank_page(page_size=paper.size(0))
    return True


def _shift_page(visible: float) -> Mutation:
    """Return a mutation that moves a page to the right, so that a share of a line stays on it."""

    def mutate(paper: Paper, rng: random.Random) -> bool:
        page, stretch = next(spots(paper, rng), (0, None))
        if stretch is None:
            return False
        left, _, width, _ = stretch.box
        shift = f"q 1 0 0 1 {paper.size(page)[0] - left - visible * width:.1f} 0 cm\n".encode()
        paper.paint(page, shift + paper.content(page) + b"\nQ\n")
        return True

    return mutate


def _cut_page(box: str, share: float) -> Mutation:
    """Return a mutation that leaves the upper share of a page outside of one of its boxes."""

    def mutate(paper: Paper, rng: random.Random) -> bool:
        page = rng.choice(paper.numbers)
        texts = sorted(one.pieces[0].y for one in paper.stretches(page))
        if len(texts) < 2:
            return False
        width, height = paper.size(page)
        cut = texts[min(int(len(texts) * share), len(texts) - 1)] - 4
        paper.pdf.pages[page].obj[box] = pikepdf.Array(
            [0, 0, round(width, 3), round(cut, 3)]
            if share > 0
            else [0, round(texts[0] + 8, 3), round(width, 3), round(height, 3)]
        )
        return True

    return mutate


# --- all of them ------------------------------------------------------------------------------

LINE_KINDS: Final = {
    "a line dropped": _on_line(lambda _stretch, _size: b""),
    "a line doubled": _on_line(lambda stretch, _: stretch.raw + moved(stretch, 5, -7)),
    "a line off the right": _on_line(lambda stretch, size: moved(stretch, size[0], 0)),
    "a line off the left": _on_line(lambda stretch, _: moved(stretch, -_AWAY, 0)),
    "a line off the foot": _on_line(lambda stretch, size: moved(stretch, 0, -size[1])),
    "a line off the head": _on_line(lambda stretch, size: moved(stretch, 0, size[1])),
    "a line half outside": _on_line(_half_outside),
    "a line clipped away": _on_line(lambda stretch, _: _clipped(stretch, 0)),
    "a line half clipped": _on_line(lambda stretch, _: _clipped(stretch, 0.5)),
    "a line covered in white": _on_line(_covered),
    "a line in white": _on_line(_in_white),
    "a line without paint": _on_line(_without_paint),
    "a line too small to read": _on_line(lambda stretch, _: resized(stretch, 0.2)),
    "a transparent line": _make_transparent,
    "two lines swapped": _swap_lines,
    "a line painted over another": _paint_over_another,
}
PAGE_KINDS: Final = {
    "the first page dropped": _drop_page(lambda numbers, _: numbers[0]),
    "the last page dropped": _drop_page(lambda numbers, _: numbers[-1]),
    "a page dropped": _drop_page(lambda numbers, rng: rng.choice(numbers)),
    "pages reversed": _reverse_pages,
    "two pages swapped": _swap_pages,
    "a page doubled": _double_page,
    "a page in the place of another": _repeat_page,
    "a page blank": _blank_page,
    "all pages blank": _blank_pages,
    "a blank page more": _add_blank_page,
    "a page shifted out of sight": _shift_page(-2),
    "a page shifted half out of sight": _shift_page(0.5),
    "a sheet cut above its last lines": _cut_page("/MediaBox", 0),
    "a sheet cut below its first lines": _cut_page("/MediaBox", 0.7),
    "a view cut above its last lines": _cut_page("/CropBox", 0),
}
"""Mutations by their names."""
