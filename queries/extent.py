"""Extent: the dates, groups and unit types a source spans, against which selections are checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Extent:
    """What a source can be asked about; groups in display order, unit types in alphabetical order."""

    snapshot_id: str
    known_on: date
    launched_on: date
    groups: tuple[str, ...]
    unit_types: tuple[str, ...]

    def week_of(self, day: date) -> int:
        """Give the campaign week of a day; the week of the launch is 1, days before it give 0 or less."""
        return (day - self.launched_on).days // 7 + 1

    def monday(self, week: int) -> date:
        """Give the first day of a campaign week."""
        return self.launched_on + timedelta(days=7 * (week - 1))

    def sunday(self, week: int) -> date:
        """Give the last day of a campaign week."""
        return self.monday(week) + timedelta(days=6)
