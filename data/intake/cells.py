"""The text of one workbook cell, or why it cannot be taken."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final, Protocol

import polars as pl

from data.schemas import Column

_EXACT_WHOLE: Final = 10**15
_PLAIN_FORMATS: Final = ("General", "0", "@")


class Cell(Protocol):
    """What the reader gives for a cell; `data_type` is openpyxl's letter."""

    value: Any
    data_type: str
    number_format: str


def text_of(cell: Cell | None, column: Column, result: Cell | None) -> tuple[str, str]:
    """The text of a cell and, if it cannot be taken, what to do about it; `result` is a formula's stored value."""
    if cell is None or cell.value is None:
        return "", ""
    if cell.data_type == "f":
        if result is None or result.value is None:
            return str(cell.value), "this formula was never calculated: save the workbook in Excel, or write the value"
        return text_of(result, column, None)
    value = cell.value
    if cell.data_type == "e":
        return str(value), "the cell holds an error: correct it"
    if isinstance(value, str):
        return value, ""
    text, is_exact = _written(value, column)
    if not is_exact:
        return text, "a number of more than 15 digits is not exact in Excel: format the cell as text and write it again"
    if column.dtype in (pl.String, pl.List) and not (text.isdigit() and cell.number_format in _PLAIN_FORMATS):
        return text, "the cell is not text and would lose its written form: format it as text and write it again"
    return text, ""


def _written(value: object, column: Column) -> tuple[str, bool]:
    match value:
        case bool():
            return ("true" if value else "false"), True
        case datetime():
            is_day = value.time() == time() and column.dtype != pl.Datetime
            return (value.date().isoformat() if is_day else value.isoformat(" ")), True
        case date():
            return value.isoformat(), True
        case float() if value.is_integer() and abs(value) < _EXACT_WHOLE:
            return str(int(value)), True
        case int():
            return str(value), abs(value) < _EXACT_WHOLE
    return str(value), True
