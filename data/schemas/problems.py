"""Problems found in units, and what became of them."""

from __future__ import annotations

from data.schemas.base import Fact, day, flag, text, whole


class Problems(Fact):
    """One row per problem found in a unit."""

    zh = "每行一个单位查出的一个问题"

    problem_id = text("问题编号", "Number of the problem", key=True)
    unit_id = text("单位", "Unit", references="units.unit_id")
    found_on = day("发现日", "Day on which it was found")
    found_by = text(
        "发现途径",
        "How it was found",
        values=(
            "unit_self",
            "group_interview",
            "group_check",
            "mass_opinion",
            "office_spot_check",
            "stage_evaluation",
        ),
    )
    category = text(
        "类别",
        "Kind of problem",
        values=(
            "formalism",
            "bureaucracy",
            "hedonism",
            "extravagance",
            "livelihood",
            "organisation",
            "other",
        ),
    )
    three_mosts = flag('涉及"三最"利益', "Whether it touches what people care for most")
    title_zh = text("问题内容", "What it is")
    measure_zh = text("整改措施", "What is to be done", nullable=True)
    responsible_body_id = text("责任单位", "Body that has to solve it", references="bodies.body_id")
    term = text("整改时限类别", "How long it may take", values=("immediate", "by_stage_end", "long_term"))
    due_on = day("整改期限", "Due day", nullable=True)
    recurs_of = text(
        "由哪个问题反弹而来", "Earlier problem that came back", nullable=True, references="problems.problem_id"
    )


class RectificationEvents(Fact):
    """One row per step in the life of a problem."""

    zh = "每行一个问题整改过程中的一步"

    problem_id = text("问题编号", "Problem", key=True, references="problems.problem_id")
    event_no = whole("步骤序号", "Number of the step", key=True, minimum=1)
    event_type = text(
        "步骤",
        "What happened",
        values=(
            "listed",
            "measure_set",
            "extended",
            "claimed_done",
            "verified_closed",
            "verification_failed",
            "reopened",
            "transferred",
        ),
    )
    happened_on = day("发生日", "Day on which it happened")
    new_due_on = day("新的期限", "New due day", nullable=True)
    verified_by = text("核实方", "Who verified it", nullable=True, values=("group", "office", "public"))
