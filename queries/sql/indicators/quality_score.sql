-- id: I05
-- name: quality_score
-- title_zh: 标准不降低(质量得分)
-- title_en: Standards not lowered (quality)
-- question_zh: 已完成的动作,督导组评了多少分?
-- question_en: What mark did the groups give to the actions done?
-- numerator_zh: 分数 × 动作权重之和
-- numerator_en: Sum of mark × weight of the action
-- denominator_zh: 时段内完成且经督导组评分的动作的权重之和;每次动作取督导组到事件截止日为止最近一次评分,活动办抽查不计
-- denominator_en: Sum of the weights of the actions done in the period that the group marked; of each the group's last
--   review by the events-until date counts, the office's spot checks never do
-- missing_zh: 未评分:应经督导组审核而没有分数的已完成动作;不推算,分子分母都不计
-- missing_en: Not marked: actions done that the group has to review and that have no mark; not imputed, in neither
-- grain: action done
-- unit: points
-- direction: up
-- aggregation: pooled
-- key: done_on, action_code, unit_id, instance_no
-- numbers: decimal
-- dimensions: stage, action, state
-- reference: I05; beside it stands the review share I05s; the group marks its own units, so see the gap I05g as well;
--   an action belongs to the week and to the unit's group of the day it was done
select
    group_id,
    unit_type,
    unit_id,
    week,
    stage,
    action_code,
    instance_no,
    done_on,
    reviewed_on,
    verdict,
    score,
    weight,
    case when score is null and review_state = 'done' then 'not_reported' else review_state end as state,
    cast(coalesce(cast(score as decimal(9, 4)) * cast(weight as decimal(9, 4)), 0) as decimal(18, 4)) as numerator,
    cast(case when score is null then 0 else weight end as decimal(18, 4)) as denominator,
    case when score is null then 1 else 0 end as is_missing,
    is_immature
from reviewed_actions
where
    done_on between $from_on and $to_on
    and $events_until between holds_from and holds_to
    and (reviewed_by_group or review_state = 'done')
