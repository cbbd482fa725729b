"""Reporting."""

from dashboards.text.pairs import Pairs

MESSAGES: Pairs = {
    "lag.title": ("How late the office learns of things, by unit type", "活动办多久才知道：按单位类型"),
    "lag.say": (
        "Half of all news arrives within {days} days; {share} takes more than 14 days.",
        "一半的信息在{days}天内报到；{share}超过14天。",
    ),
    "lag.say.one": (
        "Half of all news arrives within {days} day; {share} takes more than 14 days.",
        "一半的信息在{days}天内报到；{share}超过14天。",
    ),
    "lag.none": ("No dated news in this selection.", "所选范围内没有带日期的信息。"),
    "lag.legend": ("Days from the event to its report · share of reports", "从事件发生到报到的天数 · 占报告数的比例"),
    "lag.bin.0": ("0–2 days", "0–2天"),
    "lag.bin.1": ("3–7 days", "3–7天"),
    "lag.bin.2": ("8–14 days", "8–14天"),
    "lag.bin.3": ("over 14 days", "14天以上"),
}
