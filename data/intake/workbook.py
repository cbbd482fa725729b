"""A sender's week: one workbook with a sheet for each table, or a folder with a CSV file for each.

The header of a sheet is its second row, the names of the columns as they are known here; the first row is for people.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polars as pl

from data.intake.child import Child, Reader
from data.intake.failures import Failure, whole_file
from data.intake.files import IGNORED, content_of
from data.intake.sheet import Limits, Places, UnreadableError
from data.intake.tables import Table
from data.manifest import SourceFile
from data.schemas.senders import tables_of

HEADER_ROW: Final = 2


@dataclass(frozen=True)
class Workbook:
    """What one sender sent: by table typed rows, the columns that are sent and `void` (never null), and all faults.

    `sender` is a group's code or "office"; `unread` names the tables whose sheet could not be taken at all.
    """

    sender: str
    tables: Mapping[str, Table] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    unread: frozenset[str] = frozenset()

    @property
    def frames(self) -> dict[str, pl.DataFrame]:
        """The rows of each table that was read."""
        return {name: table.frame for name, table in self.tables.items()}

    @property
    def places(self) -> dict[str, Places]:
        """Where the rows of each table stood."""
        return {name: table.places for name, table in self.tables.items()}

    @property
    def sources(self) -> tuple[SourceFile, ...]:
        """The files, and the sheets in them, that were read."""
        return tuple(table.source for table in self.tables.values())

    @property
    def unreadable_rows(self) -> dict[str, frozenset[int]]:
        """Positions from 0 of the rows with a refused cell, by table, where there are any."""
        return {name: table.unreadable_rows for name, table in self.tables.items() if table.unreadable_rows}


def read_workbook(
    source: Path | bytes, sender: str = "", *, limits: Limits | None = None, reader: Reader | None = None
) -> Workbook:
    """What one sender sent: a workbook `T1.xlsx`, a folder `T1` of CSV files, or the bytes of a workbook.

    The name tells the sender unless it is given. Nothing is raised for the content: what is wrong stands in `failures`.
    It is read by the reader, otherwise by a process of its own.
    """
    limits = limits or Limits()
    with Child() if reader is None else nullcontext(reader) as reading:
        if isinstance(source, bytes):
            return _from_bytes(f"{sender}.xlsx", source, sender, limits, reading)
        if source.is_dir():
            return _from_folder(source, sender or source.name, limits, reading)
        sender = sender or source.stem
        try:
            content = content_of(source, source.name, limits.file_bytes)
        except UnreadableError as error:
            return Workbook(sender, failures=error.failures)
        return _from_bytes(source.name, content, sender, limits, reading)


def _from_bytes(file: str, content: bytes, sender: str, limits: Limits, reader: Reader) -> Workbook:
    try:
        if len(content) > limits.file_bytes:
            raise UnreadableError(whole_file(file, f"larger than {limits.file_bytes // 1_000_000} MB: split it"))
        return reader.workbook(file, content, sender, limits)
    except UnreadableError as error:
        return Workbook(sender, failures=error.failures)


def _from_folder(folder: Path, sender: str, limits: Limits, reader: Reader) -> Workbook:
    tables: dict[str, Table] = {}
    failures: list[Failure] = []
    known = tables_of(sender)
    unread: set[str] = set()
    for path in sorted(folder.iterdir()):
        file = f"{folder.name}/{path.name}"
        if path.name.startswith(".") or path.name in IGNORED:
            continue
        if path.suffix.lower() != ".csv" or path.stem not in known or not path.is_file():
            near = difflib.get_close_matches(path.stem.lower(), known, n=1)
            guess = f"did you mean {near[0] + '.csv'!r}?" if near else f"the files are {', '.join(known)}, each .csv"
            failures.append(whole_file(file, f"unknown file: {guess}"))
            continue
        try:
            content = content_of(path, file, limits.file_bytes)
            tables[path.stem] = reader.sent_csv(file, content, path.stem, limits)
            failures += tables[path.stem].failures
        except UnreadableError as error:
            failures += error.failures
            unread.add(path.stem)
    if not tables and not failures:
        failures.append(whole_file(folder.name, f"the folder holds no table: {', '.join(tables_of(sender))}"))
    return Workbook(sender, tables, tuple(failures), frozenset(unread))
