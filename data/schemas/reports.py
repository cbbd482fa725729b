"""What groups and units tell the office, and what the office tells everybody."""

from __future__ import annotations

import dataframely as dy

from data.schemas.base import Fact, Table, day, flag, moment, text, whole


def _count(zh: str, en: str, unit: str) -> dy.Int32:
    return whole(zh, en, nullable=True, minimum=0, unit=unit)


class ReportSchedule(Table):
    """One row per report that is due. It is a plan and therefore has no report time of its own."""

    zh = "每行一份应报材料;属计划表,无上报时间"

    report_due_id = text("应报编号", "Number of the due report", key=True)
    reporter_kind = text("报送方类别", "Who reports", values=("group", "unit"))
    reporter_id = text("报送方代码", "Code of the group or unit that reports")
    report_kind = text("材料类别", "Kind of report", values=("weekly", "special", "stage_summary"))
    period_from = day("所报时段起", "First day it is about")
    period_to = day("所报时段止", "Last day it is about")
    due_at = moment("应报时间", "When it is due")


class ReportFilings(Fact):
    """One row per filing of a due report, with the counts of the weekly form."""

    zh = "每行一次报送,含周报表中的各项数字"

    filing_id = text("报送编号", "Number of the filing", key=True)
    report_due_id = text("应报编号", "Report that was due", references="report_schedule.report_due_id")
    filed_at = moment("报送时间", "When it was filed")
    accepted_at = moment("接收时间", "When it was accepted", nullable=True)
    returned = flag("被退回", "Whether it was returned")
    content_complete = flag("内容齐全", "Whether nothing was left out")
    units_visited_n = _count("督查单位数", "Units visited", "units")
    visits_n = _count("督查次数", "Visits", "visits")
    interviews_n = _count("谈话人数", "Interviews", "interviews")
    symposia_n = _count("列席座谈会数", "Symposia attended", "symposia")
    documents_reviewed_n = _count("审阅材料数", "Documents reviewed", "documents")
    documents_returned_n = _count("退回材料数", "Documents returned", "documents")
    problems_found_n = _count("发现问题数", "Problems found", "problems")
    problems_solved_n = _count("解决问题数", "Problems solved", "problems")
    problems_open_n = _count("未解决问题数", "Problems still open", "problems")
    actions_done_n = _count("新完成规定动作数", "Prescribed actions newly done", "actions")


class Bulletins(Fact):
    """One row per issue of the supervision bulletin."""

    zh = "每行一期督导通报"

    issue_no = whole("期号", "Number of the issue", key=True, minimum=1)
    issued_on = day("印发日", "Day of issue")
    kind = text("类别:情况、表扬、批评", "Kind of bulletin", values=("situation", "praise", "criticism"))
    known_on = day("数据截至(掌握日)", "Known-on day of its figures")
    events_until = day("事件截至", "Last event day of its figures")
    file_ref = text("文件编号", "Reference of the printed file", nullable=True)
