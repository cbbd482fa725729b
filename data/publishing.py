"""Making a snapshot visible in one step, so that a reader sees the former one or this one and never anything between.

The steps, in this order: lock; clear away what an interrupted publication left; write every file into `staging/` on the
same file system, each flushed to the disk; read them back and compare hashes; write the manifest; rename the folder
into `snapshots/`; replace `CURRENT` by a rename. Whatever step fails, `CURRENT` names a complete snapshot. Locks and
renames are those of a local POSIX file system: do not put the data folder on a network share.

Published files are read-only (files 0440, folders 0550). To delete a snapshot: `chmod -R u+w FOLDER; rm -r FOLDER`.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Self

import polars as pl

from data.exceptions import DataError, SnapshotError
from data.manifest import FORMAT, Manifest, Pointer, RuleWarning, SourceFile, TableFile
from data.schemas import TABLES, VERSION, columns, empty
from data.snapshots import CURRENT, FOLDER, MANIFEST, Snapshot, numbered, read_pointer

LOCK: Final = ".lock"
STAGING: Final = "staging"
CREATED_BY: Final = "campaign 0.1"

DEMONSTRATION: Final = "demo"
"""The `campaign_id` that marks invented data."""


class PublishingError(DataError):
    """A checked week that cannot be published now."""


@dataclass(frozen=True)
class Prepared:
    """A checked week, ready to be published: a manifest without a number, and the Parquet bytes of each table."""

    manifest: Manifest
    contents: dict[str, bytes]

    @classmethod
    def of(
        cls,
        frames: dict[str, pl.DataFrame],
        known_on: date,
        sources: Sequence[SourceFile] = (),
        warnings: Sequence[RuleWarning] = (),
    ) -> Self:
        """The week made of these tables, which have the schemas' columns and unique keys; a missing table is empty.

        Neither the order of rows nor anything but the arguments changes a byte of it.
        """
        complete = {table: frames.get(table, empty(table)) for table in TABLES}
        contents = {table: _parquet(table, frame) for table, frame in complete.items()}
        manifest = Manifest(
            format=FORMAT,
            schema_version=VERSION,
            id="",
            sequence=0,
            known_on=known_on,
            created_by=CREATED_BY,
            synthetic=complete["campaign"]["campaign_id"].to_list() == [DEMONSTRATION],
            tables={table: _described(table, frame, contents[table]) for table, frame in complete.items()},
            sources=tuple(sources),
            warnings=tuple(warnings),
        )
        return cls(manifest, contents)


def publish(prepared: Prepared, data_folder: Path) -> Snapshot:
    """Publish a checked week as the newest snapshot.

    PublishingError when somebody else is publishing, when the week is not later than the newest snapshot, or when the
    disk gave back other bytes than were written.
    """
    data_folder.mkdir(parents=True, exist_ok=True)
    with _locked(data_folder):
        folders = data_folder / FOLDER
        folders.mkdir(exist_ok=True)
        _clear(data_folder)
        former = _former(data_folder)
        if former is not None and _is_same(prepared, former):
            return _point_at(former, data_folder)
        if former is not None and prepared.manifest.known_on <= former.known_on:
            raise PublishingError(
                f"The week known on {prepared.manifest.known_on} is not later than the newest snapshot, {former.id}: "
                "choose a later date; what was published is never changed."
            )
        manifest = prepared.manifest.numbered(_last_number(data_folder) + 1)
        staged = data_folder / STAGING / manifest.id
        _stage(staged, manifest, prepared.contents)
        target = folders / manifest.id
        staged.rename(target)
        target.chmod(0o550)
        _flush_folder(folders)
        return _point_at(Snapshot.open(target), data_folder)


@contextmanager
def _locked(data_folder: Path) -> Iterator[None]:
    handle = os.open(data_folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PublishingError(f"Another refresh is writing to {data_folder}: wait until it has ended.") from error
        yield
    finally:
        os.close(handle)


def _clear(data_folder: Path) -> None:
    """Remove the staging folder, and folders that were renamed into place but never pointed at."""
    staging = data_folder / STAGING
    staging.mkdir(exist_ok=True)
    pointer = read_pointer(data_folder)
    abandoned = [
        data_folder / FOLDER / name
        for number, name in numbered(data_folder)
        if pointer is not None and number > pointer.sequence
    ]
    for left in [*staging.iterdir(), *abandoned]:
        if left.is_dir():
            left.chmod(0o750)
            shutil.rmtree(left)
        else:
            left.unlink()


def _former(data_folder: Path) -> Snapshot | None:
    if read_pointer(data_folder) is None and not numbered(data_folder):
        return None
    try:
        return Snapshot.newest(data_folder)
    except SnapshotError as error:
        raise PublishingError(f"Nothing can be published before this is put right. {error}") from error


def _is_same(prepared: Prepared, former: Snapshot) -> bool:
    """Whether this very week stands there complete, and only CURRENT was lost before it could name it."""
    return bool(former.notes) and prepared.manifest.content_hash == former.manifest.content_hash


def _last_number(data_folder: Path) -> int:
    pointer = read_pointer(data_folder)
    return max([number for number, _ in numbered(data_folder)] + [pointer.sequence if pointer else 0])


def _stage(folder: Path, manifest: Manifest, contents: dict[str, bytes]) -> None:
    folder.mkdir(mode=0o750)
    for table, file in manifest.tables.items():
        _write(folder / file.name, contents[table])
    for file in manifest.tables.values():
        if hashlib.sha256((folder / file.name).read_bytes()).hexdigest() != file.sha256:
            raise PublishingError(f"{file.name} was read back with other bytes than were written: check the disk.")
    _write(folder / MANIFEST, manifest.to_json())
    _flush_folder(folder)


def _point_at(snapshot: Snapshot, data_folder: Path) -> Snapshot:
    pointer = Pointer(_last_number(data_folder), snapshot.id, snapshot.manifest.sha256)
    line = data_folder / STAGING / f"{CURRENT}.tmp"
    _write(line, pointer.to_json())
    line.replace(data_folder / CURRENT)
    _flush_folder(data_folder)
    return Snapshot(snapshot.folder, snapshot.manifest)


def _parquet(table: str, frame: pl.DataFrame) -> bytes:
    key = [column.name for column in columns(table) if column.key]
    written = io.BytesIO()
    frame.sort(key).write_parquet(written, compression="zstd", statistics=True)
    return written.getvalue()


def _described(table: str, frame: pl.DataFrame, content: bytes) -> TableFile:
    types = {name: str(dtype) for name, dtype in frame.schema.items()}
    return TableFile(f"{table}.parquet", len(content), hashlib.sha256(content).hexdigest(), frame.height, types)


def _write(path: Path, content: bytes) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o440), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
