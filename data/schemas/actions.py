"""What units are asked to do: the catalogue of actions, their content, order and due days."""

from __future__ import annotations

from data.schemas.base import Table, day, flag, number, several, text, whole
from data.schemas.units import UNIT_TYPES

BASES = ("seed", "source", "default")
CATALOGUE_CODE = "action_catalogue.action_code"


class ActionCatalogue(Table):
    """One row per action and version of its definition."""

    zh = "每行一项动作的一个定义版本"

    action_code = text("动作代码", "Code of the action", key=True)
    name_zh = text("中文名称", "Name in Chinese")
    name_en = text("英文名称", "Name in English")
    stage = text("所属环节", "Stage it belongs to", references="stages.stage")
    sequence_no = whole("环节内顺序", "Place in its stage")
    action_class = text("规定动作或自选动作", "Prescribed or optional", values=("prescribed", "optional"))
    mandatory = flag("必做", "Whether it must be done")
    applies_to = several("适用的单位类型,*为全部", "Unit types it is asked of, * for all", values=("*", *UNIT_TYPES))
    min_count = whole("最少次数", "How many times one due instance must be done", minimum=1, unit="times")
    is_continuing = flag("持续性动作", "Whether it goes on through the campaign")
    due_kind = text(
        "期限方式",
        "How the due day is found",
        values=("fixed_date", "launch_plus_days", "unit_start_plus_days", "after_action_plus_days", "none"),
    )
    due_value = text("期限日期或天数", "The day, or the number of days", nullable=True)
    due_anchor_action = text(
        "期限起算的动作", "Action from which the days count", nullable=True, references=CATALOGUE_CODE
    )
    grace_days = whole("宽限天数", "Days of grace after the due day", minimum=0, unit="days")
    workday_rule = text("遇休息日的处理", "What a due day off work becomes", values=("none", "next_workday"))
    weight = number("质量评分权重", "Weight in the quality mark", minimum=0)
    reviewed_by_group = flag("须经督导组审核", "Whether the group reviews it")
    effective_from = day("定义生效日", "First day of this definition", key=True)
    effective_to = day("定义失效日", "Last day of this definition", nullable=True)
    basis = text("依据类别", "What the definition rests on", values=BASES)
    basis_ref = text("依据出处", "Where the basis stands")


class ActionPrecedence(Table):
    """One row per pair of actions of which one has to come first."""

    zh = "每行一对有先后要求的动作"

    before_code = text("在前的动作", "Action that comes first", key=True, references=CATALOGUE_CODE)
    after_code = text("在后的动作", "Action that waits", key=True, references=CATALOGUE_CODE)
    rule = text("先后规则", "What has to wait for what", values=("finish_before_finish", "finish_before_start"))
    min_gap_days = whole("最短间隔天数", "Least number of days between them", minimum=0, unit="days")
    same_day_ok = flag("可否同日", "Whether both may fall on one day")


class ActionContentItems(Table):
    """One row per part that an action has to contain."""

    zh = "每行一项动作应含的一条内容"

    action_code = text("动作", "Action", key=True, references=CATALOGUE_CODE)
    item_no = whole("内容序号", "Number of the part", key=True, minimum=1)
    name_zh = text("中文名称", "Name in Chinese")
    name_en = text("英文名称", "Name in English")
    required = flag("必备", "Whether it must be there")
    effective_from = day("生效日", "First day on which it is asked")
    effective_to = day("失效日", "Last day on which it is asked", nullable=True)


class ActionDue(Table):
    """One row per unit, action and instance that is asked for."""

    zh = "每行一个单位应做的一次动作"

    unit_id = text("单位", "Unit", key=True, references="units.unit_id")
    action_code = text("动作", "Action", key=True, references=CATALOGUE_CODE)
    instance_no = whole("第几次", "Which time", key=True, minimum=1)
    due_on = day("现行到期日", "Due day in force; none while it is not known", nullable=True)
    due_on_original = day("原定到期日", "Due day before any extension", nullable=True)
    extension_granted_on = day("批准延期日", "Day on which an extension was granted", nullable=True)
    waived = flag("免做", "Whether it need not be done")
    waive_reason = text(
        "免做原因", "Why it need not be done", nullable=True, values=("not_applicable", "merged", "closed_unit")
    )
