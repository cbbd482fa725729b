-- The unit-weeks behind weekly_coverage: one row per unit and full week.
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
    named.name_zh as unit_name_zh,
    named.name_en as unit_name_en,
    unit_weeks.week,
    unit_weeks.week_from,
    unit_weeks.week_to,
    coalesce(visited.count_visits, 0) as count_visits,
    visited.first_visited_on,
    visited.unit_id is not null as in_numerator,
    true as in_denominator
from unit_weeks
inner join units as named on unit_weeks.unit_id = named.unit_id
left join visited on unit_weeks.unit_id = visited.unit_id and unit_weeks.week = visited.week
where
    unit_weeks.member_from between $from_on and $to_on
    and unit_weeks.member_to = unit_weeks.week_to
    and unit_weeks.week_to <= $events_until
    and ($groups is null or list_contains($groups, unit_weeks.group_id))
    and ($unit_types is null or list_contains($unit_types, unit_weeks.unit_type))
order by unit_weeks.week, unit_weeks.unit_id
