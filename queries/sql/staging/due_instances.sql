-- Required actions with a due date and how each was met: one row per unit, action, due instance and term of its date.
-- Optional and waived ones, and due days on which the unit is with no group, are left out.
with

instances as (select * from asked_instances),

spans as (select * from unit_spans)

select
    spans.group_id,
    instances.unit_type,
    instances.unit_id,
    date_diff('day', clock.launched_on, instances.due_on) // 7 + 1 as week,
    instances.stage,
    instances.action_code,
    instances.instance_no,
    instances.due_on,
    instances.held_from,
    instances.held_until,
    instances.due_on + instances.grace_days as on_time_until,
    instances.done_on,
    instances.reported_at,
    instances.count_records,
    instances.open_state,
    case when instances.due_on > maturity.mature_until then 1 else 0 end as is_immature
from instances
cross join clock
inner join spans
    on
        instances.unit_id = spans.unit_id
        and instances.due_on between spans.active_from and spans.active_to
inner join group_maturity as maturity on spans.group_id = maturity.group_id
where
    instances.is_mandatory
    and instances.is_asked
    and instances.due_on >= clock.launched_on
