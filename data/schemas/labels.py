"""What every allowed code is called in Chinese and English, for people who fill in or read a table."""

from __future__ import annotations

from typing import Final, TypeAlias

Names: TypeAlias = dict[str, tuple[str, str]]

_UNIT_TYPES: Final[Names] = {
    "township": ("乡镇", "township"), "subdistrict": ("街道", "subdistrict"),
    "county_department": ("县直单位", "county department"), "public_institution": ("事业单位", "public institution"),
    "vertical_agency": ("垂直管理单位", "vertical agency"), "state_enterprise": ("国有企业", "state enterprise"),
    "non_public_enterprise": ("非公有制企业", "non-public enterprise"),
    "social_organisation": ("社会组织", "social organisation"),
}  # fmt: skip

_LABELS: Final[dict[str, Names]] = {
    "week_start": {"mon": ("周一", "Monday")},
    "stage": {
        "S0": ("动员部署", "launch"), "S1": ("学习教育、听取意见", "study and opinions"),
        "S2": ("查摆问题、开展批评", "problems and criticism"), "S3": ("整改落实、建章立制", "rectification and rules"),
    },
    "group_kind": {"township": ("乡镇(街道)", "townships and streets"), "county_department": ("县直", "departments")},
    "unit_type": _UNIT_TYPES,
    "applies_to": {"*": ("全部", "all")} | _UNIT_TYPES,
    "peer_class": {
        "township": ("乡镇", "townships"), "department": ("部门", "departments"), "enterprise": ("企业", "enterprises"),
    },
    "body_kind": {
        "party_office": ("党委办公室", "party office"), "government_office": ("政府办公室", "government office"),
        "peoples_congress": ("人大", "people's congress"),
        "consultative_conference": ("政协", "consultative conference"),
        "campaign_office": ("活动办", "campaign office"), "department": ("部门", "department"),
        "county": ("县", "county"),
        "township": ("乡镇", "township"), "grassroots": ("基层站所", "grass roots"),
    },
    "branch": {
        "party": ("党委", "party"), "government": ("政府", "government"), "congress": ("人大", "congress"),
        "consultative": ("政协", "consultative conference"), "other": ("其他", "other"),
    },
    "action_class": {"prescribed": ("规定动作", "prescribed"), "optional": ("自选动作", "optional")},
    "due_kind": {
        "fixed_date": ("固定日期", "a fixed day"), "launch_plus_days": ("启动后若干天", "days after the launch"),
        "unit_start_plus_days": ("单位启动后若干天", "days after the unit's start"),
        "after_action_plus_days": ("某动作后若干天", "days after another action"), "none": ("无期限", "no due day"),
    },
    "workday_rule": {"none": ("不顺延", "stays"), "next_workday": ("顺延至下一工作日", "the next working day")},
    "basis": {
        "seed": ("讲话", "the speeches"), "source": ("公开资料", "a public source"), "default": ("默认", "default"),
    },
    "rule": {
        "finish_before_finish": ("前者完成后,后者方可完成", "the first ends before the second ends"),
        "finish_before_start": ("前者完成后,后者方可开始", "the first ends before the second begins"),
    },
    "waive_reason": {
        "not_applicable": ("不适用", "does not apply"), "merged": ("合并办理", "merged"),
        "closed_unit": ("单位撤销", "unit closed"),
    },
    "aspect": {
        "content": ("内容", "content"), "timetable": ("时间", "timetable"), "discipline": ("纪律", "discipline"),
        "other": ("其他", "other"),
    },
    "group_plan_items.status": {
        "planned": ("计划", "planned"), "doing": ("进行中", "under way"), "done": ("完成", "done"),
        "dropped": ("取消", "dropped"),
    },
    "action_records.status": {
        "planned": ("计划", "planned"), "in_progress": ("进行中", "under way"), "done": ("完成", "done"),
        "not_done_confirmed": ("未做(已核实)", "not done, confirmed"), "waived": ("免做", "waived"),
    },
    "review_status": {
        "not_reviewed": ("未审核", "not reviewed"), "approved": ("通过", "approved"), "returned": ("退回", "returned"),
    },
    "action_content_checks.state": {
        "present": ("有", "present"), "absent": ("缺", "absent"), "not_checked": ("未核对", "not checked"),
        "not_applicable": ("不适用", "does not apply"),
    },
    "reviewer_side": {"group": ("督导组", "group"), "office_spot_check": ("活动办抽查", "office spot check")},
    "verdict": {"approved": ("通过", "approved"), "returned": ("退回", "returned")},
    "mode": {
        "on_site": ("现场", "on site"), "phone": ("电话", "by phone"),
        "summoned": ("约到督导组", "summoned to the group"),
        "documents": ("审阅材料", "by documents"),
    },
    "purpose": {
        "guide": ("指导", "to guide"), "urge": ("督促", "to urge"), "serve": ("服务", "to serve"),
        "check": ("检查", "to check"),
    },
    "topic": {
        "four_winds": ("四风问题", "the four winds"), "progress": ("进展", "progress"), "other": ("其他", "other"),
    },
    "reporter_kind": {"group": ("督导组", "group"), "unit": ("单位", "unit")},
    "report_kind": {
        "weekly": ("周报", "weekly report"), "special": ("专题", "special report"),
        "stage_summary": ("环节小结", "stage summary"),
    },
    "found_by": {
        "unit_self": ("单位自查", "by the unit itself"), "group_interview": ("督导组谈话", "in a talk of the group"),
        "group_check": ("督导组检查", "in a check of the group"), "mass_opinion": ("群众意见", "by people's opinions"),
        "office_spot_check": ("活动办抽查", "in a spot check of the office"),
        "stage_evaluation": ("环节评价", "in the evaluation of a stage"),
    },
    "category": {
        "formalism": ("形式主义", "formalism"), "bureaucracy": ("官僚主义", "bureaucracy"),
        "hedonism": ("享乐主义", "hedonism"),
        "extravagance": ("奢靡之风", "extravagance"), "livelihood": ("民生", "livelihood"),
        "organisation": ("组织建设", "organisation"), "other": ("其他", "other"),
    },
    "term": {
        "immediate": ("立即整改", "at once"), "by_stage_end": ("本环节内整改", "by the end of the stage"),
        "long_term": ("长期坚持", "in the long term"),
    },
    "rectification_events.event_type": {
        "listed": ("列入清单", "listed"), "measure_set": ("定措施", "measure set"), "extended": ("延期", "extended"),
        "claimed_done": ("报完成待核", "claimed done, not verified"),
        "verified_closed": ("核实销号", "verified and struck off"),
        "verification_failed": ("核实未通过", "verification failed"), "reopened": ("重新打开", "reopened"),
        "transferred": ("移交", "transferred"),
    },
    "verified_by": {"group": ("督导组", "group"), "office": ("活动办", "office"), "public": ("群众", "public")},
    "source": {
        "decision_meeting": ("会议决定", "decision of a meeting"), "document": ("文件", "document"),
        "leader_instruction": ("批示交办", "instruction"), "deputies_proposal": ("建议提案", "proposal of deputies"),
        "supervision_finding": ("督查发现", "finding of supervision"), "mass_letter": ("群众来信", "letter"),
        "media": ("媒体反映", "media"),
    },
    "urgency": {"ordinary": ("一般", "ordinary"), "urgent": ("紧急", "urgent"), "difficult": ("疑难", "difficult")},
    "allowed_kind": {"working": ("工作日", "working days"), "calendar": ("自然日", "calendar days")},
    "matter_class": {
        "central_task": ("中心工作", "central task"), "livelihood": ("民生", "livelihood"), "other": ("其他", "other"),
    },
    "matters.status": {
        "registered": ("立项", "registered"), "assigned": ("交办", "assigned"), "in_progress": ("办理中", "under way"),
        "claimed_done": ("报完成待核", "claimed done, not verified"), "closed": ("办结", "closed"),
        "cancelled": ("撤销", "cancelled"),
    },
    "role": {"lead": ("牵头", "leads"), "support": ("配合", "supports")},
    "matter_events.event_type": {
        "registered": ("立项", "registered"), "assigned": ("交办", "assigned"), "signed_for": ("签收", "signed for"),
        "forwarded": ("转办", "forwarded"), "started": ("开始办理", "started"), "feedback": ("反馈", "feedback"),
        "returned": ("退回", "returned"), "urged": ("催办", "urged"), "slip_issued": ("发督查单", "slip issued"),
        "extension_asked": ("申请延期", "extension asked"), "extension_granted": ("批准延期", "extension granted"),
        "extension_refused": ("不予延期", "extension refused"), "escalated": ("上报", "escalated"),
        "claimed_done": ("报完成待核", "claimed done, not verified"), "verified": ("核实", "verified"),
        "closed": ("办结", "closed"), "reopened": ("重新打开", "reopened"),
    },
    "slip_colour": {"blue": ("蓝单", "blue"), "amber": ("黄单", "amber"), "red": ("红单", "red")},
    "stall_reason": {
        "unclear_division": ("职责不清", "unclear division of duties"), "no_resources": ("缺资源", "no resources"),
        "waits_for_other": ("等待他方", "waits for others"), "policy_conflict": ("政策冲突", "conflict of policies"),
        "objection": ("有异议", "objection"), "not_attended": ("无人过问", "not attended to"),
        "unknown": ("不明", "unknown"),
    },
    "element_kind": {
        "goal": ("目标", "goal"), "scope": ("范围", "scope"), "standard": ("标准", "standard"),
        "deadline": ("期限", "deadline"),
        "resource": ("资源", "resource"),
    },
    "matter_elements.state": {
        "kept": ("保持", "kept"), "altered": ("变更", "altered"), "dropped": ("丢失", "dropped"),
        "not_restated": ("未转述", "not restated"),
    },
    "direction": {"at_least": ("不低于", "at least"), "at_most": ("不高于", "at most")},
    "inspection_kind": {
        "supervision": ("督查", "supervision"), "work_inspection": ("工作检查", "work inspection"),
        "law_inspection": ("执法检查", "law inspection"), "democratic": ("民主监督", "democratic supervision"),
        "campaign": ("活动督导", "campaign supervision"), "spot_check": ("抽查", "spot check"),
    },
    "plan_status": {
        "planned": ("计划", "planned"), "approved": ("批准", "approved"), "merged": ("合并", "merged"),
        "held": ("已开展", "held"),
        "cancelled": ("取消", "cancelled"),
    },
    "joint_conferences.kind": {"regular": ("例会", "regular"), "special": ("专题会", "special")},
    "decision": {
        "approve": ("同意", "approve"), "merge": ("合并", "merge"), "postpone": ("推迟", "postpone"),
        "reject": ("不同意", "reject"), "assign": ("交办", "assign"),
    },
    "appealed": {
        "none": ("无", "none"), "pending": ("处理中", "pending"), "upheld": ("成立", "upheld"),
        "rejected": ("驳回", "rejected"),
    },
    "bulletins.kind": {
        "situation": ("情况", "situation"), "praise": ("表扬", "praise"), "criticism": ("批评", "criticism"),
    },
}  # fmt: skip
"""By column, or by table and column where the same name means several things."""


def labels(table: str, column: str) -> Names:
    """The names of a column's codes, Chinese then English. KeyError for a column that has no list of codes."""
    return _LABELS.get(f"{table}.{column}") or _LABELS[column]
