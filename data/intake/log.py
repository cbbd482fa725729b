"""One event log as text: the columns that are asked for, of a CSV file that may have any others."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from data.intake.csv import read_some
from data.intake.sheet import Limits, Places
from data.intake.tables import source_file
from data.manifest import SourceFile

SEPARATOR = "\n"
"""Joins the names of the columns that are asked for; no name in a header of one line holds it."""


@dataclass(frozen=True)
class LogSheet:
    """The filled rows of a log in the file's order as trimmed text, the columns asked for only, and where they stood.

    A row that repeats an earlier one in every cell of the file is left out; `repeated` counts these.
    """

    text: pl.DataFrame
    places: Places
    source: SourceFile
    repeated: int


def read_log(file: str, content: bytes, names: str, limits: Limits) -> LogSheet:
    """The columns `names` (joined by SEPARATOR) of a log. UnreadableError when it cannot be taken as a table at all."""
    wanted = names.split(SEPARATOR)
    sheet = read_some(file, content, wanted, limits)
    is_first = sheet.text.select(pl.struct(pl.all()).is_first_distinct()).to_series()
    text = sheet.text.select(wanted).filter(is_first)
    places = Places(file, sheet.places.rows.filter(is_first))
    source = source_file(file, content, sheet.text.height, sheet.form)
    return LogSheet(text, places, source, sheet.text.height - text.height)
