"""The parts that an action must contain, by action: names in both languages."""

from __future__ import annotations

from typing import Final, TypeAlias

Items: TypeAlias = tuple[tuple[str, str], ...]

PLAN_ITEMS: Final[Items] = (
    ("目标要求", "goal"),
    ("对象范围", "scope"),
    ("环节安排", "stages"),
    ("时间安排", "dates"),
    ("任务分工", "duties"),
    ("活动载体", "carrier"),
    ("突出问题", "problem focus"),
    ("保障措施", "safeguards"),
)
STUDY_ITEMS: Final[Items] = (("集中学习", "joint study"), ("交流讨论", "exchange"), ("学习笔记", "notes"))
ITEMS: Final[dict[str, Items]] = {
    "A01": (("领导小组", "leading group"), ("办事机构", "office"), ("职责分工", "division of duties")),
    "A03": PLAN_ITEMS,
    "A04": (
        ("重要意义", "why it matters"),
        ("任务要求", "tasks"),
        ("本单位问题", "the unit's own problems"),
        ("方法步骤", "steps"),
        ("组织保障", "organisation"),
    ),
    "A05": (
        ("督导组到会", "group present"),
        ("动员讲话", "speech"),
        ("方案宣布", "plan announced"),
        ("群众代表到会", "public represented"),
        ("会议记录", "minutes"),
        ("签到名册", "attendance sheet"),
    ),
    "A06": (("测评发放", "ballots handed out"), ("当场统计", "counted on the spot"), ("结果反馈", "result fed back")),
    **{f"A1{number}": STUDY_ITEMS for number in range(1, 7)},
    "A17": (("学习安排", "study plan"), ("学习记录", "study record")),
    "A19": (("议题明确", "topic set"), ("代表广泛", "wide attendance"), ("意见记录", "opinions recorded")),
    "A20": (("实地走访", "field trip"), ("书面报告", "written result")),
    "A21": (
        ("座谈征求", "symposium"),
        ("问卷征求", "questionnaire"),
        ("信箱征求", "letter box"),
        ("走访征求", "field visit"),
    ),
    "A23": (("群众参与", "public takes part"), ("当场测评", "on-the-spot ballot"), ("结果公布", "result published")),
    "A34": (
        ("问题具体", "concrete problems"),
        ("原因分析", "causes"),
        ("举例说明", "examples"),
        ("整改方向", "direction"),
        ("群众意见回应", "answers to opinions"),
    ),
    "A35": (
        ("会前准备", "preparation"),
        ("意见通报", "opinions reported"),
        ("对照检查", "comparison"),
        ("相互批评", "mutual criticism"),
        ("督导组点评", "group's comment"),
        ("整改承诺", "promises"),
    ),
    "A36": (("通报范围", "audience"), ("通报内容", "content"), ("意见收集", "reactions collected")),
}
