"""A received table before it is typed: text, and where each row stood."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Self

import polars as pl

from data.intake.failures import Failure, Faults, whole_file
from data.intake.parsing import trimmed
from data.schemas import Column


@dataclass(frozen=True)
class Limits:
    """What a file may hold and cost at most; more is refused, at the latest when the reading process has used it up.

    Workbooks and CSV files may have `file_bytes`, a workbook `unzipped_bytes` when unpacked and `workbook_rows` in each
    sheet, any other file `rows`. `seconds` and `memory_bytes` are those of the process that reads one workbook or CSV.
    """

    file_bytes: int = 50_000_000
    parquet_bytes: int = 200_000_000
    unzipped_bytes: int = 100_000_000
    rows: int = 200_000
    workbook_rows: int = 20_000
    seconds: float = 18.0
    memory_bytes: int = 500_000_000


class UnreadableError(Exception):
    """A file that cannot be taken as a table at all; `failures` says why."""

    def __init__(self, *failures: Failure) -> None:
        super().__init__(*failures)
        self.failures = failures


@dataclass(frozen=True)
class Places:
    """Where the rows of a table stood: the row's number in the file, and for a workbook sheet and column letters."""

    file: str
    rows: pl.Series
    sheet: str = ""
    letters: dict[str, str] = field(default_factory=dict)

    def file_at(self, row: int) -> str:
        """The file a row stood in."""
        return self.file

    def of(self, row: int, column: str = "") -> str:
        """The place of a row (position from 0), or of its cell in a column: `row 17` or `units!C17`."""
        if not self.sheet:
            return f"row {self.rows[row]}"
        return f"{self.sheet}!{self.letters.get(column, 'A')}{self.rows[row]}"


@dataclass(frozen=True)
class Sheet:
    """The filled rows of a received table as trimmed text in the file's column order, and the cells refused so far.

    `refused_rows` are the positions from 0 of the rows with such cells.
    """

    text: pl.DataFrame
    places: Places
    form: str
    failures: tuple[Failure, ...] = ()
    refused_rows: frozenset[int] = frozenset()

    @classmethod
    def of(
        cls,
        text: pl.DataFrame,
        places: Places,
        form: str,
        failures: Sequence[Failure] = (),
        refused_numbers: Sequence[int] = (),
    ) -> Self:
        """The sheet without its blank rows; the places keep the numbers that the other rows have in the file.

        `refused_numbers` are the rows with refused cells by their number in the file.
        """
        cells = trimmed(text)
        if text.width and cells.to_series(0).null_count():
            filled = cells.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
            cells = cells.filter(filled)
            places = Places(places.file, places.rows.filter(filled), places.sheet, places.letters)
        refused = places.rows.is_in(list(refused_numbers)).arg_true().to_list() if refused_numbers else ()
        return cls(cells, places, form, tuple(failures), frozenset(refused))


def check_header(
    file: str,
    place: Callable[[int], str],
    header: Sequence[str],
    columns: Sequence[Column],
    optional: Sequence[str] = (),
) -> None:
    """UnreadableError unless the header has each column of the table exactly once and no other.

    `place` gives the place of a column by its position from 1; the `optional` columns may be missing.
    """
    names = [column.name for column in columns]
    missing = [name for name in names if name not in header and name not in optional]
    counts = Counter(header)
    faults = Faults(file)
    for position, name in enumerate(header, start=1):
        if counts[name] > 1 and name:
            faults.add(place(position), "columns", name, name, f"this column stands {counts[name]} times: keep one")
        if name not in names:
            near = difflib.get_close_matches(name, missing or names, n=1)
            guess = f"did you mean {near[0]!r}?" if near else f"the columns are {', '.join(names)}"
            faults.add(place(position), "columns", name, name, f"unknown column: {guess}")
    for name in missing:
        message = "this column is missing: add it, if need be with empty cells"
        faults.add(place(1), "columns", name, "", message)
    if faults.found:
        raise UnreadableError(*faults.listed())


def check_rows(file: str, rows: int, limit: int) -> None:
    """UnreadableError when a file has more rows than are taken."""
    if rows > limit:
        raise UnreadableError(whole_file(file, f"more than {limit} rows: send this table as CSV or Parquet"))
