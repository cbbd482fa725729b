"""V01 to V05: keys, references, allowed values and empty cells, as the schemas declare them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import polars as pl

from data.rules.base import Tables, current, failing, numbered, rule, together
from data.schemas import TABLES, Column, columns, is_fact

UNIQUE: Final = {
    "supervision_groups": ("group_kind", "group_no"),
    "visits": ("group_id", "unit_id", "visited_on", "mode"),
}
"""What no two rows that are in force may have in common, beside the key."""
LONGEST_TEXT: Final = 200
REPORTERS: Final = {"group": ("supervision_groups", "group_id"), "unit": ("units", "unit_id")}


@rule("V01", zh="主键重复:同一主键只能有一行", en="this key already stands in an earlier row: keep one of them")
def v01(tables: Tables, known_on: date) -> pl.DataFrame:
    """The key of a table, and what else is declared unique, is unique."""
    found = []
    for table, frame in _filled(tables):
        keys = [column.name for column in columns(table) if column.key]
        if _count_distinct(frame, keys) < frame.height:
            found.append(_repeated(numbered(tables, table), table, keys))
        if table in UNIQUE:
            rows = current(tables, table) if is_fact(table) else numbered(tables, table)
            found.append(_repeated(rows, table, list(UNIQUE[table])))
    return together(*found)


@rule(
    "V02", zh="引用的代码在被引用表中不存在", en="this code is not in the table it refers to: correct it or add the row"
)
def v02(tables: Tables, known_on: date) -> pl.DataFrame:
    """Every reference finds its row in the same week's files."""
    found = []
    parents: dict[str, pl.Series] = {}
    for table, frame in _filled(tables):
        for column in columns(table):
            parent, _, name = (column.references or "").partition(".")
            if parent not in tables:
                continue
            if column.references not in parents:
                parents[f"{parent}.{name}"] = tables[parent][name].unique().implode()
            is_known = frame[column.name].is_in(parents[f"{parent}.{name}"])
            if not is_known.all():
                found.append(failing(numbered(tables, table).filter(~is_known), table, column.name))
    if all(table in tables for table in ("report_schedule", "supervision_groups", "units")):
        found += list(_unknown_reporters(tables))
    return together(*found)


@rule(
    "V03",
    zh="取值不在允许范围内",
    en="not an allowed value: use a code of the list, a number in range, or a shorter text",
)
def v03(tables: Tables, known_on: date) -> pl.DataFrame:
    """Codes are known ones or of their form, numbers lie in their range, texts are at most 200 characters long."""
    found = []
    for table, frame in _filled(tables):
        for column in columns(table):
            cells = frame[column.name]
            if column.references is None and not _are_allowed(cells, column):
                found.append(failing(numbered(tables, table).filter(_refused(cells, column)), table, column.name))
    return together(*found)


@rule("V04", zh="必填项为空", en="this cell must not be empty")
def v04(tables: Tables, known_on: date) -> pl.DataFrame:
    """Columns that may not be null are filled."""
    found = []
    for table, frame in _filled(tables):
        for column in columns(table):
            if not column.nullable and frame[column.name].null_count():
                empty = numbered(tables, table).filter(pl.col(column.name).is_null())
                found.append(failing(empty, table, column.name))
    return together(*found)


@rule(
    "V05",
    zh="活动表须恰有一行且填写启动日",
    en="table campaign needs exactly one row with a launch date",
    tables=("campaign",),
)
def v05(tables: Tables, known_on: date) -> pl.DataFrame:
    """There is one campaign, and the day of its launch is known."""
    rows = numbered(tables, "campaign")
    if rows.is_empty():
        return pl.DataFrame([("campaign", None, "campaign_id", None)], schema=together().schema, orient="row")
    return together(
        failing(rows.filter(pl.col("row") > 0), "campaign", "campaign_id"),
        failing(rows.filter(pl.col("launched_on").is_null()), "campaign", "launched_on"),
    )


def _filled(tables: Tables) -> list[tuple[str, pl.DataFrame]]:
    return [(table, tables[table]) for table in TABLES if table in tables and tables[table].height]


def _count_distinct(frame: pl.DataFrame, names: list[str]) -> int:
    if len(names) == 1:
        return frame[names[0]].n_unique()
    return int(frame.select(pl.struct(names).n_unique()).item())


def _repeated(rows: pl.DataFrame, table: str, names: list[str]) -> pl.DataFrame:
    later = rows.drop_nulls(names).filter(~pl.struct(names).is_first_distinct())
    joined = pl.concat_str([pl.col(name).cast(pl.String) for name in names], separator="|")
    return failing(later.select("row", joined.alias(names[0])), table, names[0])


def _unknown_reporters(tables: Tables) -> Iterator[pl.DataFrame]:
    for kind, (parent, name) in REPORTERS.items():
        known = tables[parent][name].unique().to_list()
        rows = numbered(tables, "report_schedule").filter(pl.col("reporter_kind") == kind)
        yield failing(rows.filter(~pl.col("reporter_id").is_in(known)), "report_schedule", "reporter_id")


def _are_allowed(cells: pl.Series, column: Column) -> bool:
    """Whether no cell is refused, found quickly; in doubt not."""
    if column.values is not None:
        return not isinstance(column.dtype, pl.List) and cells.is_in(list(column.values)).all()
    if column.form is not None:
        return bool(cells.str.contains(f"^(?:{column.form.pattern})$").all())
    if column.dtype == pl.String:
        longest = cells.str.len_bytes().max()
        return not isinstance(longest, int) or longest <= LONGEST_TEXT
    least = None if column.minimum is None else cells.min()
    most = None if column.maximum is None else cells.max()
    below = isinstance(least, int | float) and column.minimum is not None and least < column.minimum
    above = isinstance(most, int | float) and column.maximum is not None and most > column.maximum
    return not (below or above)


def _refused(cells: pl.Series, column: Column) -> pl.Series:
    """Which cells are not allowed; null where the cell is empty."""
    if column.values is not None:
        allowed = list(column.values)
        if isinstance(column.dtype, pl.List):
            return cells.list.eval(~pl.element().is_in(allowed)).list.any() | (cells.list.len() == 0)
        return ~cells.is_in(allowed)
    if column.form is not None:
        return ~cells.str.contains(f"^(?:{column.form.pattern})$")
    if column.dtype == pl.String:
        return cells.str.len_chars() > LONGEST_TEXT
    least = column.minimum if column.minimum is not None else float("-inf")
    most = column.maximum if column.maximum is not None else float("inf")
    return (cells < least) | (cells > most)
