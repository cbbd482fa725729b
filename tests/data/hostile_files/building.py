"""Workbooks and CSV files of visits, and changes to the parts of a workbook."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from hostile_files.case import Changes, Sort, names

Touch = Callable[[xlsxwriter.Workbook, Any], object]
SHEET = "xl/worksheets/sheet1.xml"


def workbook(
    sort: Sort,
    given: Sequence[Changes],
    touch: Touch | None = None,
    *,
    header: Sequence[str] | None = None,
    title: str = "visits",
    options: Mapping[str, Any] | None = None,
    keep_recalculation: bool = False,
) -> bytes:
    """A workbook with these rows below the header; `touch` does the rest."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False, **(options or {})}) as book:
        page = book.add_worksheet(title)
        first = 0
        if sort == "workbook":
            page.write_row(0, 0, [f"标签 Label {name}" for name in names(sort)])
            first = 1
        page.write_row(first, 0, names(sort) if header is None else header)
        put(book, page, first + 1, given, names(sort))
        if touch:
            touch(book, page)
    content = written.getvalue()
    if keep_recalculation:
        return content
    return changed(content, "xl/workbook.xml", lambda part: part.replace(b' fullCalcOnLoad="1"', b""))


def put(book: xlsxwriter.Workbook, page: Any, first: int, given: Sequence[Changes], columns: Sequence[str]) -> None:
    """Write rows from a row on, counted from 0."""
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    for number, row in enumerate(given, start=first):
        for position, name in enumerate(columns):
            match row.get(name):
                case None:
                    pass
                case str() as value:
                    page.write_string(number, position, value)
                case datetime() as value:
                    page.write_datetime(number, position, value, moment)
                case date() as value:
                    page.write_datetime(number, position, value, day)
                case value:
                    page.write(number, position, value)


def table(sort: Sort, given: Sequence[Changes], header: Sequence[str] | None = None, **form: Any) -> str:
    """A CSV text with these rows below the header."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n", **form)
    writer.writerow(names(sort) if header is None else header)
    for row in given:
        writer.writerow([as_text(row[name]) for name in names(sort)])
    return written.getvalue()


def as_text(value: object) -> str:
    """A cell of a CSV file."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case datetime():
            return value.isoformat(" ")
    return str(value)


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part changed."""
    parts = unpacked(content)
    before = parts[part]
    parts[part] = change(before)
    return packed(parts)


def replaced(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with a text of one part replaced; the text has to be there."""
    assert old in unpacked(content)[part], (part, old)
    return changed(content, part, lambda text: text.replace(old, new, 1))


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A workbook of these parts, always the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, method)
    return written.getvalue()
