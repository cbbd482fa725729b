"""Answers: what one snapshot, and the one before it, say to one selection. Each question is asked once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import polars as pl

from queries import (
    Cube,
    QueryError,
    Selection,
    Source,
    dimension,
    held_of_day,
    held_rows,
    maturity,
    moves,
    rank_until,
    rows,
)
from queries.moves import selection_before
from queries.statistics import funnel

Dimensions = tuple[str, ...]
Listing = Callable[[Source, Selection], pl.DataFrame]


class Question(NamedTuple):
    """What was asked: `figure` or `rows` of the indicator `name`, a `listing`, `moves` of names, or `maturity`."""

    kind: str
    name: str = ""
    by: Dimensions = ()
    of: str | None = None
    listing: Listing | None = None


class Answers:
    """The answers to a selection. They never change: another selection has other answers.

    `asked` is every question put so far, in the order in which each was first put.
    """

    def __init__(self, source: Source, previous: Source | None, selection: Selection) -> None:
        self.source, self.previous, self.selection = source, previous, selection
        self.asked: dict[Question, None] = {}
        self._held: dict[Any, pl.DataFrame] = {}

    def ask(self, name: str, *by: str, of: str | None = None) -> pl.DataFrame:
        """The indicator for the selection: one row per combination of `by`, as `queries.run` gives it."""
        self.asked[Question("figure", name, by, of)] = None
        return self.once((name, by, of), lambda: _of_cube(name, self.source, self.selection, by, of))

    def ask_before(self, name: str, *by: str, of: str | None = None) -> pl.DataFrame | None:
        """The same one snapshot earlier at an equal lag of events; None where there is nothing alike to compare."""
        try:
            return None if self.earlier is None else self.earlier.ask(name, *by, of=of)
        except QueryError:
            return None

    def rows(self, name: str, of: str | None = None) -> pl.DataFrame:
        """The rows behind the indicator, as `queries.rows` gives them."""
        self.asked[Question("rows", name, (), of)] = None
        return self.once((name, "rows", of), lambda: self._rows(name, of))

    def listing(self, listing: Listing) -> pl.DataFrame:
        """A listing of `queries` for the selection, for example `queries.states`."""
        self.asked[Question("listing", listing=listing)] = None
        return self.once(listing, lambda: listing(self.source, self.selection))

    def of_day(self, listing: Listing) -> pl.DataFrame:
        """A listing that asks for no weeks (`queries.states`, `queries.matters.lights`), kept whole for each day."""
        self.asked[Question("listing", listing=listing)] = None
        return held_of_day(listing, self.source, self.selection)

    @cached_property
    def of_all(self) -> "Answers":
        """The answers to the same weeks and clocks for every group and unit type."""
        if not (self.selection.groups or self.selection.unit_types):
            return self
        return Answers(self.source, self.previous, replace(self.selection, groups=(), unit_types=()))

    @cached_property
    def earlier(self) -> "Answers | None":
        """The answers of one snapshot earlier at an equal lag of events; None when its weeks were still to come."""
        previous = self.previous
        if previous is None:
            return None
        chosen = selection_before(self.selection, previous, self.source)
        return None if chosen is None else Answers(previous, None, replace(chosen, known_on=previous.known_on))

    def names(self, members: str, language: str) -> dict[str, str]:
        """The names of a dimension's members (`actions`, `units`, `groups`) in a language, by their codes."""
        frame = self.once(("names", members), lambda: dimension(members, self.source))
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
        if self.earlier is None or previous is None:
            return None
        self.asked[Question("moves", by=names)] = None
        return self.once(("moves", names), lambda: moves(previous, self.source, self.selection, names, ask=_of_cube))

    def limits(self, name: str) -> pl.DataFrame:
        """A share by group, of groups it says something of, with what chance allows: the columns of `funnel`."""
        counted = pl.col("group_id").is_not_null() & (pl.col("denominator") > 0)
        return self.once((name, "limits"), lambda: funnel(self.ask(name, "group").filter(counted)))

    @property
    def cube(self) -> Cube:
        """The counts behind the selection, held in memory."""
        return Cube.of(self.source, self.selection.events_until)

    @cached_property
    def maturity(self) -> pl.DataFrame:
        """How far the figures of each selected group are complete, as `queries.maturity` gives it."""
        self.asked[Question("maturity")] = None
        return maturity(self.source, self.selection.groups)

    def mature_until(self) -> date:
        """The day up to which the reports of every selected group are in."""
        return min(self.maturity["mature_until"].to_list(), default=self.source.known_on)

    def _rows(self, name: str, of: str | None) -> pl.DataFrame:
        return rows(name, self.source, self.selection, of) if of else held_rows(name, self.source, self.selection)

    def related(self) -> dict[str, "Answers"]:
        """These answers and those of other selections that were asked for on the way, by what they are to these."""
        found = {"": self}
        for name in ("of_all", "settled", "earlier"):
            other = vars(self).get(name)
            if isinstance(other, Answers) and other is not self:
                found |= {f"{name} {further}".strip(): each for further, each in other.related().items()}
        return found

    def once(self, key: Any, ask: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        """What was asked under this key before, or is asked now."""
        if key not in self._held:
            self._held[key] = ask()
        return self._held[key]


def _of_cube(name: str, source: Source, selection: Selection, by: Dimensions, of: str | None = None) -> pl.DataFrame:
    return Cube.of(source, selection.events_until).answer(name, selection, by, of)
