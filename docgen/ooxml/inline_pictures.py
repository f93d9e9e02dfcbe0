"""Pictures of registers as they stand in a line of a document: their XML and their parts."""

from __future__ import annotations

from typing import Final

from docgen.model import PictureFile
from docgen.ooxml.docx_package import Picture

_IMAGE_TYPE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_PICTURE_SPACE: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_EMU_IN_A_MM: Final = 36_000
TWIPS_IN_A_MM: Final = 1440 / 25.4
_LEAST_MM: Final = 0.5
MOST_HEIGHT_MM: Final = 200
"""A higher picture would not fit below a heading."""


def picture_part(picture: PictureFile) -> Picture:
    """Return what a document needs to show a picture, with an id that its bytes alone decide."""
    identity = f"pic{picture.digest}"
    target = f"media/{identity}.{picture.suffix}"
    return Picture(identity, _IMAGE_TYPE, target, is_outside=False, data=picture.data)


def drawing_xml(picture: PictureFile, widest_mm: float) -> str:
    """Return ``<w:drawing>`` for a run; a picture that is too wide or too high is made smaller.

    Its number in the document is set when the document is finished.
    """
    width, height = picture.size_mm
    scale = min(1, widest_mm / width, MOST_HEIGHT_MM / height)
    x, y = (round(max(one * scale, _LEAST_MM) * _EMU_IN_A_MM) for one in (width, height))
    part = picture_part(picture)
    return (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{x}" cy="{y}"/><wp:docPr id="1" name="Рисунок" descr="Рисунок"/>'
        f'<a:graphic><a:graphicData uri="{_PICTURE_SPACE}"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="0" name="Рисунок"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{part.relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{x}" cy="{y}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing>"
    )
