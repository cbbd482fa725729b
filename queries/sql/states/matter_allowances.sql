-- Until when each holder of a matter was allowed to keep it: one row per hop with days allowed, begun by the
-- events-until date. Days allowed are counted as stall_days counts them: calendar days from the day of receipt, or the
-- last day on which no more working days have passed; null where the work calendar ends before.
with

known_hops as (
    select
        matter_id,
        hop_no,
        arrived_on,
        allowed_days,
        allowed_kind,
        arrived_workday
    from unit_hops
    where arrived_on <= $events_until and allowed_days is not null
)

select
    known_hops.matter_id,
    known_hops.hop_no,
    case
        when known_hops.allowed_kind = 'working' then max(workdays.day)
        else known_hops.arrived_on + known_hops.allowed_days
    end as allowed_until
from known_hops
left join workdays
    on
        known_hops.allowed_kind = 'working'
        and known_hops.arrived_workday + known_hops.allowed_days = workdays.workday_no
group by
    known_hops.matter_id,
    known_hops.hop_no,
    known_hops.arrived_on,
    known_hops.allowed_days,
    known_hops.allowed_kind
order by known_hops.matter_id, known_hops.hop_no
