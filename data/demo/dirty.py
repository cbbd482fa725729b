"""The dirty sample: a week of the demonstration county in which exactly one rule is broken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal, TypeAlias

import polars as pl

from data.demo.calendar import MEETING_CUT
from data.demo.inputs import write_inputs

Cells: TypeAlias = Mapping[str, str | None]
Wanted: TypeAlias = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Edit:
    """One change to a table's text: the first or every row with these cells is changed, or its copy added."""

    table: str
    where: Wanted
    cells: Cells
    how: Literal["change", "change all", "add copy"] = "change"


_QINGMING: Final = {"action_code": "B01"}
_SECOND_GROUP: Final = ("U006", "U007", "U008", "U009")

EDITS: Final[Mapping[str, tuple[Edit, ...]]] = {
    "V01": (Edit("stages", {"stage": "S3"}, {}, "add copy"),),
    "V02": (Edit("interview_sessions", {"group_id": "C1"}, {"unit_id": "U999"}),),
    "V03": (Edit("interview_sessions", {"group_id": "C1"}, {"topic": "weather"}),),
    "V04": (Edit("units", {"unit_id": "U010"}, {"name_en": None}),),
    "V05": (Edit("campaign", {}, {"campaign_id": "demo-2"}, "add copy"),),
    "V06": (Edit("interview_sessions", {"group_id": "C1"}, {"reported_at": "2014-03-11 09:00:00"}),),
    "V07": (Edit("action_records", _QINGMING, {"started_on": "2014-03-07", "done_on": "2014-03-07"}),),
    "V08": (Edit("action_records", _QINGMING, {"started_on": "2014-04-01", "done_on": "2014-03-31"}),),
    "V09": (Edit("action_records", _QINGMING, {"done_on": None}),),
    "V10": (Edit("action_records", _QINGMING, {"status": "in_progress"}),),
    "V11": (Edit("unit_assignments", {"unit_id": "U001"}, {"group_id": "C4", "valid_from": "2014-04-13"}, "add copy"),),
    "V12": (
        Edit("unit_assignments", {"unit_id": "U018"}, {"group_id": "C4", "valid_from": "2014-04-13"}, "add copy"),
        Edit("unit_assignments", {"unit_id": "U018", "valid_from": "2014-03-10"}, {"valid_to": "2014-04-12"}),
    ),
    "V13": (Edit("action_records", _QINGMING, {"done_on": "2014-04-05", "reported_at": "2014-04-08 10:00:00"}),),
    "V14": (Edit("action_records", _QINGMING, {"instance_no": "2"}),),
    "V15": (
        Edit(
            "action_precedence",
            {"before_code": "A45", "after_code": "A46"},
            {"before_code": "A46", "after_code": "A45"},
            "add copy",
        ),
    ),
    "V16": (
        Edit("action_records", {"unit_id": "U001", "action_code": "A01"}, {"done_on": "2014-03-14"}),
        Edit(
            "action_records",
            {"unit_id": "U001", "action_code": "A02"},
            {"started_on": "2014-03-13", "done_on": "2014-03-13"},
        ),
    ),
    "V17": (Edit("action_content_checks", {"action_code": "A03"}, {"item_no": "99"}),),
    "V18": (
        Edit(
            "action_content_checks",
            {"action_code": "A03", "state": "present"},
            {"action_code": "A35", "item_no": "1"},
            "add copy",
        ),
    ),
    "V19": (Edit("action_reviews", {"reviewer_side": "group"}, {"score": "101"}),),
    "V20": (Edit("visits", {"group_id": "C4", "mode": "on_site"}, {"group_id": "C5"}),),
    "V21": (Edit("visits", {"mode": "on_site", "interview_count": "2"}, {"mode": "phone"}),),
    "V22": (Edit("visits", {"mode": "on_site"}, {"interview_count": "31"}),),
    "V23": (Edit("visits", {"mode": "on_site"}, {"visited_on": "2014-03-07", "reported_at": "2014-03-14 10:00:00"}),),
    "V24": (Edit("report_filings", {"returned": "false"}, {"accepted_at": "2014-03-10 08:00:00"}),),
    "V25": (Edit("report_filings", {"report_due_id": "R-T1-01"}, {"filed_at": "2014-03-13 10:00:00"}),),
    "V26": (Edit("rectification_events", {"event_type": "listed"}, {"event_type": "measure_set"}),),
    "V27": (Edit("matters", {"extensions_n": "0"}, {"due_on": "2014-03-01"}),),
    "V27b": (Edit("matters", {"extensions_n": "1"}, {"due_on_original": "2014-03-20"}),),
    "V28": (Edit("matter_events", {"matter_id": "M002", "event_type": "registered"}, {"slip_colour": "red"}),),
    "V29": (Edit("matter_elements", {"level": "0"}, {"state": "altered"}),),
    "V30": (Edit("problems", {}, {"title_zh": "群众反映张伟同志办事拖拉"}),),
    "V32": (Edit("group_plans", {}, {"adopted_on": "2014-03-10", "reported_at": "2014-04-11 10:00:00"}),),
    "V34": (Edit("appraisal_events", {}, {"evidence_key": "nothing"}),),
    "V35": (Edit("inspections", {"plan_status": ("planned", "approved", "held")}, {"plan_status": "merged"}),),
    "V36": (Edit("action_content_checks", {"unit_id": _SECOND_GROUP[:2]}, {"state": "not_checked"}, "change all"),),
    "V37": (
        Edit("action_reviews", {"unit_id": _SECOND_GROUP, "reviewer_side": "group"}, {"score": "88"}, "change all"),
    ),
}
"""What is changed in the clean week of 13 April 2014 so that a rule, and no other, is broken."""

RULES_BROKEN: Final = tuple(EDITS)
"""The rules for which there is a dirty sample."""


def write_dirty(folder: Path, rule: str) -> date:
    """Write the inputs of 13 April 2014 with one fault, for the rule of that code; gives the day they are known on.

    Raises:
        ValueError: There is no dirty sample for the rule.
    """
    if rule not in EDITS:
        raise ValueError(f"there is no dirty sample for {rule!r}, only for {', '.join(RULES_BROKEN)}")
    write_inputs(folder, MEETING_CUT)
    for edit in EDITS[rule]:
        path = folder / f"{edit.table}.csv"
        edited(pl.read_csv(path, infer_schema=False), edit).write_csv(path)
    return MEETING_CUT


def edited(text: pl.DataFrame, edit: Edit) -> pl.DataFrame:
    """A table's text with the edit.

    Raises:
        ValueError: No row has the cells that the edit looks for.
    """
    conditions = [
        pl.col(name).is_in([wanted] if isinstance(wanted, str) else list(wanted)) for name, wanted in edit.where.items()
    ]
    places = text.with_row_index("place").filter(pl.lit(True), *conditions)["place"].to_list()
    if not places:
        raise ValueError(f"{edit.table} has no row with {dict(edit.where)}")
    new = [pl.lit(value, pl.String).alias(name) for name, value in edit.cells.items()]
    if edit.how == "add copy":
        return pl.concat([text, text.slice(places[0], 1).with_columns(new)])
    changed = places if edit.how == "change all" else places[:1]
    is_changed = pl.int_range(pl.len()).is_in(changed)
    return text.with_columns(
        pl.when(is_changed).then(value).otherwise(pl.col(name)).alias(name)
        for name, value in zip(edit.cells, new, strict=True)
    )
