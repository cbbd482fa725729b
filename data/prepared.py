"""A checked week as it will be published: the bytes of every table, and the manifest that vouches for them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

import polars as pl

from data.exceptions import DataError
from data.manifest import FORMAT, Manifest, RuleWarning, SourceFile, TableFile
from data.schemas import TABLES, VERSION, columns, empty, polars_schema
from data.snapshots import differing
from data.totals import Totals

CREATED_BY: Final = "campaign 0.1"

DEMONSTRATION: Final = "demo"
"""The `campaign_id` that marks invented data."""


class PublishingError(DataError):
    """A checked week that cannot be published now, or a snapshot that cannot be rolled back to."""


@dataclass(frozen=True)
class Prepared:
    """A checked week, ready to be published: a manifest without a number, and the Parquet bytes of each table.

    `built_on` is the id of the snapshot that it was compared and merged with, empty when there was none; None for a
    week that stands for itself and may follow any. `because` tells the log why newer snapshots are left out.
    """

    manifest: Manifest
    contents: dict[str, bytes]
    built_on: str | None = None
    because: str = ""

    @classmethod
    def of(
        cls,
        frames: Mapping[str, pl.DataFrame],
        known_on: date,
        sources: Sequence[SourceFile] = (),
        warnings: Sequence[RuleWarning] = (),
    ) -> Self:
        """The week made of these tables, which have unique keys; a missing table is empty.

        Neither the order of rows nor anything but the arguments changes a byte of it. PublishingError names the table
        and the columns that are not those of the schema.
        """
        complete = {table: frames[table] if table in frames else empty(table) for table in TABLES}
        for table, frame in complete.items():
            if frame.schema != (expected := polars_schema(table)):
                raise PublishingError(
                    f"Table {table}: expected columns {differing(expected, frame.schema)}. Nothing is converted: give "
                    "the table in the schema's columns, types and order."
                )
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


def _parquet(table: str, frame: pl.DataFrame) -> bytes:
    key = [column.name for column in columns(table) if column.key]
    written = io.BytesIO()
    frame.sort(key).write_parquet(written, compression="zstd", statistics=True)
    return written.getvalue()


def _described(table: str, frame: pl.DataFrame, content: bytes) -> TableFile:
    counted = Totals.of(frame)
    return TableFile(
        name=f"{table}.parquet",
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        rows=frame.height,
        columns={name: str(dtype) for name, dtype in frame.schema.items()},
        nulls=counted.nulls,
        totals=counted.totals,
    )
