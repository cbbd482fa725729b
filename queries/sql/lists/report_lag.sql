-- The reports due behind report_lag: one row per report; an open report lags "at least" to the events-until date.
-- Every report enters the median; in_numerator marks those that were filed.
with

filed as (
    select
        *,
        case when filed_on <= $events_until then filed_at end as known_filed_at
    from report_covers
    where
        due_on between $from_on and $to_on
        and ($groups is null or list_contains($groups, group_id))
        and ($unit_types is null or list_contains($unit_types, unit_type))
)

select
    group_id,
    week,
    report_due_id,
    reporter_kind,
    reporter_id,
    report_kind,
    period_from,
    period_to,
    due_at,
    known_filed_at as filed_at,
    date_diff('day', due_on, least(filed_on, cast($events_until as date))) as lag_days,
    known_filed_at is null as is_open,
    count(*) as count_units,
    known_filed_at is not null as in_numerator,
    true as in_denominator
from filed
group by all
order by due_at, group_id, report_due_id
