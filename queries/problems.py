"""Problems: what became of each that was found, from the finding to a closing that holds or does not."""

from __future__ import annotations

import polars as pl

from queries import catalog
from queries.held import cut
from queries.kept import hold
from queries.naming import with_names
from queries.selection import Selection
from queries.source import Source


def problems(source: Source, selection: Selection) -> pl.DataFrame:
    """Give every problem found in the selection as it stands on its events-until day: one row per problem.

    Columns: group_id, unit_type, unit_id (with its names), week (of the finding), problem_id, title_zh, category, term,
    three_mosts, found_by, found_on, due_on (by the last extension), claimed_on (last claimed done), first_closed_on,
    count_closings, reopened_on (a closing was taken back), recurred_on (a problem that recurs of it was found),
    closed_on (the verified closing that stands), last_step, last_step_on, state (one of `queries.states.STATES`),
    is_claimed (claimed done and waiting to be verified), open_days (from the finding to the closing that stands, or to
    the events-until day), is_immature. Long-term problems are in it. Sorted by found_on and problem_id. Raises
    SelectionError.
    """
    resolved = selection.resolve(source)
    until = resolved.events_until

    def whole() -> pl.DataFrame:
        return with_names(source.query(catalog.text("states", "problem_states"), {"events_until": until}), source)

    found = cut(hold(source, ("problems", until), whole), resolved)
    return found.filter(pl.col("week").is_between(*(resolved.period or (1, 1))))
