-- id: I07
-- name: visits_per_unit
-- title_zh: 单位平均督查次数
-- title_en: Visits per unit
-- question_zh: 平均每个单位被现场督查了几次?
-- question_en: How often was each unit visited, on average?
-- numerator_zh: 时段内的现场督查次数(一个单位一天计一次;电话、约来、书面不计)
-- numerator_en: On-site visits in the period (one per unit and day; phone, summons and documents do not count)
-- denominator_zh: 在督单位数:单位周数除以时段周数(归属不变时即单位数)
-- denominator_en: Units supervised: unit-weeks over weeks in the period, which is the number of units
--   when assignments do not change
-- missing_zh: 无;迟报的督查要到以后的快照才出现,见“数据未到齐”标记
-- missing_en: None; visits reported late appear in later snapshots only, see the maturity mark
-- grain: on-site visit
-- unit: visits
-- direction: up
-- aggregation: visits over mean units: sums of both parts
-- reference: I07; a visit belongs to the week and the unit's group of its day, a unit-week to the group of its last day
with

cells as (
    select
        group_id,
        unit_type,
        unit_id,
        week,
        case when member_to >= least(week_to, $events_until) then 1 else 0 end as is_member,
        0 as is_visit,
        case when least(week_to, $events_until) > mature_until then 1 else 0 end as is_immature
    from unit_weeks
    where member_from between $from_on and $to_on

    union all

    select
        group_id,
        unit_type,
        unit_id,
        week,
        0 as is_member,
        1 as is_visit,
        0 as is_immature
    from unit_visits
    where visited_on between $from_on and $to_on
),

counts as (
    select
        case when $by_group then group_id end as group_id,
        case when $by_unit_type then unit_type end as unit_type,
        case when $by_unit then unit_id end as unit_id,
        case when $by_week then week end as week,
        cast(sum(is_visit) as bigint) as numerator,
        cast(sum(is_member) as double) / case
            when $by_week then 1
            else date_diff('day', cast($from_on as date), cast($to_on as date)) // 7 + 1
        end as denominator,
        case when max(is_immature) = 1 then 'immature' else 'mature' end as maturity
    from cells
    where
        ($groups is null or list_contains($groups, group_id))
        and ($unit_types is null or list_contains($unit_types, unit_type))
    group by all
)

select
    group_id,
    unit_type,
    unit_id,
    week,
    numerator / nullif(denominator, 0) as value,
    numerator,
    denominator,
    cast(0 as bigint) as n_missing,
    maturity
from counts
