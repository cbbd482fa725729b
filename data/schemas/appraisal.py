"""The units' appraisal: rules for points, the points given, and the marks."""

from __future__ import annotations

from data.schemas.base import Fact, Table, day, flag, number, text


class AppraisalRules(Table):
    """One row per scheme and rule for points. A rule, without a report time."""

    zh = "每行一个考核方案中的一条计分规则;属规则表,无上报时间"

    scheme_id = text("考核方案", "Scheme of appraisal", key=True)
    rule_code = text("规则代码", "Code of the rule", key=True)
    name_zh = text("中文名称", "Name in Chinese")
    name_en = text("英文名称", "Name in English")
    points = number("每次分值,扣分为负", "Points for one event, negative for a deduction", unit="points")
    cap = number("累计封顶,扣分为负", "Limit of their sum, negative for deductions", nullable=True, unit="points")
    role_factor_support = number("协办单位系数", "Factor for a supporting body", minimum=0, maximum=1)
    category = text("类别", "Category of the rule")
    basis_ref = text("依据出处", "Where the basis stands")
    effective_from = day("生效日", "First day of the rule")
    effective_to = day("失效日", "Last day of the rule", nullable=True)


class AppraisalEvents(Fact):
    """One row per event for which a unit gets or loses points."""

    zh = "每行一次加分或扣分"

    event_id = text("计分编号", "Number of the event", key=True)
    unit_id = text("单位", "Unit", references="units.unit_id")
    rule_code = text("规则", "Rule that was applied", references="appraisal_rules.rule_code")
    occurred_on = day("发生日", "Day on which it happened")
    evidence_table = text("依据所在的表", "Table in which the evidence stands")
    evidence_key = text("依据行的主键,多列以|相连", "Key of the evidence row, parts joined by |")
    appealed = text("申诉", "State of an appeal", values=("none", "pending", "upheld", "rejected"))


class AppraisalScores(Fact):
    """One row per unit, term and scheme with its marks."""

    zh = "每行一个单位在一个考核期、一个方案下的成绩"

    unit_id = text("单位", "Unit", key=True, references="units.unit_id")
    period_id = text("考核期:2014、2014H1、2014Q2 或 2014-04", "Term: 2014, 2014H1, 2014Q2 or 2014-04", key=True)
    scheme_id = text("考核方案", "Scheme of appraisal", key=True, references="appraisal_rules.scheme_id")
    base = number("基础分", "Mark before any event", unit="points")
    coursework_mark = number("平时成绩", "Coursework mark", minimum=0, maximum=100, unit="points")
    exam_mark = number("考试成绩", "Exam mark", nullable=True, minimum=0, maximum=100, unit="points")
    coursework_weight = number("平时成绩权重", "Weight of the coursework mark", minimum=0, maximum=1)
    total_mark = number("综合成绩", "Combined mark", nullable=True, minimum=0, maximum=100, unit="points")
    rankable = flag("参加排名", "Whether it can be ranked")
