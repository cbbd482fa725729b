-- What asks a unit for feedback on a matter: handed to its body, urged, or given a slip. One row per such event; one
-- that names no receiver goes to the body that leads the matter.
select
    events.matter_id,
    concat_ws('/', events.matter_id, cast(events.event_no as varchar)) as request_id,
    events.event_type,
    events.happened_on,
    bodies.unit_id
from matter_events as events
inner join own_matters on events.matter_id = own_matters.matter_id
inner join bodies on coalesce(events.to_body_id, own_matters.lead_body_id) = bodies.body_id
where
    events.event_type in ('assigned', 'forwarded', 'urged', 'slip_issued')
    and not events.is_void
    and bodies.unit_id is not null
