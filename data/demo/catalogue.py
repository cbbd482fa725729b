"""The default catalogue of actions: what every unit is asked to do, by when and after what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from data.demo.calendar import next_workday

PUBLIC_BODIES: Final = ("township", "subdistrict", "county_department")
ENTERPRISES: Final = ("non_public_enterprise",)


@dataclass(frozen=True, slots=True)
class Action:
    """One row of the catalogue; `due` is the calendar day before the working-day rule."""

    code: str
    stage: str
    name_zh: str
    name_en: str
    basis: str
    due: date | None
    after: tuple[str, ...] = ()
    applies_to: tuple[str, ...] = ("*",)
    is_continuing: bool = False
    reviewed_by_group: bool = False
    next_workday_rule: bool = True
    effective_from: date = date(2014, 3, 10)

    @property
    def is_prescribed(self) -> bool:
        """Prescribed actions are asked of every unit; optional ones are only counted."""
        return self.code.startswith("A")

    @property
    def due_on(self) -> date | None:
        """The due day once weekends and holidays are passed over, where the rule says so."""
        return next_workday(self.due) if self.due and self.next_workday_rule else self.due

    @property
    def is_opening(self) -> bool:
        """Whether it belongs to the nine actions due before the meeting of mid-April."""
        return self.due is not None and self.due < date(2014, 4, 14)

    def asks(self, unit_type: str) -> bool:
        """Whether units of a type are asked for it."""
        return self.applies_to == ("*",) or unit_type in self.applies_to


def _march(day: int) -> date:
    return date(2014, 3, day)


@cache
def actions() -> tuple[Action, ...]:
    """The default catalogue in order."""
    middle, late = date(2014, 3, 20), date(2014, 5, 26)
    topics = [(3, 28), (4, 4), (4, 11), (4, 18), (4, 25), (4, 30)]
    numerals = ("一", "二", "三", "四", "五", "六")
    prepared = [
        Action(
            "A01",
            "S0",
            "成立领导小组和办事机构",
            "Leading group and office set up",
            "source",
            _march(15),
            next_workday_rule=False,
        ),
        Action("A02", "S0", "起草实施方案", "Implementation plan drafted", "seed", _march(18), ("A01",)),
        Action(
            "A03",
            "S0",
            "实施方案经督导组审批",
            "Plan approved by the group",
            "seed",
            _march(23),
            ("A02",),
            reviewed_by_group=True,
            next_workday_rule=False,
        ),
        Action(
            "A04",
            "S0",
            "动员讲话经督导组审阅",
            "Mobilisation speech reviewed",
            "seed",
            _march(24),
            reviewed_by_group=True,
        ),
        Action("A05", "S0", "召开动员大会", "Mobilisation meeting held", "seed", _march(25), ("A03", "A04")),
        Action("A06", "S0", "民主评议", "Democratic appraisal", "seed", _march(28), ("A05",)),
    ]
    study = [
        Action(
            f"A1{number}",
            "S1",
            f"专题学习{numeral}",
            f"Special study topic {number}",
            "seed",
            date(2014, *day),
            ("A05",) if number == 1 else (),
            next_workday_rule=False,
        )
        for number, numeral, day in zip(range(1, 7), numerals, topics, strict=True)
    ]
    listening = [
        Action(
            "A17",
            "S1",
            "贯穿始终的专题学习",
            "Cross-cutting study theme",
            "seed",
            date(2014, 4, 25),
            is_continuing=True,
            effective_from=middle,
        ),
        Action("A19", "S1", "座谈会", "Symposium", "seed", date(2014, 4, 18), ("A05",)),
        Action("A20", "S1", "调查研究", "Field research", "seed", date(2014, 4, 30), ("A05",)),
        Action("A21", "S1", "征求意见", "Soliciting opinions", "seed", date(2014, 5, 9), ("A05",)),
        Action(
            "A22", "S1", "边学边查边改", "Immediate rectification list", "seed", date(2014, 5, 30), is_continuing=True
        ),
        Action("A23", "S1", "第一环节群众评价", "Mass evaluation, link 1", "source", date(2014, 5, 30), ("A21",)),
    ]
    criticism = [
        Action("A31", "S2", "汇总反馈意见", "Opinions collated and fed back", "source", date(2014, 6, 15), ("A21",)),
        Action("A32", "S2", "谈心谈话", "Heart-to-heart talks", "source", date(2014, 6, 30)),
        Action("A33", "S2", "撰写对照检查材料", "Comparison material written", "source", date(2014, 7, 5), ("A31",)),
        Action(
            "A34",
            "S2",
            "督导组审核材料",
            "Material reviewed by the group",
            "source",
            date(2014, 7, 12),
            ("A33",),
            reviewed_by_group=True,
        ),
        Action(
            "A35",
            "S2",
            "专题民主生活会",
            "Special democratic life meeting",
            "source",
            date(2014, 7, 25),
            ("A32", "A34"),
        ),
        Action("A36", "S2", "会后情况通报", "Report-back after the meeting", "source", None, ("A35",)),
        Action(
            "A37",
            "S2",
            "组织生活会和民主评议党员",
            "Organisational life meeting and appraisal",
            "source",
            date(2014, 8, 15),
            effective_from=date(2014, 6, 29),
        ),
    ]
    rectification = [
        Action(
            "A41", "S3", "整改方案", "Rectification plan", "source", date(2014, 8, 15), ("A35",), effective_from=late
        ),
        Action(
            "A42",
            "S3",
            "专项整治方案",
            "Special-treatment plan",
            "source",
            date(2014, 8, 15),
            ("A35",),
            PUBLIC_BODIES,
            effective_from=late,
        ),
        Action(
            "A43",
            "S3",
            "制度建设计划",
            "Rule-making programme",
            "source",
            date(2014, 8, 15),
            ("A35",),
            PUBLIC_BODIES,
            effective_from=late,
        ),
        Action(
            "A44", "S3", "整改清单", "Rectification list", "source", date(2014, 8, 15), ("A35",), effective_from=late
        ),
        Action(
            "A45",
            "S3",
            "整改公示",
            "Rectification made public",
            "source",
            date(2014, 8, 31),
            ("A41",),
            effective_from=late,
        ),
        Action("A46", "S3", "群众评判", "Public judgement", "source", date(2014, 9, 30), ("A45",), effective_from=late),
        Action("A47", "S3", "总结", "Closing summary", "source", date(2014, 9, 30), ("A46",), effective_from=late),
    ]
    optional = [
        Action("B01", "S1", "清明革命传统教育", "Qingming tradition education", "seed", None),
        Action("B02", "S1", "创新活动载体", "Innovative carrier", "seed", None),
        Action("B03", "S1", "与生产经营结合", "Combined with production", "seed", None, applies_to=ENTERPRISES),
    ]
    return (*prepared, *study, *listening, *criticism, *rectification, *optional)


@cache
def action(code: str) -> Action:
    """One action of the catalogue by its code."""
    return next(action for action in actions() if action.code == code)
