-- Matters that were not withdrawn, with their lead body and the unit it is: one row per matter.
-- extended_on is the day from which the extended deadline is in force, none when no extension is on record.
with

granted as (
    select
        matter_id,
        min(happened_on) as extended_on
    from matter_events
    where event_type = 'extension_granted' and not is_void
    group by matter_id
)

select
    matters.matter_id,
    matters.matter_no,
    matters.title_zh,
    matters.source,
    matters.urgency,
    matters.matter_class,
    matters.status,
    matters.decided_on,
    matters.registered_on,
    matters.due_on_original,
    matters.due_on,
    granted.extended_on,
    matters.closed_on,
    case when matters.status = 'cancelled' then cast(matters.reported_at as date) end as cancelled_on,
    matters.planned_progress,
    matters.actual_progress,
    matters.lead_body_id,
    bodies.name_zh as lead_body_name_zh,
    bodies.name_en as lead_body_name_en,
    bodies.unit_id as lead_unit_id
from matters
left join bodies on matters.lead_body_id = bodies.body_id
left join granted on matters.matter_id = granted.matter_id
where not matters.is_void
