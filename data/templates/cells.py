"""What may be written into the cells of a column: their format, the check Excel makes, the note that explains it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

import polars as pl

from data.rules.forms import LONGEST_TEXT
from data.schemas import Column

DAY: Final = "yyyy-mm-dd"
MOMENT: Final = "yyyy-mm-dd hh:mm:ss"
TEXT: Final = "@"

_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)
_LONGEST: Final = 255
_WHOLE: Final = 2**31
_LARGEST: Final = 10**12


def number_format(column: Column) -> str:
    """How Excel shows, and takes, what is written into the column."""
    match column.dtype:
        case pl.Date:
            return DAY
        case pl.Datetime:
            return MOMENT
        case pl.Int32 | pl.Int64:
            return "0"
        case pl.String | pl.List:
            return TEXT
    return "General"


def how(column: Column) -> tuple[str, str]:
    """What belongs into a cell of the column, in Chinese and English."""
    match column.dtype:
        case pl.Date:
            return "日期,如 2014-03-10", "a day, as 2014-03-10"
        case pl.Datetime:
            return "日期和时间,如 2014-03-10 18:00:00", "a moment, as 2014-03-10 18:00:00"
        case pl.Int32 | pl.Int64:
            return f"整数{_between(column, '至')}", f"a whole number{_between(column, ' to ')}"
        case pl.Float64:
            return f"数字{_between(column, '至')}", f"a number{_between(column, ' to ')}"
        case pl.Boolean:
            return "true(是)或 false(否)", "true or false"
        case pl.List:
            return "代码,多个以 | 相连", "codes, several joined by |"
    if column.values or column.references:
        return "从列表选取代码", "a code from the list"
    return f"文字,不超过{LONGEST_TEXT}字", f"text of at most {LONGEST_TEXT} characters"


def note(column: Column) -> str:
    """The note at the head of a column: its meaning, what to write, in which unit, and whether it must be filled."""
    zh, en = how(column)
    unit = f"\n单位 Unit: {column.unit}" if column.unit else ""
    need = "可留空 may stay empty" if column.nullable else "必填 must be filled"
    part = "\n主键,用以识别该行 part of the key that identifies the row" if column.key else ""
    return f"{column.zh}\n{column.en}\n— {zh} / {en}{unit}\n— {need}{part}"


def validation(column: Column, source: str | None, is_binding: bool) -> Mapping[str, Any]:
    """The check of a cell as xlsxwriter wants it; `source` is the range of its list."""
    zh, en = how(column)
    rule: dict[str, Any] = {
        "input_title": column.name[:32],
        "input_message": f"{column.zh}\n{column.en}\n{zh}\n{en}"[:_LONGEST],
        "error_title": column.name[:32],
        "error_message": f"{zh}\n{en}",
        "error_type": "stop" if is_binding else "warning",
    }
    match column.dtype:
        case pl.Date:
            return rule | {"validate": "date", "criteria": "between", "minimum": _FIRST, "maximum": _LAST}
        case pl.Datetime:
            first, last = datetime(_FIRST.year, 1, 1), datetime(_LAST.year, 12, 31, 23, 59, 59)
            return rule | {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}
        case pl.Int32 | pl.Int64:
            return rule | {"validate": "integer", "criteria": "between"} | _bounds(column, -_WHOLE, _WHOLE - 1)
        case pl.Float64:
            return rule | {"validate": "decimal", "criteria": "between"} | _bounds(column, -_LARGEST, _LARGEST)
        case pl.Boolean:
            return rule | {"validate": "list", "source": ["TRUE", "FALSE"]}
        case pl.List:
            return rule | {"validate": "any"}
    if source:
        return rule | {"validate": "list", "source": f"={source}"}
    return rule | {"validate": "length", "criteria": "<=", "value": LONGEST_TEXT}


def _bounds(column: Column, least: float, most: float) -> dict[str, float]:
    lowest = least if column.minimum is None else column.minimum
    highest = most if column.maximum is None else column.maximum
    return {"minimum": lowest, "maximum": highest}


def _between(column: Column, to: str) -> str:
    if column.minimum is None and column.maximum is None:
        return ""
    if column.maximum is None:
        return f" ≥ {column.minimum:g}"
    return f" {column.minimum or 0:g}{to}{column.maximum:g}"
