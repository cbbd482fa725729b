-- id: I10t
-- name: targeted_visit_share
-- title_zh: 有的放矢的督查占比
-- title_en: Targeted visits, share
-- question_zh: 现场督查中,有多少是针对某项动作去的?
-- question_en: How many of the on-site visits are aimed at a particular action?
-- numerator_zh: 注明针对动作的现场督查
-- numerator_en: On-site visits that name the action they are aimed at
-- denominator_zh: 时段内的现场督查
-- denominator_en: On-site visits of the period
-- missing_zh: 无;未注明针对动作的督查按没有针对性计
-- missing_en: None; a visit that names no action counts as not targeted
-- grain: on-site visit
-- unit: share
-- direction: up
-- aggregation: pooled
-- key: visited_on, unit_id, visit_id
-- maturity: activity
-- reference: I10, targeted share
select
    group_id,
    unit_type,
    unit_id,
    week,
    visit_id,
    visited_on,
    purpose,
    targeted_action,
    reported_at,
    case when targeted_action is null then 0 else 1 end as numerator,
    1 as denominator,
    0 as is_missing,
    0 as is_immature
from unit_visits
where visited_on between $from_on and $to_on
