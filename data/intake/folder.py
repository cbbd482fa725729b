"""Take in a folder: one file for each table, the full state of that week."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polars as pl

from data.intake.csv import read_csv
from data.intake.excel import read_excel
from data.intake.failures import Failure, whole_file
from data.intake.parquet import read_parquet
from data.intake.parsing import parse, wanted
from data.intake.sheet import Limits, Places, UnreadableError
from data.manifest import SourceFile
from data.schemas import TABLES, Column, columns, empty, polars_schema

FORMS: Final = (".csv", ".parquet", ".xlsx")
IGNORED: Final = ("Thumbs.db", "desktop.ini")
"""Left behind by file managers; names that start with a point are passed over too."""


@dataclass(frozen=True)
class Table:
    """One received table: typed rows in the file's order, where they stood, and what was wrong with its cells."""

    frame: pl.DataFrame
    places: Places
    source: SourceFile
    failures: tuple[Failure, ...] = ()
    unreadable_rows: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Received:
    """All tables of a folder, those without a file empty, and everything that was wrong with the files.

    `unread` names the tables whose file could not be taken at all; `unreadable_rows` the rows (positions from 0) of the
    others that hold a refused cell, which is null in the frame.
    """

    frames: dict[str, pl.DataFrame]
    places: dict[str, Places] = field(default_factory=dict)
    sources: tuple[SourceFile, ...] = ()
    failures: tuple[Failure, ...] = ()
    unread: frozenset[str] = frozenset()
    unreadable_rows: dict[str, frozenset[int]] = field(default_factory=dict)


def read_folder(folder: Path, limits: Limits | None = None) -> Received:
    """Read every file of a folder. Nothing is raised for the content: what is wrong stands in `failures`."""
    limits = limits or Limits()
    paths, failures = _assigned(folder)
    tables: dict[str, Table] = {}
    for table, path in paths.items():
        try:
            content = _content(path, limits)
            tables[table] = read_table(path.name, content, table, limits)
        except UnreadableError as error:
            failures += error.failures
    for received in tables.values():
        failures += received.failures
    return Received(
        frames={table: tables[table].frame if table in tables else empty(table) for table in TABLES},
        places={table: received.places for table, received in tables.items()},
        sources=tuple(received.source for received in tables.values()),
        failures=tuple(failures),
        unread=frozenset(paths) - frozenset(tables),
        unreadable_rows={name: received.unreadable_rows for name, received in tables.items() if received.failures},
    )


def read_table(file: str, content: bytes, table: str, limits: Limits) -> Table:
    """One file's table, from its bytes alone. UnreadableError when it cannot be taken as that table at all."""
    form = Path(file).suffix
    if form == ".parquet":
        frame = read_parquet(file, content, polars_schema(table), limits)
        places = Places(file, pl.int_range(1, frame.height + 1, eager=True))
        return Table(frame, places, _source(file, content, frame.height, "parquet"))
    if form == ".csv":
        sheet = read_csv(file, content, columns(table), limits)
    else:
        sheet = read_excel(file, content, table, columns(table), limits)
    frame, unreadable = parse(sheet.text, columns(table))
    failures = [*sheet.failures, *_unreadable(unreadable, sheet.places, columns(table))]
    rows = frozenset(unreadable["row"].to_list()) | sheet.refused_rows
    return Table(frame, sheet.places, _source(file, content, frame.height, sheet.form), tuple(failures), rows)


def _assigned(folder: Path) -> tuple[dict[str, Path], list[Failure]]:
    """Which file is which table, tables in the schemas' order, and the files that are none."""
    if not folder.is_dir():
        return {}, [whole_file(folder.name, "there is no such folder: check its name")]
    files: dict[str, list[Path]] = {}
    failures = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name in IGNORED:
            continue
        if path.stem in TABLES and path.suffix in FORMS and path.is_file():
            files.setdefault(path.stem, []).append(path)
        else:
            failures.append(whole_file(path.name, _why_unknown(path)))
    for table, paths in files.items():
        names = ", ".join(path.name for path in paths)
        failures += [whole_file(path.name, f"two files for {table} ({names}): keep one") for path in paths[1:]]
    return {table: files[table][0] for table in TABLES if table in files}, failures


def _why_unknown(path: Path) -> str:
    if path.is_dir():
        return "a folder: put the files directly into the folder that is taken in"
    if path.name.startswith("~$"):
        return "the workbook is open in Excel: close it"
    near = difflib.get_close_matches(path.stem.lower(), list(TABLES), n=1)
    if near:
        form = ".xlsx" if path.suffix.lower().startswith(".xl") else ".csv"
        return f"unknown file: did you mean {near[0] + form!r}?"
    return "unknown file: each file is <table>.csv, <table>.parquet or <table>.xlsx; remove it or rename it"


def _content(path: Path, limits: Limits) -> bytes:
    try:
        if path.stat().st_size > limits.file_bytes:
            raise UnreadableError(whole_file(path.name, f"larger than {limits.file_bytes // 1_000_000} MB: split it"))
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(whole_file(path.name, f"cannot be read: {error.strerror}")) from error


def _source(file: str, content: bytes, rows: int, form: str) -> SourceFile:
    return SourceFile(file, len(content), hashlib.sha256(content).hexdigest(), rows, form)


def _unreadable(cells: pl.DataFrame, places: Places, known: Sequence[Column]) -> list[Failure]:
    advice = {column.name: wanted(column) for column in known}
    return [
        Failure(places.file, places.of(row, column), "type", column, value, advice[column])
        for row, column, value in cells.sort("row", maintain_order=True).iter_rows()
    ]
