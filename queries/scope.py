"""Scope: whose rows a source may hold. What is not in scope is never loaded, so no query can reach it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from data.schemas import TABLES, columns
from queries.exceptions import ScopeError, suggestion

Frames = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Scope:
    """All rows, or those of some groups, or those of some units.

    A row is in scope when its own group and unit are; when it has neither, when a row it belongs to is.
    Tables that belong to no group or unit (campaign, catalogue, calendar) are in every scope.
    """

    groups: tuple[str, ...] | None = None
    units: tuple[str, ...] | None = None

    @classmethod
    def all(cls) -> Scope:
        """The whole county."""
        return cls()

    @classmethod
    def of_groups(cls, *groups: str) -> Scope:
        """These groups and every unit that is or was with one of them; the group's rows stay the group's."""
        return cls(groups=tuple(sorted(set(groups))))

    @classmethod
    def of_units(cls, *units: str) -> Scope:
        """These units alone; of their groups only the name."""
        return cls(units=tuple(sorted(set(units))))

    @property
    def is_all(self) -> bool:
        """Whether nothing is held back."""
        return self.groups is None and self.units is None

    def restrict(self, frames: Frames) -> Frames:
        """Give the same tables with only this scope's rows; a name the snapshot does not have raises ScopeError."""
        if self.is_all:
            return frames
        return _Restriction(self, frames).apply()


class _Restriction:
    """One pass over the tables, parents first, keeping which keys stayed."""

    def __init__(self, scope: Scope, frames: Frames) -> None:
        self.frames = frames
        self.kept: dict[str, pl.DataFrame] = {}
        assignments = frames["unit_assignments"]
        if scope.units is not None:
            _check("unit", scope.units, frames["units"]["unit_id"].to_list())
            self.units = list(scope.units)
            self.groups: list[str] | None = None
            named = assignments.filter(pl.col("unit_id").is_in(self.units))["group_id"]
        else:
            groups = scope.groups or ()
            _check("group", groups, frames["supervision_groups"]["group_id"].to_list())
            self.units = assignments.filter(pl.col("group_id").is_in(list(groups)))["unit_id"].unique().to_list()
            self.groups = list(groups)
            named = pl.Series(groups, dtype=pl.String)
        self.named_groups = named.unique().to_list()
        self.owned: dict[tuple[str, str], list[str]] = {}

    def apply(self) -> dict[str, pl.DataFrame]:
        """Give every table with its rows in scope."""
        for table in TABLES:
            if table in self.frames:
                self.kept[table] = self._rows(table, self.frames[table])
        return self.kept

    def _rows(self, table: str, frame: pl.DataFrame) -> pl.DataFrame:
        if table == "supervision_groups":
            return frame.filter(pl.col("group_id").is_in(self.named_groups))
        if table == "bodies":
            return self._bodies(frame)
        condition = self._own(table, frame)
        if condition is None:
            condition = self._inherited(table)
        if condition is None:
            return frame
        rows = frame.filter(condition)
        self._remember(table, rows)
        return rows

    def _own(self, table: str, frame: pl.DataFrame) -> pl.Expr | None:
        """The condition on the row's own unit and group; None when the table has neither."""
        if table == "report_schedule":
            return self._reporters()
        names = frame.columns
        conditions = []
        if "unit_id" in names:
            conditions.append(pl.col("unit_id").is_in(self.units))
        if "group_id" in names and (self.groups is not None or "unit_id" not in names):
            conditions.append(pl.col("group_id").is_in(self.groups or []))
        if conditions:
            return pl.all_horizontal(conditions).fill_null(False)
        return self._matters() if table == "matters" else None

    def _inherited(self, table: str) -> pl.Expr | None:
        """The condition through a parent: through the key when that leads to one, else through any reference."""
        links = [column for column in columns(table) if column.references in self._references()]
        through_key = [column for column in links if column.key]
        conditions = [
            pl.col(column.name).is_in(self.owned[_split(column.references)]).fill_null(False)
            for column in through_key or links
            if column.references is not None
        ]
        return pl.any_horizontal(conditions) if conditions else None

    def _reporters(self) -> pl.Expr:
        """A report belongs to the group or the unit that files it."""
        of_groups = (pl.col("reporter_kind") == "group") & pl.col("reporter_id").is_in(self.groups or [])
        of_units = (pl.col("reporter_kind") == "unit") & pl.col("reporter_id").is_in(self.units)
        return of_groups | of_units

    def _matters(self) -> pl.Expr:
        """A matter belongs to the units whose bodies lead or support it."""
        bodies = self.owned["bodies", "body_id"]
        supported = self.frames["matter_bodies"].filter(pl.col("body_id").is_in(bodies))["matter_id"]
        return pl.col("lead_body_id").is_in(bodies) | pl.col("matter_id").is_in(supported.unique().to_list())

    def _bodies(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Offices of no unit are named in every scope, but own nothing in it."""
        own = frame.filter(pl.col("unit_id").is_in(self.units))
        self._remember("bodies", own)
        return frame.filter(pl.col("unit_id").is_null() | pl.col("unit_id").is_in(self.units))

    def _references(self) -> set[str]:
        return {f"{table}.{column}" for table, column in self.owned}

    def _remember(self, table: str, rows: pl.DataFrame) -> None:
        """Keep the single-column key of a table held back in part, for the tables that refer to it."""
        keys = [column.name for column in columns(table) if column.key]
        if len(keys) == 1:
            self.owned[table, keys[0]] = rows[keys[0]].to_list()


def _split(reference: str | None) -> tuple[str, str]:
    table, _, column = (reference or "").partition(".")
    return table, column


def _check(what: str, names: tuple[str, ...], known: list[str]) -> None:
    for name in names:
        if name not in known:
            raise ScopeError(f"unknown {what} {name!r} in the scope.{suggestion(name, known)}")
