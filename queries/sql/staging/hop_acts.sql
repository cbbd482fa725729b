-- What the holder of a matter did while it had it: one row per hop and kind of act; none for no act.
-- Started, reported back, claimed done: steps between the two hand-overs, of this body or of none named. A result is
-- the holder's when it was reached between the day of its receipt and the day it left, both included.
select
    hops.matter_id,
    hops.hop_no,
    steps.event_type as act,
    min(steps.happened_on) as first_on
from hops
inner join matter_steps as steps
    on
        hops.matter_id = steps.matter_id
        and hops.arrived_step < steps.nth
        and coalesce(hops.left_step > steps.nth, true)
        and coalesce(hops.body_id = steps.from_body_id, true)
where steps.event_type in ('started', 'feedback', 'claimed_done')
group by hops.matter_id, hops.hop_no, steps.event_type

union all

select
    hops.matter_id,
    hops.hop_no,
    'result' as act,
    min(results.achieved_on) as first_on
from hops
inner join matter_results as results
    on
        hops.matter_id = results.matter_id
        and results.achieved_on between hops.arrived_on and coalesce(hops.left_on, date '9999-12-31')
where not results.is_void
group by hops.matter_id, hops.hop_no
