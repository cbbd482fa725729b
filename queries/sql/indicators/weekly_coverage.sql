-- id: I09
-- name: weekly_coverage
-- title_zh: 周覆盖率
-- title_en: Weekly coverage
-- question_zh: 每周有多大比例的单位被现场督查过?
-- question_en: What share of the units is visited in a week?
-- numerator_zh: 该周至少有一次现场督查的单位周
-- numerator_en: Unit-weeks with at least one on-site visit
-- denominator_zh: 时段内完整各周的单位周(单位 × 周);未满的一周不计
-- denominator_en: Unit-weeks of the full weeks in the period (unit × week); a week not yet over does not count
-- missing_zh: 无;迟报的督查要到以后的快照才出现,见“数据未到齐”标记
-- missing_en: None; visits reported late appear in later snapshots only, see the maturity mark
-- grain: unit and full week
-- unit: share
-- direction: up
-- aggregation: pooled: sum of numerators over sum of denominators
-- reference: I09; a unit-week belongs to the unit's group on the week's Sunday
with

visited as (
    select distinct
        unit_id,
        week
    from unit_visits
    where visited_on <= $events_until
),

cells as (
    select
        unit_weeks.group_id,
        unit_weeks.unit_type,
        unit_weeks.unit_id,
        unit_weeks.week,
        unit_weeks.mature_until,
        unit_weeks.week_to,
        unit_weeks.week_to <= $events_until and unit_weeks.member_to = unit_weeks.week_to as is_full,
        visited.unit_id is not null as is_visited
    from unit_weeks
    left join visited on unit_weeks.unit_id = visited.unit_id and unit_weeks.week = visited.week
    where unit_weeks.member_from between $from_on and $to_on
)

select
    case when $by_group then group_id end as group_id,
    case when $by_unit_type then unit_type end as unit_type,
    case when $by_unit then unit_id end as unit_id,
    case when $by_week then week end as week,
    cast(count(*) filter (where is_full and is_visited) as double)
    / nullif(count(*) filter (where is_full), 0) as value,
    count(*) filter (where is_full and is_visited) as numerator,
    count(*) filter (where is_full) as denominator,
    cast(0 as bigint) as n_missing,
    case
        when count(*) filter (where is_full and week_to > mature_until) > 0 then 'immature'
        else 'mature'
    end as maturity
from cells
where
    ($groups is null or list_contains($groups, group_id))
    and ($unit_types is null or list_contains($unit_types, unit_type))
group by all
