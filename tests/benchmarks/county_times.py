"""A county N times as large: the newest week of the demonstration county, N times over with ids of its own.

    .venv/bin/python tests/benchmarks/county_times.py --times 10 --output DIR [--data DIR]

Each copy has the ten groups, the units and every fact of the county; to each id -1 … -N is added (T1-07, U043-07), so
nothing of one copy meets another. What holds for all of them stays single: campaign, calendar, stages, catalogue,
rules, bulletins. Every figure of N copies is therefore that of the county, with N times the numerator and denominator.

The result is one published snapshot, the same bytes for the same county and N. It is written without the gate's
rules: `--data` names a folder of snapshots that passed them, without it the demonstration county is made first. A
thousand copies are some four million action records and twenty million rows, and take a few minutes.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import polars as pl

import data.demo
from data.publishing import Prepared, publish
from data.schemas import TABLES, columns, polars_schema
from data.snapshots import Snapshot

SINGLE: Final = frozenset(
    {
        *("campaign", "work_calendar", "stages", "action_catalogue", "action_precedence", "action_content_items"),
        *("matter_due_rules", "appraisal_rules", "bulletins"),
    }
)
"""Tables that hold for every copy."""

UNDECLARED: Final = {"report_schedule": ("reporter_id",), "matters": ("matter_no",)}
"""Ids that are no reference to one table."""


def main(argv: Sequence[str] | None = None) -> int:
    """Write the county; 0 when it is published."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, required=True, help="how many copies")
    parser.add_argument("--output", type=Path, required=True, help="an empty or new folder for the snapshot")
    parser.add_argument("--data", type=Path, help="a folder of snapshots; the newest one is multiplied")
    asked = parser.parse_args(argv)
    if asked.times < 1:
        parser.error(f"--times {asked.times}: choose 1 or more")
    with tempfile.TemporaryDirectory() as scratch:
        if asked.data is None:
            data.demo.make(Path(scratch))
        snapshot = write(Snapshot.newest(asked.data or Path(scratch)), asked.times, asked.output)
    rows = sum(file.rows for file in snapshot.manifest.tables.values())
    size = sum(file.bytes for file in snapshot.manifest.tables.values())
    print(f"{snapshot.folder}: {rows:,} rows, {size / 1e6:,.1f} MB")
    return 0


def write(snapshot: Snapshot, times: int, folder: Path) -> Snapshot:
    """Publish a snapshot's tables so many times over, as the only snapshot of a data folder."""
    frames = {table: multiplied(table, snapshot.frame(table), times) for table in TABLES}
    return publish(Prepared.of(frames, snapshot.known_on), folder)


def multiplied(table: str, frame: pl.DataFrame, times: int) -> pl.DataFrame:
    """Give a table's rows so many times, each copy with its own ids; a single table as it is."""
    if table in SINGLE:
        return frame
    width = len(str(times))
    copies = pl.LazyFrame({"copy": range(times)}, schema={"copy": pl.Int32}).with_columns(
        suffix="-" + (pl.col("copy") + 1).cast(pl.String).str.zfill(width)
    )
    named = [pl.col(name) + pl.col("suffix") for name in ids(table)]
    copied = frame.lazy().join(copies, how="cross").with_columns(*named, *_further(table, frame))
    return copied.select(polars_schema(table).names()).collect()


def ids(table: str) -> list[str]:
    """Give the columns with ids that differ from copy to copy."""
    keys = [column for column in columns(table) if column.key]
    found = [
        column.name
        for column in columns(table)
        if (column.references and column.references.split(".")[0] not in SINGLE)
        or (keys == [column] and not column.references and column.dtype == pl.String)
    ]
    return [*found, *UNDECLARED.get(table, ())]


def _further(table: str, frame: pl.DataFrame) -> list[pl.Expr]:
    """Give what else must differ: the groups' numbers and order, the key of the evidence that a point stands on."""
    if table == "supervision_groups":
        most: Mapping[str, int] = {name: frame[name].max() for name in ("group_no", "display_order")}  # type: ignore[misc]
        return [(pl.col(name) + pl.col("copy") * most[name]).cast(pl.Int32) for name in most]
    if table == "appraisal_events":
        key = pl.col("evidence_key")
        own = key.str.extract(r"^([^|]*)") + pl.col("suffix") + key.str.extract(r"^[^|]*(.*)$")
        return [pl.when(pl.col("evidence_table").is_in(SINGLE)).then(key).otherwise(own).alias("evidence_key")]
    return []


if __name__ == "__main__":
    raise SystemExit(main())
