-- id: I16t
-- name: inspection_overlap_theme
-- title_zh: 同一主题重复督查率
-- title_en: Inspection overlap, same theme
-- question_zh: 同一单位同一主题,一个月内被另一机构又查一遍的检查有多少?
-- question_en: How many inspections repeat another body's theme in the same unit within a month?
-- numerator_zh: 与其他机构对同一单位、同一主题的检查相隔不超过30天的检查(对方首日不晚于事件截止日)
-- numerator_en: Inspections at most 30 days from one of the same unit and theme by another body that had also begun
-- denominator_zh: 首日在时段内、计划或已进行的检查;已合并、已取消的不计
-- denominator_en: Inspections held or planned with their first day in the period; merged and cancelled ones leave
-- missing_zh: 无;没有实际日期的按计划日期算
-- missing_en: None; without actual dates the planned ones count
-- grain: inspection
-- unit: share
-- direction: down
-- aggregation: pooled
-- key: inspection_from, inspection_id
-- dimensions: body
-- reference: I16, theme variant; an inspection belongs to the week and to the unit's group of its first day;
--   30 days are a default
with

others as (
    select
        *,
        count(*) over (partition by inspection_id) as count_others,
        row_number() over (partition by inspection_id order by other_from, other_inspection_id) as place
    from inspection_pairs
    where gap_days <= 30 and is_same_theme and other_from <= $events_until
)

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
    coalesce(others.count_others, 0) as count_others,
    others.other_inspection_id,
    others.other_body_name_zh,
    others.other_body_name_en,
    others.other_from,
    others.other_to,
    case when others.inspection_id is null then 0 else 1 end as numerator,
    1 as denominator,
    0 as is_missing,
    own.is_immature
from unit_inspections as own
left join others on own.inspection_id = others.inspection_id and others.place = 1
where own.plan_status <> 'merged' and own.inspection_from between $from_on and $to_on
