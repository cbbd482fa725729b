"""Visits."""

from dashboards.text.pairs import Pairs

MESSAGES: Pairs = {
    "visits.title": ("Visits: units visited each week", "督查：每周走访单位数"),
    "visits.none": ("{groups} visited nobody in at least one full week.", "{groups}至少有一个完整周没有走访任何单位。"),
    "visits.every": ("Every group visited someone in every full week.", "每个完整周，各组都有走访。"),
    "visits.open": (
        "No silence is proven: where a ? stands, reports are not all in.",
        "没有查实的空白周：标“?”处，报告尚未到齐。",
    ),
    "visits.legend": (
        "Number: units visited · stronger: larger share of the group's units · ?: reports not all in",
        "数字：走访单位数 · 颜色越强，占本组单位的比例越大 · ?：报告未到齐",
    ),
    "visits.zero": ("none", "无"),
    "trend.title": ("Share of units visited, by week", "逐周走访覆盖率"),
    "trend.say": (
        "{value} in week {week}, the last complete one; {best} at best in week {best_week}.",
        "数据到齐的最近一周（第{week}周）为{value}；最高为第{best_week}周的{best}。",
    ),
    "trend.none": ("No complete week in this selection.", "所选范围内没有数据到齐的完整周。"),
    "trend.legend": (
        "Hatched: reports for these weeks are still coming in · n = {n} units",
        "斜线：这些周的报告仍在陆续到来 · n = {n}个单位",
    ),
}
