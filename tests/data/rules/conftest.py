"""A tiny valid week: two groups, two units, and a row of everything that rules look at."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import polars as pl
import pytest

from data.rules import RULES
from data.schemas import TABLES, is_fact, polars_schema

KNOWN_ON = date(2014, 4, 13)
CLOCKS = {"reported_at": datetime(2014, 4, 11, 10), "revision": 1, "is_void": False, "source_ref": None}

TEMPLATES: dict[str, dict[str, Any]] = {
    "campaign": {
        "campaign_id": "tiny", "name_zh": "活动", "name_en": "Campaign", "launched_on": date(2014, 3, 10),
        "planned_end_on": None, "timezone": "Asia/Shanghai", "week_start": "mon", "report_weekday": 5,
        "report_hour": 18,
    },
    "work_calendar": {
        "day": date(2014, 4, 5), "is_workday": False, "week_no": 4, "holiday_zh": None, "holiday_en": None,
    },
    "stages": {
        "stage": "S0", "name_zh": "动员部署", "name_en": "Launch", "window_from": date(2014, 3, 10),
        "window_to": date(2014, 3, 28),
    },
    "supervision_groups": {
        "group_id": "T1", "group_kind": "township", "group_no": 1, "name_zh": "乡镇第一督导组", "name_en": "Group 1",
        "covers_non_public": False, "members_n": 3, "trained_on": None, "plan_approved_on": None, "display_order": 1,
    },
    "units": {
        "unit_id": "U1", "name_zh": "甲乡", "name_en": "Unit 1", "unit_type": "township", "peer_class": "township",
        "sub_batch": 1, "joined_on": date(2014, 3, 10), "left_on": None,
    },
    "unit_assignments": {"unit_id": "U1", "group_id": "T1", "valid_from": date(2014, 3, 10), "valid_to": None},
    "bodies": {
        "body_id": "B1", "body_kind": "township", "branch": "government", "level": 2, "unit_id": "U1",
        "name_zh": "甲乡", "name_en": "Body 1",
    },
    "action_catalogue": {
        "action_code": "A03", "name_zh": "方案审批", "name_en": "Plan approved", "stage": "S0", "sequence_no": 3,
        "action_class": "prescribed", "mandatory": True, "applies_to": ["*"], "min_count": 1, "is_continuing": False,
        "due_kind": "fixed_date", "due_value": "2014-03-23", "due_anchor_action": None, "grace_days": 0,
        "workday_rule": "none", "weight": 1.0, "reviewed_by_group": True, "effective_from": date(2014, 3, 10),
        "effective_to": None, "basis": "seed", "basis_ref": "A17",
    },
    "action_precedence": {
        "before_code": "A03", "after_code": "A05", "rule": "finish_before_finish", "min_gap_days": 0,
        "same_day_ok": True,
    },
    "action_content_items": {
        "action_code": "A03", "item_no": 1, "name_zh": "目标", "name_en": "Goal", "required": True,
        "effective_from": date(2014, 3, 10), "effective_to": None,
    },
    "action_due": {
        "unit_id": "U1", "action_code": "A03", "instance_no": 1, "due_on": date(2014, 3, 23),
        "due_on_original": date(2014, 3, 23), "extension_granted_on": None, "waived": False, "waive_reason": None,
    },
    "group_plans": {"group_id": "T1", "plan_no": 1, "adopted_on": date(2014, 3, 14), "contacted_units_first": True},
    "group_plan_items": {
        "group_id": "T1", "plan_no": 1, "item_no": 1, "aspect_no": 1, "aspect": "content", "title_zh": "走访",
        "due_on": None, "status": "planned", "done_on": None,
    },
    "action_records": {
        "unit_id": "U1", "action_code": "A03", "instance_no": 1, "status": "done", "started_on": date(2014, 3, 19),
        "done_on": date(2014, 3, 20), "participants_n": 20, "opinions_n": None, "study_hours": None, "carrier_zh": None,
        "review_status": "approved", "returned_n": 0,
    },
    "action_content_checks": {
        "unit_id": "U1", "action_code": "A03", "instance_no": 1, "item_no": 1, "state": "present",
        "checked_on": date(2014, 3, 20),
    },
    "action_reviews": {
        "review_id": "R1", "unit_id": "U1", "action_code": "A03", "instance_no": 1, "reviewer_side": "group",
        "reviewed_on": date(2014, 3, 20), "score": 85.0, "verdict": "approved",
    },
    "visits": {
        "visit_id": "V1", "group_id": "T1", "unit_id": "U1", "visited_on": date(2014, 3, 25), "mode": "on_site",
        "announced": True, "purpose": "check", "duration_h": 3.0, "interview_count": 2, "documents_checked": True,
        "meeting_attended": False, "problems_raised": 0, "targeted_action": "A03",
    },
    "interview_sessions": {
        "session_id": "I1", "group_id": "T1", "unit_id": "U1", "held_on": date(2014, 3, 26), "interview_count": 3,
        "topic": "four_winds",
    },
    "report_schedule": {
        "report_due_id": "D1", "reporter_kind": "group", "reporter_id": "T1", "report_kind": "weekly",
        "period_from": date(2014, 3, 17), "period_to": date(2014, 3, 21), "due_at": datetime(2014, 3, 21, 18),
    },
    "report_filings": {
        "filing_id": "F1", "report_due_id": "D1", "filed_at": datetime(2014, 3, 21, 16),
        "accepted_at": datetime(2014, 3, 24, 9), "returned": False, "content_complete": True, "visits_n": 1,
    },
    "problems": {
        "problem_id": "P1", "unit_id": "U1", "found_on": date(2014, 3, 25), "found_by": "group_check",
        "category": "formalism", "three_mosts": False, "title_zh": "会议偏多", "measure_zh": None,
        "responsible_body_id": "B1", "term": "immediate", "due_on": None, "recurs_of": None,
    },
    "rectification_events": {
        "problem_id": "P1", "event_no": 1, "event_type": "listed", "happened_on": date(2014, 3, 26),
        "new_due_on": None, "verified_by": None,
    },
    "matter_due_rules": {
        "source": "document", "urgency": "ordinary", "allowed_days": 30, "allowed_kind": "calendar", "basis": "source",
        "basis_ref": None,
    },
    "matters": {
        "matter_id": "M1", "matter_no": "1", "title_zh": "修路", "source": "document", "matter_class": "livelihood",
        "three_mosts": True, "urgency": "ordinary", "decided_on": date(2014, 3, 11), "registered_on": date(2014, 3, 12),
        "due_on_original": date(2014, 4, 11), "due_on": date(2014, 4, 11), "extensions_n": 0, "lead_body_id": "B1",
        "status": "in_progress", "closed_on": None, "planned_progress": 0.5, "actual_progress": 0.4,
    },
    "matter_bodies": {"matter_id": "M1", "body_id": "B1", "role": "lead"},
    "matter_events": {
        "matter_id": "M1", "event_no": 1, "event_type": "registered", "happened_on": date(2014, 3, 12),
        "from_body_id": None, "to_body_id": "B1", "to_level": None, "allowed_days": None, "allowed_kind": None,
        "slip_colour": None, "stall_reason": None,
    },
    "matter_elements": {
        "matter_id": "M1", "element_no": 1, "level": 0, "element_kind": "goal", "decided_value": 10.0,
        "unit_of_measure": "km", "restated_value": 10.0, "state": "kept", "recorded_on": date(2014, 3, 12),
    },
    "matter_results": {
        "matter_id": "M1", "element_no": 1, "achieved_value": 4.0, "achieved_on": date(2014, 4, 4), "verified": False,
        "direction": "at_least",
    },
    "inspections": {
        "inspection_id": "X1", "body_id": "B1", "inspection_kind": "supervision", "theme_code": "roads",
        "unit_id": "U1", "planned_from": date(2014, 4, 2), "planned_to": date(2014, 4, 3), "actual_from": None,
        "actual_to": None, "plan_status": "planned", "merged_into": None, "role": "lead", "days": 1.0,
    },
    "joint_conferences": {"conference_id": "J1", "held_on": date(2014, 3, 28), "kind": "regular"},
    "joint_conference_items": {
        "conference_id": "J1", "item_no": 1, "decision": "approve", "inspection_id": "X1", "matter_id": None,
    },
    "appraisal_rules": {
        "scheme_id": "S", "rule_code": "LATE", "name_zh": "迟报", "name_en": "Late", "points": -1.0, "cap": -10.0,
        "role_factor_support": 0.5, "category": "late", "basis_ref": "2.7", "effective_from": date(2014, 3, 10),
        "effective_to": None,
    },
    "appraisal_events": {
        "event_id": "E1", "unit_id": "U1", "rule_code": "LATE", "occurred_on": date(2014, 4, 2),
        "evidence_table": "action_records", "evidence_key": "U1|A03|1", "appealed": "none",
    },
    "appraisal_scores": {
        "unit_id": "U1", "period_id": "2014Q2", "scheme_id": "S", "base": 80.0, "coursework_mark": 79.0,
        "exam_mark": None, "coursework_weight": 0.3, "total_mark": None, "rankable": True,
    },
    "bulletins": {
        "issue_no": 1, "issued_on": date(2014, 4, 8), "kind": "situation", "known_on": date(2014, 4, 6),
        "events_until": date(2014, 4, 6), "file_ref": None,
    },
}  # fmt: skip

ROWS: dict[str, list[dict[str, Any]]] = {table: [{}] for table in TEMPLATES} | {
    "supervision_groups": [{}, {"group_id": "C1", "group_kind": "county_department", "name_zh": "县直第一督导组"}],
    "units": [{}, {"unit_id": "U2", "unit_type": "county_department", "peer_class": "department"}],
    "unit_assignments": [{}, {"unit_id": "U2", "group_id": "C1"}],
    "bodies": [{}, {"body_id": "B2", "unit_id": "U2"}],
    "action_catalogue": [{}, {"action_code": "A05"}],
    "matter_bodies": [{}, {"body_id": "B2", "role": "support"}],
}

Overrides = list[dict[str, Any]]
Broken = Callable[..., set[tuple[str, int | None, str]]]


def frame_of(table: str, rows: Overrides) -> pl.DataFrame:
    """The table with the template's row for each given one, changed as given."""
    schema = polars_schema(table)
    clocks = CLOCKS if is_fact(table) else {}
    full = [dict.fromkeys(schema) | clocks | TEMPLATES[table] | row for row in rows]
    return pl.DataFrame(full, schema=schema, orient="row")


def week_of(changes: Mapping[str, Overrides]) -> dict[str, pl.DataFrame]:
    """The tiny week with some tables changed."""
    return {table: frame_of(table, changes.get(table, ROWS[table])) for table in TABLES}


@pytest.fixture(scope="session")
def week() -> Callable[[Mapping[str, Overrides]], dict[str, pl.DataFrame]]:
    """The tiny week, with the rows of the given tables instead of its own."""
    return week_of


@pytest.fixture(scope="session")
def broken() -> Broken:
    """The cells that a rule refuses in the tiny week with other rows in the given tables."""
    rules = {rule.code: rule for rule in RULES}

    def find(
        code: str, changes: Mapping[str, Overrides], known_on: date = KNOWN_ON
    ) -> set[tuple[str, int | None, str]]:
        found = rules[code](week_of(changes), known_on)
        assert found.schema == {"table": pl.String, "row": pl.Int64, "column": pl.String, "value": pl.String}
        return set(found.select("table", "row", "column").iter_rows())

    return find
