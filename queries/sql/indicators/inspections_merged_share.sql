-- id: I16m
-- name: inspections_merged_share
-- title_zh: 督查合并率
-- title_en: Inspections merged
-- question_zh: 列入计划的督查检查,有多少并入了别的检查?
-- question_en: Of the inspections that were planned, how many became part of another one?
-- numerator_zh: 已合并的检查(单位因此少受一次检查)
-- numerator_en: Inspections merged into another one, each a visit the unit was spared
-- denominator_zh: 首日在时段内、列入计划的检查;已取消的不计
-- denominator_en: Inspections planned with their first day in the period; cancelled ones leave
-- missing_zh: 无;没有实际日期的按计划日期算
-- missing_en: None; without actual dates the planned ones count
-- grain: inspection
-- unit: share
-- direction: up
-- aggregation: pooled
-- key: inspection_from, inspection_id
-- dimensions: body
-- reference: I16 (saved = merged); an inspection belongs to the week and to the unit's group of its first day
with

hosts as (select * from calendar_inspections)

select
    own.group_id,
    own.unit_type,
    own.unit_id,
    own.week,
    own.inspection_id,
    own.body_id,
    own.body_name_zh,
    own.body_name_en,
    own.inspection_kind,
    own.theme_code,
    own.plan_status,
    own.inspection_from,
    own.inspection_to,
    own.merged_into,
    hosts.body_name_zh as other_body_name_zh,
    hosts.body_name_en as other_body_name_en,
    hosts.inspection_from as other_from,
    hosts.inspection_to as other_to,
    case when own.plan_status = 'merged' then 1 else 0 end as numerator,
    1 as denominator,
    0 as is_missing,
    own.is_immature
from unit_inspections as own
left join hosts on own.merged_into = hosts.inspection_id
where own.inspection_from between $from_on and $to_on
