"""Appraisal: coursework and exam combined, and the units ranked with their peers."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import polars as pl

from queries.adding import EXACT, exact
from queries.exceptions import SelectionError
from queries.run import rows
from queries.selection import Selection
from queries.source import Source

PEERS: Final = ("peer_class", "scheme_id", "period_id")
"""Units are ranked with those of their class, by the marks of one term under one scheme."""


def ranks(source: Source, selection: Selection, weight: float | None = None) -> pl.DataFrame:
    """Give the units of a selection ranked by their combined mark: one row per unit and scheme.

    The term is the last one that ends in the selection's period. Columns: group_id, unit_type, unit_id, unit_name_zh,
    unit_name_en, peer_class, scheme_id, period_id, coursework_mark, exam_mark, coursework_weight, combined_mark, rank,
    count_ranked, state; sorted by class, rank and unit, those without a rank at the end of their class.

    Ranks are among all ranked units of the class in the source, whatever groups are selected; equal marks share a rank
    and the next one is left out (1, 2, 2, 4). A unit without a combined mark has no rank, and `state` says why:
    not_applicable (no task) or not_reported (no exam mark). `weight` takes the place of the weight that stands with the
    marks; SelectionError when it is not from 0 to 1.
    """
    listed = rows("combined_mark", source, replace(selection, groups=(), unit_types=()))
    found = ranked(listed.filter(pl.col("term_to") == pl.col("term_to").max()), weight)
    for column, names in (("group_id", selection.groups), ("unit_type", selection.unit_types)):
        if names:
            found = found.filter(pl.col(column).is_in(names))
    return found.select(
        *("group_id", "unit_type", "unit_id", "unit_name_zh", "unit_name_en", "peer_class", "scheme_id", "period_id"),
        *("coursework_mark", "exam_mark", "coursework_weight", "combined_mark", "rank", "count_ranked", "state"),
    ).sort("peer_class", "scheme_id", "rank", "unit_id", nulls_last=True)


def ranked(marks: pl.DataFrame, weight: float | None = None) -> pl.DataFrame:
    """Add the combined mark and the rank to marks of units, one row per unit, term and scheme.

    They need coursework_mark, exam_mark, coursework_weight and the columns of PEERS, and may have rankable. Columns
    added: combined_mark (null without either mark, or a task), rank, count_ranked, state (done, not_applicable,
    not_reported). `weight` as in `ranks`.
    """
    if weight is not None and not 0 <= weight <= 1:
        raise SelectionError(f"weight {weight:g} of the coursework mark: choose a number from 0 to 1.")
    if weight is not None:
        marks = marks.with_columns(coursework_weight=pl.lit(float(weight)))
    has_task = pl.col("rankable") if "rankable" in marks.columns else pl.col("state") != "not_applicable"
    whole = pl.when(has_task).then(_combined())
    state = pl.when(~has_task).then(pl.lit("not_applicable")).when(pl.col("exam_mark").is_null())
    return marks.with_columns(whole=whole, state=state.then(pl.lit("not_reported")).otherwise(pl.lit("done"))).select(
        pl.exclude("whole", "combined_mark"),
        combined_mark=((pl.col("whole") + EXACT // 2) // EXACT / EXACT).round(4),
        rank=pl.col("whole").rank("min", descending=True).over(PEERS).cast(pl.Int64),
        count_ranked=pl.col("whole").count().over(PEERS).cast(pl.Int64),
    )


def _combined() -> pl.Expr:
    """The combined mark in units of 10⁻⁸, a whole number."""
    weight, coursework, exam = map(exact, ("coursework_weight", "coursework_mark", "exam_mark"))
    return weight * coursework + (EXACT - weight) * exam
