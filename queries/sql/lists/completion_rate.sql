-- The prescribed actions due behind completion_rate: one row per unit, action and due instance.
-- days_late of an action not done counts to the events-until date, so "at least".
select
    due.group_id,
    due.unit_type,
    due.unit_id,
    named.name_zh as unit_name_zh,
    named.name_en as unit_name_en,
    due.week,
    due.action_code,
    due.action_name_zh,
    due.action_name_en,
    due.instance_no,
    due.due_on,
    case when due.done_on <= $events_until then due.done_on end as done_on,
    case when due.done_on <= $events_until then due.reported_at end as reported_at,
    case
        when due.done_on <= $events_until then 'done'
        when due.count_records = 0 then 'no_report'
        when due.is_confirmed_not_done then 'not_done'
        else 'in_progress'
    end as state,
    date_diff(
        'day',
        due.due_on,
        case when due.done_on <= $events_until then due.done_on else cast($events_until as date) end
    ) as days_late,
    coalesce(due.done_on <= $events_until, false) as in_numerator,
    true as in_denominator
from due_instances as due
inner join units as named on due.unit_id = named.unit_id
where
    due.due_on between $from_on and $to_on
    and ($groups is null or list_contains($groups, due.group_id))
    and ($unit_types is null or list_contains($unit_types, due.unit_type))
order by due.due_on, due.action_code, due.unit_id, due.instance_no
