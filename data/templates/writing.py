"""Write the empty workbooks: the same tables always give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import polars as pl
import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from data.exceptions import DataError
from data.intake.pages import CODES, GUIDE, REFERENCE
from data.intake.parsing import LIST_SEPARATOR
from data.intake.workbook import HEADER_ROW
from data.schemas import Column
from data.schemas.labels import labels
from data.schemas.senders import OFFICE, SIDES, sent_columns, tables_of
from data.schemas.units import GROUP_CODE
from data.templates.cells import DAY, MOMENT, note, number_format, validation
from data.templates.choices import Choice, choices
from data.templates.guide import rules, sheets, title

PREPARED_ROWS: Final = 300
CHECKED_ROWS: Final = 5000
_MADE: Final = datetime(2014, 1, 1)
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_ALLOWED: Final = dict.fromkeys(("format_columns", "format_rows", "insert_rows", "delete_rows", "sort"), True)
_WIDTHS: Final = {pl.Date: 12, pl.Datetime: 20, pl.Int32: 10, pl.Float64: 10, pl.Boolean: 12}

_LINE_LENGTH, _LINE_HEIGHT = 80, 16

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Origin:
    """Where the lists of the workbooks come from: the day on which they held, and a name for it in both languages."""

    known_on: date
    zh: str
    en: str


def write_templates(folder: Path, tables: Tables, origin: Origin, filled: Tables | None = None) -> list[Path]:
    """Write one workbook for each group and the office's; FileExistsError when one is there, it may be filled in.

    DataError when the code of a group names no file.
    `tables` are the tables of a snapshot, `filled` the rows that stand in the office's sheets already. Returns the
    files, groups in their order of display.
    """
    groups = tables["supervision_groups"].sort("display_order")["group_id"].to_list()
    if odd := [group for group in groups if not re.fullmatch(GROUP_CODE.pattern, group)]:
        raise DataError(f"The group {odd[0]!r} cannot name a workbook: {GROUP_CODE.en}.")
    paths = [folder / f"{sender}.xlsx" for sender in (*groups, OFFICE)]
    if there := [path for path in paths if path.exists()]:
        raise FileExistsError(f"{there[0]} is there already and may be filled in: give a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    for path in paths:
        write_workbook(path, path.stem, tables, origin, filled if path.stem == OFFICE else None)
    return paths


def write_workbook(path: Path, sender: str, tables: Tables, origin: Origin, rows: Tables | None = None) -> None:
    """Write the workbook of one sender, with these rows of its sheets filled in: the columns that are sent, or some."""
    with xlsxwriter.Workbook(path, _OPTIONS) as book:
        book.set_properties({"created": _MADE, "title": f"{sender} {origin.known_on}"})
        _Template(book, sender, choices(sender, tables, origin.known_on)).write(tables, origin, rows or {})


class _Template:
    """One workbook while it is written."""

    def __init__(self, book: Any, sender: str, listed: Mapping[str, Choice]) -> None:
        self.book = book
        self.sender = sender
        self.listed = listed
        self.ranges: dict[str, str] = {}
        wrapped = {"text_wrap": True, "valign": "top"}
        self.heading = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, **wrapped})
        self.needed = book.add_format({"bold": True, "bg_color": "#F8D9B0", "border": 1, **wrapped})
        self.machine = book.add_format({"font_color": "#595959", "bg_color": "#F2F2F2", "border": 1})
        self.wrapped = book.add_format(wrapped)
        self.titled = book.add_format({"bold": True, "font_size": 14, **wrapped})
        self.days = {date: book.add_format({"num_format": DAY}), datetime: book.add_format({"num_format": MOMENT})}
        self.blank = {
            form: book.add_format({"num_format": form, "locked": False, "border": 4, "border_color": "#BFBFBF"})
            for form in ("@", "0", "General", DAY, MOMENT)
        }
        self.open = {form: book.add_format({"num_format": form, "locked": False}) for form in self.blank}

    def write(self, tables: Tables, origin: Origin, rows: Tables) -> None:
        """All sheets: the guide, the tables, the codes, the lists."""
        guide = self.book.add_worksheet(GUIDE)
        pages = {table: self.book.add_worksheet(table) for table in tables_of(self.sender)}
        self._write_codes(self.book.add_worksheet(CODES))
        for choice in self.listed.values():
            self._write_list(self.book.add_worksheet(f"{REFERENCE}{choice.title}"), choice)
        self._write_guide(guide, tables, origin)
        for table, page in pages.items():
            self._write_table(page, table, rows.get(table, pl.DataFrame()))
        guide.activate()

    def _write_guide(self, page: Any, tables: Tables, origin: Origin) -> None:
        group = tables["supervision_groups"].filter(pl.col("group_id") == self.sender)
        names = group.row(0, named=True) if group.height else {"name_zh": "", "name_en": ""}
        page.set_column(0, 0, 24)
        page.set_column(1, 2, _LINE_LENGTH)
        page.write_row(0, 1, title(self.sender, names["name_zh"], names["name_en"]), self.titled)
        page.write_row(1, 0, ["数据来源 Origin", origin.zh, origin.en], self.wrapped)
        for row, line in enumerate(rules(self.sender), start=3):
            page.set_row(row, _LINE_HEIGHT * max(1, -(-len(line[1]) // _LINE_LENGTH)))
            page.write_row(row, 0, [f"{row - 2}", *line], self.wrapped)
        first = len(rules(self.sender)) + 4
        page.write_row(first, 0, ["工作表 Sheet", "每行是什么", "What a row is"], self.heading)
        for row, (table, zh, en) in enumerate(sheets(self.sender), start=first + 1):
            page.set_row(row, _LINE_HEIGHT * max(1, -(-len(en) // _LINE_LENGTH)))
            page.write_url(row, 0, f"internal:'{table}'!A3", string=table)
            page.write_row(row, 1, [zh, en], self.wrapped)
        _finish(page)

    def _write_table(self, page: Any, table: str, rows: pl.DataFrame) -> None:
        columns = sent_columns(table)
        page.set_row(0, 64)
        for position, column in enumerate(columns):
            star = "" if column.nullable else " *"
            page.write_string(0, position, f"{column.zh}{star}\n{column.en}", self.heading if not star else self.needed)
            page.write_string(HEADER_ROW - 1, position, column.name, self.machine)
            page.write_comment(0, position, note(column), {"x_scale": 2, "y_scale": 1.6, "font_size": 9})
            form = number_format(column)
            page.set_column(position, position, _width(column), self.open[form])
            filled = rows[column.name].to_list() if column.name in rows.columns else []
            for row, value in enumerate(filled, start=HEADER_ROW):
                _write(page, row, position, value, self.blank[form])
            for row in range(HEADER_ROW + len(filled), HEADER_ROW + PREPARED_ROWS):
                page.write_blank(row, position, None, self.blank[form])
            check = validation(column, *self._source(table, column))
            page.data_validation(HEADER_ROW, position, HEADER_ROW + CHECKED_ROWS - 1, position, check)
        page.freeze_panes(HEADER_ROW, 1)
        page.protect("", _ALLOWED)
        _fit(page)

    def _source(self, table: str, column: Column) -> tuple[str | None, bool]:
        """The range of the column's list, if it has one, and whether nothing else may be written."""
        if column.values:
            return self.ranges.get(f"{table}.{column.name}"), True
        choice = self.listed.get(column.references or "")
        return (None, True) if choice is None else (self.ranges.get(choice.reference), choice.is_binding)

    def _write_codes(self, page: Any) -> None:
        page.set_column(0, 1, 24)
        page.set_column(2, 4, 28)
        page.write_row(0, 0, ["工作表 Sheet", "列 Column", "代码 Code", "中文", "English"], self.heading)
        row = 1
        for table in tables_of(self.sender):
            for column in sent_columns(table):
                first = row
                for code in self._codes(table, column):
                    page.write_row(row, 0, [table, column.name, code, *labels(table, column.name)[code]])
                    row += 1
                if row > first:
                    self.ranges[f"{table}.{column.name}"] = _range(CODES, 2, first, row - 1)
        _finish(page)

    def _codes(self, table: str, column: Column) -> tuple[str, ...]:
        side = "office" if self.sender == OFFICE else "group"
        own, codes = SIDES.get((side, table), ("", ()))
        return codes if column.name == own else column.values or ()

    def _write_list(self, page: Any, choice: Choice) -> None:
        page.set_row(0, 48)
        page.set_column(0, 0, 18)
        page.set_column(1, choice.rows.width, 30)
        page.write_row(0, 0, choice.headings, self.heading)
        for row, cells in enumerate(choice.rows.iter_rows(), start=1):
            for position, value in enumerate(cells):
                if isinstance(value, str):
                    page.write_string(row, position, value)
                elif value is not None:
                    page.write(row, position, value, self.days.get(type(value)))
        if choice.rows.height:
            self.ranges[choice.reference] = _range(page.get_name(), 0, 1, choice.rows.height)
        _finish(page)


def _write(page: Any, row: int, column: int, value: object, form: Any) -> None:
    match value:
        case None:
            page.write_blank(row, column, None, form)
        case str():
            page.write_string(row, column, value, form)
        case list():
            page.write_string(row, column, LIST_SEPARATOR.join(value), form)
        case _:
            page.write(row, column, value, form)


def _width(column: Column) -> int:
    return max(
        _WIDTHS.get(column.dtype if isinstance(column.dtype, type) else type(column.dtype), 18), len(column.name) + 2
    )


def _range(sheet: str, column: int, first: int, last: int) -> str:
    letter = xl_col_to_name(column, col_abs=True)
    return f"'{sheet}'!{letter}${first + 1}:{letter}${last + 1}"


def _finish(page: Any) -> None:
    page.freeze_panes(1, 0)
    page.protect("", {"format_columns": True, "format_rows": True})
    _fit(page)


def _fit(page: Any) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
