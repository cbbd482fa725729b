"""The campaign itself, its stages and its calendar."""

from __future__ import annotations

from data.schemas.base import Table, day, flag, text, whole

STAGES = ("S0", "S1", "S2", "S3")


class Campaign(Table):
    """One row: the campaign, its launch and the rhythm of its reports."""

    zh = "仅一行:活动、启动日与周报节奏"

    campaign_id = text("活动代码", "Code of the campaign", key=True)
    name_zh = text("中文名称", "Name in Chinese")
    name_en = text("英文名称", "Name in English")
    launched_on = day("启动日(周一),第1周由此起算", "Launch, a Monday; campaign week 1 begins here")
    planned_end_on = day("计划结束日", "Planned end", nullable=True)
    timezone = text("所有时间所用时区", "Time zone of every moment")
    week_start = text("每周第一天", "First day of a week", values=("mon",))
    report_weekday = whole("周报应报日(1=周一)", "Weekday of the weekly report, 1 for Monday", minimum=1, maximum=7)
    report_hour = whole("周报应报时刻", "Hour of the weekly report", minimum=0, maximum=23, unit="h")


class Stages(Table):
    """One row per stage of the campaign; the windows overlap by design."""

    zh = "每行一个环节;时间窗口有意重叠"

    stage = text("环节代码", "Code of the stage", key=True, values=STAGES)
    name_zh = text("中文名称", "Name in Chinese")
    name_en = text("英文名称", "Name in English")
    window_from = day("窗口起", "First day of its window")
    window_to = day("窗口止", "Last day of its window")


class WorkCalendar(Table):
    """One row per calendar day, with what is a working day."""

    zh = "每行一天,标明是否工作日"

    day = day("日期", "Calendar day", key=True)
    is_workday = flag("工作日(含调休上班日)", "Whether offices work, make-up days included")
    week_no = whole("活动周次", "Campaign week", nullable=True)
    holiday_zh = text("节假日中文名", "Holiday in Chinese", nullable=True)
    holiday_en = text("节假日英文名", "Holiday in English", nullable=True)
