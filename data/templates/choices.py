"""What a sender may refer to: its own units, and the actions, bodies, reports and matters that are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from data.schemas import columns
from data.schemas.senders import OFFICE, sent_columns, tables_of

CONTENT: Final = "action_content_items.item_no"
"""Listed for whoever checks the content of actions; a part is known by the action and its number."""

SHOWN: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "supervision_groups.group_id": ("督导组 Groups", ("name_zh", "name_en")),
    "units.unit_id": ("单位 Units", ("name_zh", "name_en", "unit_type")),
    "bodies.body_id": ("机构 Bodies", ("name_zh", "name_en", "level")),
    "stages.stage": ("环节 Stages", ("name_zh", "name_en")),
    "action_catalogue.action_code": ("动作 Actions", ("name_zh", "name_en", "stage")),
    CONTENT: ("内容 Content", ("action_code", "name_zh", "name_en")),
    "report_schedule.report_due_id": ("应报 Reports", ("report_kind", "period_from", "period_to", "due_at")),
    "problems.problem_id": ("问题 Problems", ("unit_id", "found_on", "title_zh")),
    "matters.matter_id": ("事项 Matters", ("matter_no", "title_zh", "due_on", "status")),
    "inspections.inspection_id": ("检查 Inspections", ("body_id", "unit_id", "theme_code", "planned_from")),
    "joint_conferences.conference_id": ("联席会议 Conferences", ("held_on", "kind")),
    "appraisal_rules.rule_code": ("计分规则 Rules", ("scheme_id", "name_zh", "name_en", "points")),
    "appraisal_rules.scheme_id": ("考核方案 Schemes", ()),
}
"""The list behind a reference: the title of its sheet in two languages, and what stands beside the code."""

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Choice:
    """The codes a column may hold, and what they mean: one row per code, the code's column first, sorted by it.

    A binding list is complete; to the others the sender's own workbook may add.
    """

    reference: str
    title: str
    rows: pl.DataFrame
    is_binding: bool

    @property
    def headings(self) -> list[str]:
        """The names of the columns in two languages."""
        known = {column.name: column for column in columns(self.reference.partition(".")[0])}
        return [f"{known[name].zh}\n{known[name].en}" for name in self.rows.columns]


def choices(sender: str, tables: Tables, known_on: date) -> dict[str, Choice]:
    """The list behind every reference in the sender's sheets, as "units.unit_id", of what is known on that day."""
    own = tables_of(sender)
    wanted = [column.references for table in own for column in sent_columns(table) if column.references]
    if "action_content_checks" in own:
        wanted.append(CONTENT)
    return {one: _choice(one, sender, tables, known_on) for one in SHOWN if one in wanted}


def _choice(reference: str, sender: str, tables: Tables, known_on: date) -> Choice:
    table, _, code = reference.partition(".")
    title, beside = SHOWN[reference]
    rows = tables[table]
    if "is_void" in rows.columns:
        rows = rows.filter(~pl.col("is_void"))
    if "effective_from" in rows.columns:
        in_force = pl.col("effective_to").is_null() | (pl.col("effective_to") >= known_on)
        rows = rows.filter(in_force).sort("effective_from")
    if sender != OFFICE:
        rows = _own(rows, table, sender, tables, known_on)
    listed = rows.select(code, *beside)
    if reference == CONTENT:
        listed = listed.select("action_code", code, *(name for name in beside if name != "action_code"))
        listed = listed.unique(["action_code", code], keep="last").sort("action_code", code)
    else:
        listed = listed.unique(code, keep="last").sort(code)
    return Choice(reference, title, listed, is_binding=table not in tables_of(sender))


def _own(rows: pl.DataFrame, table: str, group: str, tables: Tables, known_on: date) -> pl.DataFrame:
    """The rows that are a group's business."""
    assigned = tables["unit_assignments"].filter(
        pl.col("group_id") == group, pl.col("valid_to").is_null() | (pl.col("valid_to") >= known_on)
    )
    units = assigned["unit_id"].implode()
    match table:
        case "supervision_groups":
            return rows.filter(pl.col("group_id") == group)
        case "units" | "problems":
            return rows.filter(pl.col("unit_id").is_in(units))
        case "report_schedule":
            return rows.filter((pl.col("reporter_id") == group) | pl.col("reporter_id").is_in(units))
        case "matters":
            bodies = tables["bodies"].filter(pl.col("unit_id").is_in(units))["body_id"].implode()
            taking_part = tables["matter_bodies"].filter(~pl.col("is_void"), pl.col("body_id").is_in(bodies))
            with_part = pl.col("matter_id").is_in(taking_part["matter_id"].implode())
            return rows.filter(with_part | pl.col("lead_body_id").is_in(bodies))
    return rows
