"""Opening a data folder: its snapshots in a row, by position, by day or by name."""

import warnings
from collections import OrderedDict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, overload

import polars as pl

from dashboards.bench import layout
from dashboards.bench.asking import Day, Names, Period, as_day
from dashboards.bench.brief import brief, briefly
from dashboards.bench.figures import Figures
from dashboards.bench.snapshot import OpenSnapshot
from dashboards.bench.words import say_both
from dashboards.settings import Settings, SettingsError
from dashboards.theme import LANGUAGES, Language
from data.snapshots import Snapshot
from queries import Source, take_in
from queries.catalog import faults
from queries.exceptions import CatalogWarning, SelectionError, suggestion

KEPT = 6
"""Snapshots kept open: those used last."""


class Snapshots:
    """The snapshots of a data folder, the oldest first, as they were when it was opened.

    `data[-1]` is the newest, `data["2014-04-13"]` (or a date) the newest one known on or before that day, `data[ID]`
    the one of that name, `data[-3:]` a list. It is iterable and has a length. What one snapshot answers is answered
    here by the newest: `data.indicators`, `data.indicator(…)`, `data.sql(…)`, `data.table(…)`, `data.tables`.
    """

    def __init__(self, folder: Path, known_on: date | None, language: Language) -> None:
        self.folder, self.language = folder, language
        newest = Snapshot.newest(folder)
        listed = [each for each in Snapshot.list(folder) if each.known_on <= newest.known_on and each.id != newest.id]
        self._published = [*listed, newest]
        self._later = newest
        self._opened: OrderedDict[str, Source] = OrderedDict()
        if known_on is not None:
            last = self._place(known_on)
            self._published = self._published[: last + 1]
        self.newest = self._snapshot(self._published[-1])
        """The snapshot that answers where none is named."""
        self.indicators = self.newest.indicators
        """Every indicator, as attributes to be called; those of the newest snapshot."""

    @property
    def tables(self) -> pl.DataFrame:
        """The tables of the newest snapshot, as `OpenSnapshot.tables`."""
        return self.newest.tables

    @property
    def frame(self) -> pl.DataFrame:
        """One row per snapshot: id, known_on, sequence."""
        columns: dict[str, Any] = {
            name: [getattr(each, name) for each in self._published] for name in ("id", "known_on", "sequence")
        }
        return pl.DataFrame(columns)

    @briefly()
    def at(self, known_on: Day | None = None) -> OpenSnapshot:
        """The newest snapshot known on or before a day, the newest of all without one.

        SelectionError before the first and after the newest: what will be known on a later day nobody knows.
        """
        return self.newest if known_on is None else self[as_day(known_on, "known_on")]

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
        """Figures of one indicator as the newest snapshot has them, or the one of `known_on`; see OpenSnapshot."""
        return self.newest.indicator(
            name, by, groups=groups, unit_types=unit_types, period=period, events_until=events_until,
            known_on=known_on, of=of,
        )  # fmt: skip

    def sql(self, text: str, /, *, known_on: Day | None = None, **values: Any) -> pl.DataFrame:
        """One SELECT of your own over the snapshot of `known_on`, which `$known_on` stands for; see OpenSnapshot."""
        return self.at(known_on).sql(text, **values)

    def table(self, name: str, *, known_on: Day | None = None) -> pl.DataFrame:
        """A whole table of the snapshot of `known_on`."""
        return self.at(known_on).table(name)

    @overload
    def __getitem__(self, key: int | Day) -> OpenSnapshot: ...
    @overload
    def __getitem__(self, key: slice) -> list[OpenSnapshot]: ...
    @briefly()
    def __getitem__(self, key: Any) -> OpenSnapshot | list[OpenSnapshot]:
        if isinstance(key, slice):
            return [self._snapshot(each) for each in self._published[key]]
        if isinstance(key, int):
            if not -len(self) <= key < len(self):
                raise brief(IndexError(f"there are {len(self)} snapshots: give a place from 0 to {len(self) - 1}."))
            return self._snapshot(self._published[key])
        ids = {each.id: each for each in self._published}
        if isinstance(key, str) and key in ids:
            return self._snapshot(ids[key])
        if isinstance(key, str) and len(key) > len("2014-04-13"):
            raise SelectionError(f"there is no snapshot {key!r}.{suggestion(key, ids)}")
        return self._snapshot(self._published[self._place(as_day(key, "known_on"))])

    def __iter__(self) -> Iterator[OpenSnapshot]:
        return (self._snapshot(each) for each in self._published)

    def __len__(self) -> int:
        return len(self._published)

    def __repr__(self) -> str:
        return repr(self.frame)

    def _repr_html_(self) -> str:
        """The snapshots as a table, the newest first."""
        heads = [
            say_both(self.language, key) for key in ("bench.snapshot", "bench.known_on", "bench.week", "bench.notes")
        ]
        launched = self.newest.source.extent
        rows = [
            [each.id, str(each.known_on), str(launched.week_of(each.known_on)), " ".join(each.notes)]
            for each in reversed(self._published)
        ]
        return layout.block(layout.table(heads, rows))

    def _place(self, known_on: date) -> int:
        days = [each.known_on for each in self._published]
        if not days[0] <= known_on <= days[-1]:
            side = "before the first" if known_on < days[0] else "after the newest"
            raise SelectionError(
                f"known_on {known_on} lies {side} snapshot here: choose a day from {days[0]} to {days[-1]}."
            )
        return max(place for place, each in enumerate(days) if each <= known_on)

    def _snapshot(self, published: Snapshot) -> OpenSnapshot:
        return OpenSnapshot(published, self._source, self.at, self.language)

    def _source(self, published: Snapshot) -> Source:
        """A snapshot opened as the pages open it; those used last stay open."""
        if published.id not in self._opened:
            later = None if published.id == self._later.id else self._later
            self._opened[published.id] = Source.open(published, later=later)
        self._opened.move_to_end(published.id)
        while len(self._opened) > KEPT:
            self._opened.popitem(last=False)
        return self._opened[published.id]


@briefly()
def open_data(
    folder: Path | str | None = None, known_on: Day | None = None, language: Language | None = None
) -> Snapshots:
    """The snapshots of a data folder; without one, of the folder that is set (CAMPAIGN_DATA).

    `known_on` leaves out every snapshot that came after a day: it is as if it were that day. `language` ("en", "zh")
    comes first in what is shown, and is that of the charts; without one it is the setting's (CAMPAIGN_LANGUAGE).
    Indicators of your own (CAMPAIGN_INDICATORS, or `queries.take_in(folder)`) stand beside the others; a
    CatalogWarning names one that is left out.
    SnapshotError when there is no snapshot, SelectionError for a day without one, SettingsError for a language.
    """
    settings = Settings.read(data=folder)
    if settings.indicators is not None:
        take_in(settings.indicators)
    for fault in faults().values():
        warnings.warn(fault, CatalogWarning, stacklevel=3)
    chosen = language or ("en" if settings.language == "auto" else settings.language)
    for known in LANGUAGES:
        if chosen == known:
            day = None if known_on is None else as_day(known_on, "known_on")
            return Snapshots(settings.data, day, known)
    raise SettingsError(f"language {chosen!r} is not known: give 'en' or 'zh'")
