-- The steps of every matter up to the events-until date, with the bodies named: one row per step, in order.
-- hop_no is the hop in which it was taken (none before the first receipt). The closing day of the register is a step of
-- its own where no closing is on record for that day; it has no reported_at, like the cancellation.
with

steps as (
    select
        steps.*,
        count(*) filter (where steps.event_type = 'closed')
            over (partition by steps.matter_id, steps.happened_on) as count_closings
    from matter_steps as steps
    where steps.happened_on <= $events_until
),

told as (
    select *
    from steps
    where event_no < 2147483647 or event_type = 'cancelled' or count_closings = 1
),

placed as (
    select
        told.matter_id,
        told.nth,
        max(hops.hop_no) as hop_no
    from told
    inner join hops
        on
            told.matter_id = hops.matter_id
            and told.nth between hops.arrived_step and coalesce(hops.left_step, told.nth)
            and (told.nth < coalesce(hops.left_step, told.nth + 1) or told.event_type in ('closed', 'cancelled'))
    group by told.matter_id, told.nth
)

select
    told.matter_id,
    told.nth as step_no,
    placed.hop_no,
    told.event_type,
    told.happened_on,
    events.reported_at,
    told.from_body_id,
    senders.name_zh as from_name_zh,
    senders.name_en as from_name_en,
    told.to_body_id,
    receivers.name_zh as to_name_zh,
    receivers.name_en as to_name_en,
    told.to_level as level,
    told.allowed_days,
    told.allowed_kind,
    told.slip_colour,
    events.stall_reason
from told
left join placed on told.matter_id = placed.matter_id and told.nth = placed.nth
left join matter_events as events on told.matter_id = events.matter_id and told.event_no = events.event_no
left join bodies as senders on told.from_body_id = senders.body_id
left join bodies as receivers on told.to_body_id = receivers.body_id
order by told.matter_id, told.nth
