-- What is known of everything the office can ask of a unit, on the events-until date: one row per unit, prescribed
-- action and due instance (one undated row where the office has set no due row).
-- Of what is due by then the states are those of the completion rate; of what is to come, not reported and not done say
-- nothing yet, so it is not due. A row belongs to the unit's group of its due date, until then to that of the day
-- asked.
with

instances as (
    select
        *,
        coalesce(least(due_on, $events_until), $events_until) as placed_on
    from asked_instances
    where is_mandatory and $events_until between held_from and held_until
),

spans as (select * from unit_spans)

select
    spans.group_id,
    spans.unit_type,
    spans.unit_id,
    instances.stage,
    instances.action_code,
    instances.instance_no,
    instances.due_on,
    instances.waive_reason,
    case when instances.done_on <= $events_until then instances.done_on end as done_on,
    case
        when not instances.is_asked then 'not_applicable'
        when instances.done_on <= $events_until then 'done'
        when instances.due_on <= $events_until then instances.open_state
        when instances.open_state in ('contradictory', 'withheld') then instances.open_state
        when instances.begun_on <= $events_until then 'in_progress'
        else 'not_due'
    end as state,
    instances.placed_on > maturity.mature_until as is_immature
from instances
cross join clock
inner join spans
    on
        instances.unit_id = spans.unit_id
        and instances.placed_on between spans.active_from and spans.active_to
inner join group_maturity as maturity on spans.group_id = maturity.group_id
where
    coalesce(instances.due_on, clock.launched_on) >= clock.launched_on
    and ($groups is null or list_contains($groups, spans.group_id))
    and ($unit_types is null or list_contains($unit_types, spans.unit_type))
order by spans.unit_id, instances.action_code, instances.instance_no
