"""Boxes and transformations of a page, in points of 1/72 inch from its lower left corner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""

IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
WHOLE: Final[Box] = (float("-inf"), float("-inf"), float("inf"), float("inf"))


def to_matrix(numbers: Sequence[float]) -> Matrix:
    """Return six numbers as a transformation."""
    a, b, c, d, e, f = numbers
    return (a, b, c, d, e, f)


def to_box(numbers: Sequence[float]) -> Box:
    """Return four numbers as a box."""
    left, bottom, right, top = numbers
    return (left, bottom, right, top)


def multiplied(first: Matrix, second: Matrix) -> Matrix:
    """Return the transformation that does the first, then the second."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        *(a * g + b * i, a * h + b * j),
        *(c * g + d * i, c * h + d * j),
        *(e * g + f * i + k, e * h + f * j + m),
    )


def moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a transformation takes a point."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def box_of(matrix: Matrix, box: Box) -> Box:
    """Return the box that holds a transformed box."""
    left, bottom, right, top = box
    corners = [moved(matrix, x, y) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return (min(xs), min(ys), max(xs), max(ys))


def intersected(first: Box, second: Box) -> Box:
    """Return what two boxes have in common; its right may lie left of its left."""
    return (
        *(max(first[0], second[0]), max(first[1], second[1])),
        *(min(first[2], second[2]), min(first[3], second[3])),
    )


def joined(first: Box, second: Box) -> Box:
    """Return the least box that holds both."""
    return (
        *(min(first[0], second[0]), min(first[1], second[1])),
        *(max(first[2], second[2]), max(first[3], second[3])),
    )


def widened(box: Box, by: float) -> Box:
    """Return a box wider on each side."""
    return (box[0] - by, box[1] - by, box[2] + by, box[3] + by)


def is_inside(point: tuple[float, float], box: Box) -> bool:
    """Whether a point lies in a box or on its edge."""
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]
