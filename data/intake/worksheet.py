"""The cells of a worksheet, row by row, exactly as they are stored: what is not clearly one value is refused."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final, TypeAlias
from xml.etree.ElementTree import Element
from zipfile import BadZipFile

from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.utils.datetime import from_excel, from_ISO8601  # type: ignore[import-untyped]

from data.intake.book import Book, Page, elements, tag, unescaped, written
from data.intake.failures import Failure, shortened, whole_file
from data.intake.sheet import UnreadableError

Value: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
DAMAGED: Final = "save the workbook again from Excel"
BROKEN: Final = (
    KeyError,
    ValueError,
    SyntaxError,
    BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    StopIteration,
    RuntimeError,
)
"""What reading a damaged package raises."""

_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_WHOLE: Final = re.compile(r"-?[0-9]+")
_INDEX: Final = re.compile(r"[0-9]{1,9}")
_LONGEST_NUMBER: Final = 400
_BOOLEANS: Final = {"1": True, "0": False, "true": True, "false": False}
_NO_DAY: Final = "#VALUE!"


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell: its value, how its number is written, and for a formula its text; the value is then its result."""

    value: Value
    form: str
    formula: str | None = None
    is_error: bool = False


Row: TypeAlias = tuple[int, dict[int, Cell]]
"""The number of a row in its sheet, and its filled cells by the number of their column, both from 1."""


@dataclass
class Worksheet:
    """One worksheet of an opened workbook; `merged` lists its merged ranges once all rows were read."""

    file: str
    book: Book
    page: Page
    merged: list[str] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        """The rows with any filled cell, top down. UnreadableError names the first thing that Excel would not write."""
        number = 0
        try:
            with self.book.archive.open(self.page.part) as part:
                for element in elements(part, 3):
                    match tag(element):
                        case "row":
                            number = self._number(element, number)
                            if cells := dict(self._cells(element, number)):
                                yield number, cells
                        case "mergeCell":
                            self.merged.append(element.get("ref", ""))
        except BROKEN as error:
            raise UnreadableError(damaged(self.file, error, self.page.title)) from error

    def place(self, row: int, column: int) -> str:
        """The address of a cell, as `visits!C17`."""
        return f"{self.page.title}!{get_column_letter(column)}{row}"

    def _number(self, row: Element, former: int) -> int:
        written_as = row.get("r", str(former + 1))
        if not _INDEX.fullmatch(written_as) or int(written_as) <= former:
            raise self._fault(former, 1, written_as, "the row after this one is out of order")
        return int(written_as)

    def _cells(self, row: Element, number: int) -> Iterator[tuple[int, Cell]]:
        former = 0
        for element in row:
            if tag(element) != "c":
                continue
            column = former + 1
            if address := element.get("r"):
                found = _CELL.fullmatch(address)
                column = _column(found[1]) if found else 0
                if not found or int(found[2]) != number or column <= former:
                    raise self._fault(number, former or 1, address, "the cell after this one is out of order")
            former = column
            if (cell := self._cell(element, number, column)) is not None:
                yield column, cell

    def _cell(self, element: Element, row: int, column: int) -> Cell | None:
        stored = formula = inline = None
        for child in element:
            match tag(child):
                case "v":
                    stored = child.text
                case "f":
                    formula = f"={child.text or ''}"
                case "is":
                    inline = written(child)
        style = element.get("s", "0")
        if not _INDEX.fullmatch(style) or int(style) >= len(self.book.formats):
            raise self._fault(row, column, style, "the cell has a style that is not there")
        form = self.book.formats[int(style)]
        kind = element.get("t", "n")
        if inline is not None:
            return Cell(inline, form, formula) if inline or formula else None
        if stored is None:
            return Cell(None, form, formula) if formula else None
        value = self._value(stored, kind, int(style), row, column)
        return Cell(value, form, formula, is_error=kind == "e" or (value == _NO_DAY and kind in "nd"))

    def _value(self, stored: str, kind: str, style: int, row: int, column: int) -> Value:
        match kind:
            case "n" if _NUMBER.fullmatch(stored) and len(stored) <= _LONGEST_NUMBER:
                value = int(stored) if _WHOLE.fullmatch(stored) else float(stored)
                return self._day(value, style) if self.book.dates[style] else value
            case "s" if _INDEX.fullmatch(stored) and int(stored) < len(self.book.texts):
                return self.book.texts[int(stored)]
            case "b" if stored in _BOOLEANS:
                return _BOOLEANS[stored]
            case "str":
                return unescaped(stored)
            case "e":
                return stored
            case "d":
                day: Value = from_ISO8601(stored)
                return day
        raise self._fault(row, column, stored, "the cell holds what is no value")

    def _day(self, value: float, style: int) -> Value:
        try:
            day: Value = from_excel(value, self.book.epoch, timedelta=self.book.durations[style])
        except (OverflowError, ValueError):
            return _NO_DAY
        return day

    def _fault(self, row: int, column: int, value: str, message: str) -> UnreadableError:
        place = self.place(max(row, 1), column)
        return UnreadableError(Failure(self.file, place, "file", "", shortened(value), f"{message}: {DAMAGED}"))


def damaged(file: str, error: BaseException, sheet: str = "") -> Failure:
    """What to say of a package that cannot be read."""
    reason = (str(error) or type(error).__name__).splitlines()[0][:120]
    return whole_file(file, f"the workbook is damaged ({reason}): save it again from Excel", value=sheet)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
