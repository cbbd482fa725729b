-- What past sessions of the joint conference decided, and what it says of each today: one row per item of the sessions
-- held by the events-until date, with the inspection or matter it is about as the snapshot knows it.
-- next_on is the day of the next session held by then, none when there was none; is_redecided, whether it or a later
-- one decided of the same inspection again. handed_on is the first day on or after the session on which the matter was
-- assigned or forwarded, handed_before whether that had happened before. A withdrawn inspection is cancelled.
with

sessions as (
    select
        conference_id,
        held_on,
        kind,
        lead(held_on) over (order by held_on, conference_id) as next_on
    from joint_conferences
    where held_on <= $events_until
),

redecided as (
    select distinct
        items.conference_id,
        items.item_no
    from joint_conference_items as items
    inner join sessions on items.conference_id = sessions.conference_id
    inner join joint_conference_items as others on items.inspection_id = others.inspection_id
    inner join sessions as later on others.conference_id = later.conference_id and sessions.held_on < later.held_on
),

handed as (
    select
        items.conference_id,
        items.item_no,
        min(events.happened_on) filter (where events.happened_on >= sessions.held_on) as handed_on,
        bool_or(events.happened_on < sessions.held_on) as handed_before
    from joint_conference_items as items
    inner join sessions on items.conference_id = sessions.conference_id
    inner join matter_events as events on items.matter_id = events.matter_id
    where
        events.event_type in ('assigned', 'forwarded')
        and events.happened_on <= $events_until
        and not events.is_void
    group by items.conference_id, items.item_no
)

select
    spans.group_id,
    spans.unit_type,
    coalesce(inspections.unit_id, leads.unit_id) as unit_id,
    sessions.conference_id,
    sessions.held_on,
    sessions.kind,
    sessions.next_on,
    items.item_no,
    items.decision,
    items.inspection_id,
    items.matter_id,
    matters.title_zh as matter_title_zh,
    inspections.body_id,
    bodies.name_zh as body_name_zh,
    bodies.name_en as body_name_en,
    inspections.planned_from,
    inspections.planned_to,
    case when inspections.actual_from <= $events_until then inspections.actual_from end as actual_from,
    case when inspections.is_void then 'cancelled' else inspections.plan_status end as plan_status,
    inspections.merged_into,
    redecided.item_no is not null as is_redecided,
    handed.handed_on,
    coalesce(handed.handed_before, false) as handed_before
from joint_conference_items as items
inner join sessions on items.conference_id = sessions.conference_id
left join inspections on items.inspection_id = inspections.inspection_id
left join bodies on inspections.body_id = bodies.body_id
left join matters on items.matter_id = matters.matter_id
left join bodies as leads on matters.lead_body_id = leads.body_id
left join redecided on items.conference_id = redecided.conference_id and items.item_no = redecided.item_no
left join handed on items.conference_id = handed.conference_id and items.item_no = handed.item_no
left join unit_spans as spans
    on
        coalesce(inspections.unit_id, leads.unit_id) = spans.unit_id
        and sessions.held_on between spans.active_from and spans.active_to
