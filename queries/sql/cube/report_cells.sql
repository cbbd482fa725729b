-- Reports due by the events-until date, for the cube: one row per report and covered unit, with what is counted.
select
    group_id,
    unit_type,
    unit_id,
    week,
    report_due_id,
    case when filed_at <= due_at then 1 else 0 end as is_on_time,
    case when filed_on <= $events_until then 0 else 1 end as is_missing,
    is_immature,
    date_diff('day', due_on, least(filed_on, cast($events_until as date))) as lag_days
from report_covers
where due_on <= $events_until
order by report_due_id, unit_id
