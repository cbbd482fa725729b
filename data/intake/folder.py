"""Take in a folder: one file for each table, the full state of that week."""

from __future__ import annotations

import difflib
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polars as pl

from data.intake.child import Child, Reader
from data.intake.failures import Failure, whole_file
from data.intake.files import IGNORED, content_of
from data.intake.sheet import Limits, Places, UnreadableError
from data.intake.tables import Table, read_table
from data.manifest import SourceFile
from data.schemas import TABLES, empty

FORMS: Final = (".csv", ".parquet", ".xlsx")


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


def read_folder(folder: Path, limits: Limits | None = None, *, reader: Reader | None = None) -> Received:
    """Read every file of a folder. Nothing is raised for the content: what is wrong stands in `failures`.

    Workbooks and CSV files are read by the reader, otherwise by a process of their own.
    """
    limits = limits or Limits()
    paths, failures = _assigned(folder)
    tables: dict[str, Table] = {}
    with Child() if reader is None else nullcontext(reader) as reading:
        for table, path in paths.items():
            try:
                if path.suffix.lower() == ".parquet":
                    content = content_of(path, path.name, limits.parquet_bytes)
                    tables[table] = read_table(path.name, content, table, limits)
                else:
                    content = content_of(path, path.name, limits.file_bytes)
                    tables[table] = reading.table(path.name, content, table, limits)
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


def _assigned(folder: Path) -> tuple[dict[str, Path], list[Failure]]:
    """Which file is which table, tables in the schemas' order, and the files that are none."""
    if not folder.is_dir():
        return {}, [whole_file(folder.name, "there is no such folder: check its name")]
    files: dict[str, list[Path]] = {}
    failures = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name in IGNORED:
            continue
        if path.stem in TABLES and path.suffix.lower() in FORMS and path.is_file():
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
