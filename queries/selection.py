"""Selection: what a question is about, as one frozen value with two clocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from queries.exceptions import SelectionError, suggestion
from queries.extent import Extent


class Spanning(Protocol):
    """Anything with an extent: a source or a cube."""

    @property
    def extent(self) -> Extent: ...


@dataclass(frozen=True)
class Selection:
    """Known-on, events-until, groups, unit types and period (first and last campaign week, both inclusive).

    None and () mean "the newest" and "all".
    """

    known_on: date | None = None
    events_until: date | None = None
    groups: tuple[str, ...] = ()
    unit_types: tuple[str, ...] = ()
    period: tuple[int, int] | None = None

    def resolve(self, source: Spanning) -> Selection:
        """Give the same selection with every date and the period filled in and every name checked.

        Raises SelectionError when a date, week, group or unit type does not fit the source.
        """
        extent = source.extent
        if self.known_on is not None and self.known_on < extent.known_on:
            raise SelectionError(
                f"known_on {self.known_on} lies before this source, known on {extent.known_on}: "
                f"open the snapshot known on {self.known_on} instead."
            )
        events_until = self.events_until or extent.known_on
        if events_until > extent.known_on:
            raise SelectionError(
                f"events_until {events_until} lies after known_on {extent.known_on}: "
                f"choose a date from {extent.launched_on} to {extent.known_on}."
            )
        if events_until < extent.launched_on:
            raise SelectionError(
                f"events_until {events_until} lies before the launch: "
                f"choose a date from {extent.launched_on} to {extent.known_on}."
            )
        check_names("group", self.groups, extent.groups)
        check_names("unit type", self.unit_types, extent.unit_types)
        last = extent.week_of(events_until)
        first_week, last_week = self.period or (1, last)
        if not 1 <= first_week <= last_week <= last:
            raise SelectionError(
                f"period {first_week}-{last_week} does not exist with events until {events_until}: "
                f"choose weeks from 1 to {last}, the first not after the last."
            )
        return replace(self, known_on=extent.known_on, events_until=events_until, period=(first_week, last_week))


@dataclass(frozen=True)
class Window:
    """The days a resolved selection spans: from the first week's Monday to its last week's Sunday or events-until."""

    from_on: date
    to_on: date
    events_until: date

    @classmethod
    def of(cls, selection: Selection, extent: Extent) -> Window:
        """Give the days of a resolved selection."""
        if selection.period is None or selection.events_until is None:
            raise SelectionError("the selection has open ends: call .resolve(source) first.")
        first, last = selection.period
        to_on = min(extent.sunday(last), selection.events_until)
        return cls(extent.monday(first), to_on, selection.events_until)


def check_names(what: str, names: Iterable[str], known: tuple[str, ...]) -> None:
    """Raise SelectionError for the first name that is not known, with the nearest one that is."""
    for name in names:
        if name not in known:
            raise SelectionError(f"unknown {what} {name!r}.{suggestion(name, known)}")
