"""Conferences: what the joint conference decided, and whether it was kept."""

from __future__ import annotations

from typing import Final

import polars as pl

from queries import catalog
from queries.held import cut
from queries.kept import hold
from queries.naming import with_names
from queries.selection import Selection, Window
from queries.source import Source

DECISIONS: Final = ("approve", "merge", "postpone", "reject", "assign")
OUTCOMES: Final = ("kept", "pending", "unknown", "replaced", "broken")
"""What became of a decision: kept, not yet to be told as its time is to come, not to be told from what was reported,
replaced by a later decision of the same inspection, broken.
"""


def decisions(source: Source, selection: Selection) -> pl.DataFrame:
    """Give every decision of the sessions in the selection, and what became of it: one row per item, the newest first.

    As of the events-until date, with "begun" for a first actual day by then:

    * approve: kept when begun within the planned days, or merged; broken when cancelled or begun outside them; pending
      until the planned days are over; then unknown while nobody has reported it.
    * merge: kept when merged or cancelled; broken when begun on its own; pending until the planned days are over, then
      unknown.
    * postpone: to the next session at the least. Kept when it was merged, cancelled, or begins (actual or planned) on
      or after the day of the next session; broken when begun before it; pending until there is a next session; else
      unknown.
    * reject: kept when cancelled or merged; broken when begun; pending until the planned days are over, then unknown.
    * assign: kept when the matter was assigned or forwarded on or after the day of the session; without that unknown
      when it was so before, pending until the next session, and broken from then on.
    * An inspection of which a later session decided again is replaced, unless the decision is kept or broken already;
      an item that names neither an inspection nor a matter that the snapshot knows is unknown.

    Columns: group_id, unit_type (of the unit on the day of the session), unit_id (with its names), conference_id,
    held_on, kind, next_on, item_no, decision (one of DECISIONS), inspection_id, matter_id, matter_title_zh, body_id,
    body_name_zh, body_name_en, planned_from, planned_to, actual_from, plan_status, merged_into, is_redecided,
    handed_on, handed_before, outcome (one of OUTCOMES). With groups or unit types chosen, what is about no unit leaves.
    Raises SelectionError.
    """
    chosen = selection.resolve(source)
    until = chosen.events_until

    def whole() -> pl.DataFrame:
        found = source.query(catalog.text("states", "conference_decisions"), {"events_until": until})
        judged = found.with_columns(outcome=_outcome(pl.lit(until)))
        return with_names(judged.sort("held_on", "conference_id", "item_no", descending=[True, True, False]), source)

    found = cut(hold(source, ("decisions", until), whole), chosen)
    if selection.period is None:
        return found
    window = Window.of(chosen, source.extent)
    return found.filter(pl.col("held_on").is_between(window.from_on, window.to_on))


def _outcome(until: pl.Expr) -> pl.Expr:
    status, first, last = pl.col("plan_status"), pl.col("planned_from"), pl.col("planned_to")
    begun, decision = pl.col("actual_from"), pl.col("decision")
    dropped, is_begun = status.is_in(["merged", "cancelled"]), begun.is_not_null()
    ends = pl.max_horizontal(first, last)
    later = pl.when(ends >= until).then(pl.lit("pending")).otherwise(pl.lit("unknown"))
    again = pl.when(pl.col("is_redecided")).then(pl.lit("replaced"))
    next_on, handed = pl.col("next_on"), pl.col("handed_on").is_not_null()

    approve = (
        pl.when(status == "cancelled")
        .then(pl.lit("broken"))
        .when(status == "merged")
        .then(pl.lit("kept"))
        .when(is_begun)
        .then(pl.when(begun.is_between(first, ends)).then(pl.lit("kept")).otherwise(pl.lit("broken")))
        .otherwise(again.otherwise(later))
    )
    stopped = (
        pl.when(dropped).then(pl.lit("kept")).when(is_begun).then(pl.lit("broken")).otherwise(again.otherwise(later))
    )
    postpone = (
        pl.when(dropped | (pl.coalesce(begun, first) >= next_on))
        .then(pl.lit("kept"))
        .when(is_begun)
        .then(pl.lit("broken"))
        .otherwise(again.when(next_on.is_null()).then(pl.lit("pending")).otherwise(pl.lit("unknown")))
    )
    assign = (
        pl.when(handed)
        .then(pl.lit("kept"))
        .when(pl.col("handed_before"))
        .then(pl.lit("unknown"))
        .when(next_on.is_null())
        .then(pl.lit("pending"))
        .otherwise(pl.lit("broken"))
    )
    of_matter = (decision == "assign") & pl.col("matter_id").is_not_null()
    of_inspection = (decision != "assign") & status.is_not_null()
    return (
        pl.when(of_matter)
        .then(assign)
        .when(~of_inspection)
        .then(pl.lit("unknown"))
        .when(decision == "approve")
        .then(approve)
        .when(decision == "postpone")
        .then(postpone)
        .otherwise(stopped)
    )
