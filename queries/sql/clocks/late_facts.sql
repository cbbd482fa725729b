-- What had happened by the last counted day and became known only after this snapshot: one row per fact.
-- days_after is from the known-on date to the report, latency_days from the event to the report. A fact that was
-- reported in time and entered only later has a days_after of 0 or less.
select
    late.group_id,
    late.unit_type,
    late.unit_id,
    all_units.name_zh as unit_name_zh,
    all_units.name_en as unit_name_en,
    late.week,
    late.fact_kind,
    late.fact_key,
    late.action_code,
    late.occurred_on,
    late.reported_at,
    date_diff('day', late.occurred_on, cast(late.reported_at as date)) as latency_days,
    date_diff('day', clock.known_on, cast(late.reported_at as date)) as days_after
from later_unit_facts as late
inner join units as all_units on late.unit_id = all_units.unit_id
cross join clock
where
    late.is_late = 1
    and late.occurred_on between $from_on and $to_on
    and ($groups is null or list_contains($groups, late.group_id))
    and ($unit_types is null or list_contains($unit_types, late.unit_type))
order by late.reported_at, late.fact_kind, late.fact_key
