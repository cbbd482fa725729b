-- What each level made of each element of a decision: one row per matter, element and level.
-- Restated means that the level said something of it, even by leaving it out. An element stands where the unit of the
-- lead body stood on the day it was recorded, in no group when it is of no unit; what lies before the launch stands in
-- week 1.
with

dated as (
    select
        own_matters.matter_no,
        own_matters.title_zh,
        own_matters.lead_body_id as body_id,
        own_matters.lead_body_name_zh as body_name_zh,
        own_matters.lead_body_name_en as body_name_en,
        own_matters.lead_unit_id,
        elements.matter_id,
        elements.element_no,
        elements.level,
        elements.element_kind as category,
        elements.state as element_state,
        elements.decided_value,
        elements.restated_value,
        elements.unit_of_measure,
        elements.recorded_on,
        case when elements.state = 'not_restated' then 0 else 1 end as is_restated,
        clock.launched_on,
        clock.known_on,
        greatest(elements.recorded_on, clock.launched_on) as counted_on
    from matter_elements as elements
    inner join own_matters on elements.matter_id = own_matters.matter_id
    cross join clock
    where not elements.is_void
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
