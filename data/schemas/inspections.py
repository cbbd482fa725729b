"""The common calendar of inspections, and the joint conference that keeps it."""

from __future__ import annotations

from data.schemas.base import Fact, Table, day, number, text, whole


class Inspections(Fact):
    """One row per inspection of one unit by one body."""

    zh = "每行一个机构对一个单位的一次督查检查"

    inspection_id = text("检查编号", "Number of the inspection", key=True)
    body_id = text("检查机构", "Body that inspects", references="bodies.body_id")
    inspection_kind = text(
        "检查类别",
        "Kind of inspection",
        values=("supervision", "work_inspection", "law_inspection", "democratic", "campaign", "spot_check"),
    )
    theme_code = text("主题代码", "Code of its theme")
    unit_id = text("被检查单位", "Unit that is inspected", references="units.unit_id")
    planned_from = day("计划起", "First planned day")
    planned_to = day("计划止", "Last planned day")
    actual_from = day("实际起", "First actual day", nullable=True)
    actual_to = day("实际止", "Last actual day", nullable=True)
    plan_status = text("计划状态", "State of the plan", values=("planned", "approved", "merged", "held", "cancelled"))
    merged_into = text(
        "并入的检查", "Inspection it became part of", nullable=True, references="inspections.inspection_id"
    )
    role = text("牵头或配合", "Leads or supports", values=("lead", "support"))
    days = number("检查天数", "Days it takes the unit", minimum=0, unit="days")


class JointConferences(Table):
    """One row per session of the joint conference. It is a plan and has no report time."""

    zh = "每行一次督查工作联席会议;属计划表,无上报时间"

    conference_id = text("会议编号", "Number of the session", key=True)
    held_on = day("召开日", "Day of the session")
    kind = text("例会或专题会", "Regular or special", values=("regular", "special"))


class JointConferenceItems(Table):
    """One row per item that the joint conference decided; it shares the conference's own time."""

    zh = "每行联席会议议定的一项;时间同会议"

    conference_id = text("会议", "Session", key=True, references="joint_conferences.conference_id")
    item_no = whole("议题序号", "Number of the item", key=True, minimum=1)
    decision = text("决定", "What was decided", values=("approve", "merge", "postpone", "reject", "assign"))
    inspection_id = text("涉及的检查", "Inspection it is about", nullable=True, references="inspections.inspection_id")
    matter_id = text("涉及的事项", "Matter it is about", nullable=True, references="matters.matter_id")
