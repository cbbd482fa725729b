"""Clocks: how the known-on day and the events-until day come apart, and how far figures are complete.

domain.md, 3.2. What one snapshot can tell of the two clocks it tells by `reported_at`; what came after it, the newest
snapshot tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from queries import catalog
from queries.exceptions import UnknownNameError, suggestion
from queries.kept import hold
from queries.selection import Selection, Window, check_names
from queries.source import Source

FACT_KINDS: Final = ("action", "visit", "interview_session", "problem")
EVERYTHING: Final = Selection()


def known_growth(
    source: Source, selection: Selection = EVERYTHING, *, fact_kind: str | None = None, action: str | None = None
) -> pl.DataFrame:
    """Give how much of what had happened was known at the end of each week: one row per group and campaign week.

    Counted are the facts of the selection (those of its period, up to events-until), of one kind of FACT_KINDS or all,
    of one action or all. Columns: group_id, week, known_by (the week's Sunday, in the last week the known-on day),
    count_known (reported by then), count_happened (by then, whenever it was reported), count_all (known to this
    snapshot). Every group and every week from the launch to the known-on day has its row. A fact that was corrected
    counts from its correction, so an earlier snapshot may have known more of it than this says, never less. Raises
    SelectionError, and UnknownNameError for a kind or action.
    """
    if fact_kind is not None and fact_kind not in FACT_KINDS:
        raise UnknownNameError(f"unknown kind of fact {fact_kind!r}.{suggestion(fact_kind, FACT_KINDS)}")
    if action is not None:
        actions = source.table("action_catalogue")["action_code"].unique().to_list()
        if action not in actions:
            raise UnknownNameError(f"unknown action {action!r}.{suggestion(action, actions)}")
    return _ask("known_growth", source, selection, {"fact_kind": fact_kind, "action": action})


def late_facts(source: Source, selection: Selection = EVERYTHING) -> pl.DataFrame:
    """Give what had happened and arrived after this snapshot: one row per fact, by day of report.

    Columns: group_id, unit_type, unit_id, unit_name_zh, unit_name_en, week (of the event), fact_kind, fact_key,
    action_code (of an action), occurred_on, reported_at, latency_days (from the event to the report), days_after (from
    the known-on day to the report). These are the numerator of late_arriving_share; empty for the newest snapshot.
    Raises SelectionError.
    """
    return _ask("late_facts", source, selection)


def maturity(source: Source, groups: tuple[str, ...] = ()) -> pl.DataFrame:
    """Give how far each group's figures are complete: one row per group, or per group named, in display order.

    Columns: group_id, p90_days (90th percentile of days from event to report; null without facts), basis (what it rests
    on: "settled" facts of the last eight weeks at least 30 days old, "all" facts where there are none such, "none",
    or "first_weeks", when it is not used), latency_limit_days (p90_days rounded up, at most 14; 14 in the first four
    weeks and without facts), mature_until (known-on less that limit), rank_until (the earliest of them, the same in
    every row: the day up to which the groups may be ranked, null while it lies before the launch).
    """
    check_names("group", groups, source.extent.groups)
    found = hold(source, "maturity", lambda: source.query(catalog.text("clocks", "maturity")))
    if groups:
        found = found.filter(pl.col("group_id").is_in(groups))
    ranked = pl.col("mature_until").min()
    return found.with_columns(rank_until=pl.when(ranked >= source.launched_on).then(ranked))


def rank_until(source: Source, groups: tuple[str, ...] = ()) -> date | None:
    """Give the events-until day on which groups are ranked by default; None while there is nothing complete."""
    days = maturity(source, groups)["rank_until"].to_list()
    found: date | None = days[0] if days else None
    return found


def _ask(name: str, source: Source, selection: Selection, further: Mapping[str, Any] | None = None) -> pl.DataFrame:
    resolved = selection.resolve(source)
    window = Window.of(resolved, source.extent)
    values = {
        "groups": list(resolved.groups) or None,
        "unit_types": list(resolved.unit_types) or None,
        "from_on": window.from_on,
        "to_on": window.to_on,
        **(further or {}),
    }
    return source.query(catalog.text("clocks", name), values)
