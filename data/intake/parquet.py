"""Read a Parquet file whose columns and types are exactly those of the table."""

from __future__ import annotations

import polars as pl

from data.intake.failures import Failure, whole_file
from data.intake.sheet import Limits, UnreadableError, check_rows


def read_parquet(file: str, content: bytes, schema: pl.Schema, limits: Limits) -> pl.DataFrame:
    """The table as it is. UnreadableError when a name, a type or the order of columns differs: nothing is converted."""
    try:
        seen = pl.read_parquet_schema(content)
        _check_schema(file, pl.Schema(seen), schema)
        frame = pl.read_parquet(content, n_rows=limits.rows + 1)
    except (KeyboardInterrupt, SystemExit, UnreadableError):
        raise
    except BaseException as error:  # Polars' PanicException is not an Exception
        reason = (str(error) or type(error).__name__).splitlines()[0]
        raise UnreadableError(whole_file(file, f"not readable as Parquet: {reason}")) from error
    check_rows(file, frame.height, limits.rows)
    return frame


def _check_schema(file: str, seen: pl.Schema, expected: pl.Schema) -> None:
    failures = [
        Failure(file, "", "columns", name, str(seen.get(name, "")), f"the type must be {dtype}: nothing is converted")
        for name, dtype in expected.items()
        if seen.get(name) != dtype
    ]
    failures += [
        Failure(file, "", "columns", name, str(seen[name]), "unknown column: remove it")
        for name in seen
        if name not in expected
    ]
    if not failures and list(seen) != list(expected):
        wanted = ", ".join(expected)
        failures = [Failure(file, "", "columns", "", ", ".join(seen), f"write the columns in this order: {wanted}")]
    if failures:
        raise UnreadableError(*failures)
