"""Overview."""

from dashboards.text.pairs import Pairs

MESSAGES: Pairs = {
    "headline": (
        "{rate} of the {due} prescribed actions due are complete, {on_time} on time.",
        "到期规定动作{due}项，已完成{rate}，按时完成{on_time}。",
    ),
    "headline.none": ("No prescribed action was due in this selection.", "所选范围内没有到期的规定动作。"),
    "headline.behind": (
        "{groups} are on time less often than chance allows.",
        "{groups}的按时率低于偶然波动所能解释的范围。",
    ),
    "headline.behind.one": (
        "{groups} is on time less often than chance allows.",
        "{groups}的按时率低于偶然波动所能解释的范围。",
    ),
    "headline.together": (
        "No group is on time less often than chance allows.",
        "没有哪个组的按时率低于偶然波动所能解释的范围。",
    ),
    "headline.early": (
        "It is too early to name a group: reports are still coming in.",
        "报告仍在陆续到来，尚不能点名。",
    ),
    "headline.few": ("One group alone cannot be compared.", "只有一个组，无法比较。"),
    "headline.since": (
        "Since {day}: actions complete {done}, visits {visits}, reports due {reports}.",
        "自{day}以来：完成动作{done}，督查{visits}，到期报告{reports}。",
    ),
    "headline.immature": ("What happened after {day} is not all reported yet.", "{day}以后的情况尚未全部报来。"),
    "kpi.completion_rate": ("Prescribed actions complete", "规定动作完成率"),
    "kpi.on_time_rate": ("Done on time", "按时完成率"),
    "kpi.visits_per_unit": ("Visits per unit", "单位平均督查次数"),
    "kpi.weekly_coverage": ("Units visited each week", "周覆盖率"),
    "kpi.report_timeliness": ("Reports on time", "报送及时率"),
    "kpi.n.completion_rate": ("{numerator} of {denominator} due", "到期{denominator}项，完成{numerator}项"),
    "kpi.n.on_time_rate": ("{numerator} of {denominator} due", "到期{denominator}项，按时{numerator}项"),
    "kpi.n.visits_per_unit": ("{numerator} visits, {denominator} units", "督查{numerator}次，{denominator}个单位"),
    "kpi.n.weekly_coverage": ("{numerator} of {denominator} unit-weeks", "{denominator}个单位周，督查{numerator}个"),
    "kpi.n.report_timeliness": ("{numerator} of {denominator} reports", "应报{denominator}份，及时{numerator}份"),
    "kpi.open": ("Why this number: {title}", "数字由来：{title}"),
    "kpi.spark": ("{title} by week, from {first} to {last}", "{title}逐周走势，从{first}到{last}"),
}
