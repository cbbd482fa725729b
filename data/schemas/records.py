"""What units did: records of actions, checks of their content, marks for their quality."""

from __future__ import annotations

from data.schemas.actions import CATALOGUE_CODE
from data.schemas.base import Fact, day, number, text, whole


class ActionRecords(Fact):
    """One row per unit, action and instance; only the highest revision is in a snapshot."""

    zh = "每行一个单位某动作的一次办理情况;快照中只留最高版本"

    unit_id = text("单位", "Unit", key=True, references="units.unit_id")
    action_code = text("动作", "Action", key=True, references=CATALOGUE_CODE)
    instance_no = whole("第几次", "Which time", key=True, minimum=1)
    status = text("状态", "How far it is", values=("planned", "in_progress", "done", "not_done_confirmed", "waived"))
    started_on = day("开始日", "Day on which it began", nullable=True)
    done_on = day("完成日", "Day on which it was done", nullable=True)
    participants_n = whole("参加人数", "Number of participants", nullable=True, minimum=0, unit="people")
    opinions_n = whole("收到意见数", "Number of opinions received", nullable=True, minimum=0, unit="opinions")
    study_hours = number("学习时数", "Time of study", nullable=True, minimum=0, unit="h")
    carrier_zh = text("活动载体(自选动作)", "Form of an optional action", nullable=True)
    review_status = text("审核状态", "What the review said", values=("not_reviewed", "approved", "returned"))
    returned_n = whole("退回次数", "How often it was returned", minimum=0, unit="times")


class ActionContentChecks(Fact):
    """One row per part of an action that was looked for; only the highest revision is in a snapshot."""

    zh = "每行一次动作中一条内容的核对;快照中只留最高版本"

    unit_id = text("单位", "Unit", key=True, references="units.unit_id")
    action_code = text("动作", "Action", key=True, references=CATALOGUE_CODE)
    instance_no = whole("第几次", "Which time", key=True, minimum=1)
    item_no = whole("内容序号", "Number of the part", key=True, minimum=1)
    state = text("核对结果", "What was found", values=("present", "absent", "not_checked", "not_applicable"))
    checked_on = day("核对日", "Day of the check", nullable=True)


class ActionReviews(Fact):
    """One row per mark that a group or the office gave for an action."""

    zh = "每行一次动作评分;督导组与活动办抽查各为一方"

    review_id = text("评分编号", "Number of the review", key=True)
    unit_id = text("单位", "Unit", references="units.unit_id")
    action_code = text("动作", "Action", references=CATALOGUE_CODE)
    instance_no = whole("第几次", "Which time", minimum=1)
    reviewer_side = text("评分方", "Who gave the mark", values=("group", "office_spot_check"))
    reviewed_on = day("评分日", "Day of the review")
    score = number("分数(0-100)", "Mark from 0 to 100", nullable=True, unit="points")
    verdict = text("结论", "What the review said", values=("approved", "returned"))
