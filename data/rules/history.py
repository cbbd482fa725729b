"""V31: what a week may not lose of the one before."""

from __future__ import annotations

from datetime import date

import polars as pl

from data.rules.base import FAILURES, Tables, rule, together
from data.schemas import TABLES, columns, is_fact


@rule(
    "V31",
    severity="warning",
    history=True,
    zh="上期有而本期没有:行数减少,或主键消失而未标作废",
    en="known last week and gone now: withdraw a row by marking it void, do not leave it out",
)
def v31(tables: Tables, known_on: date, former: Tables) -> pl.DataFrame:
    """No row of a fact table vanishes, and no table has fewer rows than before; each key that is gone is named."""
    found = []
    for table in TABLES:
        if table not in tables or table not in former:
            continue
        keys = [column.name for column in columns(table) if column.key]
        if is_fact(table):
            gone = former[table].join(tables[table], on=keys, how="anti", maintain_order="left")
            key = pl.concat_str([pl.col(name).cast(pl.String) for name in keys], separator="|")
            found.append(_named(gone.select(value=key), table, keys[0]))
        elif (fewer := former[table].height - tables[table].height) > 0:
            found.append(_named(pl.DataFrame({"value": [f"{fewer} fewer rows"]}), table, keys[0]))
    return together(*found)


def _named(values: pl.DataFrame, table: str, column: str) -> pl.DataFrame:
    """Failures of a whole table: what is gone has no row any more."""
    return values.select(
        pl.lit(table).alias("table"),
        pl.lit(None, dtype=FAILURES["row"]).alias("row"),
        pl.lit(column).alias("column"),
        "value",
    )
