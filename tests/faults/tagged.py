"""Weeks that can be told apart by any of their tables, so that two mixed ones are noticed.

Every table of week n has rows drawn from a generator seeded with n: what a reader gets is compared cell by cell.
"""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

import polars as pl

from data.prepared import Prepared
from data.publishing import publish
from data.schemas import TABLES, columns, polars_schema
from data.schemas.base import Column
from data.snapshots import Snapshot

FIRST = date(2014, 3, 16)
LOOKED_AT = ("campaign", "units", "visits")
ROWS = 12


def known_on(number: int) -> date:
    """The day of week n, from 0; there may be thousands, so a week here is a day."""
    return FIRST + timedelta(days=number)


@cache
def frames(number: int, rows: int = ROWS) -> dict[str, pl.DataFrame]:
    """Every table of week n, sorted by its key; one row of the campaign, `rows` of all else."""
    random = Random(f"week {number}")
    found = {}
    for table in TABLES:
        height = 1 if table == "campaign" else rows
        data = {column.name: [_value(column, random, row) for row in range(height)] for column in columns(table)}
        key = [column.name for column in columns(table) if column.key]
        found[table] = pl.DataFrame(data, schema=polars_schema(table)).sort(key)
    return found


@cache
def week(number: int, rows: int = ROWS) -> Prepared:
    """Week n, ready to be published."""
    return Prepared.of(frames(number, rows), known_on(number))


def number_of_week(snapshot: Snapshot, tables: tuple[str, ...] = LOOKED_AT, rows: int = ROWS) -> int:
    """Which week a snapshot is. AssertionError when a table of it is not that week's, to the last cell."""
    number = (snapshot.known_on - FIRST).days
    for table in tables:
        if not snapshot.frame(table).equals(frames(number, rows)[table]):
            raise AssertionError(f"{snapshot.id}: table {table} is not that of week {number}")
    return number


def folder_of(folder: Path, weeks: int, rows: int = ROWS) -> Path:
    """A data folder with so many published weeks."""
    for number in range(weeks):
        publish(week(number, rows), folder)
    return folder


def copied(template: Path, folder: Path) -> Path:
    """A copy of a data folder that may be broken: published tables are the same files, the rest is its own."""
    folder.mkdir(parents=True)
    for source in template.rglob("*"):
        target = folder / source.relative_to(template)
        if source.is_dir():
            target.mkdir(parents=True)
        elif source.suffix == ".parquet":
            target.hardlink_to(source)
        else:
            shutil.copy(source, target)
    return folder


def _value(column: Column, random: Random, row: int) -> object:
    if column.nullable and random.random() < 0.2:
        return None
    if isinstance(column.dtype, pl.List):
        return [random.choice("abc") for _ in range(random.randrange(3))]
    match column.dtype:
        case pl.Date():
            return FIRST + timedelta(days=random.randrange(200))
        case pl.Datetime():
            return datetime(2014, 3, 16) + timedelta(seconds=random.randrange(10**7))
        case pl.Boolean():
            return random.random() < 0.5
        case pl.Int32():
            return random.randrange(10**6)
        case pl.Float64():
            return random.random() * 100
    return f"{row:03d}-{random.getrandbits(32):08x}"
