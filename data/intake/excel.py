"""Read a workbook as text, cell by cell, so that no number is silently changed."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias

import openpyxl  # type: ignore[import-untyped]
import polars as pl
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.xml.functions import iterparse  # type: ignore[import-untyped]

from data.intake.cells import Cell, text_of
from data.intake.failures import Failure, whole_file
from data.intake.sheet import Limits, Places, Sheet, UnreadableError, check_header, check_rows
from data.schemas import Column

_NEVER_CALCULATED: Final = re.compile(rb"""fullCalcOnLoad\s*=\s*["'](1|true)""")
_OUTSIDE: Final = "this cell stands outside the columns of the header: remove it or name its column"

Row: TypeAlias = tuple[int, Sequence[Cell]]
"""The number of a row in its sheet, and its cells."""


def read_excel(file: str, content: bytes, table: str, columns: Sequence[Column], limits: Limits) -> Sheet:
    """The table as text, from the sheet named like the table or the only visible one.

    UnreadableError when the file is no workbook, too large, or its header is wrong. Cells that cannot be taken as they
    are come as failures of the sheet: errors, formulas that were never calculated, merged cells, numbers and days in a
    column of text that would lose their written form.
    """
    _check_archive(file, content, limits)
    book = _opened(file, content, values=False)
    sheet = _chosen_sheet(file, book, table)
    name = sheet.title
    rows = _filled_rows(file, sheet, limits)
    header = _header(rows)
    check_header(file, f"{name}!A1", header, columns)
    values = _formula_values(file, content, name, limits) if _has_formulas(rows) else {}
    kinds = {column.name: column for column in columns}
    letters = {column: get_column_letter(position) for position, column in enumerate(header, start=1)}
    failures = _merged(file, content, sheet)
    records: list[list[str]] = []
    refused: list[int] = []
    for number, cells in rows[1:]:
        texts = []
        for position, column in enumerate(header):
            cell = cells[position] if position < len(cells) else None
            text, fault = text_of(cell, kinds[column], values.get((number, position)))
            if fault:
                failures.append(Failure(file, f"{name}!{letters[column]}{number}", "type", column, text, fault))
                refused.append(number)
            texts.append("" if fault else text)
        records.append(texts)
        failures += _beyond(file, name, number, cells, len(header))
    frame = pl.DataFrame(records, schema=dict.fromkeys(header, pl.String), orient="row")
    numbers = pl.Series([number for number, _ in rows[1:]], dtype=pl.Int64)
    return Sheet.of(frame, Places(file, numbers, name, letters), f"xlsx, sheet {name}", failures, refused)


def _check_archive(file: str, content: bytes, limits: Limits) -> None:
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableError(whole_file(file, "not an Excel workbook (.xlsx): save it again from Excel")) from error
    if sum(member.file_size for member in members) > limits.unzipped_bytes:
        size = limits.unzipped_bytes // 1_000_000
        raise UnreadableError(whole_file(file, f"more than {size} MB when unpacked: send this table as CSV"))
    if any(member.filename.lower().endswith("vbaproject.bin") for member in members):
        raise UnreadableError(whole_file(file, "the workbook holds macros: save it as a plain .xlsx"))


def _opened(file: str, content: bytes, *, values: bool) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=values, keep_links=False)
    except Exception as error:
        raise UnreadableError(_broken(file, error)) from error


def _broken(file: str, error: Exception) -> Failure:
    reason = (str(error) or type(error).__name__).splitlines()[0][:120]
    return whole_file(file, f"the workbook is damaged ({reason}): save it again from Excel")


def _chosen_sheet(file: str, book: Any, table: str) -> Any:
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    named = [sheet for sheet in sheets if sheet.title == table]
    if named or len(sheets) == 1:
        return (named or sheets)[0]
    titles = ", ".join(sheet.title for sheet in sheets)
    raise UnreadableError(
        whole_file(file, f"{len(sheets)} visible sheets: name one {table!r} or keep only one", value=titles)
    )


def _filled_rows(file: str, sheet: Any, limits: Limits) -> list[Row]:
    """Row numbers and cells of the rows with any value; the first is the header, whatever its number."""
    rows = []
    sheet.reset_dimensions()
    for number, cells in enumerate(_rows(file, sheet), start=1):
        check_rows(file, number - 1, limits.workbook_rows)
        if number == 1 or any(cell.value is not None for cell in cells):
            rows.append((number, cells))
    return rows or [(1, ())]


def _rows(file: str, sheet: Any) -> Iterator[Sequence[Cell]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield from sheet.iter_rows()
    except UnreadableError:
        raise
    except Exception as error:
        raise UnreadableError(_broken(file, error)) from error


def _header(rows: list[Row]) -> list[str]:
    header = ["" if cell.value is None else str(cell.value).strip() for cell in rows[0][1]]
    while header and not header[-1]:
        header.pop()
    return header


def _has_formulas(rows: list[Row]) -> bool:
    return any(cell.data_type == "f" for _, cells in rows for cell in cells)


def _formula_values(file: str, content: bytes, name: str, limits: Limits) -> dict[tuple[int, int], Cell]:
    """The stored results of the workbook's cells; none when the program that wrote it never calculated them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if _NEVER_CALCULATED.search(archive.read("xl/workbook.xml")):
            return {}
    rows = _filled_rows(file, _opened(file, content, values=True)[name], limits)
    return {(number, position): cell for number, cells in rows for position, cell in enumerate(cells)}


def _merged(file: str, content: bytes, sheet: Any) -> list[Failure]:
    failures = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(sheet._worksheet_path) as part:
        for event in _elements(part, "mergeCell"):
            place = f"{sheet.title}!{event}"
            failures.append(Failure(file, place, "type", "", "", "merged cells: unmerge them and fill in each cell"))
    return failures


def _elements(part: Any, name: str) -> Iterator[str]:
    for _, element in iterparse(part):
        if element.tag.rpartition("}")[2] == name:
            yield element.get("ref", "")
        element.clear()


def _beyond(file: str, sheet: str, number: int, cells: Sequence[Cell], width: int) -> list[Failure]:
    return [
        Failure(file, f"{sheet}!{get_column_letter(position)}{number}", "columns", "", str(cell.value), _OUTSIDE)
        for position, cell in enumerate(cells[width:], start=width + 1)
        if cell.value is not None
    ]
