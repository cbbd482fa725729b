"""Outcomes: how each prescribed action of each unit stands, in time or late, or which kind of nothing it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import polars as pl

from queries.held import held_of_day, held_rows
from queries.selection import Selection, Window
from queries.source import Source
from queries.states import NOTHING, states

AHEAD_DAYS: Final = 28
"""How far beyond the events-until day an action still to come is listed."""

OUTCOMES: Final = ("on_time", "late", "ahead", "in_progress", *NOTHING)
"""The states of `queries.states`, with what is done told apart: on time, late, or ahead of a day still to come."""

FAULTS: Final = ("not_done", "not_reported", "contradictory", "withheld", "in_progress", "late")
"""What is not as it should be, the worst first; not_reported is a matter of news until more is known."""


def outcomes(source: Source, selection: Selection) -> pl.DataFrame:
    """Give how every prescribed action stands that is due in the period, or within four weeks after its end.

    One row per unit, action and due instance: the columns of `states`, and outcome (one of OUTCOMES), is_due (by the
    events-until day), days_late (from the due day to the day it was done, or to the events-until day; null while it is
    not due), and action_no (the action's code, with its number where it is due more than once). Those with is_due that
    are not not_applicable are the rows of on_time_rate, and those with outcome on_time its numerator. Actions still to
    come are listed when the period reaches the events-until day; waived ones with a due day in the same reach are
    not_applicable. Sorted by unit, action and instance. Raises SelectionError.
    """
    resolved = selection.resolve(source)
    window = Window.of(resolved, source.extent)
    until = window.events_until
    known = held_of_day(states, source, resolved)
    keys = ["unit_id", "action_code", "instance_no"]
    punctual = held_rows("on_time_rate", source, resolved)
    marked = known.join(
        punctual.select(*keys, "days_late", on_time=pl.col("numerator") > 0, is_due=pl.lit(True)),
        on=keys,
        how="left",
        maintain_order="left",
    ).with_columns(is_due=pl.col("is_due").fill_null(False))
    last = until + timedelta(days=AHEAD_DAYS) if window.to_on == until else window.to_on
    ahead = pl.col("due_on") > until
    waived = pl.col("state") == "not_applicable"
    listed = pl.col("is_due") | ((ahead | waived) & pl.col("due_on").is_between(window.from_on, last))
    timed = pl.when("on_time").then(pl.lit("on_time")).when("is_due").then(pl.lit("late")).otherwise(pl.lit("ahead"))
    outcome = pl.when(pl.col("state") == "done").then(timed)
    numbered = pl.format("{}.{}", "action_code", "instance_no")
    return (
        marked.filter(listed)
        .with_columns(
            outcome=outcome.otherwise("state"),
            action_no=pl.when(pl.col("instance_no") > 1).then(numbered).otherwise("action_code"),
        )
        .drop("on_time")
    )
