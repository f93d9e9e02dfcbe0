"""The fonts of Word that draw signs in place of letters, and the signs that were meant.

Word keeps a sign of «Wingdings» as a code of that font: on its own in ``w:sym``, or as a letter of
private use. No other font draws it, so templates are opened with the sign of Unicode in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from docgen.ooxml.word_xml import (
    VALUE,
    Element,
    R,
    T,
    find_first,
    make_text,
    remove,
    xml_name,
)

_NONE: Final = "\0"


def _table(*stretches: tuple[int, str]) -> Mapping[int, str]:
    return {
        first + offset: sign
        for first, signs in stretches
        for offset, sign in enumerate(signs)
        if sign != _NONE
    }


_SYMBOL: Final = _table(
    (0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?"),
    (0x40, "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    (0x60, "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    (0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…|—↵"),
    (0xC0, "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"),
    (0xE0, "◊〈®©™∑"),
    (0xF1, "〉∫"),
)
_WINGDINGS: Final = _table(
    (0x20, " ✏✂✁\0\0\0\0☎✆✉"),
    (0x36, "⌛"),
    (0x3E, "✇✍✎✌"),
    (0x45, "☜☞☝☟\0☺\0☹\0☠⚐\0✈☼\0❄\0✞\0✠✡☪☯"),
    (0x5D, "☸♈♉♊♋♌♍♎♏♐♑♒♓&&●❍■☐☐❑❒◆◆◆❖◆⌧\0⌘❀✿❝❞"),
    (0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩\0❶❷❸❹❺❻❼❽❾❿"),
    (0x9E, "·•▪○○○◉◎❍▪☐\0✦★✶✴✹✵\0⌖\0⌑\0✪✰"),
    (0xD5, "⌫⌦\0➢\0\0\0➲\0\0←→↑↓↖↗↙↘←→↑↓↖↗↙↘⇦⇨⇧⇩⇔⇕⇖⇗⇙⇘▭▫✗✓☒☑"),
)
_WINGDINGS_2: Final = _table(
    (0x4F, "✗✓☒☑☒☒⊗"),
    (0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩\0❶❷❸❹❺❻❼❽❾❿"),
    (0x95, "·••●\0○"),
    (0x9F, "▪▪■■☐"),
)
_WINGDINGS_3: Final = _table(
    (0x21, "←→↑↓↖↗↙↘"),
    (0x70, "▲▼△▽◀▶◁▷"),
    (0x7D, "▶"),
)
_WEBDINGS: Final = _table(
    (0x33, "◀▶▲▼"),
    (0x61, "✔"),
    (0x63, "☐"),
    (0x67, "■"),
    (0x6E, "●"),
    (0x72, "✖"),
)
SYMBOL_FONTS: Final = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}
"""What each font that draws signs in place of letters draws for a code."""

_BEARERS: Final = frozenset(
    {
        "ms gothic",
        "ms mincho",
        "ms ui gothic",
        "yu gothic",
        "segoe ui symbol",
        "segoe ui emoji",
        "segoe mdl2 assets",
        "arial unicode ms",
        "cambria math",
        "opensymbol",
        "starsymbol",
    }
)
"""Fonts that Word takes for a single sign of Unicode, such as a box to tick."""
_PRIVATE: Final = range(0xF000, 0xF100)
_SYM: Final = xml_name("w:sym")
_FONTS: Final = xml_name("w:rFonts")
_NAMES: Final = tuple(xml_name(f"w:{one}") for one in ("ascii", "hAnsi", "cs", "eastAsia"))
_HINT: Final = xml_name("w:hint")
_TAG: Final = "{"


def sign_of(font: str, code: int) -> str | None:
    """Return the sign that a font draws for a code; None when it is not known.

    A font that is none of ``SYMBOL_FONTS`` draws what Unicode says.
    """
    table = SYMBOL_FONTS.get(font.casefold())
    if table is not None and (code in _PRIVATE or code < 0x100):
        return table.get(code - _PRIVATE.start if code in _PRIVATE else code)
    return None if 0xE000 <= code < 0xF900 or code < 0x20 else chr(code)


def settle_signs(root: Element) -> list[tuple[Element, str]]:
    """Put signs of Unicode in the places of codes, without the fonts that were there for them.

    Returns:
        The runs with a sign that is not known, each with a sentence.
    """
    faults = []
    for run in root.iter(R):
        font = _symbol_font(find_first(run, "w:rPr/w:rFonts"))
        for text in run.findall(T) if font else ():
            whole = text.text or ""
            # Nobody reads tags in signs: their values were meant for the face of the text.
            signs = [*whole] if _TAG in whole else [sign_of(font, ord(one)) for one in whole]
            if None in signs:
                faults.append((run, _fault(font, f"{ord(whole[signs.index(None)]):04X}")))
            text.text = "".join(one or "" for one in signs)
    faults += [
        (element, _fault(element.get(xml_name("w:font"), ""), element.get(xml_name("w:char"), "")))
        for element in list(root.iter(_SYM))
        if not _settle_symbol(element)
    ]
    for fonts in list(root.iter(_FONTS)):
        _drop_bearers(fonts)
    return faults


def settle_bullets(numbering: Element, family: str) -> None:
    """Put signs of Unicode in the places of codes in bullets of lists, drawn by ``family``."""
    for level in numbering.iter(xml_name("w:lvl")):
        fonts, text = find_first(level, "w:rPr/w:rFonts"), find_first(level, "w:lvlText")
        font = _symbol_font(fonts)
        if fonts is None or text is None or not font:
            continue
        signs = [sign_of(font, ord(one)) for one in text.get(VALUE, "")]
        text.set(VALUE, "".join(one or "•" for one in signs))
        for name in (*fonts.attrib,):
            del fonts.attrib[name]
        for name in _NAMES:
            fonts.set(name, family)


def _settle_symbol(element: Element) -> bool:
    """Put the sign of a ``w:sym`` in its place; return False where it is not known."""
    try:
        code = int(element.get(xml_name("w:char"), ""), 16)
    except ValueError:
        return False
    sign = sign_of(element.get(xml_name("w:font"), ""), code)
    if sign is None:
        return False
    run = element.getparent()
    if run is not None:
        run.replace(element, make_text(sign))
    return True


def _symbol_font(fonts: Element | None) -> str:
    """Return the font of a run that draws signs in place of letters, empty for any other."""
    named = "" if fonts is None else fonts.get(_NAMES[0], "") or fonts.get(_NAMES[1], "")
    return named if named.casefold() in SYMBOL_FONTS else ""


def _drop_bearers(fonts: Element) -> None:
    """Remove the names of fonts that bear signs from run properties, or these as a whole."""
    is_changed = False
    for name in _NAMES:
        named = fonts.get(name, "").casefold()
        if named in SYMBOL_FONTS or named in _BEARERS:
            del fonts.attrib[name]
            is_changed = True
    if is_changed:
        if _HINT in fonts.attrib:
            del fonts.attrib[_HINT]
        if not fonts.attrib:
            remove(fonts)


def _fault(font: str, code: str) -> str:
    return (
        f"знак шрифта «{font}» с кодом {code} не печатается: такого знака нет в других шрифтах; "
        "вставьте в Word похожий знак («Вставка», «Символ», шрифт «Segoe UI Symbol»)"
    )
