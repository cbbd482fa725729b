"""Read a workbook as text, cell by cell, so that no number is silently changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl
from openpyxl.utils import get_column_letter, range_boundaries  # type: ignore[import-untyped]

from data.intake.archive import opened_archive
from data.intake.book import Book, Page
from data.intake.cells import shown, text_of
from data.intake.failures import Failure, Faults, whole_file
from data.intake.sheet import Limits, Places, Sheet, UnreadableError, check_header
from data.intake.worksheet import BROKEN, Cell, Row, Worksheet, damaged
from data.schemas import Column

_OUTSIDE: Final = "this cell stands outside the columns of the header: remove it or name its column"
_MERGED: Final = "merged cells: unmerge them and fill in each cell"
_MOVED: Final = (
    "the names of the columns stand here, not in row {}: remove the rows that were put in above, or take a new template"
)
_SEARCHED: Final = 20


def opened_book(file: str, content: bytes, limits: Limits) -> Book:
    """The workbook, its package found whole. UnreadableError when it is none, too large, or damaged."""
    book = Book(opened_archive(file, content, limits))
    try:
        if not book.pages:
            raise UnreadableError(whole_file(file, "the workbook has no sheet: save it again from Excel"))
        repeated = [title for title, count in Counter(page.title.lower() for page in book.pages).items() if count > 1]
        if repeated:
            raise UnreadableError(whole_file(file, "two sheets have this name: rename one", value=repeated[0]))
        _ = book.texts, book.formats, book.epoch
    except BROKEN as error:
        raise UnreadableError(damaged(file, error)) from error
    return book


def read_excel(file: str, content: bytes, table: str, columns: Sequence[Column], limits: Limits) -> Sheet:
    """The table as text, from the sheet named like the table or the only visible one, its header in row 1.

    UnreadableError as for `read_page` and when the file is no workbook or no sheet is meant.
    """
    book = opened_book(file, content, limits)
    return read_page(file, book, _meant(file, book, table), columns, limits, header_row=1)


def read_page(
    file: str,
    book: Book,
    page: Page,
    columns: Sequence[Column],
    limits: Limits,
    *,
    header_row: int,
    optional: Sequence[str] = (),
) -> Sheet:
    """The rows of one sheet as text, in its own order of columns; UnreadableError when its header is wrong.

    Cells that cannot be taken as they are come as failures of the sheet: errors, formulas that were never calculated,
    merged cells, numbers and days in a column of text that would lose their written form.
    """
    sheet = Worksheet(file, book, page)
    rows = list(_within(sheet, limits, header_row))
    header = _header(sheet, rows, header_row, columns)
    check_header(file, lambda position: sheet.place(header_row, position), header, columns, optional)
    kinds = {column.name: column for column in columns}
    letters = {name: get_column_letter(position) for position, name in enumerate(header, start=1)}
    faults = Faults(file)
    for area in sheet.merged:
        if range_boundaries(area)[3] >= header_row:
            faults.add(f"{page.title}!{area}", "type", "", "", _MERGED)
    records: list[list[str]] = []
    refused: list[int] = []
    filled = [(number, cells) for number, cells in rows if number > header_row]
    for number, cells in filled:
        texts = []
        for position, name in enumerate(header, start=1):
            text, fault = text_of(cells.get(position), kinds[name], book.is_calculated)
            if fault:
                faults.add(f"{page.title}!{letters[name]}{number}", "type", name, text, fault)
                refused.append(number)
            texts.append("" if fault else text)
        records.append(texts)
        if max(cells) > len(header):
            refused.append(number)
            for position, cell in cells.items():
                if position > len(header):
                    faults.add(sheet.place(number, position), "columns", "", shown(cell), _OUTSIDE)
    frame = pl.DataFrame(records, schema=dict.fromkeys(header, pl.String), orient="row")
    numbers = pl.Series([number for number, _ in filled], dtype=pl.Int64)
    places = Places(file, numbers, page.title, letters)
    return Sheet.of(frame, places, f"xlsx, sheet {page.title}", faults.listed(), refused)


def _meant(file: str, book: Book, table: str) -> Page:
    visible = [page for page in book.pages if page.visible]
    named = [page for page in visible if page.title == table]
    if any(page.title == table and not page.visible for page in book.pages):
        raise UnreadableError(Failure(file, table, "file", "", "", "this sheet is hidden: show it, or remove it"))
    if named or len(visible) == 1:
        return (named or visible)[0]
    titles = ", ".join(page.title for page in visible)
    raise UnreadableError(
        whole_file(file, f"{len(visible)} visible sheets: name one {table!r} or keep only one", value=titles)
    )


def _within(sheet: Worksheet, limits: Limits, header_row: int) -> Sequence[Row]:
    """The filled rows; UnreadableError for one beyond the limit, wherever it stands."""
    found = []
    for number, cells in sheet.rows():
        if number - header_row > limits.workbook_rows:
            column, cell = next(iter(cells.items()))
            message = f"more than {limits.workbook_rows} rows: remove this cell, or send this table as CSV or Parquet"
            raise UnreadableError(Failure(sheet.file, sheet.place(number, column), "file", "", shown(cell), message))
        found.append((number, cells))
    return found


def _header(sheet: Worksheet, rows: Sequence[Row], header_row: int, columns: Sequence[Column]) -> list[str]:
    """The names in the row of the header; UnreadableError when they are found in another row."""
    known = {column.name for column in columns}
    listed = {number: _names(cells) for number, cells in rows if number <= _SEARCHED}
    header = listed.get(header_row, [])
    elsewhere = [number for number, names in listed.items() if len(known.intersection(names)) * 2 > len(known)]
    if elsewhere and header_row not in elsewhere:
        place = f"{sheet.page.title}!A{elsewhere[0]}"
        value = ", ".join(listed[elsewhere[0]])
        raise UnreadableError(Failure(sheet.file, place, "columns", "", value, _MOVED.format(header_row)))
    return header


def _names(cells: Mapping[int, Cell]) -> list[str]:
    return [shown(cells[position]).strip() if position in cells else "" for position in range(1, max(cells) + 1)]
