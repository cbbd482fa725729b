-- id: I16b
-- name: inspection_burden
-- title_zh: 督查负担(单位月均天数)
-- title_en: Inspection burden (days per unit and month)
-- question_zh: 一个单位一个月要用多少天接受督查检查?
-- question_en: How many days a month does a unit spend on being inspected?
-- numerator_zh: 检查天数(首日在该周内;已合并、已取消的不计)
-- numerator_en: Days of the inspections that begin in the week; merged and cancelled ones leave
-- denominator_zh: 单位月:时段内完整各周的单位周除以4(一月按四周计);未满的一周不计
-- denominator_en: Unit-months: the unit-weeks of the full weeks in the period over 4 (four weeks to a month);
--   a week not yet over does not count
-- missing_zh: 无;没有实际日期的按计划日期算
-- missing_en: None; without actual dates the planned ones count
-- grain: unit and full week
-- unit: days
-- direction: none
-- aggregation: pooled
-- numbers: decimal
-- key: week, unit_id
-- reference: I16 (load); a unit-week belongs to the unit's group on the week's Sunday
with

loads as (
    select
        unit_id,
        week,
        count(*) as count_inspections,
        count(distinct body_id) as count_bodies,
        sum(cast(days as decimal(18, 4))) as inspection_days
    from unit_inspections
    where plan_status <> 'merged'
    group by unit_id, week
)

select
    unit_weeks.group_id,
    unit_weeks.unit_type,
    unit_weeks.unit_id,
    unit_weeks.week,
    unit_weeks.week_from,
    unit_weeks.week_to,
    coalesce(loads.count_inspections, 0) as count_inspections,
    coalesce(loads.count_bodies, 0) as count_bodies,
    cast(coalesce(loads.inspection_days, 0) as double) as inspection_days,
    cast(coalesce(loads.inspection_days, 0) as decimal(18, 4)) as numerator,
    cast(0.25 as decimal(18, 4)) as denominator,
    0 as is_missing,
    case when unit_weeks.week_to > unit_weeks.mature_until then 1 else 0 end as is_immature
from unit_weeks
left join loads on unit_weeks.unit_id = loads.unit_id and unit_weeks.week = loads.week
where
    unit_weeks.member_from between $from_on and $to_on
    and unit_weeks.member_to = unit_weeks.week_to
    and unit_weeks.week_to <= $events_until
