"""Naming: rows of codes with the names that people know them by, in both languages."""

from __future__ import annotations

from typing import Final

import polars as pl

from queries import catalog
from queries.kept import hold
from queries.source import Source

NAMED: Final = {
    "unit_id": ("units", {"unit_id": "unit_id"}, "unit_name"),
    "before_code": ("actions", {"before_code": "action_code"}, "before_name"),
    "action_code": ("actions", {"action_code": "action_code"}, "action_name"),
    "item_no": ("content_items", {"action_code": "action_code", "item_no": "item_no"}, "item_name"),
}
"""For a column of codes: the dimension that names it, the columns by which the two are joined, and the names' name."""


def dimension(name: str, source: Source) -> pl.DataFrame:
    """Give a dimension with its names, one row per member: groups, unit_types, units, weeks, actions, content_items."""
    return hold(source, ("dimension", name), lambda: source.query(catalog.text("dimensions", name)))


def with_names(frame: pl.DataFrame, source: Source) -> pl.DataFrame:
    """Give the rows with two columns after each code that has names: unit_name_zh and unit_name_en after unit_id, …"""
    for column, (named, keys, prefix) in NAMED.items():
        if not set(keys) <= set(frame.columns):
            continue
        texts = {f"{prefix}_{language}": f"name_{language}" for language in ("zh", "en")}
        names = dimension(named, source).select(
            *(pl.col(theirs).alias(ours) for ours, theirs in keys.items()),
            *(pl.col(name).alias(text) for text, name in texts.items()),
        )
        place = frame.columns.index(column) + 1
        order = [*frame.columns[:place], *texts, *frame.columns[place:]]
        frame = frame.join(names, on=list(keys), how="left", maintain_order="left").select(order)
    return frame
