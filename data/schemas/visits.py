"""How groups supervise: visits to units, and interviews outside a visit."""

from __future__ import annotations

from data.schemas.actions import CATALOGUE_CODE
from data.schemas.base import Fact, day, flag, number, text, whole


class Visits(Fact):
    """One row per contact of a group with one unit on one day; only `on_site` ones count as visits."""

    zh = "每行督导组与一个单位某日的一次接触;只有现场(on_site)计为督查"

    visit_id = text("督查编号", "Number of the visit", key=True)
    group_id = text("督导组", "Group", references="supervision_groups.group_id")
    unit_id = text("单位", "Unit", references="units.unit_id")
    visited_on = day("督查日", "Day of the visit")
    mode = text("方式", "How it was held", values=("on_site", "phone", "summoned", "documents"))
    announced = flag("事先通知", "Whether it was announced", nullable=True)
    purpose = text("目的:指导、督促、服务、检查", "What it was for", values=("guide", "urge", "serve", "check"))
    duration_h = number("时长", "How long it took", nullable=True, minimum=0, unit="h")
    interview_count = whole("谈话人数", "Talks with one person each", minimum=0, unit="interviews")
    documents_checked = flag("查阅资料", "Whether files were checked")
    meeting_attended = flag("列席会议", "Whether a meeting was attended")
    problems_raised = whole("提出问题数", "Number of problems raised", minimum=0, unit="problems")
    targeted_action = text("针对的动作", "Action it was aimed at", nullable=True, references=CATALOGUE_CODE)


class InterviewSessions(Fact):
    """One row per session of interviews held outside a visit; talks are counted, never described."""

    zh = "每行一次督查之外的谈话安排;只记人数,不记内容"

    session_id = text("谈话编号", "Number of the session", key=True)
    group_id = text("督导组", "Group", references="supervision_groups.group_id")
    unit_id = text("单位", "Unit", references="units.unit_id")
    held_on = day("谈话日", "Day of the session")
    interview_count = whole("谈话人数", "Talks with one person each", minimum=0, unit="interviews")
    topic = text("主题", "What the talks were about", values=("four_winds", "progress", "other"))
