"""V26: the life of a problem, from being listed to being struck off."""

from __future__ import annotations

from datetime import date

import polars as pl

from data.rules.base import Tables, current, failing, rule, together


@rule(
    "V26",
    zh="问题整改步骤顺序有误,或反弹问题与原问题不符",
    en="a problem is listed, claimed done, verified, perhaps reopened, in order; one that recurs was found earlier",
    tables=("problems", "rectification_events"),
)
def v26(tables: Tables, known_on: date) -> pl.DataFrame:
    """Each step of a problem follows from those before it, and a recurring problem from an earlier one."""
    events = current(tables, "rectification_events").sort("problem_id", "event_no")
    kind = pl.col("event_type")
    claim = _last_of("claimed_done", "verified_closed", "reopened")
    closing = _last_of("verified_closed", "reopened")
    earlier = pl.col("happened_on").shift(1).over("problem_id")
    judged = events.with_columns(
        claim.alias("claim"),
        closing.alias("closing"),
        (pl.col("happened_on") < earlier).alias("goes_back"),
        pl.col("problem_id").is_first_distinct().alias("is_first"),
    )
    is_closed = kind == "verified_closed"
    wrong_kind = judged.filter(
        (pl.col("is_first") & (kind != "listed"))
        | (is_closed & pl.col("claim").ne_missing("claimed_done"))
        | ((kind == "reopened") & pl.col("closing").ne_missing("verified_closed"))
    )
    unsigned = events.filter(is_closed & pl.col("verified_by").is_null())
    return together(
        failing(wrong_kind, "rectification_events", "event_type"),
        failing(judged.filter("goes_back"), "rectification_events", "happened_on"),
        failing(unsigned, "rectification_events", "verified_by"),
        _wrong_recurrences(tables, events),
    )


def _last_of(*kinds: str) -> pl.Expr:
    """The last of these event types before the event itself, null when there is none."""
    chosen = pl.when(pl.col("event_type").is_in(list(kinds))).then(pl.col("event_type"))
    return chosen.shift(1).forward_fill().over("problem_id")


def _wrong_recurrences(tables: Tables, events: pl.DataFrame) -> pl.DataFrame:
    problems = current(tables, "problems").select("row", "problem_id", "unit_id", "found_on", "recurs_of")
    pairs = problems.join(problems, left_on="recurs_of", right_on="problem_id", suffix="_before")
    moved = events.filter(pl.col("event_type") == "transferred")["problem_id"].unique().to_list()
    is_marked = pl.col("problem_id").is_in(moved) | pl.col("recurs_of").is_in(moved)
    is_elsewhere = (pl.col("unit_id") != pl.col("unit_id_before")) & ~is_marked
    wrong = pairs.filter((pl.col("found_on_before") >= pl.col("found_on")) | is_elsewhere)
    return failing(wrong, "problems", "recurs_of")
