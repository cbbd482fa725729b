"""Who supervises and who is supervised: groups, units, bodies."""

from __future__ import annotations

from data.schemas.base import Form, Table, day, flag, text, whole

UNIT_TYPES = (
    "township",
    "subdistrict",
    "county_department",
    "public_institution",
    "vertical_agency",
    "state_enterprise",
    "non_public_enterprise",
    "social_organisation",
)
BODY_KINDS = (
    "party_office",
    "government_office",
    "peoples_congress",
    "consultative_conference",
    "campaign_office",
    "department",
    "county",
    "township",
    "grassroots",
)


GROUP_CODE = Form(
    "[A-Z][A-Z0-9-]{0,15}",
    "写一个大写字母,其后为大写字母、数字或连字符,如 T1",
    "write a capital letter, then capital letters, digits or hyphens, as T1",
)
"""Its workbook is called by the code, so that nothing else may stand in it."""


class SupervisionGroups(Table):
    """One row per supervision group."""

    zh = "每行一个督导组"

    group_id = text("督导组代码", "Code of the group", key=True, form=GROUP_CODE)
    group_kind = text(
        "类别:乡镇(街道)或县直", "Townships and streets, or departments", values=("township", "county_department")
    )
    group_no = whole("同类内的组号", "Number within its kind", minimum=1)
    name_zh = text("中文名称", "Name in Chinese")
    name_en = text("英文名称", "Name in English")
    covers_non_public = flag("是否督导非公有制企业", "Whether it also supervises non-public enterprises")
    members_n = whole("成员人数", "Number of members", nullable=True, minimum=1, unit="members")
    trained_on = day("培训日", "Day of the training", nullable=True)
    plan_approved_on = day("督导方案批准日", "Day on which its work plan was approved", nullable=True)
    display_order = whole("显示顺序", "Place in every list")


class Units(Table):
    """One row per unit that takes part in the campaign."""

    zh = "每行一个参加活动的单位"

    unit_id = text("单位代码", "Code of the unit", key=True)
    name_zh = text("中文名称", "Name in Chinese")
    name_en = text("英文名称", "Name in English")
    unit_type = text("单位类型", "Type of unit", values=UNIT_TYPES)
    peer_class = text(
        "考核排名组别", "Whom it is ranked with in the appraisal", values=("township", "department", "enterprise")
    )
    sub_batch = whole("茬次", "Sub-batch with its own clock", minimum=1)
    joined_on = day("加入日", "First day in the campaign")
    left_on = day("退出日", "Last day in the campaign", nullable=True)


class UnitAssignments(Table):
    """One row per unit and period with one group; on each day a unit has exactly one group."""

    zh = "每行一个单位归某督导组的一段时期;每日恰有一个组"

    unit_id = text("单位", "Unit", key=True, references="units.unit_id")
    group_id = text("督导组", "Group that supervises it", references="supervision_groups.group_id")
    valid_from = day("起始日", "First day", key=True)
    valid_to = day("终止日(含)", "Last day, included; none while it lasts", nullable=True)


class Bodies(Table):
    """One row per body that leads, supports or inspects; bodies are offices, never persons."""

    zh = "每行一个承办或督查机构;只记机构,不记个人"

    body_id = text("机构代码", "Code of the body", key=True)
    body_kind = text("机构类别", "Kind of body", values=BODY_KINDS)
    branch = text("系统", "Branch it belongs to", values=("party", "government", "congress", "consultative", "other"))
    level = whole(
        "层级:0市 1县 2乡镇/部门 3基层", "Level: 0 city, 1 county, 2 unit, 3 grass roots", minimum=0, maximum=3
    )
    unit_id = text("对应单位", "Unit that it is", nullable=True, references="units.unit_id")
    name_zh = text("中文名称", "Name in Chinese")
    name_en = text("英文名称", "Name in English")
