"""What a serving process keeps of the data folder: its snapshots, opened once each and shared by all sessions."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from dashboards.address import Notice, as_date
from data.exceptions import SnapshotError
from data.freshness import days_old, is_stale
from data.line import CURRENT, FOLDER
from data.snapshots import Snapshot
from queries import Scope, Source
from queries.restatements import changes, reading

KEPT = 6


@dataclass(frozen=True)
class Served:
    """What everybody who opens a page now is shown: which snapshot, how old it is today, what is wrong with it.

    `notes` tell that another one should be served but is damaged.
    """

    id: str
    known_on: date
    days_old: int
    is_stale: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stock:
    """The published snapshots as last read, and the marks of the files that tell of a change."""

    marks: tuple[tuple[int, int], ...]
    snapshots: tuple[Snapshot, ...]
    newest: Snapshot


class Sources:
    """The snapshots of one data folder for one scope; a source is opened at first use and kept while in use.

    `clock` tells today's day, against which a snapshot grows old.
    """

    def __init__(self, folder: Path, scope: Scope | None = None, clock: Callable[[], date] = date.today) -> None:
        self.folder = folder
        self.scope = scope or Scope.all()
        self.clock = clock
        self._opened: OrderedDict[str, Source] = OrderedDict()
        self._readings: dict[str, pl.DataFrame] = {}
        self._changes: OrderedDict[tuple[str, ...], pl.DataFrame] = OrderedDict()
        self._stock: Stock | None = None
        self._lock = threading.RLock()

    def snapshots(self) -> list[Snapshot]:
        """All snapshots, the oldest first."""
        return list(self._current().snapshots)

    def served(self) -> Served:
        """What is served now; a look at two files when nothing was published since the last one."""
        newest, today = self._current().newest, self.clock()
        return Served(newest.id, newest.known_on, days_old(newest, today), is_stale(newest, today), newest.notes)

    def newest(self) -> Source:
        """The newest snapshot, opened."""
        return self._open(self._current().newest)

    def at(self, known_on: date) -> Source:
        """The newest snapshot known on or before that day, opened; a SnapshotError before the first."""
        return self._open(Snapshot.at(self.folder, known_on))

    def before(self, source: Source) -> Source | None:
        """The snapshot published before this one, opened; None before the first, or when that one is damaged."""
        earlier = [snapshot for snapshot in self.snapshots() if snapshot.known_on < source.known_on]
        try:
            return self._open(earlier[-1]) if earlier else None
        except SnapshotError:
            return None

    def asked(self, text: str | None) -> tuple[Source, list[Notice]]:
        """The snapshot a link asks for, opened, and what has to be said about it; the newest without a wish."""
        stock = self._current()
        said: list[Notice] = []
        day = as_date(text) if text else None
        if not text:
            return self.newest(), said
        if day is None or not stock.snapshots[0].known_on <= day <= stock.newest.known_on:
            return self.newest(), [Notice("notice.known_on", {"value": text[:60]})]
        try:
            source = self.at(day)
        except SnapshotError:
            return self.newest(), [Notice("notice.known_on", {"value": text[:60]})]
        if source.known_on != day:
            said.append(Notice("notice.known_on.before", {"value": text, "day": source.known_on}))
        return source, said

    def changes(self, source: Source) -> pl.DataFrame:
        """What the snapshots up to a source's say otherwise of matters than the ones before, as `queries` compares it.

        Two small tables of each snapshot are read, once, when this is first asked; a damaged snapshot is passed over.
        """
        earlier = [snapshot for snapshot in self.snapshots() if snapshot.known_on <= source.known_on]
        key = tuple(snapshot.id for snapshot in earlier)
        with self._lock:
            if key not in self._changes:
                self._changes[key] = changes([found for one in earlier if (found := self._reading(one)) is not None])
            self._changes.move_to_end(key)
            while len(self._changes) > KEPT:
                self._changes.popitem(last=False)
            return self._changes[key]

    def _reading(self, snapshot: Snapshot) -> pl.DataFrame | None:
        if snapshot.id not in self._readings:
            try:
                self._readings[snapshot.id] = reading(snapshot)
            except SnapshotError:
                return None
        return self._readings[snapshot.id]

    @property
    def newest_on(self) -> date:
        """The day of the newest snapshot."""
        return self._current().newest.known_on

    def synthetic(self, source: Source) -> bool:
        """Whether a source's snapshot says its data is made up."""
        return any(snapshot.synthetic for snapshot in self.snapshots() if snapshot.id == source.snapshot_id)

    def _current(self) -> Stock:
        """The stock, read again only after a publication or a change in the folder.

        When nothing there can be read any more, what this process holds already stays, with a note.
        """
        marks = tuple(_mark(self.folder / name) for name in (CURRENT, FOLDER))
        with self._lock:
            if self._stock is None or self._stock.marks != marks:
                self._stock = self._read(marks, self._stock)
            return self._stock

    def _read(self, marks: tuple[tuple[int, int], ...], held: Stock | None) -> Stock:
        try:
            newest = Snapshot.newest(self.folder)
            listed = [snapshot for snapshot in Snapshot.list(self.folder) if snapshot.known_on <= newest.known_on]
            return Stock(marks, tuple(listed), newest)
        except (SnapshotError, OSError) as error:
            if held is None:
                raise
            return replace(held, marks=marks, newest=held.newest.noted(str(error)))

    def _open(self, snapshot: Snapshot) -> Source:
        newest = self._current().newest
        key = f"{snapshot.id} {newest.id}"
        with self._lock:
            if key not in self._opened:
                later = None if snapshot.id == newest.id else newest
                self._opened[key] = Source.open(snapshot, self.scope, later=later)
            self._opened.move_to_end(key)
            while len(self._opened) > KEPT:
                self._opened.popitem(last=False)
            return self._opened[key]


def _mark(path: Path) -> tuple[int, int]:
    """When a file was changed, and its size; zeros when it is not there."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
