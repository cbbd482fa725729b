"""Read a CSV file as text: UTF-8 or GB18030, comma separated, one header row or the two of a workbook's sheet."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

import polars as pl

from data.intake.encoding import decoded
from data.intake.failures import Failure, Faults, whole_file
from data.intake.sheet import Limits, Places, Sheet, UnreadableError, check_header, check_rows
from data.schemas import Column

_AT_ONCE: Final = 10_000
_OTHER_SEPARATORS: Final = (";", "\t", "|", "，")


def read_csv(
    file: str, content: bytes, columns: Sequence[Column], limits: Limits, *, optional: Sequence[str] = ()
) -> Sheet:
    """The table as text. UnreadableError when encoding, header, quoting or the number of cells in a row is wrong.

    The names of the columns stand in the first row, or in the second below one of labels, as in a workbook.
    """
    text, encoding = decoded(file, content)
    header, number = _header(file, text, {column.name for column in columns})
    check_header(file, lambda _: f"row {number}", header, columns, optional)
    frame = _plain(text, header, number)
    if frame is None:
        frame = _quoted(file, text, header, number, limits.rows)
    check_rows(file, frame.height, limits.rows)
    rows = pl.int_range(number + 1, frame.height + number + 1, eager=True)
    return Sheet.of(frame, Places(file, rows), f"csv, {encoding}")


def read_some(file: str, content: bytes, wanted: Sequence[str], limits: Limits) -> Sheet:
    """A table of which some columns are known: all of them as text, those of no name or of the same under made-up ones.

    UnreadableError as above, or when the header does not have each of the wanted columns exactly once.
    """
    text, encoding = decoded(file, content)
    header, number = _header(file, text, set(wanted))
    faults = Faults(file)
    for name in wanted:
        if header.count(name) != 1:
            faults.add(f"row {number}", "columns", name, name, _unlike(name, header))
    if faults.found:
        raise UnreadableError(*faults.listed())
    names = [name if name in wanted else f"\t{place} {name}" for place, name in enumerate(header, start=1)]
    frame = _plain(text, names, number)
    if frame is None:
        frame = _quoted(file, text, names, number, limits.rows)
    check_rows(file, frame.height, limits.rows)
    rows = pl.int_range(number + 1, frame.height + number + 1, eager=True)
    return Sheet.of(frame, Places(file, rows), f"csv, {encoding}")


def _unlike(name: str, header: Sequence[str]) -> str:
    if name in header:
        return f"this column stands {header.count(name)} times: keep one, or rename the others"
    near = difflib.get_close_matches(name, header, n=1)
    guess = f"did you mean {near[0]!r}?" if near else f"its columns are {', '.join(header)}"
    return f"the file has no such column: {guess}"


def _header(file: str, text: str, known: set[str]) -> tuple[list[str], int]:
    """The names of the columns, and the number of the row they stand in."""
    reader = _reader(text)
    try:
        first = [name.strip() for name in next(reader, [])]
        if first and known.isdisjoint(first):
            second = [name.strip() for name in next(reader, [])]
            if not known.isdisjoint(second):
                return second, 2
    except csv.Error as error:
        raise UnreadableError(Failure(file, "row 1", "columns", "", "", f"broken quoting: {error}")) from error
    if not text.strip():
        raise UnreadableError(whole_file(file, "the file is empty: it needs at least the header row"))
    if not first:
        raise UnreadableError(Failure(file, "row 1", "columns", "", "", "the first row is blank: remove it"))
    if len(first) == 1 and (found := [sign for sign in _OTHER_SEPARATORS if sign in first[0]]):
        message = f"the cells are separated by {found[0]!r}: save it as CSV with commas"
        raise UnreadableError(Failure(file, "row 1", "columns", "", first[0][:80], message))
    return first, 1


def _plain(text: str, header: Sequence[str], number: int = 1) -> pl.DataFrame | None:
    """The fast way, for a text without quotes in which every line has as many commas as the header; otherwise none."""
    if '"' in text or text.count("\r") != text.count("\r\n") or text[0] in "\r\n":
        return None
    if text.count(",") != (text.count("\n") + (not text.endswith("\n"))) * (len(header) - 1):
        return None
    try:
        return pl.read_csv(
            text.encode(),
            has_header=False,
            skip_lines=number,
            new_columns=list(header),
            schema=dict.fromkeys(header, pl.String),
        )
    except pl.exceptions.PolarsError:
        return None


def _quoted(file: str, text: str, header: Sequence[str], number: int = 1, limit: int | None = None) -> pl.DataFrame:
    """The careful way: every record is looked at, and those with too few or too many cells are named."""
    schema = dict.fromkeys(header, pl.String)
    frames = [pl.DataFrame(schema=schema)]
    records: list[list[str]] = []
    faults = Faults(file)
    row = number
    try:
        for row, record in enumerate(islice(_reader(text), number, None), start=number + 1):
            if limit is not None:
                check_rows(file, row - number - 1, limit)
            if record and len(record) != len(header):
                message = f"{len(record)} cells where the header has {len(header)}: check commas and quotes"
                faults.add(f"row {row}", "columns", "", ",".join(record)[:80], message)
            records.append(record if len(record) == len(header) else [""] * len(header))
            if len(records) == _AT_ONCE:
                frames.append(pl.DataFrame(records, schema=schema, orient="row"))
                records = []
    except csv.Error as error:
        faults.add(f"row {row + 1}", "columns", "", "", f"broken quoting: {error}")
    if faults.found:
        raise UnreadableError(*faults.listed())
    return pl.concat([*frames, pl.DataFrame(records, schema=schema, orient="row")])


def _reader(text: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), strict=True)
