"""What a template must not contain: tracked edits, macros, fetching links, floating shapes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docgen.errors import TemplateError
from docgen.ooxml.fields import paragraph_above, paragraphs_of
from docgen.ooxml.word_xml import Element, T, find_first, parse, xml_name
from docgen.ooxml.zip_parts import CONTENT_TYPES, read_parts


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault in a part: its paragraph (from 1) if known, a Russian sentence, what it quotes."""

    paragraph: int | None
    message: str
    tag: str


_EDIT: Final = "есть правки в режиме исправлений; примите или отклоните их все («Рецензирование»)"
_COMMENT: Final = "есть примечания; удалите их все («Рецензирование»)"
_OLE: Final = "вставлен объект другой программы; замените его текстом или картинкой"
_FORBIDDEN_ELEMENTS: Final = {
    "w:ins": _EDIT,
    "w:del": _EDIT,
    "w:moveFrom": _EDIT,
    "w:moveTo": _EDIT,
    "w:cellIns": _EDIT,
    "w:cellDel": _EDIT,
    "w:commentRangeStart": _COMMENT,
    "w:commentReference": _COMMENT,
    "w:altChunk": "вставлен чужой файл (altChunk); скопируйте его текст",
    "w:object": _OLE,
    "w:subDoc": "вставлен вложенный документ; скопируйте его текст",
    "w:framePr": "абзац стоит в рамке; уберите её, для столбиков берите таблицу без линий",
    "w:txbxContent": "стоит надпись; перенесите её текст в абзац или таблицу без линий",
    "w:pict": "стоит надпись или фигура; перенесите её текст в абзац или таблицу без линий",
    "w:footnoteReference": "стоит сноска; перенесите её текст в абзац под таблицей или в конце",
    "w:endnoteReference": "стоит концевая сноска; перенесите её текст в абзац",
    **dict.fromkeys(("w:entryMacro", "w:exitMacro"), "к полю привязан макрос; удалите это поле"),
    **dict.fromkeys(
        (
            *("w:dayShort", "w:dayLong", "w:monthShort", "w:monthLong", "w:yearShort"),
            *("w:yearLong", "w:pgNum"),
        ),
        "стоит дата или номер, которые Word ставит сам; замените их тегом или текстом",
    ),
    "w:numPr": "стоит автоматический номер или маркер списка; наберите номер или тире текстом",
}
_FORMULA: Final = "стоит формула Word; наберите её знаками или вставьте картинкой"
_CHART: Final = "стоит диаграмма или рисунок SmartArt; вставьте её картинкой"
_MATHS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_TAG: Final = re.compile(r"\{[{%#]")
_QUOTED: Final = 60
_SHAPES: Final = (
    "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp",
    "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}wgp",
    "{http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas}wpc",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
)


_HARMLESS_LINKS: Final = frozenset({"hyperlink", "mailMergeSource", "mailMergeHeaderSource"})
"""Nothing is fetched for them; no settings of a template are stored, so no list of a merge is."""


_ELSEWHERE: Final = re.compile(r"\s*(?:[a-z][a-z0-9+.-]+:|//|\\\\)", re.IGNORECASE)


def find_forbidden(parts: dict[str, bytes], root: Element) -> list[Finding]:
    """Return everything that would leak edits, fetch files, run programs or float over text."""
    return _package_findings(parts) + _body_findings(root)


def package_hazard(docx: Path) -> str:
    """Return in Russian what a finished .docx would fetch or run, "" if nothing."""
    try:
        findings = _package_findings(read_parts(docx))
    except (TemplateError, KeyError, SyntaxError):
        return "файл не открывается как .docx"
    return findings[0].message if findings else ""


def _package_findings(parts: dict[str, bytes]) -> list[Finding]:
    findings = []
    if any("vbaProject" in part for part in parts) or b"macroEnabled" in parts[CONTENT_TYPES]:
        findings.append(
            Finding(None, "в шаблоне есть макросы; сохраните его как .docx без них", "")
        )
    if any("/embeddings/" in part or "oleObject" in part for part in parts):
        findings.append(Finding(None, _OLE, ""))
    for part, data in sorted(parts.items()):
        if not part.endswith(".rels"):
            continue
        for relation in parse(data):
            kind = relation.get("Type", "").rpartition("/")[2]
            target = relation.get("Target", "")
            is_elsewhere = relation.get("TargetMode", "").casefold() == "external"
            # A relation that does not say so may lead elsewhere all the same.
            is_elsewhere = is_elsewhere or _ELSEWHERE.match(target) is not None
            if not is_elsewhere or kind in _HARMLESS_LINKS:
                continue
            findings.append(
                Finding(
                    None,
                    "к шаблону присоединён другой шаблон; открепите его"
                    if kind == "attachedTemplate"
                    else "документ берёт содержимое из другого файла или сети; вставьте его внутрь",
                    target,
                )
            )
    return findings


def is_foot_frame(element: Element) -> bool:
    """Return whether an element frames a paragraph at the foot of the page, as who made a paper.

    Word and LibreOffice keep that place free of text, so such a frame never covers any.
    """
    return element.tag == xml_name("w:framePr") and (
        element.get(xml_name("w:vAnchor")) == "margin"
        and element.get(xml_name("w:yAlign")) == "bottom"
        and element.get(xml_name("w:wrap")) == "notBeside"
    )


def _body_findings(root: Element) -> list[Finding]:
    numbers = paragraphs_of(root)

    def paragraph_of(element: Element) -> int | None:
        above = paragraph_above(element)
        return None if above is None else numbers.get(above)

    seen: set[tuple[int | None, str]] = set()
    for path, message in _FORBIDDEN_ELEMENTS.items():
        seen |= {
            (paragraph_of(element), message)
            for element in root.iter(xml_name(path))
            if not is_foot_frame(element)
        }
    for element in root.iter(*_SHAPES):
        seen.add((paragraph_of(element), _FORBIDDEN_ELEMENTS["w:pict"]))
    seen |= {(paragraph_of(element), _FORMULA) for element in root.iter(_MATHS)}
    seen |= {
        (paragraph_of(element), _CHART)
        for element in root.iter(xml_name("a:graphicData"))
        if find_first(element, "pic:pic") is None
    }
    seen |= set(_prompts(root, paragraph_of))
    for element in root.iter(xml_name("wp:anchor")):
        message = "картинка стоит поверх текста; поставьте «Обтекание: в тексте»"
        seen.add((paragraph_of(element), message))
    return [
        Finding(number, message, "")
        for number, message in sorted(seen, key=lambda one: (one[0] or 0, one[1]))
    ]


def _prompts(
    root: Element, paragraph_of: Callable[[Element], int | None]
) -> Iterator[tuple[int | None, str]]:
    """Yield the fields for input that show what to put there, which would be printed."""
    for element in root.iter(xml_name("w:showingPlcHdr")):
        control = next(element.iterancestors(xml_name("w:sdt")), element)
        texts = list(control.iter(T))
        prompt = "".join(one.text or "" for one in texts).strip()
        if prompt and _TAG.search(prompt) is None:
            yield (
                paragraph_of(texts[0]),
                f"поле для ввода показывает подсказку «{prompt[:_QUOTED]}», она бы напечаталась; "
                "поставьте тег {{ … }}, черту ______ или удалите поле",
            )
