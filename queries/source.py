"""Source: one snapshot opened for one scope, as a locked database that many threads may ask."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import RLock, Timer
from typing import Any, Final

import duckdb
import polars as pl

from data.schemas import TABLES, empty
from data.snapshots import Snapshot
from queries import catalog, database
from queries.database import Limits
from queries.exceptions import QueryError, SnapshotWarning, StatementError, UnknownNameError, suggestion
from queries.extent import Extent
from queries.scope import Scope

EVERYTHING: Final = Scope.all()
LIMITS: Final = Limits()

FACT_TABLES: Final = ("action_records", "visits", "interview_sessions", "problems")
STAGED: Final = catalog.names("staging")
READABLE: Final = frozenset({*TABLES, "clock", *STAGED})
_READ: Final = re.compile(r"\b(?:from|join)\s+(\w+)")
_WORD: Final = re.compile(r"\w+")


class Source:
    """One snapshot's tables for one scope, and what is derived from them, in a locked in-memory database.

    Every call works on a cursor of its own, so a source may be asked by many threads at once.
    """

    def __init__(
        self,
        frames: Mapping[str, pl.DataFrame],
        known_on: date,
        *,
        snapshot_id: str,
        scope: Scope = EVERYTHING,
        later_facts: pl.DataFrame | None = None,
        limits: Limits = LIMITS,
        notes: Iterable[str] = (),
    ) -> None:
        """Take frames (all tables, any scope) and keep the scope's rows; most callers want `open` or `from_frames`.

        A table is loaded when it is first read from, a derived one made then.
        """
        own = scope.restrict(frames)
        launched = own["campaign"]["launched_on"].to_list()
        if len(launched) != 1:
            raise QueryError(
                f"table campaign has {len(launched)} rows: a source needs exactly one, with the launch date."
            )
        groups = own["supervision_groups"].sort("display_order", "group_id")["group_id"].to_list()
        unit_types = own["units"]["unit_type"].unique().sort().to_list()
        self.extent: Final = Extent(snapshot_id, known_on, launched[0], tuple(groups), tuple(unit_types))
        self.scope: Final = scope
        self.notes: Final = tuple(notes)
        """What is wrong with the data folder, for instance that the newest snapshot is damaged and this one older."""
        self.memo: Final[dict[str, Any]] = {}
        """What is worked out of this source and kept for as long as it lives."""
        self._limits = limits
        self._connection = database.connect(limits)
        clock = pl.DataFrame(
            {"snapshot_id": [snapshot_id], "known_on": [known_on], "launched_on": [launched[0]]},
            schema={"snapshot_id": pl.String, "known_on": pl.Date, "launched_on": pl.Date},
        )
        database.fill(self._connection, "clock", clock)
        database.lock(self._connection)
        self._own = own
        self._making = RLock()
        self._made = {"clock"}
        self._largest = 0
        self._later_facts = None if later_facts is None else _of_units(later_facts, own["units"])

    @classmethod
    def open(
        cls,
        snapshot: Snapshot,
        scope: Scope = EVERYTHING,
        later: Snapshot | Source | None = None,
        limits: Limits = LIMITS,
    ) -> Source:
        """Open a snapshot; `later` is the newest snapshot, which tells the facts that arrived after this one.

        Raises ScopeError for an unknown group or unit, QueryError when `later` is older than the snapshot.
        """
        frames = snapshot.intact().tables()
        later_facts = None
        if later is not None:
            if later.known_on < snapshot.known_on:
                raise QueryError(f"later snapshot known on {later.known_on} is older than {snapshot.known_on}.")
            later_facts = later.table("facts") if isinstance(later, Source) else facts_of(later, limits)
        return cls(
            frames,
            snapshot.known_on,
            snapshot_id=snapshot.id,
            scope=scope,
            later_facts=later_facts,
            limits=limits,
            notes=dict.fromkeys((*snapshot.notes, *(() if later is None else later.notes))),
        )

    @classmethod
    def from_frames(
        cls,
        frames: Mapping[str, pl.DataFrame],
        known_on: date,
        later: Source | None = None,
        scope: Scope = EVERYTHING,
    ) -> Source:
        """Make a source of frames in memory, for tests and notebooks; a table not given is empty."""
        if unknown := [name for name in frames if name not in TABLES]:
            raise UnknownNameError(f"unknown table {unknown[0]!r}.{suggestion(unknown[0], TABLES)}")
        tables = {table: frames[table] if table in frames else empty(table) for table in TABLES}
        later_facts = None if later is None else later.table("facts")
        return cls(tables, known_on, snapshot_id="frames", scope=scope, later_facts=later_facts)

    @property
    def snapshot_id(self) -> str:
        """The id of the snapshot, "frames" for one made of frames."""
        return self.extent.snapshot_id

    @property
    def known_on(self) -> date:
        """The day up to which the snapshot knows."""
        return self.extent.known_on

    @property
    def launched_on(self) -> date:
        """The Monday on which campaign week 1 began."""
        return self.extent.launched_on

    def query(self, text: str, params: Mapping[str, Any] | None = None) -> pl.DataFrame:
        """Run one of our own SQL texts with its $named values, on a cursor of its own."""
        self._make(_read_by(text))
        with database.cursor(self._connection) as cursor:
            return database.read(cursor.sql(text, params=dict(params or {})))

    def table(self, name: str) -> pl.DataFrame:
        """Give a whole table of this source: one of the snapshot, or one derived from them (unit_weeks, facts, …)."""
        known = self.tables()
        if name not in known:
            raise UnknownNameError(f"unknown table {name!r}.{suggestion(name, known)}")
        self._make({name})
        with database.cursor(self._connection) as cursor:
            return database.read(cursor.table(name))

    def tables(self) -> tuple[str, ...]:
        """Give the names of every table that can be asked."""
        return tuple(sorted(READABLE))

    def sql(self, text: str, /, **params: Any) -> pl.DataFrame:
        """Run an analyst's own SELECT with its $named values.

        Raises StatementError for anything but exactly one SELECT, for whatever the locked source refuses
        (files, extensions, settings), and when it takes longer than the limit.
        """
        self._make(_WORD.findall(text))
        with database.cursor(self._connection) as cursor:
            watchdog = Timer(self._limits.timeout_s, cursor.interrupt)
            watchdog.start()
            try:
                statements = cursor.extract_statements(text)
                if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                    kinds = ", ".join(each.type.name for each in statements) or "nothing"
                    raise StatementError(f"a source answers exactly one SELECT, this is {kinds}.")
                return database.read(cursor.sql(text, params=params))
            except duckdb.InterruptException:
                raise StatementError(f"the SELECT took longer than {self._limits.timeout_s:g} s.") from None
            except duckdb.Error as error:
                raise StatementError(str(error)) from None
            finally:
                watchdog.cancel()

    def close(self) -> None:
        """Give the memory back; the source cannot be asked any more."""
        self._connection.close()

    def _make(self, names: Iterable[str]) -> None:
        """Load or derive the tables among some names, and those they are made of, where they are not there yet."""
        for name in names:
            if name in self._made or name not in READABLE:
                continue
            with self._making:
                if name not in self._made:
                    self._make_one(name)
                    self._made.add(name)

    def _make_one(self, name: str) -> None:
        if name in TABLES:
            frame = self._own[name]
            self._largest = max(self._largest, frame.height)
            database.fill(self._connection, name, frame)
        elif name == "later_facts" and self._later_facts is not None:
            database.fill(self._connection, name, self._later_facts)
        else:
            text = catalog.text("staging", name)
            self._make(_read_by(text))
            database.stage(self._connection, name, text, self._largest)


@lru_cache(1024)
def _read_by(text: str) -> frozenset[str]:
    """Give the names an SQL text reads from, its own CTEs among them."""
    return frozenset(_READ.findall(text))


def _of_units(facts: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    return facts.filter(pl.col("unit_id").is_in(units["unit_id"].to_list()))


def facts_of(snapshot: Snapshot, limits: Limits = LIMITS) -> pl.DataFrame:
    """Give the facts of a snapshot without opening the rest of it: one row per fact."""
    with database.connect(limits) as connection:
        for table in FACT_TABLES:
            database.fill(connection, table, snapshot.frame(table))
        database.stage(connection, "facts", catalog.text("staging", "facts"))
        return database.read(connection.table("facts"))


def open_source(
    data_folder: Path,
    known_on: date | None = None,
    scope: Scope = EVERYTHING,
    limits: Limits = LIMITS,
) -> Source:
    """Open the newest snapshot known on a date (the newest of all without one), with the newest as its later one.

    A SnapshotWarning says when the newest one is damaged and the figures are those of an older one; `notes` has it too.
    """
    newest = Snapshot.newest(data_folder)
    snapshot = newest if known_on is None else Snapshot.at(data_folder, known_on)
    later = None if snapshot.id == newest.id else newest
    for note in newest.notes:
        warnings.warn(note, SnapshotWarning, stacklevel=2)
    snapshot = newest if later is None else snapshot
    return Source.open(snapshot, scope=scope, later=later, limits=limits)
