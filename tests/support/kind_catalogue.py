"""The catalogue of shipped kinds: ``docs/catalogue.md``, its pictures, the table of the guide.

``make catalogue`` writes them anew from the entries of kinds and from the papers of the examples;
``tests/test_catalogue.py`` holds them. A picture is made again when the words of its paper are
others than those of which it was made.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image

from docgen.catalogue import KindSummary, summaries_of
from docgen.model import EarlierPaper, Kind, Schema
from docgen.ooxml.docx_text import text_of
from tests.support.printing import converted
from tests.support.shipped import KINDS, ROOT, one_of, prepared

PAGE: Final = ROOT / "docs" / "catalogue.md"
PICTURES: Final = ROOT / "docs" / "catalogue"
MADE_OF: Final = PICTURES / "made-of.json"
GUIDE: Final = ROOT / "docs" / "руководство-секретаря.md"
COMMAND: Final = "make catalogue"
BEGINS: Final = "<!-- готовые бумаги: make catalogue -->\n"
ENDS: Final = "<!-- конец готовых бумаг -->\n"
ORDER_BEGINS: Final = "<!-- какая бумага после какой: make catalogue -->\n"
ORDER_ENDS: Final = "<!-- конец порядка бумаг -->\n"

_DPI: Final = 50
_GREYS: Final = 16
_INTRODUCTION: Final = f"""# Готовые бумаги

Все готовые формы: на что делается одна, когда, на чём основана, сколько хранить, кто подписывает.
Страница делается из описаний видов (`templates_docx/*.toml`): `{COMMAND}`. Картинка — первый лист
бумаги примера. Свой вид: [новый-вид.md](новый-вид.md).
"""


def summaries() -> tuple[KindSummary, ...]:
    """Return the shipped kinds as people look for them."""
    ready = prepared("school")
    kinds = {name: ready.kinds[name] for name in KINDS}
    return summaries_of(kinds, ready.schemas)


def page() -> str:
    """Return the catalogue."""
    return _INTRODUCTION + "".join(_sections(summaries()))


def _sections(found: Sequence[KindSummary]) -> Iterator[str]:
    for heading in dict.fromkeys(one.heading for one in found):
        yield f"\n## {heading}\n"
        yield from (_section(one) for one in found if one.heading == heading)


def _section(one: KindSummary) -> str:
    """Return what is said of a kind: a table beside the picture of its first page."""
    chosen = ", ".join(f"«{word}»" for word in one.chosen_as if word != one.spoken)
    facts = [
        ("Лист", f"«{one.sheet}»{f': {chosen}' if chosen else ''}"),
        ("Одна на", one.one_per),
        ("Когда", one.when),
        ("Основание", one.ground),
        ("Хранить", one.retention),
        ("Подписывают", one.signers),
        ("В списке бумаг", ", ".join(map(str, one.numbers))),
    ]
    rows = "".join(f"| {name} | {_cell(text)} |\n" for name, text in facts if text)
    picture = f"![{one.spoken}: первый лист](catalogue/{one.name}.png)"
    return f"\n### {one.spoken}\n\n{picture}\n\n| | |\n|---|---|\n{rows}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def guide_table() -> str:
    """Return the table of the clerk's guide: which form, when, how to get its sheets."""
    rows = "".join(
        f"| {one.spoken[:1].upper()}{one.spoken[1:]} | {_cell(one.when)} | "
        f'`docgen add "{one.spoken}"` |\n'
        for one in summaries()
    )
    return f"| Бумага | Когда делается | Листы для неё |\n|---|---|---|\n{rows}"


def order_table() -> str:
    """Return the table of which paper stands after which, those that come first at the top."""
    ready = prepared("school")
    kinds = {name: ready.kinds[name] for name in KINDS}
    before: dict[tuple[str, str, str], list[str]] = {}
    for kind in sorted(kinds.values(), key=lambda one: (_depth(one, kinds), one.sort, one.name)):
        for rule in kind.after:
            row = (kind.spoken, _term(rule, ready.schemas), _cell(rule.why))
            before.setdefault(row, []).append(_spoken(rule.paper, kinds))
    rows = [
        f"| {name} | {'; '.join(papers)} | {term} | {why} |\n"
        for (name, term, why), papers in before.items()
    ]
    return f"| Бумага | После чего | Срок | Почему |\n|---|---|---|---|\n{''.join(rows)}"


def _spoken(paper: str, kinds: Mapping[str, Kind]) -> str:
    schemas = prepared("school").schemas
    return (
        kinds[paper].spoken if paper in kinds else schemas[paper].one if paper in schemas else paper
    )


def _depth(kind: Kind, kinds: Mapping[str, Kind]) -> int:
    """Return how many papers stand before a kind, one before another."""
    before = [kinds[one.paper] for one in kind.after if one.paper in kinds]
    return 1 + max((_depth(one, kinds) for one in before), default=0)


def _term(rule: EarlierPaper, schemas: Mapping[str, Schema]) -> str:
    said = []
    if rule.within:
        said.append(f"не позже {rule.within} рабочих дней")
    if rule.last:
        row, *_, column = rule.last.split(".")
        (schema,) = [one for one in schemas.values() if one.one == row]
        said.append(f"не позже «{schema.column(column).header}»")
    return "; ".join(said) or "не раньше"


def guide() -> str:
    """Return the clerk's guide with its tables of ready forms written anew."""
    text = GUIDE.read_text(encoding="utf-8")
    tables = {(BEGINS, ENDS): guide_table(), (ORDER_BEGINS, ORDER_ENDS): order_table()}
    for (begins, ends), table in tables.items():
        before, _, rest = text.partition(begins)
        _, _, after = rest.partition(ends)
        text = f"{before}{begins}{table}{ends}{after}"
    return text


def fingerprints() -> dict[str, str]:
    """Return a hash of the words of each kind's paper, by the names of kinds."""
    return {name: _fingerprint(one_of(name)[1].docx) for name in KINDS}


def _fingerprint(docx: bytes) -> str:
    return hashlib.sha256("\n".join(text_of(docx)).encode()).hexdigest()[:16]


def made_of() -> dict[str, str]:
    """Return the hashes of the papers of which the pictures were made."""
    if not MADE_OF.is_file():
        return {}
    found: dict[str, str] = json.loads(MADE_OF.read_text(encoding="utf-8"))
    return found


def draw_pictures() -> None:
    """Draw the first pages of papers that say something else by now; remove what is no kind's."""
    PICTURES.mkdir(exist_ok=True)
    now, before = fingerprints(), made_of()
    stale = [
        name
        for name in KINDS
        if now[name] != before.get(name) or not (PICTURES / f"{name}.png").is_file()
    ]
    with tempfile.TemporaryDirectory() as folder:
        sources = {name: Path(folder) / f"{name}.docx" for name in stale}
        for name, path in sources.items():
            path.write_bytes(one_of(name)[1].docx)
        made = converted([*sources.values()], Path(folder) / "pdf") if sources else {}
        for name, path in sources.items():
            pdf = made[path]
            if not isinstance(pdf, Path):
                raise TypeError(pdf)
            _draw(pdf, PICTURES / f"{name}.png")
    for path in PICTURES.glob("*.png"):
        if path.stem not in KINDS:
            path.unlink()
    MADE_OF.write_text(json.dumps(now, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def _draw(pdf: Path, to: Path) -> None:
    document = pypdfium2.PdfDocument(pdf)
    bitmap = document[0].render(scale=_DPI / 72, grayscale=True)
    picture: Image.Image = bitmap.to_pil()
    picture.quantize(_GREYS).save(to, optimize=True)
    document.close()


if __name__ == "__main__":
    draw_pictures()
    PAGE.write_text(page(), encoding="utf-8")
    GUIDE.write_text(guide(), encoding="utf-8")
