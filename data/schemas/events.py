"""When facts happened: the columns of each table that hold the day."""

from __future__ import annotations

from typing import Final

EVENT_DAYS: Final = {
    "group_plans": ("adopted_on",),
    "group_plan_items": ("done_on",),
    "action_records": ("done_on", "started_on"),
    "action_content_checks": ("checked_on",),
    "action_reviews": ("reviewed_on",),
    "visits": ("visited_on",),
    "interview_sessions": ("held_on",),
    "report_filings": ("filed_at",),
    "problems": ("found_on",),
    "rectification_events": ("happened_on",),
    "matters": ("registered_on", "decided_on", "closed_on"),
    "matter_events": ("happened_on",),
    "matter_elements": ("recorded_on",),
    "matter_results": ("achieved_on",),
    "inspections": ("actual_from", "actual_to"),
    "appraisal_events": ("occurred_on",),
    "bulletins": ("issued_on", "events_until", "known_on"),
}
"""The days on which a fact happened; how late it was reported is told by the first of them."""
