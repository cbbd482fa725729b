-- The hops of the matters with their holder, and whose matter it is: one row per matter and hop.
-- A hop stands where the unit of the lead body stood on the day it began, in no group when it is of no unit; what lies
-- before the launch stands in week 1. arrived_workday is the running number of working days on that day.
with

dated as (
    select
        hops.*,
        own_matters.matter_no,
        own_matters.title_zh,
        own_matters.lead_unit_id,
        bodies.name_zh as body_name_zh,
        bodies.name_en as body_name_en,
        workdays.workday_no as arrived_workday,
        clock.launched_on,
        clock.known_on,
        greatest(hops.arrived_on, clock.launched_on) as counted_on
    from hops
    inner join own_matters on hops.matter_id = own_matters.matter_id
    left join bodies on hops.body_id = bodies.body_id
    left join workdays on hops.arrived_on = workdays.day
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
    coalesce(maturity.mature_until, dated.known_on - 14) as mature_until
from dated
left join spans on dated.lead_unit_id = spans.unit_id and dated.counted_on between spans.active_from and spans.active_to
left join maturity on spans.group_id = maturity.group_id
