"""One snapshot opened for an analyst: indicators, tables and own SQL, all of the same locked source."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from dashboards.bench import layout
from dashboards.bench.asking import Day, Names, Period, as_names, selected
from dashboards.bench.brief import briefly
from dashboards.bench.catalogue import Catalogue
from dashboards.bench.figures import Figures
from dashboards.bench.statements import answer
from dashboards.bench.words import both, say_both
from dashboards.formats import day
from dashboards.theme import Language
from data.schemas import TABLES, describe
from data.snapshots import Snapshot
from queries import Source, indicator
from queries.run import dimensions


class OpenSnapshot:
    """A snapshot as an analyst asks it. `indicators` completes in a notebook; `source` is what the pages ask too.

    `known_on=` of a call asks another snapshot of the same data folder: the newest one known on or before that day.
    """

    def __init__(
        self, published: Snapshot, open_source: Callable[[Snapshot], Source], at: Callable[[Day], "OpenSnapshot"],
        language: Language,
    ) -> None:  # fmt: skip
        self.published = published
        """The snapshot as it was published, with its manifest."""
        self.language = language
        self._open, self._at = open_source, at
        self.indicators = Catalogue(self.indicator, language)
        """Every indicator, as attributes to be called."""

    @property
    def id(self) -> str:
        """The name of its folder: the day it was known on, its number, the hash of its content."""
        return self.published.id

    @property
    def known_on(self) -> date:
        """The day on which this was all that was known."""
        return self.published.known_on

    @cached_property
    def source(self) -> Source:
        """The locked source: what `queries` takes."""
        return self._open(self.published)

    @briefly()
    def indicator(
        self,
        name: str,
        by: Names = (),
        *,
        groups: Names = (),
        unit_types: Names = (),
        period: Period | None = None,
        events_until: Day | None = None,
        known_on: Day | None = None,
        of: str | None = None,
    ) -> Figures:
        """Figures of one indicator, one row per combination of the dimensions in `by`; over all without one.

        `groups` and `unit_types` are a name or several, none for all; `period` a week or (first, last), weeks or days;
        `events_until` leaves out what happened after a day; `known_on` asks another snapshot; `of` names the share that
        group_balance compares. Raises UnknownNameError and SelectionError, which say what to write.
        """
        if known_on is not None:
            other = self._at(known_on)
            if other.id != self.id:
                return other.indicator(
                    name, by, groups=groups, unit_types=unit_types, period=period, events_until=events_until, of=of
                )
        asked = dimensions(as_names(by), indicator(name, of))
        selection = selected(self.source.extent, groups, unit_types, period, events_until)
        return Figures(name, asked, of, self.source, selection, self.language)

    @briefly()
    def sql(self, text: str, /, **values: Any) -> pl.DataFrame:
        """The answer to one SELECT of your own over `tables`, with its $named values: `sql("… $until", until=day)`.

        Nothing can be written and nothing else can be read. `$known_on` is the snapshot's day without being given.
        Raises StatementError, which says what to do.
        """
        return answer(self.source, text, values)

    @property
    def tables(self) -> pl.DataFrame:
        """Every table that can be asked: its name, its rows (null for what is derived) and what a row of it is."""
        rows = {name: file.rows for name, file in self.published.manifest.tables.items()}
        names = sorted(self.source.tables(), key=lambda name: (name not in TABLES, name))
        return pl.DataFrame(
            {
                "table": names,
                "rows": [rows.get(name) for name in names],
                "row_en": [describe(name, "en") if name in TABLES else None for name in names],
                "row_zh": [describe(name, "zh") if name in TABLES else None for name in names],
            },
            schema={"table": pl.String, "rows": pl.Int64, "row_en": pl.String, "row_zh": pl.String},
        )

    @briefly()
    def table(self, name: str) -> pl.DataFrame:
        """A whole table: one of the snapshot, or one derived from them; UnknownNameError names the nearest."""
        return self.source.table(name)

    def __repr__(self) -> str:
        notes = "".join(f"\n{note}" for note in self.published.notes)
        return f"{self.id} (known on {self.known_on}){notes}"

    def _repr_html_(self) -> str:
        """The snapshot, its clock, and what can be asked of it."""
        days = " · ".join(day(self.known_on, language) for language in both(self.language))
        heads = [say_both(self.language, key) for key in ("bench.snapshot", "bench.known_on")]
        hint = "snapshot.indicators.⇥ · snapshot.indicator(NAME, by=…) · snapshot.tables · snapshot.sql(…)"
        return layout.block(layout.table(heads, [[self.id, days]]), layout.line(*self.published.notes, hint))
