"""The groups' own work plans and their items."""

from __future__ import annotations

from data.schemas.base import Fact, day, flag, text, whole


class GroupPlans(Fact):
    """One row per work plan of a group."""

    zh = "每行一份督导组工作方案"

    group_id = text("督导组", "Group", key=True, references="supervision_groups.group_id")
    plan_no = whole("方案序号", "Number of the plan", key=True, minimum=1)
    adopted_on = day("印发日", "Day on which it was adopted")
    contacted_units_first = flag("制定前先与单位联系", "Whether the units were asked before it was made")


class GroupPlanItems(Fact):
    """One row per item of a group's work plan."""

    zh = "每行督导工作方案中的一条"

    group_id = text("督导组", "Group", key=True, references="supervision_groups.group_id")
    plan_no = whole("方案序号", "Number of the plan", key=True, minimum=1)
    item_no = whole("条目序号", "Number of the item", key=True, minimum=1)
    aspect_no = whole("方面序号", "Number of the aspect", minimum=1)
    aspect = text("方面", "Aspect it belongs to", values=("content", "timetable", "discipline", "other"))
    title_zh = text("条目内容", "What it says")
    due_on = day("期限", "Due day", nullable=True)
    status = text("状态", "How far it is", values=("planned", "doing", "done", "dropped"))
    done_on = day("完成日", "Day on which it was done", nullable=True)
