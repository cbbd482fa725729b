"""The text of one workbook cell, or why it cannot be taken."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

import polars as pl

from data.intake.worksheet import Cell
from data.schemas import Column

_EXACT_WHOLE: Final = 10**15
_PLAIN_FORMATS: Final = ("General", "0", "@")


def text_of(cell: Cell | None, column: Column, is_calculated: bool) -> tuple[str, str]:
    """The text of a cell and, if it cannot be taken, what to do about it.

    `is_calculated` says whether the results of the workbook's formulas can be trusted.
    """
    if cell is None:
        return "", ""
    if cell.formula is not None and (cell.value is None or not is_calculated):
        return cell.formula, "this formula was never calculated: save the workbook in Excel, or write the value"
    value = cell.value
    if cell.is_error:
        return str(value), "the cell holds an error: correct it"
    if isinstance(value, str):
        return value, ""
    text, is_exact = _written(value, column)
    if not is_exact:
        return text, "a number of more than 15 digits is not exact in Excel: format the cell as text and write it again"
    if column.dtype in (pl.String, pl.List) and not (text.isdigit() and cell.form in _PLAIN_FORMATS):
        return text, "the cell is not text and would lose its written form: format it as text and write it again"
    return text, ""


def shown(cell: Cell) -> str:
    """What a cell holds, for a message about it."""
    return str(cell.value if cell.formula is None else cell.formula)


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
