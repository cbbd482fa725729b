"""Published snapshots: finding them, verifying them, reading their tables."""

from __future__ import annotations

import builtins
import hashlib
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final, Self

import polars as pl

from data.exceptions import SnapshotError, UnknownTableError
from data.manifest import Manifest, Pointer, TableFile
from data.schemas import TABLES, VERSION, polars_schema

CURRENT: Final = "CURRENT"
FOLDER: Final = "snapshots"
MANIFEST: Final = "manifest.json"
NAME: Final = re.compile(r"(\d{4}-\d{2}-\d{2})-(\d{4,})-([0-9a-f]{16})")

LARGE: Final = 64_000_000
"""Bytes of a table in memory from which it is not kept."""

RESTORE: Final = "Restore it from a copy, or delete the snapshot's folder and take the week in again."


@dataclass(frozen=True)
class Snapshot:
    """One immutable week of data. Tables are read on first use, and only when their bytes are those published.

    Small tables are kept; one of a very large county is read anew for each reader, who keeps it in a form of its own.

    `notes` are remarks for the viewer, for instance that an older snapshot is shown because the newest is damaged.
    """

    folder: Path
    manifest: Manifest = field(compare=False)
    notes: tuple[str, ...] = ()
    _frames: dict[str, pl.DataFrame] = field(default_factory=dict, init=False, repr=False, compare=False)
    _reading: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False, compare=False)

    @property
    def id(self) -> str:
        """The name of its folder."""
        return self.manifest.id

    @property
    def known_on(self) -> date:
        """The day on which this was all that was known."""
        return self.manifest.known_on

    @property
    def sequence(self) -> int:
        """Its number among the publications, from 1."""
        return self.manifest.sequence

    @property
    def synthetic(self) -> bool:
        """Whether it is demonstration data."""
        return self.manifest.synthetic

    def __getstate__(self) -> dict[str, object]:
        return {"folder": self.folder, "manifest": self.manifest, "notes": self.notes}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state, _frames={}, _reading=threading.Lock())

    def frame(self, table: str) -> pl.DataFrame:
        """A table, one row per key, sorted by key. UnknownTableError; SnapshotError when it is not as published."""
        if table not in TABLES:
            raise UnknownTableError(table)
        with self._reading:
            frame = self._frames[table] if table in self._frames else self._read(table)
            if frame.estimated_size() < LARGE:
                self._frames[table] = frame
            return frame.clone()

    def intact(self) -> Self:
        """The snapshot itself, the bytes of every file found as published; SnapshotError for the first that is not.

        Nothing is parsed: what is read later is hashed again, over the very bytes that are parsed.
        """
        for table in TABLES:
            self._verified_bytes(self._file(table))
        return self

    def tables(self) -> Mapping[str, pl.DataFrame]:
        """Every table by name, each read when it is first looked up."""
        return _Tables(self)

    def verify(self) -> None:
        """Read every file again; SnapshotError names the first that is missing, changed, or does not belong here."""
        expected = {MANIFEST} | {file.name for file in self.manifest.tables.values()}
        if unknown := sorted({path.name for path in self.folder.iterdir()} - expected):
            raise self._fault(unknown[0], "this file is not part of the snapshot", "Remove it.")
        Snapshot.open(self.folder)
        for table in TABLES:
            self._read(table)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The snapshot in a folder, its manifest verified against the folder's name; SnapshotError otherwise."""
        try:
            content = (folder / MANIFEST).read_bytes()
            manifest = Manifest.from_json(content)
        except (OSError, ValueError) as error:
            raise SnapshotError(f"Snapshot {folder.name}, {MANIFEST}: {_reason(error)}. {RESTORE}") from error
        snapshot = cls(folder, manifest)
        if not manifest.id == manifest.numbered(manifest.sequence).id == folder.name:
            seen = manifest.numbered(manifest.sequence).id
            raise snapshot._fault(MANIFEST, f"its content belongs to {seen}, not to {folder.name}")
        return snapshot

    @classmethod
    def newest(cls, data_folder: Path) -> Self:
        """The snapshot that is served; when CURRENT is damaged, the newest whose manifest verifies, with a note."""
        pointer = _pointer(data_folder)
        if isinstance(pointer, Pointer):
            try:
                return cls._pointed_at(data_folder, pointer)
            except SnapshotError as error:
                reason = str(error)
        else:
            reason = pointer
        for name in reversed(committed(data_folder)):
            try:
                found = cls.open(data_folder / FOLDER / name)
            except SnapshotError:
                continue
            return replace(found, notes=(f"Shown is {found.id}, the newest intact snapshot. {reason}",))
        raise SnapshotError(f"{reason} No intact snapshot in {data_folder}: take a week in with `campaign refresh`.")

    @classmethod
    def list(cls, data_folder: Path) -> builtins.list[Self]:
        """All published snapshots whose manifest verifies, oldest first; `faults` tells of the others."""
        return [found for found in cls._each(data_folder) if isinstance(found, cls)]

    @classmethod
    def faults(cls, data_folder: Path) -> builtins.list[SnapshotError]:
        """Why the published snapshots that `list` leaves out cannot be used, oldest first."""
        return [found for found in cls._each(data_folder) if isinstance(found, SnapshotError)]

    @classmethod
    def at(cls, data_folder: Path, known_on: date) -> Self:
        """The newest snapshot known on or before a date; SnapshotError before the first, or if that is damaged."""
        names = committed(data_folder)
        for name in reversed(names):
            if date.fromisoformat(name[:10]) <= known_on:
                return cls.open(data_folder / FOLDER / name)
        first = f"the first is of {names[0][:10]}" if names else "there is none yet"
        raise SnapshotError(f"No snapshot was known on {known_on}: {first}. Choose a later date.")

    @classmethod
    def _each(cls, data_folder: Path) -> builtins.list[Self | SnapshotError]:
        found: builtins.list[Self | SnapshotError] = []
        for name in committed(data_folder):
            try:
                found.append(cls.open(data_folder / FOLDER / name))
            except SnapshotError as error:
                found.append(error)
        return found

    @classmethod
    def _pointed_at(cls, data_folder: Path, pointer: Pointer) -> Self:
        snapshot = cls.open(data_folder / FOLDER / pointer.id)
        if snapshot.manifest.sha256 != pointer.manifest_sha256:
            expected, seen = pointer.manifest_sha256[:16], snapshot.manifest.sha256[:16]
            raise snapshot._fault(MANIFEST, f"CURRENT expects sha256 {expected}…, seen {seen}…")
        return snapshot

    def _read(self, table: str) -> pl.DataFrame:
        file = self._file(table)
        return self._parse(table, file, self._verified_bytes(file))

    def _file(self, table: str) -> TableFile:
        if self.manifest.schema_version != VERSION:
            version = self.manifest.schema_version
            raise self._fault(MANIFEST, f"made with schema version {version}, this program reads {VERSION}")
        file = self.manifest.tables.get(table)
        if file is None:
            raise self._fault(MANIFEST, f"table {table} is not listed")
        return file

    def _verified_bytes(self, file: TableFile) -> bytes:
        try:
            content = (self.folder / file.name).read_bytes()
        except OSError as error:
            raise self._fault(file.name, _reason(error)) from error
        if len(content) != file.bytes:
            raise self._fault(file.name, f"expected {file.bytes} bytes, seen {len(content)}")
        if (seen := hashlib.sha256(content).hexdigest()) != file.sha256:
            raise self._fault(file.name, f"expected sha256 {file.sha256[:16]}…, seen {seen[:16]}…")
        return content

    def _parse(self, table: str, file: TableFile, content: bytes) -> pl.DataFrame:
        try:
            frame = pl.read_parquet(content)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # Polars' PanicException is not an Exception
            raise self._fault(file.name, f"not readable as Parquet: {_reason(error)}") from error
        if frame.schema != (expected := polars_schema(table)):
            raise self._fault(file.name, f"expected columns {_differing(expected, frame.schema)}")
        if frame.height != file.rows:
            raise self._fault(file.name, f"expected {file.rows} rows, seen {frame.height}")
        return frame

    def _fault(self, file: str, what: str, remedy: str = RESTORE) -> SnapshotError:
        return SnapshotError(f"Snapshot {self.folder.name}, {file}: {what}. {remedy}")


class _Tables(Mapping[str, pl.DataFrame]):
    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def __getitem__(self, table: str) -> pl.DataFrame:
        if table not in TABLES:
            raise KeyError(table)
        return self._snapshot.frame(table)

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)


def committed(data_folder: Path) -> list[str]:
    """Names of the folders that were fully published, oldest first; all that are there when CURRENT is damaged."""
    pointer = _pointer(data_folder)
    last = pointer.sequence if isinstance(pointer, Pointer) else None
    return [name for number, name in numbered(data_folder) if last is None or number <= last]


def numbered(data_folder: Path) -> list[tuple[int, str]]:
    """Sequence and name of every snapshot folder, oldest first."""
    folder = data_folder / FOLDER
    if not folder.is_dir():
        return []
    return sorted((int(match[2]), match[0]) for path in folder.iterdir() if (match := NAME.fullmatch(path.name)))


def read_pointer(data_folder: Path) -> Pointer | None:
    """What CURRENT points to; none when it is missing or damaged."""
    pointer = _pointer(data_folder)
    return pointer if isinstance(pointer, Pointer) else None


def _pointer(data_folder: Path) -> Pointer | str:
    try:
        pointer = Pointer.from_json((data_folder / CURRENT).read_bytes())
    except FileNotFoundError:
        return "CURRENT is missing: nothing was published here."
    except (OSError, ValueError) as error:
        return f"CURRENT is damaged: {_reason(error)}."
    return pointer if NAME.fullmatch(pointer.id) else f"CURRENT names no snapshot: {pointer.id!r}."


def _reason(error: BaseException) -> str:
    if isinstance(error, FileNotFoundError):
        return "the file is missing"
    return str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__


def _differing(expected: pl.Schema, seen: pl.Schema) -> str:
    lacking = [f"{name} {dtype}" for name, dtype in expected.items() if seen.get(name) != dtype]
    surplus = [f"{name} {dtype}" for name, dtype in seen.items() if expected.get(name) != dtype]
    return f"{', '.join(lacking) or 'in another order'}; seen {', '.join(surplus) or 'the same in another order'}"
