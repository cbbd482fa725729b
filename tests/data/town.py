"""A county of two groups and eight units, and what its groups send of its second week."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
from sending import write_inbox

from data.schemas import TABLES, empty, polars_schema

SUNDAY = date(2014, 3, 16)
NEXT = SUNDAY + timedelta(days=7)

ROWS = {
    "campaign": [("mine", "活动", "Campaign", date(2014, 3, 10), None, "Asia/Shanghai", "mon", 5, 18)],
    "supervision_groups": [
        ("T1", "township", 1, "第一组", "Group 1", False, 3, None, None, 1),
        ("T2", "township", 2, "第二组", "Group 2", False, 3, None, None, 2),
    ],
    "units": [
        (f"u{n}", f"{n}乡", f"Town {n}", "township", "township", 1, date(2014, 3, 10), None) for n in range(8)
    ],
    "unit_assignments": [(f"u{n}", "T1" if n < 4 else "T2", date(2014, 3, 10), None) for n in range(8)],
    "visits": [
        ("v1", "T1", "u1", date(2014, 3, 13), "on_site", None, "guide", 2.5, 3, True, False, 0, None,
         datetime(2014, 3, 14, 9), 1, False, None),
    ],
}  # fmt: skip


def state(*more_visits: tuple[object, ...]) -> dict[str, pl.DataFrame]:
    rows = ROWS | {"visits": [*ROWS["visits"], *more_visits]}
    return {table: pl.DataFrame(found, schema=polars_schema(table), orient="row") for table, found in rows.items()}


def visit(key: str, group: str, unit: str, interviews: int = 2) -> tuple[object, ...]:
    return (
        key, group, unit, date(2014, 3, 20), "on_site", None, "guide", 1.0, interviews, True, False, 0, None,
        datetime(2014, 3, 21, 9), 1, False, None,
    )  # fmt: skip


def send(inbox: Path, *senders: str, interviews: int = 2) -> None:
    visits = [visit("v2", "T1", "u2", interviews), visit("v3", "T2", "u5")]
    write_inbox(inbox, full(state(*visits)), senders, ["visits"])
    age(inbox)


def full(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    return {table: tables.get(table, empty(table)) for table in TABLES}


def age(inbox: Path, moment: datetime = datetime(2014, 3, 22, tzinfo=UTC)) -> None:
    for path in [inbox, *inbox.rglob("*")]:
        os.utime(path, (moment.timestamp(), moment.timestamp()))
