-- Deadlines of matters: one row per matter, kind of deadline and span of days it held, until the matter was cancelled.
-- The original one holds throughout; the one in force is the original until an extension is granted (with several
-- extensions from the first one on, since only the last new day is kept). A matter stands where the unit of its lead
-- body stood on the due day, in no group when it is of no unit; what lies before the launch stands in week 1.
with

standing as (
    select
        *,
        coalesce(cancelled_on, date '9999-12-31') as ended_on
    from own_matters
),

deadlines as (
    select
        *,
        'original' as deadline,
        due_on_original as deadline_on,
        date '0001-01-01' as held_from,
        ended_on as held_until
    from standing

    union all

    select
        *,
        'in_force' as deadline,
        due_on_original as deadline_on,
        date '0001-01-01' as held_from,
        least(extended_on, ended_on) as held_until
    from standing
    where extended_on is not null

    union all

    select
        *,
        'in_force' as deadline,
        due_on as deadline_on,
        coalesce(extended_on, date '0001-01-01') as held_from,
        ended_on as held_until
    from standing
),

dated as (
    select
        deadlines.*,
        clock.launched_on,
        clock.known_on,
        greatest(deadlines.deadline_on, clock.launched_on) as counted_on
    from deadlines
    cross join clock
),

spans as (select * from unit_spans),

maturity as (select * from group_maturity)

select
    dated.*,
    spans.group_id,
    spans.unit_type,
    spans.unit_id,
    date_diff('day', dated.launched_on, dated.counted_on) // 7 + 1 as week,
    case when dated.counted_on > coalesce(maturity.mature_until, dated.known_on - 14) then 1 else 0 end as is_immature
from dated
left join spans on dated.lead_unit_id = spans.unit_id and dated.counted_on between spans.active_from and spans.active_to
left join maturity on spans.group_id = maturity.group_id
