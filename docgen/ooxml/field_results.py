"""The results of fields, worked out in a filled body: texts of references, counts, contents."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from docgen.errors import Location, Problem, TemplateError
from docgen.ooxml.bookmark_texts import MarkedText, read_bookmarks
from docgen.ooxml.contents_table import PAGE_SIGN, ContentsMaker
from docgen.ooxml.field_codes import FieldCode
from docgen.ooxml.field_rules import Decision, decide
from docgen.ooxml.fields import (
    ANCHOR,
    BOOKMARK_END,
    BOOKMARK_ID,
    BOOKMARK_NAME,
    BOOKMARK_START,
    LINK,
    STAMP,
    Field,
    anchors,
    code_run,
    fields_in,
    new_run,
    paragraph_above,
    part_field_runs,
    read_stamp,
)
from docgen.ooxml.house_style import HouseStyle
from docgen.ooxml.page_references import NOT_COUNTED
from docgen.ooxml.roman_numbers import roman_number
from docgen.ooxml.word_xml import (
    Element,
    make_element,
    make_text,
    parse,
    remove,
    serialise,
)

_NEEDED: Final = (b" w:docgenField=", b'w:name="_')
_HIDDEN: Final = "_"
_MOST_PASSES: Final = 5
_ABOVE, _BELOW = "выше", "ниже"


def with_field_results(document: bytes, house: HouseStyle) -> bytes:
    """Return a finished body in which every field shows what it is worth in this document.

    Pages are not known yet: see ``page_references``.

    Raises:
        TemplateError: when a reference leads nowhere, or to several places; at the paragraph of
            the template.
    """
    if not any(one in document for one in _NEEDED):
        return document
    results = _Results(parse(document), house)
    results.work_out()
    return serialise(results.root)


class _Results:
    """A body whose fields get their results; faults are collected, since all are reported."""

    def __init__(self, root: Element, house: HouseStyle) -> None:
        self.root = root
        part_field_runs(root)
        self._house = house
        self._fields = [one for one in fields_in(root) if one.place.get(STAMP) is not None]
        self._problems: dict[tuple[str, str], Problem] = {}
        self._captions: defaultdict[str, list[Element]] = defaultdict(list)

    def work_out(self) -> None:
        """Give every field its result.

        Raises:
            TemplateError: with every reference that leads nowhere.
        """
        decided = [(one, one.code, decide(one.code)[0]) for one in self._fields]
        self._count([pair[:2] for pair in decided if pair[2] is Decision.COUNTED])
        targets = self._choose_targets(decided)
        self._raise_faults()
        pages = [(one, code) for one, code, decision in decided if decision is Decision.PAGE_NUMBER]
        for one, code in pages:
            self._keep(one, code, targets[one.place])
            set_result(one, PAGE_SIGN)
        texts = [
            (one, code, targets[one.place])
            for one, code, decision in decided
            if decision is Decision.REFERENCE
        ]
        self._refer(texts)
        self._raise_faults()
        maker = ContentsMaker(self.root, self._house, self._captions)
        for one, code, decision in decided:
            if decision is Decision.CONTENTS and (fault := maker.fill(one, code)):
                self._report(one.place, fault)
        self._raise_faults()
        for one, _ in pages:
            set_result(one, NOT_COUNTED)
        for element in self.root.iter():
            if element.get(STAMP) is not None:
                del element.attrib[STAMP]
        self._drop_unused_bookmarks()

    def _report(self, place: Element, message: str) -> None:
        stamp = read_stamp(place.get(STAMP, "[]"))
        where = Location(file=stamp.file, part=stamp.part, paragraph=stamp.paragraph or None)
        problem = Problem("bad-template", where, message.replace("{shown}", stamp.shown))
        self._problems.setdefault((str(where), problem.message), problem)

    def _raise_faults(self) -> None:
        if self._problems:
            raise TemplateError(self._problems.values())

    # --- counts ------------------------------------------------------------------------------

    def _count(self, counted: Sequence[tuple[Field, FieldCode]]) -> None:
        """Replace fields that count by their numbers."""
        reached: Counter[str] = Counter()
        for one, code in counted:
            name = code.argument.casefold()
            if restarts := code.texts_of("r"):
                reached[name] = int(restarts[-1])
            elif not code.has("c"):
                reached[name] += 1
            paragraph = paragraph_above(one.place)
            if paragraph is not None and paragraph not in self._captions[name]:
                self._captions[name].append(paragraph)
            number = reached[name]
            forms = [text for text in code.texts_of("*") if text.upper() == "ROMAN"]
            text = roman_number(number, is_small=forms[-1].islower()) if forms else str(number)
            _become_text(one, "" if code.has("h") and not forms else text)

    # --- references --------------------------------------------------------------------------

    def _choose_targets(
        self, decided: Sequence[tuple[Field, FieldCode, Decision]]
    ) -> dict[Element, str]:
        """Return for each reference and link the bookmark to which it leads in this document.

        A loop copies references and bookmarks: copies inside of one loop belong together, and one
        reference to many copies is a fault.
        """
        order = {element: number for number, element in enumerate(self.root.iter())}
        starts = {one.get(BOOKMARK_NAME, ""): one for one in self.root.iter(BOOKMARK_START)}
        targets: dict[Element, str] = {}
        for (stamp, name), places in self._references(decided).items():
            own = read_stamp(stamp).names
            copies = [
                one for one in starts if one == name or (_is_copy(one, name) and one not in own)
            ]
            fault = _fault_of_targets(
                name, [order[starts[one]] for one in copies], [order[one] for one in places]
            )
            if fault:
                self._report(places[0], fault)
            else:
                chosen = copies * len(places) if len(copies) == 1 else copies
                targets.update(zip(places, chosen, strict=True))
        for place, name in targets.items():
            if place.tag == LINK:
                place.set(ANCHOR, name)
        for one, _, decision in decided:
            if decision is Decision.LINK and one.place in targets:
                _set_code(one, rf'HYPERLINK \l "{targets[one.place]}"')
        return targets

    def _references(
        self, decided: Sequence[tuple[Field, FieldCode, Decision]]
    ) -> dict[tuple[str, str], list[Element]]:
        """Return the copies of each reference of a template, by its stamp and its bookmark."""
        groups: defaultdict[tuple[str, str], list[Element]] = defaultdict(list)
        for one, code, decision in decided:
            if decision in {Decision.REFERENCE, Decision.PAGE_NUMBER}:
                groups[one.place.get(STAMP, ""), code.argument].append(one.place)
            elif decision is Decision.LINK:
                groups[one.place.get(STAMP, ""), code.texts_of("l")[0]].append(one.place)
        for link, name in anchors(self.root):
            if link.get(STAMP) is not None:
                groups[link.get(STAMP, ""), name].append(link)
        return groups

    def _refer(self, references: Sequence[tuple[Field, FieldCode, str]]) -> None:
        """Give references the texts of their bookmarks, which may hold references themselves."""
        order = {element: number for number, element in enumerate(self.root.iter())}
        shown: dict[Field, str] = {}
        for _ in range(_MOST_PASSES if references else 0):
            bookmarks = read_bookmarks(self.root)
            before = dict(shown)
            for one, code, name in references:
                bookmark = bookmarks[name]
                if code.has("p"):
                    is_above = order[bookmark.start] < order[one.place]
                    shown[one] = _ABOVE if is_above else _BELOW
                else:
                    shown[one] = _in_format(bookmark.text, code)
                set_result(one, shown[one])
            if shown == before:
                break
        else:
            for one, _, name in references:
                self._report(one.place, f"ссылка на закладку «{name}» ссылается сама на себя")
            return
        for one, code, name in references:
            self._settle_reference(one, code, name, bookmarks[name])

    def _settle_reference(
        self, one: Field, code: FieldCode, name: str, bookmark: MarkedText
    ) -> None:
        if bookmark.is_long and not code.has("p"):
            self._report(
                one.place,
                f"закладка «{name}» обнимает несколько абзацев, а ссылка на неё печатает один; "
                "выделите слова одного абзаца и назначьте закладку заново",
            )
        elif not bookmark.text.strip() and not code.has("p"):
            self._report(
                one.place,
                f"ссылка «{{shown}}» ведёт на закладку «{name}», а в ней нет ни слова; выделите "
                "слова и назначьте закладку заново",
            )
        elif PAGE_SIGN in bookmark.text and not code.has("p"):
            self._report(
                one.place,
                f"в закладке «{name}» стоит номер страницы, на него сослаться нельзя; "
                "поставьте PAGEREF",
            )
        elif _is_plain(one, code):
            self._keep(one, code, name)
        else:
            _become_text(one, one.result_text())

    @staticmethod
    def _keep(one: Field, code: FieldCode, name: str) -> None:
        formats = [rf"\* {text}" for text in code.texts_of("*") if text.upper().endswith("FORMAT")]
        link = [r"\h"] if code.has("h") else []
        quoted = f'"{name}"' if " " in name else name
        _set_code(one, " ".join([code.name, quoted, *link, *formats]))

    def _drop_unused_bookmarks(self) -> None:
        """Remove the bookmarks that Word hides and that nothing leads to."""
        used = {word for one in fields_in(self.root) for word in one.code.arguments}
        used |= {text for one in fields_in(self.root) for text in one.code.texts_of("l")}
        used |= {name for _, name in anchors(self.root)}
        dropped = set()
        for start in list(self.root.iter(BOOKMARK_START)):
            name = start.get(BOOKMARK_NAME, "")
            if name.startswith(_HIDDEN) and name not in used:
                dropped.add(start.get(BOOKMARK_ID))
                remove(start)
        for end in list(self.root.iter(BOOKMARK_END)):
            if end.get(BOOKMARK_ID) in dropped:
                remove(end)


def _is_copy(name: str, original: str) -> bool:
    return re.fullmatch(rf"{re.escape(original)}_\d+", name) is not None


def _fault_of_targets(name: str, targets: Sequence[int], places: Sequence[int]) -> str:
    """Return why references have no certain target; both are given by their order in the body."""
    if not targets:
        return (
            f"ссылка «{{shown}}» ведёт на закладку «{name}», а в этом документе её нет: условие "
            "убрало её абзац; поставьте ссылку под то же условие"
        )
    if len(targets) == 1:
        return ""
    alternate = sorted([(one, "target") for one in targets] + [(one, "place") for one in places])
    sorts = [sort for _, sort in alternate]
    if len(targets) == len(places) and all(one != two for one, two in itertools.pairwise(sorts)):
        return ""
    return (
        f"ссылка «{{shown}}» ведёт на закладку «{name}», а цикл повторил её ({len(targets)}); "
        "поставьте ссылку внутрь того же цикла или закладку вне его"
    )


def _in_format(text: str, code: FieldCode) -> str:
    for one in code.texts_of("*"):
        if one.upper() == "UPPER":
            text = text.upper()
        elif one.upper() == "LOWER":
            text = text.lower()
        elif one.upper() == "FIRSTCAP":
            text = text[:1].upper() + text[1:]
    return text


def _is_plain(one: Field, code: FieldCode) -> bool:
    """Whether LibreOffice prints a reference as Word does."""
    has_form = any(not text.upper().endswith("FORMAT") for text in code.texts_of("*"))
    return not (code.has("p") or has_form or set(one.result_text()) & set("\t\n"))


def set_result(one: Field, text: str) -> None:
    """Put a text into a field as its result, in the look of the mark before it."""
    if one.separate is None or (before := one.separate.getparent()) is None:
        return
    for run in one.result_runs():
        remove(run)
    before.addnext(_text_run(before, text))


def _text_run(like: Element, text: str) -> Element:
    run = new_run(like)
    run.append(make_text(text))
    return run


def _set_code(one: Field, instruction: str) -> None:
    """Replace the code of a field."""
    first, *others = [code.getparent() for code in one.codes]
    if first is None:
        return
    fresh = code_run(instruction, first)
    first.addprevious(fresh)
    for run in (first, *others):
        if run is not None:
            remove(run)
    one.codes = [fresh[-1]]
    one.instruction = instruction


def _become_text(one: Field, text: str) -> None:
    """Replace a field by a text, its line breaks and tabs as Word's own."""
    runs = one.runs()
    like = one.separate.getparent() if one.separate is not None else None
    fresh = new_run(runs[0] if like is None else like)
    for piece in re.split("([\t\n])", text):
        if piece == "\t":
            fresh.append(make_element("w:tab"))
        elif piece == "\n":
            fresh.append(make_element("w:br"))
        elif piece:
            fresh.append(make_text(piece))
    if text:
        runs[0].addprevious(fresh)
    for run in runs:
        remove(run)
