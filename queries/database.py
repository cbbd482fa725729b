"""Database: an in-memory DuckDB that is filled, staged and then locked for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb
import polars as pl

from queries import catalog


@dataclass(frozen=True)
class Limits:
    """What one source may use; there is no spill to disk, so a query too large fails at once."""

    threads: int = 2
    memory: str = "512MB"
    timeout_s: float = 10.0


def connect(limits: Limits) -> duckdb.DuckDBPyConnection:
    """Give an empty in-memory database with no extensions, no Python variables and no place to spill to."""
    return duckdb.connect(
        ":memory:",
        config={
            "threads": limits.threads,
            "memory_limit": limits.memory,
            "temp_directory": "",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "allow_persistent_secrets": False,
            "python_enable_replacements": False,
        },
    )


def fill(connection: duckdb.DuckDBPyConnection, frames: Mapping[str, pl.DataFrame]) -> None:
    """Make one table per frame."""
    for name, frame in frames.items():
        connection.from_arrow(frame.to_arrow()).create(name)


def stage(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> None:
    """Make one table per staging SQL file, in the order given."""
    for name in names:
        connection.sql(catalog.text("staging", name)).create(name)


def lock(connection: duckdb.DuckDBPyConnection) -> None:
    """Shut out files, extensions and any further change of settings."""
    connection.execute(catalog.text("session", "lock"))


def read(relation: duckdb.DuckDBPyRelation) -> pl.DataFrame:
    """Run a relation once and give its rows."""
    frame: pl.DataFrame = relation.pl()
    return frame
