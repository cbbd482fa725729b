"""Database: an in-memory DuckDB that is filled, staged and then locked for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import duckdb
import polars as pl

from queries import catalog

SLICE: Final = 250_000
"""Rows that are added to a table, and packed, at a time."""


PART: Final = 1_500_000
"""Rows of the largest table for which a derived table is worked out at a time."""


@dataclass(frozen=True)
class Limits:
    """What one source may use; there is no spill to disk, so a query too large fails at once."""

    threads: int = 2
    memory: str = "512MB"
    timeout_s: float = 10.0


def connect(limits: Limits) -> duckdb.DuckDBPyConnection:
    """Give an empty in-memory database with no extensions, no Python variables and no place to spill to.

    Its tables are packed (compressed), which makes a large county some ten times smaller, and no slower to read.
    """
    connection = duckdb.connect(
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
    connection.execute(catalog.text("session", "open"))
    return connection


def cursor(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Give a cursor of its own over the tables."""
    opened = connection.cursor()
    opened.execute(catalog.text("session", "use"))
    return opened


def fill(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    """Make a table of a frame, a slice at a time."""
    connection.from_arrow(frame.head(0).to_arrow()).create(name)
    for part in frame.iter_slices(SLICE):
        connection.from_arrow(part.to_arrow()).insert_into(name)
        if part.height == SLICE:
            connection.execute(catalog.text("session", "pack"))


def stage(connection: duckdb.DuckDBPyConnection, name: str, text: str, largest: int = 0) -> None:
    """Make a table of what a SELECT gives; in a large county for some of its units at a time.

    `largest` is the number of rows of the largest table so far. Each part is packed before the next is worked out, so
    that the whole never lies in memory unpacked.
    """
    found = connection.sql(text)
    parts = largest // PART + 1 if "unit_id" in found.columns else 1
    if parts == 1:
        found.create(name)
        return
    found.limit(0).create(name)
    for part in range(parts):
        found.filter(f"hash(unit_id) % {parts} = {part}").insert_into(name)
        connection.execute(catalog.text("session", "pack"))


def lock(connection: duckdb.DuckDBPyConnection) -> None:
    """Shut out files, extensions and any further change of settings."""
    connection.execute(catalog.text("session", "lock"))


def read(relation: duckdb.DuckDBPyRelation) -> pl.DataFrame:
    """Run a relation once and give its rows."""
    frame: pl.DataFrame = relation.pl()
    return frame
