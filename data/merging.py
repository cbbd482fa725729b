"""This week's rows onto the last snapshot, by key: new ones, corrections, withdrawals, and whose they may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final, Protocol

import polars as pl

from data.exceptions import UnknownTableError
from data.intake import Failure, Places
from data.ownership import foreign
from data.schemas import CLOCK_COLUMNS, TABLES, columns, empty, is_fact, polars_schema
from data.schemas.base import DType
from data.schemas.senders import OFFICE, VOID, tables_of

CHANGES: Final = pl.Schema(
    {
        **dict.fromkeys(("table", "key", "kind", "column", "old", "new", "sender", "file", "place"), pl.String),
    }
)
"""One row per new or withdrawn row, and per cell of a corrected one; `kind` is new, corrected or voided."""

CHANGE: Final = "change_kind"
"""The column that holds a change while a table is merged; no table has one of that name."""

_END_OF_DAY: Final = time(23, 59)


class Sent(Protocol):
    """What one sender (a group's code, or "office") sent: typed rows by table, and where each of them stood.

    The frames have the schema's columns without the clock columns, and `void`.
    """

    @property
    def sender(self) -> str: ...

    @property
    def frames(self) -> Mapping[str, pl.DataFrame]: ...

    @property
    def places(self) -> Mapping[str, Places]: ...


@dataclass(frozen=True)
class Origins:
    """Where the rows of a merged table came from: a cell of this week's files, or the snapshot before.

    `letters` are the column letters of each workbook's sheet.
    """

    rows: pl.DataFrame
    letters: Mapping[str, Mapping[str, str]]

    def file_at(self, row: int) -> str:
        """The file a row came in."""
        return str(self.rows["file"][row])

    def of(self, row: int, column: str = "") -> str:
        """The place in that file: the cell of the column in a workbook, otherwise the row."""
        place = str(self.rows["place"][row])
        return _cell(place, self.letters.get(self.file_at(row), {}), column)


@dataclass(frozen=True)
class Merged:
    """The full state after a week: every table, where its rows came from, what changed, and what was refused."""

    frames: dict[str, pl.DataFrame]
    places: dict[str, Origins]
    changes: pl.DataFrame
    unchanged: int
    failures: tuple[Failure, ...]


def merge(last: Mapping[str, pl.DataFrame], former: str, sent: Sequence[Sent], known_on: date) -> Merged:
    """Give the state that follows when these senders' rows are added to the snapshot named `former`.

    A row with a new key is added with revision 1; one whose key is there and whose cells differ replaces it with the
    next revision; one marked void is withdrawn (a row of a table without report times is taken out); one that says
    what is known already changes nothing. What nobody mentions stays. Refused are a key that two rows claim, a
    withdrawal of what is not there, a table that is not the sender's, and a row about what belongs to another group.
    """
    frames: dict[str, pl.DataFrame] = {}
    places: dict[str, Origins] = {}
    changes: list[pl.DataFrame] = [CHANGES.to_frame()]
    failures: list[Failure] = list(_misplaced(sent))
    unchanged = 0
    for table in TABLES:
        rows = _gathered(table, sent)
        state = {**{name: last.get(name, empty(name)) for name in TABLES}, **frames}
        letters = {each.places[table].file: each.places[table].letters for each in sent if table in each.places}
        found = [*foreign(table, rows, state), *_claimed_twice(table, rows)]
        found += _unknown(table, last.get(table, empty(table)), rows)
        failures += [replace(one, place=_cell(one.place, letters.get(one.file, {}), one.column)) for one in found]
        merged, changed = _merged(table, last.get(table, empty(table)), former, rows, known_on)
        frames[table] = merged.select(polars_schema(table).names())
        places[table] = Origins(merged.select("file", "place"), letters)
        changes.append(changed)
        unchanged += rows.height - changed.select("key").n_unique()
    return Merged(frames, places, pl.concat(changes), unchanged, tuple(failures))


def silent(last: Mapping[str, pl.DataFrame], groups: Sequence[str], sent: Sequence[Sent]) -> pl.DataFrame:
    """Groups of which nothing came this week: group_id, last_sent_on (null when nothing ever came), sorted by group.

    What came about a unit came from the group that had it on that day.
    """
    heard = {each.sender for each in sent}
    assignments = last["unit_assignments"].select("unit_id", "group_id", "valid_from", "valid_to")
    is_theirs = pl.col("reported_at").dt.date().is_between("valid_from", pl.col("valid_to").fill_null(date.max))
    told = [
        last[table].select("unit_id", "reported_at").join(assignments, on="unit_id").filter(is_theirs)
        for table in ("action_records", "visits", "problems")
    ]
    known = pl.concat(told).group_by("group_id").agg(last_sent_on=pl.col("reported_at").max().dt.date())
    missing = pl.DataFrame({"group_id": sorted(set(groups) - heard)}, schema={"group_id": pl.String})
    return missing.join(known, on="group_id", how="left").sort("group_id")


def _cell(place: str, letters: Mapping[str, str], column: str) -> str:
    """The cell of a column in the row whose first cell stands at a place; the place itself without letters."""
    return place.replace("!A", f"!{letters.get(column, 'A')}", 1)


def _misplaced(sent: Sequence[Sent]) -> list[Failure]:
    """Tables that only the office keeps, in a group's workbook."""
    found = []
    for each in sent:
        for table, frame in each.frames.items():
            if table not in TABLES:
                raise UnknownTableError(table)
            if frame.height and table not in tables_of(each.sender):
                owner = "the groups send" if each.sender == OFFICE else "the office sends"
                message = f"only {owner} {table}: leave this sheet out of the workbook of {each.sender}"
                found.append(Failure(each.places[table].file, table, "owner", "", each.sender, message))
    return found


def _gathered(table: str, sent: Sequence[Sent]) -> pl.DataFrame:
    """Every sent row of a table with its sender, file and place."""
    kept = [name for name in polars_schema(table).names() if name not in CLOCK_COLUMNS]
    schema: dict[str, DType] = {name: polars_schema(table)[name] for name in kept}
    schema |= {VOID.name: pl.Boolean, "sender": pl.String, "file": pl.String, "place": pl.String}
    found = [pl.DataFrame(schema=schema)]
    for each in sent:
        frame, stood = each.frames.get(table), each.places.get(table)
        if frame is None or stood is None or table not in tables_of(each.sender):
            continue
        places = [stood.of(row) for row in range(frame.height)]
        void = pl.col(VOID.name).fill_null(False) if VOID.name in frame.columns else pl.lit(False)
        found.append(
            frame.with_columns(
                void.alias(VOID.name),
                sender=pl.lit(each.sender),
                file=pl.lit(stood.file),
                place=pl.Series(places, dtype=pl.String),
            ).select(list(schema))
        )
    return pl.concat(found)


def _claimed_twice(table: str, rows: pl.DataFrame) -> list[Failure]:
    keys = _keys(table)
    repeated = rows.drop_nulls(keys).filter(pl.struct(keys).is_duplicated())
    found = []
    for _, same in repeated.group_by(keys, maintain_order=True):
        where = [f"{file} {place}" for file, place in same.select("file", "place").iter_rows()]
        for position, row in enumerate(same.iter_rows(named=True)):
            others = ", ".join(where[:position] + where[position + 1 :])
            value = "|".join(str(row[key]) for key in keys)
            message = f"the same row stands in {others} too: keep one of them"
            found.append(Failure(row["file"], row["place"], "V01", keys[0], value, message))
    return found


def _unknown(table: str, last: pl.DataFrame, rows: pl.DataFrame) -> list[Failure]:
    """Rows to withdraw that were never there: their number is mistyped, and the right row would stay."""
    keys = _keys(table)
    return [
        Failure(
            row["file"],
            row["place"],
            "withdrawal",
            keys[-1],
            "|".join(str(row[key]) for key in keys),
            "no such row to withdraw: check the number",
        )
        for row in rows.filter(VOID.name).join(last, on=keys, how="anti", maintain_order="left").iter_rows(named=True)
    ]


def _merged(
    table: str, last: pl.DataFrame, former: str, rows: pl.DataFrame, known_on: date
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The table after the week with the columns file and place, and what changed in it."""
    keys, fact = _keys(table), is_fact(table)
    own = [name for name in polars_schema(table).names() if name not in CLOCK_COLUMNS]
    stood = pl.concat_str([pl.lit(f"{table} "), _key_text(keys)])
    before = last.with_columns(file=pl.lit(former), place=stood)
    joined = rows.unique(keys, keep="first", maintain_order=True).join(
        last.with_columns(is_known=pl.lit(True)), on=keys, how="left", suffix="_old", nulls_equal=False
    )
    differing = [pl.col(name).ne_missing(pl.col(f"{name}_old")) for name in own if name not in keys]
    is_known = pl.col("is_known").is_not_null()
    was_void = pl.col("is_void").fill_null(False) if fact else pl.lit(False)
    is_changed = (
        pl.any_horizontal(*differing, pl.col(VOID.name).ne_missing(was_void))
        if fact
        else (pl.any_horizontal(*differing, VOID.name))
    )
    kind = (
        pl.when(~is_known & pl.col(VOID.name))
        .then(None)
        .when(~is_known)
        .then(pl.lit("new"))
        .when(~is_changed)
        .then(None)
        .when(VOID.name)
        .then(pl.lit("voided"))
        .otherwise(pl.lit("corrected"))
    )
    judged = joined.with_columns(kind.alias(CHANGE)).filter(pl.col(CHANGE).is_not_null())
    changed = judged if fact else judged.filter(pl.col(CHANGE) != "voided")
    if fact:
        changed = changed.with_columns(
            reported_at=pl.lit(datetime.combine(known_on, _END_OF_DAY)),
            revision=(pl.col("revision").fill_null(0) + 1).cast(pl.Int32),
            is_void=pl.col(VOID.name),
            source_ref=pl.concat_str(["file", "place"], separator=" "),
        )
    kept = before.join(judged.select(keys), on=keys, how="anti", maintain_order="left")
    added = changed.select(before.columns).cast({name: before.schema[name] for name in before.columns})
    return pl.concat([kept, added]), _changes(table, judged, keys, own)


def _changes(table: str, judged: pl.DataFrame, keys: list[str], own: list[str]) -> pl.DataFrame:
    named = judged.with_columns(change_table=pl.lit(table), change_key=_key_text(keys))
    origin = {"table": "change_table", "key": "change_key", "kind": CHANGE}
    head: list[pl.Expr | str] = [
        *(pl.col(own_name).alias(name) for name, own_name in origin.items()),
        "sender",
        "file",
        "place",
    ]
    blank = pl.lit(None, dtype=pl.String)
    whole = named.filter(pl.col(CHANGE) != "corrected").select(*head, column=blank, old=blank, new=blank)
    cells = [
        named.filter((pl.col(CHANGE) == "corrected") & pl.col(name).ne_missing(pl.col(f"{name}_old"))).select(
            *head, column=pl.lit(name), old=_shown(f"{name}_old", named), new=_shown(name, named)
        )
        for name in own
        if name not in keys
    ]
    revived = named.filter(
        (pl.col(CHANGE) == "corrected")
        & pl.all_horizontal([pl.col(name).eq_missing(pl.col(f"{name}_old")) for name in own if name not in keys])
    ).select(*head, column=pl.lit("is_void"), old=pl.lit("true"), new=pl.lit("false"))
    return pl.concat([whole, *cells, revived]).select(CHANGES.names())


def _shown(name: str, frame: pl.DataFrame) -> pl.Expr:
    value = pl.col(name)
    return value.list.join("|") if isinstance(frame.schema[name], pl.List) else value.cast(pl.String)


def _key_text(keys: list[str]) -> pl.Expr:
    return pl.concat_str([pl.col(key).cast(pl.String).fill_null("") for key in keys], separator="|")


def _keys(table: str) -> list[str]:
    return [column.name for column in columns(table) if column.key]
