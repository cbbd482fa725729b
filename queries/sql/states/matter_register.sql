-- What the register says of every matter on the events-until date: one row per matter registered by then, cancelled
-- ones too. due_on is the deadline in force on that day; closed_on a closing that stands; extended_on the day of the
-- first extension granted by then. A matter stands where the unit of its lead body stood on the original deadline, in
-- no group when it is of no unit. Planned and actual progress are those of the snapshot.
with

asked as (
    select
        matter_id,
        count(*) filter (where event_type = 'extension_asked') as count_asked,
        count(*) filter (where event_type = 'extension_granted') as count_granted,
        count(*) filter (where event_type = 'extension_refused') as count_refused
    from matter_steps
    where happened_on <= $events_until
    group by matter_id
),

dated as (
    select
        own_matters.*,
        greatest(own_matters.due_on_original, clock.launched_on) as counted_on
    from own_matters
    cross join clock
    where own_matters.registered_on <= $events_until
)

select
    spans.group_id,
    spans.unit_type,
    spans.unit_id,
    dated.lead_body_id as body_id,
    dated.lead_body_name_zh as body_name_zh,
    dated.lead_body_name_en as body_name_en,
    dated.matter_id,
    dated.matter_no,
    dated.title_zh,
    dated.source,
    dated.matter_class,
    matters.three_mosts,
    dated.urgency,
    dated.decided_on,
    dated.registered_on,
    dated.due_on_original,
    case
        when dated.extended_on > $events_until then dated.due_on_original
        else dated.due_on
    end as due_on,
    case when dated.extended_on <= $events_until then dated.extended_on end as extended_on,
    coalesce(asked.count_asked, 0) as count_asked,
    coalesce(asked.count_granted, 0) as count_granted,
    coalesce(asked.count_refused, 0) as count_refused,
    closings.closed_on,
    case when dated.cancelled_on <= $events_until then dated.cancelled_on end as cancelled_on,
    dated.planned_progress,
    dated.actual_progress
from dated
inner join matters on dated.matter_id = matters.matter_id
left join asked on dated.matter_id = asked.matter_id
left join matter_closings as closings
    on
        dated.matter_id = closings.matter_id
        and closings.closed_on <= $events_until
        and closings.reopened_on > $events_until
left join unit_spans as spans
    on dated.lead_unit_id = spans.unit_id and dated.counted_on between spans.active_from and spans.active_to
where
    ($groups is null or list_contains($groups, spans.group_id))
    and ($unit_types is null or list_contains($unit_types, spans.unit_type))
order by dated.matter_id
