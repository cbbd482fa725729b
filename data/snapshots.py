"""Published snapshots: finding them, verifying them, reading their tables."""

from __future__ import annotations

import builtins
import hashlib
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Final, Self, TypeGuard

import polars as pl

from data.exceptions import SnapshotError, UnknownTableError
from data.line import CURRENT, FOLDER, MANIFEST, committed, line, numbered, pointer_or_reason, read_manifest, reason
from data.manifest import Manifest, Pointer, TableFile
from data.schemas import TABLES, VERSION, polars_schema

__all__ = ["CURRENT", "FOLDER", "LARGE", "MANIFEST", "Snapshot", "differing", "numbered"]

LARGE: Final = 64_000_000
"""Bytes of a table in memory from which it is not kept."""

SMALL: Final = 8_000_000
"""Bytes of a file up to which they are kept from the check until the table is first read."""

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
    _checked: dict[str, bytes] = field(default_factory=dict, init=False, repr=False, compare=False)
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
        self.__dict__.update(state, _frames={}, _checked={}, _reading=threading.Lock())

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
        """The snapshot itself, of this schema and `unchanged`; SnapshotError for the first file that is not."""
        for table in TABLES:
            self._file(table)
        return self.unchanged()

    def unchanged(self) -> Self:
        """The snapshot itself, the bytes of every file found as published; looked at once, however often it is asked.

        Nothing is parsed. The bytes of a small table are kept until it is first read, so that nothing that happens to
        the disk after this is seen; those of a large one are hashed again when they are.
        """
        with self._reading:
            for table, file in self.manifest.tables.items():
                if table not in self._checked:
                    content = self._verified_bytes(file)
                    self._checked[table] = content if len(content) <= SMALL else b""
        return self

    def tables(self) -> Mapping[str, pl.DataFrame]:
        """Every table by name, each read when it is first looked up."""
        return _Tables(self)

    def noted(self, *notes: str) -> Self:
        """The same snapshot with other notes, and with what is in memory of it."""
        noted = replace(self, notes=notes)
        noted._checked.update(self._checked)
        noted._frames.update(self._frames)
        return noted

    def verify(self) -> None:
        """Read every file again; SnapshotError names the first that is missing, changed, or does not belong here."""
        expected = {MANIFEST} | {file.name for file in self.manifest.tables.values()}
        if unknown := sorted({path.name for path in self.folder.iterdir()} - expected):
            raise self._fault(unknown[0], "this file is not part of the snapshot", "Remove it.")
        Snapshot.open(self.folder)
        for table in TABLES:
            file = self._file(table)
            self._parse(table, file, self._verified_bytes(file))

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The snapshot in a folder, its manifest verified against the folder's name; SnapshotError otherwise."""
        try:
            return cls(folder, read_manifest(folder))
        except (OSError, ValueError) as error:
            raise SnapshotError(f"Snapshot {folder.name}, {MANIFEST}: {reason(error)}. {RESTORE}") from error

    @classmethod
    def newest(cls, data_folder: Path, *, to_build_on: bool = False) -> Self:
        """The snapshot that is served, every file of it checked; when it is damaged, the last good one, with a note.

        The last good one is the nearest before it on the line that is intact. SnapshotError when there is none. To
        build on, a snapshot of any schema is good, and a disk that cannot be read is an OSError and no damage.
        """
        while True:
            pointer = pointer_or_reason(data_folder)
            found = cls._served(data_folder, pointer, to_build_on)
            if isinstance(found, cls) and not found.notes:
                return found
            if pointer_or_reason(data_folder) != pointer:  # a publication or a deletion came in between
                continue
            if isinstance(found, SnapshotError):
                raise found
            return found

    @classmethod
    def list(cls, data_folder: Path) -> builtins.list[Self]:
        """All snapshots on the line whose manifest verifies, oldest first; `faults` tells of the others."""
        return [found for found in cls._each(data_folder) if isinstance(found, cls)]

    @classmethod
    def faults(cls, data_folder: Path) -> builtins.list[SnapshotError]:
        """Why the snapshots on the line that `list` leaves out cannot be used, oldest first."""
        return [found for found in cls._each(data_folder) if isinstance(found, SnapshotError)]

    @classmethod
    def at(cls, data_folder: Path, known_on: date) -> Self:
        """The newest snapshot known on or before a date; SnapshotError before the first, or if that is damaged."""
        first = "there is none yet"
        for name in line(data_folder):
            if date.fromisoformat(name[:10]) <= known_on:
                return cls.open(data_folder / FOLDER / name)
            first = f"the first is of {name[:10]}"
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
    def _served(cls, data_folder: Path, pointer: Pointer | str, to_build_on: bool) -> Self | SnapshotError:
        why = pointer if isinstance(pointer, str) else ""
        served = pointer.id if isinstance(pointer, Pointer) else None
        earlier = (name for name in line(data_folder, served) if name != served)
        for name in chain([served] if served else [], earlier):
            try:
                if isinstance(pointer, Pointer) and name == served:
                    found = cls._pointed_at(data_folder, pointer)
                else:
                    found = cls.open(data_folder / FOLDER / name)
                found = found.unchanged() if to_build_on else found.intact()
            except SnapshotError as error:
                if to_build_on and _is_of_the_disk(error.__cause__):
                    raise error.__cause__ from None
                why = why or str(error)
                continue
            return found.noted(f"Shown is {found.id}, the newest intact snapshot. {why}") if why else found
        return SnapshotError(f"{why} No intact snapshot in {data_folder}: take a week in with `campaign refresh`.")

    @classmethod
    def _pointed_at(cls, data_folder: Path, pointer: Pointer) -> Self:
        snapshot = cls.open(data_folder / FOLDER / pointer.id)
        if snapshot.manifest.sha256 != pointer.manifest_sha256:
            expected, seen = pointer.manifest_sha256[:16], snapshot.manifest.sha256[:16]
            raise snapshot._fault(MANIFEST, f"CURRENT expects sha256 {expected}…, seen {seen}…")
        return snapshot

    def _read(self, table: str) -> pl.DataFrame:
        file = self._file(table)
        content = self._checked.get(table) or self._verified_bytes(file)
        self._checked[table] = b""
        return self._parse(table, file, content)

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
            raise self._fault(file.name, reason(error)) from error
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
            raise self._fault(file.name, f"not readable as Parquet: {reason(error)}") from error
        if frame.schema != (expected := polars_schema(table)):
            raise self._fault(file.name, f"expected columns {differing(expected, frame.schema)}")
        if frame.height != file.rows:
            raise self._fault(file.name, f"expected {file.rows} rows, seen {frame.height}")
        return frame

    def _fault(self, file: str, what: str, remedy: str = RESTORE) -> SnapshotError:
        return SnapshotError(f"Snapshot {self.folder.name}, {file}: {what}. {remedy}")


def _is_of_the_disk(cause: BaseException | None) -> TypeGuard[OSError]:
    return isinstance(cause, OSError) and not isinstance(cause, FileNotFoundError)


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


def differing(expected: pl.Schema, seen: pl.Schema) -> str:
    """The columns and types that differ between two schemas, in words."""
    lacking = [f"{name} {dtype}" for name, dtype in expected.items() if seen.get(name) != dtype]
    surplus = [f"{name} {dtype}" for name, dtype in seen.items() if expected.get(name) != dtype]
    if not lacking and not surplus:
        place, (wanted, there) = next(
            (place, names) for place, names in enumerate(zip(expected, seen, strict=True), 1) if names[0] != names[1]
        )
        return f"in another order: {wanted} as column {place}; seen {there} there"
    return f"{', '.join(lacking) or 'no others'}; seen {', '.join(surplus) or 'none of them'}"
