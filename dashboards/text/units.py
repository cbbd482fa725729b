"""Units and one unit's page."""

from dashboards.text.pairs import Pairs

MESSAGES: Pairs = {
    "units.title": ("Units", "单位"),
    "units.say": ("{n} units, those with the lowest completion first.", "{n}个单位，完成率低的在前。"),
    "units.say.one": ("{n} unit.", "{n}个单位，完成率低的在前。"),
    "units.unit": ("Unit", "单位"),
    "units.group": ("Group", "督导组"),
    "units.type": ("Type", "类型"),
    "units.completion": ("Complete", "完成率"),
    "units.on_time": ("On time", "按时率"),
    "units.visits": ("Visits", "督查次数"),
    "units.coverage": ("Weeks visited", "周覆盖率"),
    "units.latency": ("Days to report", "信息滞后（天）"),
    "units.missing": ("No report", "未报"),
    "unitpage.facts": ("{type} · group {group}", "{type} · 督导组 {group}"),
    "unitpage.actions": ("Prescribed actions", "规定动作"),
    "unitpage.actions.say": (
        "{done} of {due} due are done, {late} of them late.",
        "到期{due}项，完成{done}项，其中迟{late}项。",
    ),
    "unitpage.action": ("Action", "动作"),
    "unitpage.due": ("Due", "应完成"),
    "unitpage.done": ("Done", "完成"),
    "unitpage.told": ("Reported", "报到"),
    "unitpage.state": ("State", "状态"),
    "unitpage.visits": ("Visits", "督查"),
    "unitpage.visits.say": ("{n} visits on site; the last on {day}.", "现场督查{n}次，最近一次在{day}。"),
    "unitpage.visits.say.one": ("{n} visit on site, on {day}.", "现场督查{n}次，最近一次在{day}。"),
    "unitpage.visits.none": ("No visit on site is known.", "没有现场督查的记录。"),
    "unitpage.visited": ("Visited", "督查日"),
    "unitpage.purpose": ("Purpose", "目的"),
    "unitpage.interviews": ("Interviews", "谈话数"),
    "unitpage.back": ("All units", "全部单位"),
    "unitpage.choose": ("Choose a unit", "选择单位"),
}
