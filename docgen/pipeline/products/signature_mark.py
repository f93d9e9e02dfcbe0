"""The visible mark of an electronic signature on a copy (ГОСТ Р 7.0.97-2025, п. 5.23).

The signed file stays as it is; the copy bears no signature any more, only its picture.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from docgen import pages, russian, signed, wording
from docgen.documents import TemplateLibrary
from docgen.errors import ConversionError, Location, Problem, UsageError
from docgen.files import atomic_write
from docgen.pdf import FinishedPdf, find_office, open_press
from docgen.pipeline.output.signed_files import STAMPED
from docgen.pipeline.workspace.folders import SERVICE

MARK = "отметка_эп"
_MOSCOW = dt.timezone(dt.timedelta(hours=3))
_DAY = "%d.%m.%Y"
_END = b"%%EOF\n"
_FALLBACK = (300.0, 60.0)


def write_visible_copy(path: Path, root: Path, target: Path | None = None) -> Path:
    """Leave a copy of a signed PDF with a mark for each signature; return its path.

    Raises:
        UsageError: when there is no such file, nobody signed it, a signature does not hold, or
            another file is where the copy would be.
        ConversionError: when LibreOffice is missing or fails.
    """
    signatures = _held_signatures(path)
    target = target or path.with_name(f"{path.stem}{STAMPED}.pdf")
    if target.resolve() == path.resolve():
        raise _refused(path, "копия не может заменить подписанный файл; назовите другой в --to")
    pictures = _pictures(signatures, root)
    places = list(_places(path, signatures))
    marks = [
        pages.StampMark(picture, page, x, y)
        for picture, (page, x, y) in zip(pictures, places, strict=True)
    ]
    data = pages.draw_marks(_as_first_made(path), marks)
    if target.is_file() and target.read_bytes() != data:
        raise _refused(
            target, "здесь уже лежит другой файл; удалите его или назовите другой в --to"
        )
    # Who may not open the signed file may not open its picture.
    atomic_write(target, data, mode=path.stat().st_mode & 0o777)
    return target


def _as_first_made(path: Path) -> Path | bytes:
    """Return the file's revision before the first signature if its pages are the same.

    Of docgen's own file it is known that it is a PDF/A; of what a program of signature adds, not.
    """
    data = path.read_bytes()
    first = data[: data.find(_END) + len(_END)]
    try:
        is_same = pages.page_prints(first) == pages.page_prints(data)
    except pages.BrokenPdfError:
        return path
    return first if is_same else path


def _held_signatures(path: Path) -> list[signed.ElectronicSignature]:
    if not path.is_file():
        raise _refused(path, "нет такого файла")
    try:
        found = signed.signatures_of(path)
    except signed.BrokenSignatureError as error:
        message = "подпись не читается: файл повреждён или изменён; возьмите его заново"
        raise _refused(path, message) from error
    if not found:
        message = (
            "файл не подписан: подписи нет ни внутри, ни рядом (.sig, .p7s); отметку ставят "
            "только после подписи"
        )
        raise _refused(path, message)
    if any(one.state is signed.Integrity.CHANGED for one in found):
        raise _refused(path, f"отметка не поставлена: {signed.Integrity.CHANGED.value}")
    return found


def _refused(path: Path, message: str) -> UsageError:
    return UsageError([Problem("usage", Location(file=str(path)), message)])


def _pictures(signatures: Sequence[signed.ElectronicSignature], root: Path) -> list[bytes]:
    """Return the marks as PDFs, each at the top of its page."""
    template = root / "templates_docx" / SERVICE / f"{MARK}.docx"
    # Like the stamps of copies it has margins of its own, so it is its own house style.
    library = TemplateLibrary(
        {MARK: template}, {}, template, wording.make_environment(), typeset=russian.typeset
    )
    with (
        tempfile.TemporaryDirectory(prefix="docgen-") as name,
        open_press(find_office(), 1, composes=False) as press,
    ):
        sources = []
        for number, one in enumerate(signatures):
            variables = {
                "владелец": one.owner,
                "сертификат": one.serial,
                "с": f"{one.begins.astimezone(_MOSCOW):{_DAY}}",
                "по": f"{one.ends.astimezone(_MOSCOW):{_DAY}}",
            }
            mark = library.render(MARK, variables, title="", has_headers_footers=False)
            sources.append(Path(name) / f"{number:06}.docx")
            sources[-1].write_bytes(mark.docx)
        made = press.convert(sources, Path(name))
        problems = [one for one in made.values() if isinstance(one, Problem)]
        if problems:
            raise ConversionError(dict.fromkeys(problems))
        return [one.path.read_bytes() for one in made.values() if isinstance(one, FinishedPdf)]


def _places(
    path: Path, signatures: Sequence[signed.ElectronicSignature]
) -> Iterator[tuple[int, float, float]]:
    """Yield where each mark belongs: at its field, at a marked place, at the end."""
    boxes = pages.signature_field_boxes(path)
    named = [
        place
        for name, place in sorted(pages.named_places(path).items())
        if name.startswith("sign_")
    ]
    free = iter(named)
    last = pages.page_count(path)
    for one in signatures:
        if one.field in boxes:
            page, box = boxes[one.field]
            yield page, box[0], box[1]
        elif (place := next(free, None)) is not None:
            yield place.page, place.x, place.line or place.y
        else:
            yield last, *_FALLBACK
