"""What the senders of a week send: the state of a snapshot cut into folders of CSV files, one for each sender."""

from collections.abc import Collection, Mapping
from pathlib import Path

import polars as pl

from data.ownership import owners
from data.schemas import TABLES
from data.schemas.senders import OFFICE, sent_columns, tables_of


def write_inbox(
    folder: Path, tables: Mapping[str, pl.DataFrame], senders: Collection[str], only: Collection[str] = TABLES
) -> None:
    """Write the folder of each sender, with every row of some tables that is its own and not withdrawn."""
    for sender in senders:
        for table in [each for each in tables_of(sender) if each in only]:
            rows = own(tables, table, sender)
            if rows.height:
                (folder / sender).mkdir(parents=True, exist_ok=True)
                flat = rows.with_columns(
                    pl.col(name).list.join("|") for name, dtype in rows.schema.items() if isinstance(dtype, pl.List)
                )
                flat.write_csv(folder / sender / f"{table}.csv", datetime_format="%Y-%m-%d %H:%M:%S")


def own(tables: Mapping[str, pl.DataFrame], table: str, sender: str) -> pl.DataFrame:
    """The rows of a table that a sender may send, as it sends them."""
    rows = tables[table].filter(~pl.col("is_void")) if "is_void" in tables[table].columns else tables[table]
    if sender != OFFICE:
        column, owned = _first_owners(table, tables)
        mine = owned.filter(pl.col("group_id") == sender)["owned"].to_list()
        rows = rows.filter(pl.col(column).is_in(mine))
        if "group_id" in rows.columns:
            rows = rows.filter(pl.col("group_id") == sender)
        if "reviewer_side" in rows.columns:
            rows = rows.filter(pl.col("reviewer_side") == "group")
        if table == "matter_events":
            rows = rows.filter(pl.col("event_type") == "feedback")
    elif table == "action_reviews":
        rows = rows.filter(pl.col("reviewer_side") == "office_spot_check")
    elif table == "matter_events":
        column, owned = _first_owners(table, tables)
        is_group_s = pl.col(column).is_in(owned["owned"].to_list()) & (pl.col("event_type") == "feedback")
        rows = rows.filter(~is_group_s)
    names = [column.name for column in sent_columns(table) if column.name in rows.columns]
    return rows.select(names).with_columns(void=pl.lit(False))


def _first_owners(table: str, tables: Mapping[str, pl.DataFrame]) -> tuple[str, pl.DataFrame]:
    """What several groups take part in is sent by the first of them, what no group takes part in by the office."""
    column, owned = owners(table, tables)
    return column, owned.drop_nulls().group_by("owned").agg(pl.col("group_id").min())
