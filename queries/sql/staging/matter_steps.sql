-- The steps of the matters in their order: one row per step.
-- The closing day of the register, and the day a cancellation was reported, enter as a last step of that day.
-- is_handing marks the steps that say who holds the matter, holder_step the last such one.
with

steps as (
    select
        events.matter_id,
        events.event_no,
        events.event_type,
        events.happened_on,
        events.from_body_id,
        events.to_body_id,
        coalesce(events.to_level, bodies.level) as to_level,
        events.allowed_days,
        events.allowed_kind,
        events.slip_colour
    from matter_events as events
    left join bodies on events.to_body_id = bodies.body_id
    where not events.is_void

    union all

    select
        matter_id,
        2147483647 as event_no,
        case when cancelled_on is null then 'closed' else 'cancelled' end as event_type,
        coalesce(cancelled_on, closed_on) as happened_on,
        null as from_body_id,
        null as to_body_id,
        null as to_level,
        null as allowed_days,
        null as allowed_kind,
        null as slip_colour
    from own_matters
    where cancelled_on is not null or closed_on is not null
),

numbered as (
    select
        steps.*,
        case
            when
                steps.event_type in ('registered', 'assigned', 'forwarded', 'returned', 'escalated', 'reopened')
                and (steps.to_body_id is not null or steps.to_level is not null)
                then 1
            else 0
        end as is_handing,
        row_number() over (partition by steps.matter_id order by steps.happened_on, steps.event_no) as nth
    from steps
    inner join own_matters on steps.matter_id = own_matters.matter_id
)

select
    *,
    max(case when is_handing = 1 then nth end) over (partition by matter_id order by nth) as holder_step
from numbered
