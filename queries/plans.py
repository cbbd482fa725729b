"""Plans: the work plans that the groups have made for themselves."""

from __future__ import annotations

import polars as pl

from queries import catalog
from queries.selection import Selection, Window
from queries.source import Source


def plans(source: Source, selection: Selection) -> pl.DataFrame:
    """Give the groups' work plans adopted by the period's last day: one row per plan, groups in display order.

    Columns: group_id, plan_no, adopted_on, contacted_units_first (whether the units were asked before it was made),
    count_items (dropped ones too), count_aspects. A group without a plan has one row with nothing but its group_id: no
    plan is not a plan of no items. A plan is the group's, so unit types are not used. Raises SelectionError for a
    selection that does not fit the source. domain.md, I19.
    """
    resolved = selection.resolve(source)
    values = {"groups": list(resolved.groups) or None, "to_on": Window.of(resolved, source.extent).to_on}
    return source.query(catalog.text("states", "group_plans"), values)
