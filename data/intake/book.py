"""A workbook's package: its sheets, its shared texts, and how the numbers of each style are written."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import IO, Final
from xml.etree.ElementTree import Element, fromstring, iterparse

from openpyxl.styles.numbers import (  # type: ignore[import-untyped]
    BUILTIN_FORMATS,
    is_date_format,
    is_timedelta_format,
)
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH  # type: ignore[import-untyped]

GENERAL: Final = "General"
DEEPEST: Final = 64

_ROOT: Final = "_rels/.rels"
_DOCUMENT: Final = "/officeDocument"
_CHINESE_DATES: Final = {number: "yyyy-mm-dd" for number in (*range(27, 37), *range(50, 59))}
"""Numbers of formats that a Chinese Excel has built in and that no file describes, as `2014年3月10日`."""
_TRUE: Final = ("1", "true", "on")
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Page:
    """One worksheet: its name, its part of the archive, and whether it can be seen."""

    title: str
    part: str
    visible: bool


@dataclass(frozen=True)
class Book:
    """An opened workbook; what it reads raises KeyError, ValueError or SyntaxError when the package is damaged."""

    archive: zipfile.ZipFile

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The worksheets in their order; a sheet that holds a chart is none."""
        targets = self._targets(self._part)
        found = []
        for sheet in _all(self._document, "sheet"):
            kind, target = targets[_local(sheet, "id")]
            if kind.endswith("/worksheet"):
                self.archive.getinfo(target)
                found.append(Page(sheet.attrib["name"], target, sheet.get("state", "visible") == "visible"))
        return tuple(found)

    @cached_property
    def epoch(self) -> datetime:
        """The day from which its days are counted."""
        is_mac = any(one.get("date1904", "0") in _TRUE for one in _all(self._document, "workbookPr"))
        epoch: datetime = MAC_EPOCH if is_mac else WINDOWS_EPOCH
        return epoch

    @cached_property
    def is_calculated(self) -> bool:
        """Whether the results of its formulas were calculated; a program that only writes them asks Excel to do so."""
        return not any(one.get("fullCalcOnLoad", "0") in _TRUE for one in _all(self._document, "calcPr"))

    @cached_property
    def texts(self) -> Sequence[str]:
        """The texts that cells refer to by number."""
        target = self._first("/sharedStrings")
        if target is None:
            return ()
        with self.archive.open(target) as part:
            return [written(element) for element in elements(part, 2) if tag(element) == "si"]

    @cached_property
    def formats(self) -> Sequence[str]:
        """How the numbers of each style are written, by the number of the style."""
        target = self._first("/styles")
        if target is None:
            return (GENERAL,)
        root = fromstring(self.archive.read(target))
        own = {one.attrib["numFmtId"]: one.attrib["formatCode"] for one in _all(root, "numFmt")}
        known = {str(number): code for number, code in (_CHINESE_DATES | BUILTIN_FORMATS).items()} | own
        styles = [style for styles in _all(root, "cellXfs") for style in styles]
        return [known.get(style.get("numFmtId", "0"), GENERAL) for style in styles] or (GENERAL,)

    @cached_property
    def dates(self) -> Sequence[bool]:
        """Whether a number of the style is a day or a moment."""
        return [is_date_format(code) for code in self.formats]

    @cached_property
    def durations(self) -> Sequence[bool]:
        """Whether a number of the style is a length of time."""
        return [is_timedelta_format(code) for code in self.formats]

    @cached_property
    def _part(self) -> str:
        return next(target for kind, target in self._targets("").values() if kind.endswith(_DOCUMENT))

    @cached_property
    def _document(self) -> Element:
        return fromstring(self.archive.read(self._part))

    def _first(self, kind: str) -> str | None:
        found = (target for one, target in self._targets(self._part).values() if one.endswith(kind))
        return next(found, None)

    def _targets(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to inside the archive, by its reference: the kind, and the name of the other part."""
        folder, name = posixpath.split(part)
        listed = self.archive.read(f"{folder}/_rels/{name}.rels" if part else _ROOT)
        return {
            one.attrib["Id"]: (
                one.attrib["Type"],
                posixpath.normpath(posixpath.join("/", folder, one.attrib["Target"]))[1:],
            )
            for one in _all(fromstring(listed), "Relationship")
            if one.get("TargetMode", "Internal") == "Internal"
        }


def elements(part: IO[bytes], depth: int) -> Iterator[Element]:
    """Every element when it ends, inner ones before outer ones; ValueError when they are nested without an end.

    What stands no deeper than `depth` (1 for the outermost) is forgotten with all that is in it once it was given.
    """
    outer: list[Element] = []
    for event, element in iterparse(part, ("start", "end")):
        if event == "start":
            if len(outer) >= DEEPEST:
                raise ValueError(f"more than {DEEPEST} elements within one another")
            outer.append(element)
        else:
            outer.pop()
            yield element
            if 0 < len(outer) < depth:
                outer[-1].clear()


def tag(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def written(element: Element) -> str:
    """The text of a cell with its runs joined, without the reading aids above it."""
    found = []
    for child in element:
        match tag(child):
            case "t":
                found.append(child.text or "")
            case "r":
                found += [part.text or "" for part in child if tag(part) == "t"]
    text = "".join(found)
    return unescaped(text) if "_x" in text else text


def unescaped(text: str) -> str:
    """The text with `_x000D_` as the character it stands for."""
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)


def _all(root: Element, name: str) -> Iterator[Element]:
    return (element for element in root.iter() if tag(element) == name)


def _local(element: Element, name: str) -> str:
    return next(value for key, value in element.attrib.items() if key.startswith("{") and key.endswith("}" + name))
