"""V31: what a week may not lose of the one before."""

from __future__ import annotations

from datetime import date

import polars as pl

from data.rules.base import FAILURES, Tables, rule, together
from data.schemas import TABLES, columns


@rule(
    "V31",
    severity="warning",
    history=True,
    zh="上期有而本期没有:请确认是有意去掉;记录应标作废撤回,不可漏报",
    en="known last week and gone now: make sure that it is meant; a record is withdrawn by marking it void",
)
def v31(tables: Tables, known_on: date, former: Tables) -> pl.DataFrame:
    """No row of any table vanishes; each key that is gone is named."""
    found = []
    for table in TABLES:
        if table not in tables or table not in former:
            continue
        keys = [column.name for column in columns(table) if column.key]
        gone = former[table].join(tables[table], on=keys, how="anti", maintain_order="left")
        key = pl.concat_str([pl.col(name).cast(pl.String) for name in keys], separator="|")
        found.append(_named(gone.select(value=key), table, keys[0]))
    return together(*found)


def _named(values: pl.DataFrame, table: str, column: str) -> pl.DataFrame:
    """Failures of a whole table: what is gone has no row any more."""
    return values.select(
        pl.lit(table).alias("table"),
        pl.lit(None, dtype=FAILURES["row"]).alias("row"),
        pl.lit(column).alias("column"),
        "value",
    )
