"""Listings: what is asked of a snapshot beside its indicators, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import polars as pl

from queries.appraisal import ranks
from queries.clocks import known_growth, late_facts, maturity
from queries.conferences import decisions
from queries.coursework import appeals, points, term_marks
from queries.departures import departures
from queries.dossier import register, steps
from queries.inspections import calls, inspections, meetings
from queries.matters import bottleneck, drift, lights
from queries.merging import proposals
from queries.news import work_and_news
from queries.plans import plans
from queries.problems import problems
from queries.selection import Selection
from queries.source import Source
from queries.states import states
from queries.stuck import cascade, holders, pressure, standing_matters

Listing = Callable[[Source, Selection], pl.DataFrame]

LISTINGS: Final[dict[str, Listing]] = {
    "action_states": states,
    "problem_states": problems,
    "matter_lights": lights,
    "stall_by_level": bottleneck,
    "drift_by_level": drift,
    "element_departures": departures,
    "matter_register": register,
    "matter_steps": steps,
    "matters": standing_matters,
    "matter_holders": holders,
    "matter_pressure": pressure,
    "matter_cascade": cascade,
    "inspection_calendar": inspections,
    "inspection_meetings": meetings,
    "merge_proposals": proposals,
    "unit_calls": calls,
    "conference_decisions": decisions,
    "known_growth": known_growth,
    "late_facts": late_facts,
    "maturity": lambda source, selection: maturity(source, selection.groups),
    "unit_ranks": ranks,
    "term_marks": term_marks,
    "term_points": points,
    "term_appeals": appeals,
    "group_plans": plans,
    "work_and_news": work_and_news,
}
"""Each by its name; the rows are those of the function's own description."""
