"""Answers: what one snapshot, and the one before it, say to one selection. Each question is asked once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from queries import Cube, QueryError, Selection, Source, dimension, held_rows, maturity, moves, rank_until, rows
from queries.statistics import funnel

DAYS_KEPT = 16
"""Listings of a day that are kept for each source."""

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
        return self._once((name, "rows", of), lambda: self._rows(name, of))

    def rows_before(self, name: str) -> pl.DataFrame | None:
        """The rows of one snapshot earlier at an equal lag of events; None where there is nothing alike to compare."""
        before, previous = self.before, self.previous
        if before is None or previous is None:
            return None
        try:
            return self._once((name, "rows before"), lambda: held_rows(name, previous, before))
        except QueryError:
            return None

    def listing(self, listing: Listing) -> pl.DataFrame:
        """A listing of `queries` for the selection, for example `queries.states`."""
        return self._once(listing, lambda: listing(self.source, self.selection))

    def of_day(self, listing: Listing) -> pl.DataFrame:
        """A listing that asks for no weeks (`queries.states`, `queries.matters.lights`), kept whole for each day."""
        until, chosen = self.selection.events_until, self.selection
        kept: dict[Any, pl.DataFrame] = self.source.memo.setdefault("listings of a day", {})
        if (listing, until) not in kept:
            if len(kept) >= DAYS_KEPT:
                kept.pop(next(iter(kept)), None)
            kept[listing, until] = listing(self.source, Selection(events_until=until))
        whole = kept[listing, until]
        wanted = (("group_id", chosen.groups), ("unit_type", chosen.unit_types))
        keep = [pl.col(column).is_in(list(members)) for column, members in wanted if members]
        return whole.filter(*keep) if keep else whole

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

    def names(self, members: str, language: str) -> dict[str, str]:
        """The names of a dimension's members (`actions`, `units`, `groups`) in a language, by their codes."""
        frame = self._once(("names", members), lambda: dimension(members, self.source))
        return dict(zip(frame[frame.columns[0]].to_list(), frame[f"name_{language}"].to_list(), strict=True))

    @cached_property
    def settled(self) -> "Answers | None":
        """The answers up to the day every selected group's reports are in; None while that lies before the weeks."""
        until, chosen = rank_until(self.source, self.selection.groups), self.selection
        if until is None:
            return None
        if chosen.events_until is not None and chosen.events_until <= until:
            return self
        last = self.source.extent.week_of(until)
        if chosen.period is not None and chosen.period[0] > last:
            return None
        ended = chosen.period and (chosen.period[0], min(chosen.period[1], last))
        return Answers(self.source, None, replace(chosen, events_until=until, period=ended))

    def moves(self, *names: str) -> pl.DataFrame | None:
        """How the indicators moved since the snapshot before, as `queries.moves` gives it; None without one."""
        previous = self.previous
        if self.before is None or previous is None:
            return None
        return self._once(("moves", names), lambda: moves(previous, self.source, self.selection, names, ask=_of_cube))

    def limits(self, name: str) -> pl.DataFrame:
        """A share by group with what chance allows, as `queries.statistics.funnel` gives it."""
        return self._once((name, "limits"), lambda: funnel(self.ask(name, "group")))

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

    def _rows(self, name: str, of: str | None) -> pl.DataFrame:
        return rows(name, self.source, self.selection, of) if of else held_rows(name, self.source, self.selection)

    def _once(self, key: Any, ask: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        if key not in self._held:
            self._held[key] = ask()
        return self._held[key]


def _of_cube(name: str, source: Source, selection: Selection, by: Dimensions) -> pl.DataFrame:
    return Cube.of(source, selection.events_until).answer(name, selection, by)
