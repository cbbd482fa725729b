"""Every way in which the schema of one column, in every table, can differ from what was agreed."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
from outcome import Outcome
from tagged import folder_of, frames, known_on

from data.exceptions import SnapshotError
from data.intake.parquet import read_parquet
from data.intake.sheet import Limits, UnreadableError
from data.prepared import Prepared, PublishingError
from data.schemas import TABLES, polars_schema
from data.snapshots import Snapshot

WIDER = {
    pl.Int32(): pl.Int64(),
    pl.Float64(): pl.Decimal(38, 6),
    pl.Date(): pl.Datetime("us"),
    pl.Datetime("us"): pl.Datetime("ns"),
    pl.Boolean(): pl.Int8(),
    pl.String(): pl.Binary(),
    pl.List(pl.String()): pl.List(pl.Binary()),
}
NARROWER = {
    pl.Int32(): pl.Int16(),
    pl.Float64(): pl.Float32(),
    pl.Date(): pl.Int32(),
    pl.Datetime("us"): pl.Datetime("ms"),
    pl.Boolean(): pl.Null(),
    pl.String(): pl.Categorical(),
    pl.List(pl.String()): pl.String(),
}


@dataclass(frozen=True)
class Drift:
    """One table with one column that is not as agreed; a message about it has to hold `named`."""

    kind: str
    table: str
    column: str
    frame: pl.DataFrame
    named: str

    def __str__(self) -> str:
        return f"{self.kind} {self.table}.{self.column}"


def drifts() -> Iterator[Drift]:
    """The matrix: every kind for every column of every table it can happen to."""
    for table, frame in frames(0).items():
        yield Drift("add", table, "surplus", frame.with_columns(surplus=pl.lit(1)), "surplus")
        for column, dtype in frame.schema.items():
            yield Drift("drop", table, column, frame.drop(column), column)
            yield Drift("rename", table, column, frame.rename({column: f"{column}_x"}), column)
            for kind, other in _types(dtype):
                changed = frame.with_columns(pl.lit(None, other).alias(column))
                yield Drift(kind, table, column, changed, column)
        for first, second in zip(frame.columns, frame.columns[1:], strict=False):
            order = [{first: second, second: first}.get(name, name) for name in frame.columns]
            yield Drift("reorder", table, f"{first}/{second}", frame.select(order), first)


def refuse_all(scratch: Path, every: int = 1) -> Outcome:
    """Every drift held before the publisher, the reader of snapshots and the intake; `every` > 1 leaves some out."""
    outcome = Outcome("schema drift, every column of every table")
    published = Snapshot.newest(folder_of(scratch / "data", 1))
    for drift in list(drifts())[::every]:
        outcome.counts[drift.kind] += 1
        for who, said, place in (
            ("publisher", by_the_publisher(drift), f"Table {drift.table}:"),
            ("reader", by_a_reader(published, drift), f"{drift.table}.parquet:"),
            ("intake", by_the_intake(drift), f"{drift.table}.parquet "),
        ):
            with outcome.trial(f"{who} / {drift}"):
                assert said, "nothing was said"
                assert place in said, said
                assert drift.named in said, said
                assert ("order: " in said) == (drift.kind == "reorder"), said
    return outcome


def _types(dtype: pl.DataType) -> Iterator[tuple[str, pl.DataType]]:
    yield "widen", WIDER[dtype]
    yield "narrow", NARROWER[dtype]
    yield "null", pl.Null()
    if dtype == pl.String:
        yield "dictionary", pl.Enum(["a", "b"])
    if dtype == pl.Datetime:
        yield "timezone", pl.Datetime("us", "Asia/Shanghai")


def by_a_reader(published: Snapshot, drift: Drift) -> str:
    """What the reader of snapshots says, although size and hash in the manifest vouch for the file; "" if nothing."""
    content = _parquet(drift.frame)
    path = published.folder / f"{drift.table}.parquet"
    path.chmod(0o640)
    whole = path.read_bytes()
    path.write_bytes(content)
    file = replace(
        published.manifest.tables[drift.table],
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        rows=drift.frame.height,
    )
    manifest = replace(published.manifest, tables=published.manifest.tables | {drift.table: file})
    said = _said(lambda: Snapshot(published.folder, manifest).frame(drift.table), SnapshotError)
    path.write_bytes(whole)
    return said


def by_the_publisher(drift: Drift) -> str:
    """What is said to who wants to publish such a table."""
    return _said(lambda: Prepared.of({drift.table: drift.frame}, known_on(0)), PublishingError)


def by_the_intake(drift: Drift) -> str:
    """What is said to who sends such a file."""
    content, schema = _parquet(drift.frame), polars_schema(drift.table)
    try:
        read_parquet(f"{drift.table}.parquet", content, schema, Limits())
    except UnreadableError as error:
        return " ".join(f"{one.file} {one.column} {one.value} {one.message}" for one in error.failures)
    return ""


def _said(action: Callable[[], object], expected: type[Exception]) -> str:
    try:
        action()
    except expected as error:
        return str(error)
    return ""


def _parquet(frame: pl.DataFrame) -> bytes:
    content = io.BytesIO()
    frame.write_parquet(content)
    return content.getvalue()


assert set(WIDER) == set(NARROWER) >= {dtype for table in TABLES for dtype in polars_schema(table).values()}
