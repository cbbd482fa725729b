"""How old a snapshot is, and which week is due. The day of today is always passed in; nothing here asks the clock."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from data.snapshots import Snapshot

STALE_DAYS: Final = 8
"""A snapshot older than this is out of date: the week after it should have been published."""


def days_old(snapshot: Snapshot, today: date) -> int:
    """Whole days from the known-on day to today; 0 when that day is still to come."""
    return max((today - snapshot.known_on).days, 0)


def is_stale(snapshot: Snapshot, today: date) -> bool:
    """Whether it is out of date; invented data never is, nor is an outside log, which has matters and no units."""
    tables = snapshot.manifest.tables
    is_log = tables["matters"].rows > 0 and tables["units"].rows == 0
    return not is_log and not snapshot.synthetic and days_old(snapshot, today) > STALE_DAYS


def week_due(today: date) -> date:
    """The last Sunday that is over: the known-on day of the week that can be closed today.

    A week is frozen on Sunday at midnight (domain.md 3.2), so that on a Sunday the one before is still the last.
    """
    return today - timedelta(days=today.isoweekday())
