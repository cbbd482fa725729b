"""A difference in words, in Chinese and English: one sentence a group, what is late first."""

from __future__ import annotations

from typing import Final, Literal

import polars as pl

from data.difference import summary

Language = Literal["zh", "en"]

THINGS: Final = {
    "action_records": ("规定动作{n}项", "action", "actions"),
    "action_content_checks": ("内容核对{n}条", "content check", "content checks"),
    "action_reviews": ("评分{n}次", "mark", "marks"),
    "visits": ("督查{n}次", "visit", "visits"),
    "interview_sessions": ("谈话{n}次", "interview session", "interview sessions"),
    "report_filings": ("报告{n}份", "report", "reports"),
    "problems": ("问题{n}个", "problem", "problems"),
    "rectification_events": ("整改进展{n}条", "step of rectification", "steps of rectification"),
    "group_plans": ("督导方案{n}份", "work plan", "work plans"),
    "group_plan_items": ("方案条目{n}条", "plan item", "plan items"),
    "matters": ("督办事项{n}件", "matter", "matters"),
    "matter_events": ("督办进展{n}条", "step of a matter", "steps of matters"),
    "inspections": ("督查检查{n}次", "inspection", "inspections"),
    "appraisal_events": ("计分{n}次", "appraisal event", "appraisal events"),
    "appraisal_scores": ("成绩{n}项", "mark of a unit", "marks of units"),
    "units": ("单位{n}个", "unit", "units"),
    "unit_assignments": ("分工{n}项", "assignment", "assignments"),
    "action_due": ("应完成动作{n}项", "due action", "due actions"),
}
"""The name of a table's row with its number; a table not named here is told as so many other rows."""

OTHER: Final = ("其他记录{n}条", "other row", "other rows")

VERBS: Final = {
    "learnt_late": ("补报{what}（最迟{days}天）", "{what} learnt late (up to {days} days after the event)"),
    "new": ("新增{what}", "{what} new"),
    "closed": ("办结{what}", "{what} closed"),
    "moved_on": ("{what}有进展", "{what} moved on"),
    "restated": ("更正{what}", "{what} restated"),
    "withdrawn": ("撤回{what}", "{what} withdrawn"),
    "vanished": ("{what}消失", "{what} vanished"),
}
"""How each kind of change is said, in the order in which a sentence says them."""

NOBODY: Final = ("全县", "The county")
NOTHING: Final = ("与上期相比没有变化。", "Nothing has changed.")


def sentences(changes: pl.DataFrame, language: Language) -> list[str]:
    """Give one sentence for each group in which something changed, then one for what belongs to no group."""
    counted = summary(changes)
    told = []
    for (group,), rows in counted.group_by(["group_id"], maintain_order=True):
        parts = [text for kind in VERBS if (text := _part(rows.filter(pl.col("kind") == kind), kind, language))]
        name = str(group) if group is not None else NOBODY[_place(language)]
        told.append(f"{name}：{'；'.join(parts)}。" if language == "zh" else f"{name}: {'; '.join(parts)}.")
    return told or [NOTHING[_place(language)]]


def counted(table: str, n: int, language: Language) -> str:
    """Give a number of a table's rows in words: 督查3次, 3 visits."""
    chinese, one, many = THINGS.get(table, OTHER)
    return chinese.format(n=n) if language == "zh" else f"{n:,} {one if n == 1 else many}"


def _part(rows: pl.DataFrame, kind: str, language: Language) -> str:
    if rows.is_empty():
        return ""
    named = rows.filter(pl.col("table").is_in(list(THINGS)))
    what = [counted(table, n, language) for table, n in named.select("table", "count").iter_rows()]
    if others := sum(rows["count"].to_list()) - sum(named["count"].to_list()):
        what.append(counted("", others, language))
    days = rows["longest_days"].max()
    return VERBS[kind][_place(language)].format(what=_listed(what, language), days=days)


def _listed(words: list[str], language: Language) -> str:
    if language == "zh":
        return "、".join(words)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _place(language: Language) -> int:
    return 0 if language == "zh" else 1
