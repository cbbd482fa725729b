-- What is asked of units, by all bodies and by ourselves: one row per call on a unit up to the events-until date.
-- kind: inspection (on its first day, merged ones in none), visit (of a supervision group, on site), report (one the
-- unit has to file itself, on its due day), matter (one handed to the unit's body, urged or given a slip: each asks for
-- feedback). days is what an inspection takes of the unit; nobody counts it for the others.
with

calls as (
    select
        'report' as kind,
        report_due_id as call_id,
        reporter_id as unit_id,
        cast(due_at as date) as called_on
    from report_schedule
    where reporter_kind = 'unit'

    union all

    select
        'matter' as kind,
        request_id as call_id,
        unit_id,
        happened_on as called_on
    from matter_requests
)

select
    group_id,
    unit_type,
    unit_id,
    inspection_from as called_on,
    'inspection' as kind,
    inspection_id as call_id,
    days
from unit_inspections
where plan_status <> 'merged' and inspection_from <= $events_until

union all

select
    group_id,
    unit_type,
    unit_id,
    visited_on as called_on,
    'visit' as kind,
    visit_id as call_id,
    cast(null as double) as days
from unit_visits
where visited_on <= $events_until

union all

select
    spans.group_id,
    spans.unit_type,
    calls.unit_id,
    calls.called_on,
    calls.kind,
    calls.call_id,
    cast(null as double) as days
from calls
inner join unit_spans as spans
    on
        calls.unit_id = spans.unit_id
        and calls.called_on between spans.active_from and spans.active_to
cross join clock
where calls.called_on between clock.launched_on and $events_until
order by called_on, kind, call_id
