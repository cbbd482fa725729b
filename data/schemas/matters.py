"""Decided matters, who answers for them, and what became of them on the way down."""

from __future__ import annotations

from datetime import date
from typing import Final

from data.schemas.actions import BASES
from data.schemas.base import Fact, Table, day, flag, number, text, whole

SOURCES = (
    "decision_meeting",
    "document",
    "leader_instruction",
    "deputies_proposal",
    "supervision_finding",
    "mass_letter",
    "media",
)
URGENCIES = ("ordinary", "urgent", "difficult")
DAY_KINDS = ("working", "calendar")
EVENT_TYPES = (
    "registered",
    "assigned",
    "signed_for",
    "forwarded",
    "started",
    "feedback",
    "returned",
    "urged",
    "slip_issued",
    "extension_asked",
    "extension_granted",
    "extension_refused",
    "escalated",
    "claimed_done",
    "verified",
    "closed",
    "reopened",
)
NO_DUE_DAY: Final = date.max
"""The due day of a matter that has none: nothing is ever late against it, and no page shows it as a day."""
STALL_REASONS = (
    "unclear_division",
    "no_resources",
    "waits_for_other",
    "policy_conflict",
    "objection",
    "not_attended",
    "unknown",
)


class MatterDueRules(Table):
    """One row per source and urgency: how long such a matter may take. A rule, without a report time."""

    zh = "每行一种来源与缓急的办理时限;属规则表,无上报时间"

    source = text("来源", "Where the matter comes from", key=True, values=SOURCES)
    urgency = text("缓急", "How urgent it is", key=True, values=URGENCIES)
    allowed_days = whole("办理时限", "Days allowed", minimum=0, unit="days")
    allowed_kind = text("工作日或自然日", "Working or calendar days", values=DAY_KINDS)
    basis = text("依据类别", "What the rule rests on", values=BASES)
    basis_ref = text("依据出处", "Where the basis stands", nullable=True)


class Matters(Fact):
    """One row per supervised matter."""

    zh = "每行一个督办事项"

    matter_id = text("事项代码", "Code of the matter", key=True)
    matter_no = text("督办号", "Number in the register")
    title_zh = text("事项内容", "What was decided")
    source = text("来源", "Where it comes from", values=SOURCES)
    matter_class = text("类别", "Kind of matter", values=("central_task", "livelihood", "other"))
    three_mosts = flag('涉及"三最"利益', "Whether it touches what people care for most")
    urgency = text("缓急", "How urgent it is", values=URGENCIES)
    decided_on = day("决定日", "Day of the decision")
    registered_on = day("立项日", "Day of registration")
    due_on_original = day("原定期限", "Due day before any extension")
    due_on = day("现行期限", "Due day in force")
    extensions_n = whole("延期次数", "Number of extensions", minimum=0, unit="times")
    lead_body_id = text("牵头单位", "Body that leads", references="bodies.body_id")
    status = text(
        "状态",
        "How far it is",
        values=("registered", "assigned", "in_progress", "claimed_done", "closed", "cancelled"),
    )
    closed_on = day("办结日", "Day on which it was closed", nullable=True)
    planned_progress = number("计划进度", "Planned progress", nullable=True, minimum=0, maximum=1, unit="share")
    actual_progress = number("实际进度", "Actual progress", nullable=True, minimum=0, maximum=1, unit="share")


class MatterBodies(Fact):
    """One row per body that takes part in a matter."""

    zh = "每行一个事项的一个承办机构"

    matter_id = text("事项", "Matter", key=True, references="matters.matter_id")
    body_id = text("机构", "Body", key=True, references="bodies.body_id")
    role = text("牵头或协办", "Leads or supports", values=("lead", "support"))


class MatterEvents(Fact):
    """One row per step in the life of a matter."""

    zh = "每行一个事项办理过程中的一步"

    matter_id = text("事项", "Matter", key=True, references="matters.matter_id")
    event_no = whole("步骤序号", "Number of the step", key=True, minimum=1)
    event_type = text("步骤", "What happened", values=EVENT_TYPES)
    happened_on = day("发生日", "Day on which it happened")
    from_body_id = text("转出机构", "Body that handed it on", nullable=True, references="bodies.body_id")
    to_body_id = text("接收机构", "Body that received it", nullable=True, references="bodies.body_id")
    to_level = whole("接收层级", "Level that received it", nullable=True, minimum=0, maximum=3)
    allowed_days = whole("允许天数", "Days allowed there", nullable=True, minimum=0, unit="days")
    allowed_kind = text("工作日或自然日", "Working or calendar days", nullable=True, values=DAY_KINDS)
    slip_colour = text("督查单颜色", "Colour of the slip", nullable=True, values=("blue", "amber", "red"))
    stall_reason = text("停滞原因", "Why it lies still", nullable=True, values=STALL_REASONS)


class MatterElements(Fact):
    """One row per element of a decision and level: what the level made of it; level 0 is the decision."""

    zh = "每行决定中一个要素在一个层级的转述;0层即决定本身"

    matter_id = text("事项", "Matter", key=True, references="matters.matter_id")
    element_no = whole("要素序号", "Number of the element", key=True, minimum=1)
    level = whole("层级", "Level", key=True, minimum=0, maximum=3)
    element_kind = text("要素类别", "Kind of element", values=("goal", "scope", "standard", "deadline", "resource"))
    decided_value = number("决定的数值", "Value that was decided", nullable=True)
    unit_of_measure = text("计量单位", "Unit of both values", nullable=True)
    restated_value = number("转述的数值", "Value as the level restated it", nullable=True)
    state = text("状态", "What became of it", values=("kept", "altered", "dropped", "not_restated"))
    recorded_on = day("记录日", "Day on which it was recorded")


class MatterResults(Fact):
    """One row per element of a decision that has a result."""

    zh = "每行决定中一个要素的结果"

    matter_id = text("事项", "Matter", key=True, references="matters.matter_id")
    element_no = whole("要素序号", "Number of the element", key=True, minimum=1)
    achieved_value = number("达到的数值", "Value that was reached", nullable=True)
    achieved_on = day("达到日", "Day on which it was reached", nullable=True)
    verified = flag("已核实", "Whether it was verified")
    direction = text("不低于或不高于", "Whether more or less is better", values=("at_least", "at_most"))
