"""Frames as people and programs want them: a table on the terminal, CSV, JSON, Parquet."""

import io
import json
import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TextIO

import polars as pl

FORMULA_LEADS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
UNBOUNDED_WIDTH = 2000


def print_table(frame: pl.DataFrame) -> None:
    """Print the frame: wrapped to the width of a terminal, one line a row when piped."""
    _table(frame, sys.stdout, None if sys.stdout.isatty() else UNBOUNDED_WIDTH)


def to_table(frame: pl.DataFrame) -> str:
    """The frame as lines of text, one a row, columns aligned."""
    text = io.StringIO()
    _table(frame, text, UNBOUNDED_WIDTH)
    return text.getvalue()


def to_json(value: object) -> str:
    """JSON text with a last newline; dates as ISO text, Chinese as it is, not-a-number refused."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain, allow_nan=False) + "\n"


def to_csv(frame: pl.DataFrame) -> str:
    """CSV text a spreadsheet opens without computing: a string that leads like a formula gets an apostrophe before it.

    Lists become their values joined by `|`.
    """
    lists = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
    flat = frame.with_columns(pl.col(name).cast(pl.List(pl.String)).list.join("|") for name in lists)
    strings = [name for name, dtype in flat.schema.items() if dtype in (pl.String, pl.Categorical, pl.Enum)]
    return flat.with_columns(_neutral(pl.col(name).cast(pl.String)) for name in strings).write_csv()


def write(path: Path, fill: Callable[[Path], object]) -> None:
    """Let `fill` write a neighbouring file, then put it in the place of `path`: a reader never sees half of it."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        fill(unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _table(frame: pl.DataFrame, stream: TextIO, width: int | None) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, dtype in frame.schema.items():
        table.add_column(Text(name), justify="right" if dtype.is_numeric() else "left", overflow="fold")
    for row in frame.iter_rows():
        table.add_row(*(Text(_shown(value)) for value in row))
    Console(file=stream, width=width).print(table)


def _neutral(text: pl.Expr) -> pl.Expr:
    leads = pl.any_horizontal(text.str.starts_with(lead) for lead in FORMULA_LEADS)
    return pl.when(leads).then(pl.lit("'") + text).otherwise(text).name.keep()


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple | set | frozenset):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _shown(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    if isinstance(value, list):
        value = "|".join(str(one) for one in value)
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in str(value))
