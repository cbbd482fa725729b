"""States: what is known of a thing that was asked for, as one enumeration. None of them is ever counted as a zero."""

from __future__ import annotations

from typing import Final

import polars as pl

from queries import catalog
from queries.naming import with_names
from queries.selection import Selection
from queries.source import Source

NOTHING: Final = ("not_due", "not_applicable", "not_reported", "not_done", "withheld", "contradictory")
"""Six kinds of nothing.

not_due: its day is still to come. not_applicable: waived, or not asked of such a unit. not_reported: due, and nobody
has said anything. not_done: due, and confirmed as not done. withheld: reported, but sent back or withdrawn, so it does
not count. contradictory: two statements exclude one another.
"""

STATES: Final = ("done", "in_progress", *NOTHING)
"""The values of every column `state` in the rows behind an indicator.

in_progress: recorded and not done by the day asked, though the work may have begun only after it.
"""


def states(source: Source, selection: Selection) -> pl.DataFrame:
    """Give what is known of every prescribed action of every unit: one row per unit, action and due instance.

    Columns: group_id, unit_type, unit_id, stage, action_code, instance_no, due_on, waive_reason, done_on, state (one
    of STATES), is_immature, and the names of units and actions. A state is that of the selection's events-until day, so
    its period does not matter. Sorted by unit, action and instance. Raises SelectionError for a selection that does not
    fit the source.
    """
    resolved = selection.resolve(source)
    values = {
        "groups": list(resolved.groups) or None,
        "unit_types": list(resolved.unit_types) or None,
        "events_until": resolved.events_until,
    }
    return with_names(source.query(catalog.text("states", "action_states"), values), source)
