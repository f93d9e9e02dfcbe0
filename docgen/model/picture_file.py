"""A picture as a value: its bytes, checked and settled, with its size on paper."""

from __future__ import annotations

from dataclasses import dataclass

MM_IN_AN_INCH = 25.4


@dataclass(frozen=True, slots=True, eq=False)
class PictureFile:
    """A PNG or JPEG file, upright, without hidden notes of a camera.

    ``name`` is its path in the workspace, or where it lies on a sheet; ``suffix`` is png or jpeg,
    ``digest`` tells its bytes apart from others. ``width`` and ``height`` are in pixels,
    ``width_mm`` and ``height_mm`` the size to print, 0 for what follows from the other one or from
    ``dpi``.
    """

    name: str
    suffix: str
    data: bytes
    digest: str
    width: int
    height: int
    dpi: float
    width_mm: float = 0
    height_mm: float = 0

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height on paper; of one that is given the other follows."""
        if self.width_mm and self.height_mm:
            # A frame to fit in: nothing is stretched.
            scale = min(self.width_mm / self.width, self.height_mm / self.height)
        elif self.width_mm:
            scale = self.width_mm / self.width
        elif self.height_mm:
            scale = self.height_mm / self.height
        else:
            scale = MM_IN_AN_INCH / self.dpi
        return self.width * scale, self.height * scale

    def __repr__(self) -> str:
        """Return name, content and size: what a document that prints it was made of."""
        return f"PictureFile({self.name!r}, {self.digest}, {self.width_mm}x{self.height_mm})"

    def __str__(self) -> str:
        """Return the name, as the cell has it."""
        return self.name
