-- The facts behind event_to_report_latency: one row per fact; every one enters the median.
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
    happened.latency_days,
    true as in_numerator,
    true as in_denominator
from unit_facts as happened
inner join units as named on happened.unit_id = named.unit_id
where
    happened.occurred_on between $from_on and $to_on
    and ($groups is null or list_contains($groups, happened.group_id))
    and ($unit_types is null or list_contains($unit_types, happened.unit_type))
order by happened.occurred_on, happened.fact_kind, happened.fact_key
