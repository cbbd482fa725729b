"""Rows of the demonstration county before they become tables."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final, TypeAlias

from data.demo.calendar import week_of
from data.demo.chance import below

Row: TypeAlias = dict[str, object]

KNOWN_FROM: Final = "known_from"
"""Hidden column: the moment from which a row stands in the weekly files; none means from the start."""


def stamp(day: date, *key: object) -> datetime:
    """A moment in the office hours of a day."""
    return datetime.combine(day, time(9 + below(8, "hour", day, *key), below(60, "minute", day, *key)))


def fact(row: Row, reported_at: datetime, source: str, *, revision: int = 1, is_void: bool = False) -> Row:
    """The row with the four columns of every fact table; `source` names the ledger it came with."""
    return row | {
        "reported_at": reported_at,
        "revision": revision,
        "is_void": is_void,
        "source_ref": f"{source}/W{week_of(reported_at.date()):02d}",
    }


def known_from(row: Row, day: date) -> Row:
    """A reference row that stands in the files only from a day on, replacing an older row of its key."""
    return row | {KNOWN_FROM: datetime.combine(day, time(17))}
