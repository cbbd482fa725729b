"""Answers: what one snapshot, and the one before it, say to one selection. Each question is asked once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from queries import Cube, QueryError, Selection, Source, maturity, rows

Dimensions = tuple[str, ...]
Listing = Callable[[Source, Selection], pl.DataFrame]


class Answers:
    """The answers to a selection. They never change: another selection has other answers."""

    def __init__(self, source: Source, previous: Source | None, selection: Selection) -> None:
        self.source, self.previous, self.selection = source, previous, selection
        self._held: dict[Any, pl.DataFrame] = {}

    def ask(self, name: str, *by: str, of: str | None = None) -> pl.DataFrame:
        """The indicator for the selection: one row per combination of `by`, as `queries.run` gives it."""
        return self._once(
            (name, by, of), lambda: self._cube(self.source, self.selection).answer(name, self.selection, by, of)
        )

    def ask_before(self, name: str, *by: str, of: str | None = None) -> pl.DataFrame | None:
        """The same one snapshot earlier at an equal lag of events; None where there is nothing alike to compare."""
        before, previous = self.before, self.previous
        if before is None or previous is None:
            return None
        try:
            return self._once(
                (name, by, of, "before"), lambda: self._cube(previous, before).answer(name, before, by, of)
            )
        except QueryError:
            return None

    def rows(self, name: str, of: str | None = None) -> pl.DataFrame:
        """The rows behind the indicator, as `queries.rows` gives them."""
        return self._once((name, "rows", of), lambda: rows(name, self.source, self.selection, of))

    def listing(self, listing: Listing) -> pl.DataFrame:
        """A listing of `queries` for the selection, for example `queries.states`."""
        return self._once(listing, lambda: listing(self.source, self.selection))

    def listing_before(self, listing: Listing) -> pl.DataFrame | None:
        """The same of the snapshot before."""
        before, previous = self.before, self.previous
        if before is None or previous is None:
            return None
        return self._once((listing, "before"), lambda: listing(previous, before))

    @cached_property
    def of_all(self) -> "Answers":
        """The answers to the same weeks and clocks for every group and unit type."""
        if not (self.selection.groups or self.selection.unit_types):
            return self
        return Answers(self.source, self.previous, replace(self.selection, groups=(), unit_types=()))

    @cached_property
    def before(self) -> Selection | None:
        """The selection as the snapshot before would have had it; None when its weeks were still to come."""
        previous, chosen = self.previous, self.selection
        if previous is None:
            return None
        lag = self.source.known_on - (chosen.events_until or self.source.known_on)
        until = max(previous.known_on - lag, previous.launched_on)
        last, period = previous.extent.week_of(until), chosen.period
        if period is not None and period[0] > last:
            return None
        ended = period and (period[0], min(period[1], last))
        return replace(chosen, known_on=previous.known_on, events_until=until, period=ended)

    @property
    def cube(self) -> Cube:
        """The counts behind the selection, held in memory."""
        return self._cube(self.source, self.selection)

    @cached_property
    def maturity(self) -> pl.DataFrame:
        """How far the figures of each selected group are complete, as `queries.maturity` gives it."""
        return maturity(self.source, self.selection.groups)

    def mature_until(self) -> date:
        """The day up to which the reports of every selected group are in."""
        return min(self.maturity["mature_until"].to_list(), default=self.source.known_on)

    def _cube(self, source: Source, selection: Selection) -> Cube:
        return Cube.of(source, selection.events_until)

    def _once(self, key: Any, ask: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        if key not in self._held:
            self._held[key] = ask()
        return self._held[key]
