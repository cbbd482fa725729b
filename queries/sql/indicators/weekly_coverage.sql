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
-- aggregation: pooled
-- key: week, unit_id
-- reference: I09; a unit-week belongs to the unit's group on the week's Sunday
with

visited as (
    select
        unit_id,
        week,
        count(*) as count_visits,
        min(visited_on) as first_visited_on
    from unit_visits
    where visited_on <= $events_until
    group by unit_id, week
)

select
    unit_weeks.group_id,
    unit_weeks.unit_type,
    unit_weeks.unit_id,
    unit_weeks.week,
    unit_weeks.week_from,
    unit_weeks.week_to,
    coalesce(visited.count_visits, 0) as count_visits,
    visited.first_visited_on,
    case when visited.unit_id is null then 0 else 1 end as numerator,
    1 as denominator,
    0 as is_missing,
    case when unit_weeks.week_to > unit_weeks.mature_until then 1 else 0 end as is_immature
from unit_weeks
left join visited on unit_weeks.unit_id = visited.unit_id and unit_weeks.week = visited.week
where
    unit_weeks.member_from between $from_on and $to_on
    and unit_weeks.member_to = unit_weeks.week_to
    and unit_weeks.week_to <= $events_until
