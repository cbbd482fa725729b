"""One received table with its types, from the bytes of a file alone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from data.intake.csv import read_csv
from data.intake.excel import read_excel
from data.intake.failures import MOST_LISTED, Failure, Faults
from data.intake.parquet import read_parquet
from data.intake.parsing import parse, wanted
from data.intake.sheet import Limits, Places, Sheet
from data.manifest import SourceFile
from data.schemas import Column, columns, polars_schema
from data.schemas.senders import VOID, sent_columns


@dataclass(frozen=True)
class Table:
    """One received table: typed rows in the file's order, where they stood, and what was wrong with its cells.

    `unreadable_rows` are the positions from 0 of the rows with a refused cell, which is null in the frame.
    """

    frame: pl.DataFrame
    places: Places
    source: SourceFile
    failures: tuple[Failure, ...] = ()
    unreadable_rows: frozenset[int] = frozenset()


def read_table(file: str, content: bytes, table: str, limits: Limits) -> Table:
    """One file with the full state of a table. UnreadableError when it cannot be taken as that table at all."""
    form = Path(file).suffix.lower()
    if form == ".parquet":
        frame = read_parquet(file, content, polars_schema(table), limits)
        places = Places(file, pl.int_range(1, frame.height + 1, eager=True))
        return Table(frame, places, source_file(file, content, frame.height, "parquet"))
    if form == ".csv":
        sheet = read_csv(file, content, columns(table), limits)
    else:
        sheet = read_excel(file, content, table, columns(table), limits)
    return typed(sheet, columns(table), content)


def read_sent_csv(file: str, content: bytes, table: str, limits: Limits) -> Table:
    """One file of a sender's folder: the columns that are sent, and `void`. UnreadableError as above."""
    known = sent_columns(table)
    return typed(read_csv(file, content, known, limits, optional=[VOID.name]), known, content)


def typed(sheet: Sheet, known: Sequence[Column], content: bytes) -> Table:
    """The sheet's rows with the types of these columns; an optional column that is not there is empty."""
    missing = [pl.lit(None, pl.String).alias(column.name) for column in known if column.name not in sheet.text.columns]
    frame, unreadable = parse(sheet.text.with_columns(missing), known)
    if VOID in known:
        frame = frame.with_columns(pl.col(VOID.name).fill_null(False))
    failures = (*sheet.failures, *_unreadable(unreadable, sheet.places, known))
    rows = frozenset(unreadable["row"].to_list()) | sheet.refused_rows
    source = source_file(sheet.places.file, content, frame.height, sheet.form)
    return Table(frame, sheet.places, source, failures, rows)


def source_file(file: str, content: bytes, rows: int, form: str) -> SourceFile:
    """What the manifest says about a file that was taken in."""
    return SourceFile(file, len(content), hashlib.sha256(content).hexdigest(), rows, form)


def _unreadable(cells: pl.DataFrame, places: Places, known: Sequence[Column]) -> tuple[Failure, ...]:
    advice = {column.name: wanted(column) for column in known}
    faults = Faults(places.file)
    for row, column, value in cells.sort("row", maintain_order=True).head(MOST_LISTED).iter_rows():
        faults.add(places.of(row, column), "type", column, value, advice[column])
    faults.left_out += max(0, cells.height - MOST_LISTED)
    return faults.listed()
