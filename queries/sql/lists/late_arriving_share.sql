-- The facts behind late_arriving_share, as the newest snapshot knows them: one row per fact.
select
    happened.group_id,
    happened.unit_type,
    happened.unit_id,
    named.name_zh as unit_name_zh,
    named.name_en as unit_name_en,
    happened.week,
    happened.fact_kind,
    happened.fact_key,
    happened.occurred_on,
    happened.reported_at,
    date_diff('day', happened.occurred_on, cast(happened.reported_at as date)) as latency_days,
    happened.is_late = 1 as in_numerator,
    true as in_denominator
from later_unit_facts as happened
inner join units as named on happened.unit_id = named.unit_id
where
    happened.occurred_on between $from_on and $to_on
    and ($groups is null or list_contains($groups, happened.group_id))
    and ($unit_types is null or list_contains($unit_types, happened.unit_type))
order by happened.occurred_on, happened.fact_kind, happened.fact_key
