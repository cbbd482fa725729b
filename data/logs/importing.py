"""An outside log becomes a snapshot of its own: read, turned into matters, held against the rules, published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from data.checking import check
from data.exceptions import DataError, RefusedError
from data.intake import failure_frame
from data.logs.activities import types_of
from data.logs.reading import Columns, Log, Reader, read
from data.logs.steps import runs_backwards
from data.logs.tables import IMPORTED, Convention, tables_of
from data.logs.times import Kind, check_zone
from data.manifest import RuleWarning
from data.prepared import Prepared
from data.publishing import publish
from data.schemas import TABLES, empty
from data.snapshots import Snapshot

ZONE: Final = "Asia/Shanghai"
BECAUSE: Final = "an outside log, taken in as it is"
STEPS: Final = 5
"""How often progress is told."""


@dataclass(frozen=True)
class Imported:
    """A log that was published: the snapshot, and how its rows were taken.

    `activities` has one row per activity: activity, step, rows, is_known (mapped or called so; otherwise it counts as
    an act). `kind` tells whether the log has days or moments; `is_backwards` whether its newest rows came first.
    """

    snapshot: Snapshot
    kind: Kind
    zone: str
    allowed_days: int
    rows: int
    repeated: int
    cases: int
    steps: int
    has_holders: bool
    has_levels: bool
    has_due: bool
    is_backwards: bool
    activities: pl.DataFrame


def import_log(
    path: Path,
    columns: Columns,
    data_folder: Path,
    *,
    maps: Mapping[str, str] | None = None,
    known_on: date | None = None,
    allowed_days: int = 0,
    zone: str = ZONE,
    reader: Reader | None = None,
    progress: Callable[[int, int, str], None] = lambda done, total, what: None,
) -> Imported:
    """Publish a log as a snapshot of matters, known on the last day in it unless another is given.

    `maps` tells of activities what step they are. At each hop `allowed_days` calendar days are allowed; a log has none
    of its own. DataError for a folder that holds a county and for what is wrong in the call, RefusedError with every
    row that is wrong; nothing is published then.
    """
    check_zone(zone)
    if allowed_days < 0:
        raise DataError(f"--allowed-days {allowed_days}: give 0 or more.")
    _check_folder(data_folder)
    progress(0, STEPS, f"reading {path.name}")
    log = read(path, columns, zone, reader)
    progress(1, STEPS, f"{log.rows.height:,} rows")
    types, unknown = types_of(log.rows["activity"].unique(), maps or {})
    known = _known_on(log, columns, known_on)
    named = convention(log, columns, allowed_days, zone)
    tables, places = tables_of(log, types, allowed_days, zone, known, named)
    progress(2, STEPS, f"{tables['matters'].height:,} cases, {tables['matter_events'].height:,} steps")
    whole = {table: tables[table] if table in tables else empty(table) for table in TABLES}
    checked = check(whole, places, known)
    if checked.failures:
        raise RefusedError(failure_frame(checked.failures))
    progress(3, STEPS, "checked")
    warnings = tuple(RuleWarning(found.rule.code, found.count, BECAUSE) for found in checked.warnings)
    prepared = Prepared.of(whole, known, (log.source,), warnings)
    progress(4, STEPS, "writing")
    snapshot = publish(prepared, data_folder)
    progress(STEPS, STEPS, snapshot.id)
    return Imported(
        snapshot=snapshot,
        kind=log.kind,
        zone=zone,
        allowed_days=allowed_days,
        rows=log.rows.height,
        repeated=log.repeated,
        cases=tables["matters"].height,
        steps=tables["matter_events"].height,
        has_holders=columns.holder is not None,
        has_levels=columns.level is not None,
        has_due=columns.due is not None,
        is_backwards=runs_backwards(log.rows),
        activities=_taken(log, types, unknown),
    )


def convention(log: Log, columns: Columns, allowed_days: int, zone: str) -> Convention:
    """How the days and holders of a log are counted, in one sentence of each language for every page."""
    is_day = log.kind == "day"
    en = [
        "Outside log. Days: differences of dates; rows of one day keep the file's order."
        if is_day
        else f"Outside log. Days: differences of dates in {zone}, not 24 hours.",
        f"Allowed at each hop: {allowed_days} calendar {'day' if allowed_days == 1 else 'days'}.",
        *(("No holders in it.",) * (columns.holder is None)),
        *(("No levels in it: all stand at one.",) * (columns.level is None)),
        *(("No due days in it.",) * (columns.due is None)),
    ]
    zh = [
        "外部日志。天数按日期相减，同日各步按文件次序。"
        if is_day
        else f"外部日志。天数按{zone}日期相减，不按24小时计。",
        f"每站允许{allowed_days}个自然日。",
        *(("日志无承办机构。",) * (columns.holder is None)),
        *(("日志无层级，全部列为同一层级。",) * (columns.level is None)),
        *(("日志无期限。",) * (columns.due is None)),
    ]
    return Convention("".join(zh), " ".join(en))


def _check_folder(data_folder: Path) -> None:
    """DataError when the folder holds a county's snapshots; a log goes beside logs or into a new folder."""
    held = Snapshot.list(data_folder)
    if held and held[-1].frame("campaign")["campaign_id"].to_list() != [IMPORTED]:
        raise DataError(
            f"{data_folder} holds {len(held)} snapshots of a county, the newest {held[-1].id}: an outside log is kept "
            "apart from it. Give a new folder with --data DIR. Nothing was published."
        )


def _known_on(log: Log, columns: Columns, given: date | None) -> date:
    """The day asked for, or the last day in the log; RefusedError when the log goes on after the day asked for."""
    last = log.rows["at"].dt.date().max()
    assert isinstance(last, date)
    if given is None or given >= last:
        return given or last
    late = log.rows.filter(pl.col("at").dt.date() > given)
    row, at = late.select("row", "at").row(0)
    message = f"after the known-on day {given}, as {late.height - 1} other rows: choose {last} or later, or cut the log"
    raise RefusedError(
        pl.DataFrame(
            [(log.file, f"row {row}", "V06", columns.time, at.date().isoformat(), message)],
            schema=["file", "place", "rule", "column", "value", "message"],
            orient="row",
        )
    )


def _taken(log: Log, types: Mapping[str, str], unknown: tuple[str, ...]) -> pl.DataFrame:
    counted = log.rows.group_by("activity").agg(rows=pl.len().cast(pl.Int64))
    return counted.select(
        "activity",
        pl.col("activity").replace_strict(dict(types), return_dtype=pl.String).alias("step"),
        "rows",
        is_known=~pl.col("activity").is_in(list(unknown)),
    ).sort("rows", "activity", descending=[True, False])
