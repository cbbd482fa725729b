-- How far each matter came at each level by the events-until date: one row per matter and level it lay at.
-- Days are the first of each, none where it has not happened by then: it arrived (received_on where another body handed
-- it over, not where it was registered), was signed for there, was acted on (started, reported back, claimed done, or a
-- result reached), was reported back on (or claimed done), and was handed on from there to a deeper level (decomposed).
-- A step counts for the hop in which it was taken, when the holder took it or none is named.
with

known_hops as (
    select
        *,
        lead(level) over (partition by matter_id order by hop_no) as level_after
    from hops
),

signings as (
    select
        hops.matter_id,
        hops.hop_no,
        min(steps.happened_on) as signed_on
    from hops
    inner join matter_steps as steps
        on
            hops.matter_id = steps.matter_id
            and hops.arrived_step < steps.nth
            and coalesce(hops.left_step > steps.nth, true)
            and coalesce(hops.body_id = coalesce(steps.to_body_id, steps.from_body_id), true)
    where steps.event_type = 'signed_for' and steps.happened_on <= $events_until
    group by hops.matter_id, hops.hop_no
),

acts as (
    select
        matter_id,
        hop_no,
        min(first_on) as acted_on,
        min(first_on) filter (where act in ('feedback', 'claimed_done')) as fed_back_on
    from hop_acts
    where first_on <= $events_until
    group by matter_id, hop_no
)

select
    known_hops.matter_id,
    known_hops.level,
    min(known_hops.arrived_on) as arrived_on,
    min(known_hops.arrived_on) filter (where known_hops.arrived_by <> 'registered') as received_on,
    min(signings.signed_on) as accepted_on,
    min(acts.acted_on) as acted_on,
    min(acts.fed_back_on) as fed_back_on,
    min(known_hops.left_on) filter (
        where
        known_hops.left_by in ('assigned', 'forwarded')
        and known_hops.left_on <= $events_until
        and known_hops.level_after > known_hops.level
    ) as decomposed_on
from known_hops
left join signings on known_hops.matter_id = signings.matter_id and known_hops.hop_no = signings.hop_no
left join acts on known_hops.matter_id = acts.matter_id and known_hops.hop_no = acts.hop_no
where known_hops.arrived_on <= $events_until and known_hops.level is not null
group by known_hops.matter_id, known_hops.level
order by known_hops.matter_id, known_hops.level
