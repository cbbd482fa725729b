"""From text to typed columns: a closed list of written forms, and never a guess.

What is not free text may be written full width (１０３) and is folded to plain ASCII; then only these forms pass:
`true` `false` (or all upper case), `2014-03-10` (also `2014-3-10`, `2014/3/10`, `2014.3.10`, `2014年3月10日`),
`2014-03-10 18:00:00` (also with `T` and with fractions of a second), `-12`, `0.5`, and lists joined by `|`. Codes and
keys are made of letters, digits and a few signs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from data.schemas import Column

LIST_SEPARATOR: Final = "|"
CELLS: Final = {"row": pl.Int64, "column": pl.String, "value": pl.String}

_FOLDABLE: Final = r"^[\x00-\x7F\x{FF01}-\x{FF5E}\x{3000}年月日]*$"
_SAME_SIGNS: Final = ("-{}-{}", "/{}/{}", r"\.{}\.{}", "年{}月{}日")
_YEAR: Final = "(19|20|21)([0-9]{2})"
_DATE: Final = f"^{_YEAR}(?:{'|'.join(sign.format(*['([0-9]{1,2})'] * 2) for sign in _SAME_SIGNS)})$"
_AS_ISO: Final = "${1}${2}-${3}${5}${7}${9}-${4}${6}${8}${10}"
_MOMENT: Final = f"^{_YEAR}-[0-9]{{2}}-[0-9]{{2}} [0-9]{{2}}:[0-9]{{2}}:[0-5][0-9](\\.[0-9]{{1,6}})?$"
_WHOLE: Final = r"^-?[0-9]+$"
_NUMBER: Final = r"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$"

_CODE: Final = r"^[\p{Han}A-Za-z0-9_.:/()（）〔〕#*&+, -]*$"
"""What a code, or a part of a key, may be made of: no invisible character makes two of one, and no | joins two."""

_WANTED: Final = {
    "Boolean": "write true or false",
    "Date": "write an existing day as 2014-03-10",
    "Datetime": "write an existing moment as 2014-03-10 18:00:00",
    "Int32": "write a whole number in digits only, between -2147483648 and 2147483647",
    "Int64": "write a whole number in digits only, between -9223372036854775808 and 9223372036854775807",
    "Float64": "write a number as 0.5, with a point and without separators",
    "List": f"write the values joined by {LIST_SEPARATOR}, none of them empty",
}


def wanted(column: Column) -> str:
    """What to do about a cell of the column that cannot be read."""
    if column.dtype == pl.String and _is_coded(column):
        return (
            "write letters, digits and - _ . : / only: another character, perhaps an invisible one, stands in this code"
        )
    return _WANTED.get(str(column.dtype.base_type()), "write plain text")


def trimmed(text: pl.DataFrame) -> pl.DataFrame:
    """The same cells without surrounding white space; an empty cell becomes null."""
    stripped = pl.all().str.strip_chars()
    return text.select(pl.when(stripped != "").then(stripped).name.keep())


def parse(text: pl.DataFrame, columns: Sequence[Column]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Read a frame of trimmed text columns into typed ones.

    Returns the typed frame, rows as given, columns in the order of `columns`, null where a cell is empty or unreadable;
    and the unreadable cells, one row each: `row` (position from 0), `column`, `value`.
    """
    folded = text.with_columns(_folded(name) for name in _wide(text, columns))
    typed = folded.select(_typed(column).alias(column.name) for column in columns)
    unreadable = [
        _cells(text[column.name], typed[column.name])
        for column in columns
        if typed[column.name].null_count() != text[column.name].null_count()
    ]
    return typed, pl.concat([pl.DataFrame(schema=CELLS), *unreadable])


def _is_coded(column: Column) -> bool:
    return column.dtype != pl.String or column.key or column.values is not None or column.references is not None


def _wide(text: pl.DataFrame, columns: Sequence[Column]) -> list[str]:
    """The coded columns with any character that is not ASCII."""
    coded = [column.name for column in columns if _is_coded(column)]
    counts = text.select((pl.col(coded).str.len_bytes().sum() != pl.col(coded).str.len_chars().sum()).name.keep())
    return [name for name in coded if counts[name].item()]


def _folded(name: str) -> pl.Expr:
    """Only full-width forms of ASCII are folded, also in a day: NFKC alone would make 52 of 5² and 31 of 3①."""
    text = pl.col(name)
    folded = text.str.normalize("NFKC").str.strip_chars()
    return pl.when(text.str.contains(_FOLDABLE)).then(folded).otherwise(text).alias(name)


def _typed(column: Column) -> pl.Expr:
    text = pl.col(column.name)
    match column.dtype:
        case pl.String:
            return _matching(text, _CODE) if _is_coded(column) else text
        case pl.Boolean:
            yes, no = text.is_in(["true", "TRUE"]), text.is_in(["false", "FALSE"])
            return pl.when(yes).then(True).when(no).then(False)
        case pl.Date:
            return _matching(text, _DATE).str.replace(_DATE, _AS_ISO).str.to_date("%Y-%m-%d", strict=False)
        case pl.Datetime:
            moment = _matching(text.str.replace("T", " ", literal=True), _MOMENT)
            return moment.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", strict=False, time_unit="us")
        case pl.Int32 | pl.Int64:
            return _matching(text, _WHOLE).cast(column.dtype, strict=False)
        case pl.Float64:
            number = _matching(text, _NUMBER).cast(pl.Float64, strict=False)
            return pl.when(number.is_finite()).then(number)
        case pl.List:
            items = text.str.split(LIST_SEPARATOR).list.eval(pl.element().str.strip_chars())
            return pl.when(~items.list.contains("")).then(items)
    raise TypeError(f"column {column.name} has type {column.dtype}, which has no written form")


def _matching(text: pl.Expr, pattern: str) -> pl.Expr:
    return pl.when(text.str.contains(pattern)).then(text)


def _cells(text: pl.Series, typed: pl.Series) -> pl.DataFrame:
    unreadable = text.is_not_null() & typed.is_null()
    return pl.DataFrame(
        {
            "row": unreadable.arg_true(),
            "value": text.filter(unreadable),
        }
    ).select(pl.col("row").cast(pl.Int64), column=pl.lit(text.name), value="value")
