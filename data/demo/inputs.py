"""The weekly input folders of the demonstration county."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from data.demo.calendar import KNOWN_ON
from data.demo.world import MAKERS, known


def write_inputs(folder: Path, known_on: date) -> None:
    """Write one `<table>.csv` for each table: all that was known at the end of that day.

    The same day always gives the same bytes. `known_on` may be any day from the first to the last of `KNOWN_ON`.

    Raises:
        ValueError: The day lies outside the campaign's weeks.
    """
    if not KNOWN_ON[0] <= known_on <= KNOWN_ON[-1]:
        raise ValueError(f"the demonstration county is known from {KNOWN_ON[0]} to {KNOWN_ON[-1]}, not on {known_on}")
    folder.mkdir(parents=True, exist_ok=True)
    for table in MAKERS:
        known(table, known_on).write_csv(folder / f"{table}.csv", datetime_format="%Y-%m-%d %H:%M:%S")
