"""A week written where no reader looks, and proved there: what stands on the disk is what was meant to be published."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from pathlib import Path
from typing import Final

import polars as pl

from data import disk
from data.line import FOLDER, MANIFEST, numbered, read_pointer, reason
from data.manifest import Manifest
from data.prepared import PublishingError
from data.schemas import columns, polars_schema
from data.snapshots import differing
from data.totals import Totals

STAGING: Final = "staging"

_SPACE: Final = 3
_SPARE: Final = 1_000_000


def clear(data_folder: Path, published: Collection[str]) -> None:
    """Make the folders, and remove what an interrupted writer left: in staging, and renamed but never `published`."""
    staging, folders = data_folder / STAGING, data_folder / FOLDER
    disk.make_folder(staging)
    disk.make_folder(folders)
    for name in os.listdir(staging):
        disk.remove(staging / name)
    pointer = read_pointer(data_folder)
    last = pointer.sequence if pointer else None
    withdraw(
        data_folder,
        [name for number, name in numbered(data_folder) if last and number > last and name not in published],
    )


def withdraw(data_folder: Path, names: list[str]) -> None:
    """Delete snapshots: renamed out of sight in one step each, then removed."""
    staging, folders = data_folder / STAGING, data_folder / FOLDER
    for name in names:
        os.chmod(folders / name, 0o750)
        os.rename(folders / name, staging / name)
    if names:
        disk.flush_folder(folders)
    for name in names:
        disk.remove(staging / name)


def check_space(data_folder: Path, contents: dict[str, bytes]) -> None:
    """PublishingError when the disk has less room than three times what is to be written."""
    needed = _SPACE * sum(map(len, contents.values())) + _SPARE
    free = disk.free_bytes(data_folder)
    if free < needed:
        raise PublishingError(
            f"{data_folder} has {free:,} bytes free, and publishing wants {needed:,} (three times the week's files): "
            "free the rest and publish again."
        )


def stage(data_folder: Path, manifest: Manifest, contents: dict[str, bytes]) -> Path:
    """The folder in staging with every file written, flushed, read back and proved. PublishingError when it is not."""
    folder = data_folder / STAGING / manifest.id
    os.mkdir(folder, 0o750)
    for table, file in manifest.tables.items():
        disk.write_new(folder / file.name, contents[table])
    for table in manifest.tables:
        _prove(folder, manifest, table)
    disk.write_new(folder / MANIFEST, manifest.to_json())
    disk.flush_folder(folder)
    return folder


def _prove(folder: Path, manifest: Manifest, table: str) -> None:
    """Two readers who share no code find in the written file what was counted before it was written."""
    file = manifest.tables[table]
    content = (folder / file.name).read_bytes()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise PublishingError(f"{file.name} was read back with other bytes than were written: check the disk.")
    frame, by_arrow = _read_twice(file.name, content)
    if frame.schema != (expected := polars_schema(table)):
        raise PublishingError(f"{file.name}: expected columns {differing(expected, frame.schema)}. {_OURS}")
    by_polars = Totals.of(frame)
    meant = Totals(file.rows, file.nulls or by_polars.nulls, file.totals or by_polars.totals)
    for reader, counted in (("Polars", by_polars), ("Arrow", by_arrow)):
        if wrong := counted.differing(meant):
            raise PublishingError(f"{file.name}, read back by {reader}: {wrong}. {_OURS}")
    for column in columns(table):
        if not column.nullable and by_polars.nulls[column.name]:
            count = by_polars.nulls[column.name]
            raise PublishingError(f"{file.name}, column {column.name}: {count} cells without a value. Fill them.")


_OURS: Final = "Nothing was published: this is a fault of the program, not of the data; tell its makers."


def _read_twice(name: str, content: bytes) -> tuple[pl.DataFrame, Totals]:
    try:
        return pl.read_parquet(content), Totals.by_arrow(content)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # Polars' PanicException is not an Exception
        raise PublishingError(f"{name} cannot be read back: {reason(error)}. {_OURS}") from error
