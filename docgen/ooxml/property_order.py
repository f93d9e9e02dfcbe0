"""The order in which the standard wants the properties of Word, and its restoring.

Word reads a file with properties in another order as damaged, or drops them. Programs other than
Word do not mind, and filling a template puts properties where a tag stood.
"""

from __future__ import annotations

import itertools
from typing import Final

from docgen.ooxml.word_xml import TABLE, Element, make_element, xml_name

_SIDES: Final = "top start left bottom end right"
_ORDERS: Final = {
    "w:pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr"
    " suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct"
    " topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind"
    " contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr",
    "w:rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss"
    " imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight"
    " u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "w:tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection"
    " tcFitText vAlign hideMark headers",
    "w:tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW"
    " jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption"
    " tblDescription",
    "w:tblBorders": f"{_SIDES} insideH insideV",
    "w:tcBorders": f"{_SIDES} insideH insideV tl2br tr2bl",
    "w:pBdr": "top left bottom right between bar",
    "w:tcMar": _SIDES,
    "w:tblCellMar": _SIDES,
    "w:style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden"
    " unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr"
    " tcPr tblStylePr",
    "w:settings": "writeProtection view zoom removePersonalInformation removeDateAndTime"
    " doNotDisplayPageBoundaries displayBackgroundShape embedTrueTypeFonts embedSystemFonts"
    " saveSubsetFonts mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader"
    " bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors proofState"
    " attachedTemplate linkStyles stylePaneFormatFilter mailMerge trackRevisions"
    " documentProtection defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone"
    " doNotHyphenateCaps clickAndTypeStyle defaultTableStyle evenAndOddHeaders"
    " drawingGridHorizontalSpacing drawingGridVerticalSpacing"
    " displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery noPunctuationKerning"
    " characterSpacingControl savePreviewPicture updateFields hdrShapeDefaults footnotePr"
    " endnotePr compat docVars rsids mathPr themeFontLang clrSchemeMapping shapeDefaults"
    " decimalSymbol listSeparator",
}
_PLACES: Final = {
    xml_name(owner): {xml_name(f"w:{name}"): place for place, name in enumerate(names.split())}
    for owner, names in _ORDERS.items()
}
_REPEATED: Final = frozenset({xml_name("w:tblStylePr")})
_CELL_PROPERTIES: Final = xml_name("w:tcPr")
_TABLE_PARTS: Final = ("w:tblPr", "w:tblGrid")


def mend_properties(root: Element) -> None:
    """Put the properties of a part into the standard's order; of one set twice the last counts.

    Tables that lack their properties or their grid get empty ones.
    """
    for owner in root.iter(*_PLACES):
        _mend(owner)
    for table in root.iter(TABLE):
        _complete(table)


def mend_cells(root: Element) -> None:
    """Put the properties of cells into order, to which filling may have added."""
    for owner in root.iter(_CELL_PROPERTIES):
        _mend(owner)


def _mend(owner: Element) -> None:
    places = _PLACES[str(owner.tag)]
    found = [places.get(str(one.tag), -1) for one in owner]
    if -1 in found or all(one < two for one, two in itertools.pairwise(found)):
        return
    kept: dict[object, Element] = {}
    for number, one in enumerate(owner):
        kept[number if one.tag in _REPEATED else one.tag] = one
    owner[:] = sorted(kept.values(), key=lambda one: places[str(one.tag)])


def _complete(table: Element) -> None:
    for place, name in enumerate(_TABLE_PARTS):
        if table.find(xml_name(name)) is None:
            table.insert(place, make_element(name))
